package finding

import (
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The inputs.
type (
	// RaiseInput raises a finding.
	RaiseInput struct {
		Authorization string   `json:"authorization" maxLength:"200" doc:"in operation or suspended"`
		Subject       string   `json:"subject" maxLength:"100" doc:"a subject of the policy profile"`
		Facts         string   `json:"facts" maxLength:"4000"`
		Evidence      []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// UsesInput tells of uses beyond the scope that the ledger took in: the first raise a finding, those after them are gathered in it.
	UsesInput struct {
		Authorization string    `json:"authorization"`
		Reason        string    `json:"reason"`
		Product       string    `json:"product,omitempty"`
		Events        int64     `json:"events"`
		First         time.Time `json:"first"`
		Last          time.Time `json:"last"`
	}
	// ReasonInput gives a reason.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// OrderInput orders rectification.
	OrderInput struct {
		Measures string `json:"measures" maxLength:"4000" doc:"what is to be mended, and how it is to be shown"`
	}
	// HandInInput hands in what the operator did.
	HandInInput struct {
		Statement string   `json:"statement" maxLength:"4000"`
		Evidence  []string `json:"evidence" doc:"digests of uploaded evidence"`
	}
	// OpinionInput says what an inspection found.
	OpinionInput struct {
		Opinion string `json:"opinion" maxLength:"4000"`
	}
	// ConsequenceInput says what follows, on a ground of the profile.
	ConsequenceInput struct {
		Ground  string `json:"ground" maxLength:"100" doc:"a ground of suspension, or of exit, of the policy profile"`
		Opinion string `json:"opinion" maxLength:"4000"`
	}
	// ExitInput names the exit that was opened.
	ExitInput struct {
		Exit string `json:"exit" maxLength:"200" doc:"the exit of the authorisation, by ID"`
	}
)

const maxStatement = 4000 // characters

// The limits of a finding.
const (
	rectification = "rectification"
	reinspection  = "reinspection" // and the step in which one acts
)

// usedBeyond is the subject of what the ledger raises.
const usedBeyond = "beyond-scope"

// raise opens a finding on an authorisation that is in operation, or suspended.
func raise(_ *Finding, in RaiseInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Supervision
	if rules == nil {
		return nil, refusal.FindingsNotRuled.With()
	}
	var f refusal.Faults
	a, ok := env.Facts.Cases[in.Authorization].(*authorization.Authorization)
	f.Unless(ok, refusal.UnknownReference.At("authorization"))
	i := slices.IndexFunc(rules.Subjects, func(g policy.Ground) bool { return g.Code == in.Subject })
	f.Unless(i >= 0, refusal.NotASubject.At("subject"))
	f.Text("facts", in.Facts, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if r := mayRaise(a, env); r != nil {
		return nil, r
	}
	return contents{raised(a, rules.Subjects[i], in.Facts, in.Evidence, nil, env)}, nil
}

// mayRaise lets an officer raise a finding on an authorisation of his own agency's alone; a supervisor on any, but for one in which he declared an interest.
func mayRaise(a *authorization.Authorization, env lifecycle.Env) refused {
	switch {
	case a.State != authorization.Operating && a.State != authorization.Suspended:
		return refusal.NotOperating.With()
	case slices.Contains(a.Interests, env.By.Person):
		return refusal.InterestDeclared.With()
	case a.OnSide(env.Actor):
		return refusal.OwnOrganization.With()
	case env.By.Role == officer.Role && env.By.Organization != a.Agency:
		return refusal.NotEntitled.With()
	default:
		return nil
	}
}

func raised(a *authorization.Authorization, subject policy.Ground, facts string, evidence []string, uses *Uses, env lifecycle.Env) WasRaised {
	return WasRaised{
		Authorization: a.ID, Title: a.Title, Applicant: a.Applicant, Agency: a.Agency, Policy: env.PolicyRef(), Subject: subject, Facts: facts,
		Evidence: evidence, Uses: uses,
	}
}

// raiseFromLedger opens a finding for the first uses of their reason and product.
func raiseFromLedger(_ *Finding, in UsesInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Supervision
	if rules == nil {
		return nil, refusal.FindingsNotRuled.With()
	}
	a, ok := env.Facts.Cases[in.Authorization].(*authorization.Authorization)
	i := slices.IndexFunc(rules.Subjects, func(g policy.Ground) bool { return g.Code == usedBeyond })
	if !ok || i < 0 {
		return nil, refusal.InvalidInput.With()
	}
	uses := in.uses()
	return contents{raised(a, rules.Subjects[i], "", nil, &uses, env)}, nil
}

// gather adds further uses of the same reason and product: while the finding is open no other is raised for them.
func gather(f *Finding, in UsesInput, _ lifecycle.Env) (contents, refused) {
	if f.Uses == nil || f.Uses.Reason != in.Reason || f.Uses.Product != in.Product || f.Authorization != in.Authorization {
		return nil, refusal.InvalidInput.With()
	}
	uses := in.uses()
	uses.Events += f.Uses.Events
	if f.Uses.First.Before(uses.First) {
		uses.First = f.Uses.First
	}
	if f.Uses.Last.After(uses.Last) {
		uses.Last = f.Uses.Last
	}
	return contents{UsesGathered{uses}}, nil
}

func (in UsesInput) uses() Uses {
	return Uses{Reason: in.Reason, Product: in.Product, Events: in.Events, First: in.First, Last: in.Last}
}

func dismiss(_ *Finding, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxStatement)
	return contents{WasDismissed(in)}, f.Refusal()
}

func order(c *Finding, in OrderInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("measures", in.Measures, maxStatement)
	return contents{RectificationOrdered(in), env.Limit(rectification, env.Policy.Supervision.Rectify, c.operators(), c.raisers())}, f.Refusal()
}

func handIn(c *Finding, in HandInInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("statement", in.Statement, maxStatement)
	f.Unless(len(in.Evidence) > 0, refusal.Required.At("evidence"))
	env.CheckFiles(&f, "evidence", in.Evidence, c.Applicant)
	out := append(contents{EvidenceHandedIn(in)}, c.EndDeadlines(rectification)...)
	return append(out, env.Limit(reinspection, env.Policy.Supervision.Reinspection, c.raisers(), c.administrators())), f.Refusal()
}

func lift(c *Finding, in OpinionInput, env lifecycle.Env) (contents, refused) {
	return c.inspected(ResultLifted, "", in.Opinion, nil, env)
}

// extend gives the operator more time, once.
func extend(c *Finding, in OpinionInput, env lifecycle.Env) (contents, refused) {
	if c.Extended != nil {
		return nil, refusal.ExtendedBefore.With()
	}
	return c.inspected(ResultExtended, "", in.Opinion, nil, env)
}

func suspend(c *Finding, in ConsequenceInput, env lifecycle.Env) (contents, refused) {
	return c.inspected(ResultSuspended, in.Ground, in.Opinion, codes(env.Policy.Operation.SuspensionGrounds, func(g policy.Ground) string { return g.Code }), env)
}

// proposeExit leaves the exit to the administrator's own command on the authorisation, with its own notice, defence and decision.
func proposeExit(c *Finding, in ConsequenceInput, env lifecycle.Env) (contents, refused) {
	var grounds []string
	for _, g := range env.Policy.Exit.Grounds {
		if g.Trigger == policy.ByAdministrator {
			grounds = append(grounds, g.Code)
		}
	}
	return c.inspected(ResultExit, in.Ground, in.Opinion, grounds, env)
}

func codes[T any](list []T, code func(T) string) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = code(v)
	}
	return out
}

// inspected records an inspection; the ground is one of those given, where any are.
func (f *Finding) inspected(result Result, ground, opinion string, grounds []string, env lifecycle.Env) (contents, refused) {
	var faults refusal.Faults
	faults.Unless(grounds == nil || slices.Contains(grounds, ground), refusal.NotAGround.At("ground"))
	faults.Text("opinion", opinion, maxStatement)
	out := append(contents{WasInspected{result, opinion, ground}}, f.EndDeadlines(rectification, reinspection)...)
	if result == ResultExtended {
		out = append(out, env.Limit(rectification, env.Policy.Supervision.Extend, f.operators(), f.raisers()))
	}
	return out, faults.Refusal()
}

// noteExit closes the finding with an exit of its authorisation that was opened after it.
func noteExit(c *Finding, in ExitInput, env lifecycle.Env) (contents, refused) {
	e, ok := env.Facts.Cases[in.Exit].(*exit.Exit)
	var f refusal.Faults
	f.Unless(ok && e.Authorization == c.Authorization && !e.OpenedAt.Before(c.OpenedAt), refusal.OtherExit.At("exit"))
	return contents{ExitNoted(in)}, f.Refusal()
}
