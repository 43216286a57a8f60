package casework

import (
	"context"
	"slices"
	"strings"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// HeldState is what is known of the change of a registered resource that waits.
type HeldState struct {
	Change    *catalogue.HeldChange // nil when none waits
	Decisions []catalogue.Decision  // about such changes, the first one first
	InForce   []catalogue.InForce   // the registrations by which the resource is registered
	May       []identity.By         // in what capacities the actor may decide; none while nothing waits
}

// Held returns what is known of the change of a resource that waits, and what was decided about former ones.
func (d *Desk) Held(ctx context.Context, actor identity.Actor, resource string) (out HeldState, err error) {
	if out.Change, err = d.Store.HeldChange(ctx, resource); err != nil {
		return out, err
	}
	if out.Decisions, err = d.Store.ListDecisions(ctx, resource); err != nil {
		return out, err
	}
	if out.InForce, err = d.Store.RegistrationsInForce(ctx, actor, resource); err != nil {
		return out, err
	}
	if out.Change != nil {
		out.May = catalogue.Capacities(actor, out.InForce)
	}
	return out, nil
}

// HeldOrder is a decision about a held change as a person asked for it.
type HeldOrder struct {
	Resource     string
	Digest       string // of the change that he saw
	Outcome      catalogue.Outcome
	Reason       string // needed to dismiss
	Organization string // for which he decides; empty when he may for one only
	Key          string // the person's own name for this request: a repeat with the same key changes nothing
}

func (o HeldOrder) request(person string) store.Request {
	return store.Request{ID: CommandID(person, o.Key), Fingerprint: Fingerprint("held", o.Resource, o.Digest, string(o.Outcome), o.Organization, o.Reason)}
}

// DecideHeld takes a held change over or dismisses it. It is decided in the transaction in which it is kept, on what is known then.
// The error is store.ErrNotFound when the catalogue has no such resource.
func (d *Desk) DecideHeld(ctx context.Context, actor identity.Actor, o HeldOrder) (done catalogue.Decision, refused *refusal.Refusal, err error) {
	request := o.request(actor.Person)
	return inTx(ctx, d.Store, func(tx *store.Tx) (catalogue.Decision, *refusal.Refusal, error) {
		return decideHeld(tx, actor.Person, request, o)
	})
}

func decideHeld(tx *store.Tx, person string, request store.Request, o HeldOrder) (done catalogue.Decision, refused *refusal.Refusal, err error) {
	before, fingerprint, known, err := tx.DecisionOf(request.ID)
	switch {
	case err != nil:
		return done, nil, err
	case known && fingerprint != request.Fingerprint:
		return done, refusal.KeyReused.With(), nil
	case known:
		return before, nil, nil
	}
	actor, err := tx.Actor(person)
	if err != nil {
		return done, nil, err
	}
	change, err := tx.HeldChange(o.Resource)
	if err != nil {
		return done, nil, err
	}
	registrations, err := tx.RegistrationsInForce(actor, o.Resource)
	if err != nil {
		return done, nil, err
	}
	by, refused := oneOf(catalogue.Capacities(actor, registrations), o.Organization)
	switch {
	case refused != nil:
		return done, refused, nil
	case change == nil:
		return done, refusal.NoHeldChange.With(), nil
	case change.Digest != o.Digest:
		return done, refusal.HeldSuperseded.With(), nil
	}
	if refused := o.faults(); refused != nil {
		return done, refused, nil
	}
	done, err = tx.DecideHeld(request, o.Resource, catalogue.Decision{Outcome: o.Outcome, Change: *change, Reason: strings.TrimSpace(o.Reason), By: by})
	return done, nil, err
}

// faults: to go on saying what the source no longer says needs a reason; to say what it says does not.
func (o HeldOrder) faults() *refusal.Refusal {
	var f refusal.Faults
	if o.Outcome == catalogue.WasDismissed {
		f.Text("reason", o.Reason, catalogue.MaxReasonRunes)
	} else {
		f.AtMost("reason", o.Reason, catalogue.MaxReasonRunes)
	}
	return f.Refusal()
}

// oneOf is the capacity for the organisation named, or the only one.
func oneOf(all []identity.By, organization string) (identity.By, *refusal.Refusal) {
	at := slices.IndexFunc(all, func(by identity.By) bool { return by.Organization == organization })
	switch {
	case len(all) == 0:
		return identity.By{}, refusal.NotEntitled.With()
	case at >= 0:
		return all[at], nil
	case organization != "":
		return identity.By{}, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("organization")})
	case len(all) > 1:
		return identity.By{}, refusal.InvalidFields([]refusal.Field{refusal.Required.At("organization")})
	default:
		return all[0], nil
	}
}
