package api

import (
	"context"

	"datacharter/casework"
	"datacharter/domain/catalogue"
	"datacharter/domain/text"
)

// HeldChange is what a source says of a registered resource beside what is registered.
type HeldChange struct {
	catalogue.HeldChange
	SourceName  text.Text    `json:"source_name"`
	Differences []Difference `json:"differences" nullable:"false" doc:"from what the catalogue says to what the source says"`
}

// HeldState is what is known of the change of a resource that waits.
type HeldState struct {
	Resource   string               `json:"resource"`
	Registered bool                 `json:"registered" doc:"a registration is in force: what the source says is held, never taken over by an import"`
	Change     *HeldChange          `json:"change,omitempty" doc:"the change that waits; left out when none does"`
	MayDecide  bool                 `json:"may_decide" doc:"the caller may decide about it"`
	Decisions  []catalogue.Decision `json:"decisions" nullable:"false" doc:"about former changes, the first one first"`
}

// HeldDecision decides about a change that waits.
type HeldDecision struct {
	Digest       string `json:"digest" maxLength:"64" doc:"of the change, as it was read: refused when the source says something else by now"`
	Reason       string `json:"reason,omitempty" maxLength:"2000" doc:"needed to dismiss"`
	Organization string `json:"organization,omitempty" maxLength:"100" doc:"for which it is decided; needed by who may decide for several"`
}

type heldOutput struct{ Body HeldState }

type heldDecisionInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
	Body HeldDecision
}

type heldDecisionOutput struct{ Body catalogue.Decision }

func (s *server) getHeld(ctx context.Context, in *idInput) (*heldOutput, error) {
	if _, err := s.Store.GetResource(ctx, in.ID); err != nil {
		return nil, err
	}
	held, err := s.Desk.Held(ctx, callOf(ctx).actor, in.ID)
	if err != nil {
		return nil, err
	}
	registered, err := s.Store.IsRegistered(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &heldOutput{Body: HeldState{
		Resource: in.ID, Registered: registered, Change: heldView(held.Change), MayDecide: len(held.May) > 0, Decisions: append([]catalogue.Decision{}, held.Decisions...),
	}}, nil
}

func heldView(c *catalogue.HeldChange) *HeldChange {
	if c == nil {
		return nil
	}
	return &HeldChange{*c, catalogue.SourceName(c.Content.Source), named(c.Differences)}
}

func (s *server) adoptHeld(ctx context.Context, in *heldDecisionInput) (*heldDecisionOutput, error) {
	return s.decideHeld(ctx, in, catalogue.WasAdopted)
}

func (s *server) dismissHeld(ctx context.Context, in *heldDecisionInput) (*heldDecisionOutput, error) {
	return s.decideHeld(ctx, in, catalogue.WasDismissed)
}

func (s *server) decideHeld(ctx context.Context, in *heldDecisionInput, outcome catalogue.Outcome) (*heldDecisionOutput, error) {
	done, refused, err := s.DecideHeld(ctx, callOf(ctx).actor, casework.HeldOrder{
		Resource: in.ID, Digest: in.Body.Digest, Outcome: outcome, Reason: in.Body.Reason, Organization: in.Body.Organization, Key: in.Key,
	})
	switch {
	case err != nil:
		return nil, untilLater(err)
	case refused != nil:
		return nil, refuse(refused)
	}
	return &heldDecisionOutput{Body: done}, nil
}
