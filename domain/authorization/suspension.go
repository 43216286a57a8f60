package authorization

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Suspension is a suspension in force, with its ground and the authority that ordered it; in an emergency nobody did.
type Suspension struct {
	Ground    string      `json:"ground"`
	Authority string      `json:"authority"`
	Reason    string      `json:"reason"`
	Evidence  []string    `json:"evidence,omitempty"`
	At        time.Time   `json:"at"`
	By        identity.By `json:"by"`
	Incident  int         `json:"incident,omitempty"` // number of the emergency suspension that it is; 0 for one in the ordinary way
}

// SuspendInput orders a suspension.
type SuspendInput struct {
	Ground    string   `json:"ground" maxLength:"100" doc:"a suspension ground of the policy profile"`
	Authority string   `json:"authority" maxLength:"400" doc:"who ordered it, and by which document"`
	Reason    string   `json:"reason" maxLength:"4000"`
	Evidence  []string `json:"evidence,omitempty"`
}

// The events of suspension.
type (
	// OperationSuspended stops operation; access is suspended and the clocks are held.
	OperationSuspended struct {
		Suspension Suspension `json:"suspension"`
	}
	// OperationResumed lets it go on.
	OperationResumed struct {
		Reason string `json:"reason"`
	}
)

const maxAuthority = 400 // characters

// EventType implements lifecycle.Content.
func (OperationSuspended) EventType() string { return "operation-suspended" }

// EventType implements lifecycle.Content.
func (OperationResumed) EventType() string { return "operation-resumed" }

// termCap is the limit that runs instead of the term while operation is suspended: the last day to which the term can be moved.
const termCap = "expiry-at-latest"

func suspend(a *Authorization, in SuspendInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(slices.ContainsFunc(env.Policy.Operation.SuspensionGrounds, func(g policy.Ground) bool { return g.Code == in.Ground }), refusal.NotAGround.At("ground"))
	f.Text("authority", in.Authority, maxAuthority)
	f.Text("reason", in.Reason, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	s := Suspension{Ground: in.Ground, Authority: in.Authority, Reason: in.Reason, Evidence: in.Evidence, At: env.Now, By: env.By}
	return append(contents{OperationSuspended{Suspension: s}}, a.hold(env)...), nil
}

// hold stops the clocks, and lets the last day to which the term can be moved run instead.
func (a *Authorization) hold(env lifecycle.Env) contents {
	held := slices.DeleteFunc(a.StopClocks(env), func(c lifecycle.Content) bool {
		d, ok := c.(lifecycle.DeadlineHeld)
		return ok && supervisionGoesOn(d.Name)
	})
	return append(held, env.LimitOn(termCap, env.Policy.Agreement.MaxTerm, a.lastPossibleDay(env), lifecycle.Recipients{}, lifecycle.Recipients{}))
}

func resume(a *Authorization, in ReasonInput, env lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	out := append(a.heldBack(contents{OperationResumed(in)}), a.EndDeadlines(termCap)...)
	return append(out, a.restart(env)...), nil
}

// restart lets all clocks run on. The term never grows past the cap of 27号 Art. 14(2), unless the agreement itself documents a longer one;
// what leads up to its end – warning and renewal window – then comes earlier by as many days as the end does.
func (a *Authorization) restart(env lifecycle.Env) contents {
	out := a.RestartClocks(env)
	surplus := 0
	for _, c := range out {
		if r, ok := c.(lifecycle.DeadlineResumed); ok && r.Name == expiry {
			surplus = max(0, a.lastPossibleDay(env).DaysUntil(r.Due.On))
		}
	}
	for i, c := range out {
		if r, ok := c.(lifecycle.DeadlineResumed); ok && surplus > 0 {
			r.Due.On = r.Due.On.AddDays(-surplus)
			r.Due.At = r.Due.On.End()
			out[i] = env.Resumed(*a.Deadline(r.Name), r.Due)
		}
	}
	return out
}

func (a *Authorization) lastPossibleDay(env lifecycle.Env) calendar.Date {
	term := a.version().Content.Term
	latest := term.To
	if m, ok := env.Policy.Agreement.MaxTerm.Span.Span.(calendar.Months); ok {
		if capped := term.From.AddMonths(int(m)).AddDays(-1); capped.After(latest) {
			latest = capped
		}
	}
	return latest
}

func suspensionEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e OperationSuspended, _ lifecycle.Event) {
				a.State, a.Suspension, a.Access = Suspended, &e.Suspension, AccessSuspended
			}),
			func(a A, _ OperationSuspended, _ lifecycle.Event) []lifecycle.Effect {
				return slices.Concat(tell(a, a.applicants(), "operation-suspended"), a.tellProducts(StandsSuspended), a.tellFindings(ConsequenceInput{}))
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ OperationResumed, _ lifecycle.Event) {
				a.State, a.Suspension, a.Access = Operating, nil, AccessOpen
			}),
			func(a A, _ OperationResumed, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "operation-resumed"), a.tellProducts(StandsOperating)...)
			}),
	}
}
