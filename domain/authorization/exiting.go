package authorization

import (
	"fmt"
	"slices"
	"time"

	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Proposal is one side's proposal to end the authorisation by agreement.
type Proposal struct {
	Ground    string      `json:"ground"`
	Statement string      `json:"statement"`
	Side      Side        `json:"side"`
	By        identity.By `json:"by"`
	At        time.Time   `json:"at"`
}

// The inputs of exit.
type (
	// ExitInput starts an exit on a ground of the profile.
	ExitInput struct {
		Ground    string   `json:"ground" maxLength:"100" doc:"an exit ground of the policy profile"`
		Statement string   `json:"statement" maxLength:"4000" doc:"the facts and reasons"`
		Evidence  []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// AccessInput is the system's command over the operator's access.
	AccessInput struct {
		Access Access `json:"access" enum:"open,suspended,closed"`
	}
)

// The events of exit.
type (
	// ExitOpened sends the case into exit; the exit itself is a case of its own.
	ExitOpened struct {
		Request exit.Request `json:"request"`
	}
	// ExitProposed records a proposal to end by agreement.
	ExitProposed struct {
		Proposal Proposal `json:"proposal"`
	}
	// ExitDeclined ends the proposal.
	ExitDeclined struct {
		Reason string `json:"reason"`
	}
	// AccessSet records the operator's access to the data.
	AccessSet struct {
		Access Access `json:"access"`
	}
	// ExitEnded brings the exit's outcome back: the case goes on, or is closed.
	ExitEnded struct {
		Exit    string          `json:"exit"`
		Outcome exit.Outcome    `json:"outcome"`
		State   lifecycle.State `json:"state"`
	}
)

// EventType implements lifecycle.Content.
func (ExitOpened) EventType() string { return "exit-opened" }

// EventType implements lifecycle.Content.
func (ExitProposed) EventType() string { return "exit-proposed" }

// EventType implements lifecycle.Content.
func (ExitDeclined) EventType() string { return "exit-declined" }

// EventType implements lifecycle.Content.
func (AccessSet) EventType() string { return "access-set" }

// EventType implements lifecycle.Content.
func (ExitEnded) EventType() string { return "exit-ended" }

func openExit(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	return a.exitBy(policy.ByAdministrator, in, nil, env)
}

func waive(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	return a.exitBy(policy.ByOperator, in, nil, env)
}

func proposeExit(a *Authorization, in ExitInput, env lifecycle.Env) (contents, refused) {
	if a.Proposal != nil {
		return nil, refusal.ExitProposedAlready.With()
	}
	if !slices.ContainsFunc(env.Policy.Exit.Grounds, func(g policy.ExitGround) bool { return g.Code == in.Ground && g.Trigger == policy.ByBoth }) {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.NotAGround.At("ground")})
	}
	if r := refusal.InvalidFields(checkExit(in, env)); r != nil {
		return nil, r
	}
	return contents{ExitProposed{Proposal: Proposal{
		Ground: in.Ground, Statement: in.Statement, Side: a.side(env.By), By: env.By, At: env.Now,
	}}}, nil
}

func proposed(a *Authorization, _ lifecycle.Env) refused {
	if a.Proposal == nil {
		return refusal.NothingToAnswer.With()
	}
	return nil
}

// consentExit is the other side's yes; it opens the exit.
func consentExit(a *Authorization, _ Nothing, env lifecycle.Env) (contents, refused) {
	p := a.Proposal
	if p.Side == a.side(env.By) {
		return nil, refusal.OtherSideAgrees.With()
	}
	agreedBy := env.By
	env.By = p.By
	return a.exitBy(policy.ByBoth, ExitInput{Ground: p.Ground, Statement: p.Statement}, &agreedBy, env)
}

func declineExit(_ *Authorization, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := refusal.InvalidFields(required("reason", in.Reason)); r != nil {
		return nil, r
	}
	return contents{ExitDeclined{Reason: in.Reason}}, nil
}

func (a *Authorization) exitBy(trigger policy.Trigger, in ExitInput, agreedBy *identity.By, env lifecycle.Env) (contents, refused) {
	request := a.request(trigger, in, agreedBy, env)
	if _, r := request.Check(env.Policy.Exit); r != nil {
		return nil, r
	}
	if r := refusal.InvalidFields(checkExit(in, env)); r != nil {
		return nil, r
	}
	return contents{ExitOpened{Request: request}}, nil
}

func checkExit(in ExitInput, env lifecycle.Env) []refusal.Field {
	fields := append(required("statement", in.Statement), atMost("statement", in.Statement, maxStatement)...)
	return append(fields, checkAttachments("evidence", in.Evidence, env.By.Organization, env)...)
}

func (a *Authorization) request(trigger policy.Trigger, in ExitInput, agreedBy *identity.By, env lifecycle.Env) exit.Request {
	return exit.Request{
		Exit: fmt.Sprintf("%s.exit-%d", a.ID, len(a.Exits)+1), Ground: in.Ground, Trigger: trigger,
		Evidence: in.Evidence, Statement: in.Statement, RequestedBy: env.By, AgreedBy: agreedBy, Opened: env.Now, Products: a.listed(),
	}
}

// expire opens the exit at the end of the term.
func (a *Authorization) expire(env lifecycle.Env) contents {
	for _, g := range env.Policy.Exit.Grounds {
		if g.Trigger == policy.ByExpiry {
			return contents{ExitOpened{Request: a.request(g.Trigger, ExitInput{Ground: g.Code, Statement: g.Title.ZH}, nil, env)}}
		}
	}
	return nil
}

func (a *Authorization) listed() []string {
	var out []string
	for _, p := range a.Products {
		if p.Listed {
			out = append(out, p.Name)
		}
	}
	return out
}

func setAccess(a *Authorization, in AccessInput, _ lifecycle.Env) (contents, refused) {
	switch {
	case in.Access != AccessOpen && in.Access != AccessSuspended && in.Access != AccessClosed:
		return nil, refusal.InvalidFields([]refusal.Field{refusal.NotAChoice.At("access", "choices", "open, suspended, closed")})
	case in.Access == AccessOpen && a.Before == Suspended:
		return nil, nil // a suspension that came before the exit stays in force
	case in.Access == a.Access:
		return nil, nil
	}
	return contents{AccessSet{Access: in.Access}}, nil
}

func delistAll(a *Authorization, _ Nothing, _ lifecycle.Env) (contents, refused) {
	var out contents
	for _, name := range a.listed() {
		out = append(out, ProductDelisted{Product: name})
	}
	return out, nil
}

// recordExitOutcome ends the exit. When it was stopped or not upheld the case goes on – unless its term has ended meanwhile, which opens the next exit at once.
func recordExitOutcome(a *Authorization, in exit.Result, env lifecycle.Env) (contents, refused) {
	if in.Exit != a.ExitRequest().Exit {
		return nil, refusal.NotThatExit.With()
	}
	if in.Outcome == exit.OutcomeClosed {
		return append(contents{ExitEnded{Exit: in.Exit, Outcome: in.Outcome, State: Closed}}, a.EndDeadlines()...), nil
	}
	out := contents{ExitEnded{Exit: in.Exit, Outcome: in.Outcome, State: a.Before}}
	if d := a.Deadline(expiry); d != nil && d.Passed {
		out = append(out, a.expire(env)...)
	}
	return out, nil
}

func exitEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitOpened, _ lifecycle.Event) {
				a.Before, a.State, a.Proposal = a.State, Exiting, nil
				a.Exits = append(a.Exits, e.Request)
			}),
			func(a A, _ ExitOpened, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "exit-opened"), tell(a, a.officers(), "exit-opened")...)
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitProposed, _ lifecycle.Event) { a.Proposal = &e.Proposal }),
			func(a A, e ExitProposed, _ lifecycle.Event) []lifecycle.Effect {
				if e.Proposal.Side == AgencySide {
					return tell(a, a.applicants(), "exit-proposed")
				}
				return tell(a, a.officers(), "exit-proposed")
			}),
		lifecycle.On(func(a A, _ ExitDeclined, _ lifecycle.Event) { a.Proposal = nil }),
		lifecycle.On(func(a A, e AccessSet, _ lifecycle.Event) { a.Access = e.Access }),
		lifecycle.Sending(
			lifecycle.On(func(a A, e ExitEnded, _ lifecycle.Event) {
				a.State, a.Before = e.State, ""
				if e.State == Closed {
					a.Access, a.Outcome = AccessClosed, "closed-after-exit"
				}
			}),
			func(a A, e ExitEnded, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "exit-ended"), tell(a, a.officers(), "exit-ended")...)
			}),
	}
}
