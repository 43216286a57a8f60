package finding

import (
	"slices"

	"datacharter/domain/authorization"
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
		Found         Found    `json:"found_by" enum:"inspection-planned,inspection-unplanned,audit,complaint" doc:"how it came to light"`
		Facts         string   `json:"facts" maxLength:"4000"`
		Evidence      []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
		Origin        Origin   `json:"origin,omitempty" maxLength:"200" doc:"what it follows from: inspection/3, evaluation/2026 or audit/2026 of the authorisation, indicator/<code>, or complaint/<case> of an accepted complaint about it"`
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
)

const maxStatement = 4000 // characters

// The limits of a finding.
const (
	handling      = "finding-handling"
	rectification = "rectification"
	reinspection  = "reinspection" // and the step in which one acts
	consequence   = "finding-consequence"
)

// raise opens a finding on an authorisation that is in operation, or suspended.
func raise(c *Finding, in RaiseInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Supervision
	if rules == nil {
		return nil, refusal.FindingsNotRuled.With()
	}
	var f refusal.Faults
	a, ok := env.Facts.Cases[in.Authorization].(*authorization.Authorization)
	f.Unless(ok, refusal.UnknownReference.At("authorization"))
	i := slices.IndexFunc(rules.Subjects, func(g policy.Ground) bool { return g.Code == in.Subject })
	f.Unless(i >= 0, refusal.NotASubject.At("subject"))
	refusal.Choice(&f, "found_by", in.Found, ByPlannedInspection, ByUnplannedInspection, ByAudit, ByComplaint)
	f.Text("facts", in.Facts, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	f.Unless(in.Origin == "" || !ok || in.Origin.found(a, rules, in.Found) || in.Origin.complained(a, in.Found, env), refusal.NotAnOrigin.At("origin"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if r := mayRaise(a, env); r != nil {
		return nil, r
	}
	opened := raised(a, rules.Subjects[i], in.Found, env)
	opened.Facts, opened.Evidence, opened.Origin = in.Facts, in.Evidence, in.Origin
	return opened.limited(c, env), nil
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

func raised(a *authorization.Authorization, subject policy.Ground, found Found, env lifecycle.Env) WasRaised {
	return WasRaised{Authorization: a.ID, Title: a.Title + "（监督问题）", Applicant: a.Applicant, Agency: a.Agency, Policy: env.PolicyRef(), Subject: subject, Found: found}
}

// limited adds the limit within which the side that raised it deals with it.
func (e WasRaised) limited(c *Finding, env lifecycle.Env) contents {
	f := *c
	f.Agency, f.RaisedBy = e.Agency, env.By
	return contents{e, env.Limit(handling, env.Policy.Supervision.Handle, f.raisers(), f.overseers())}
}

// overseers are told when the side that raised it is late: the agency's administrators, or the supervisor itself once more.
func (f *Finding) overseers() lifecycle.Recipients {
	if f.bySupervisor() {
		return f.raisers()
	}
	return f.administrators()
}

func dismiss(c *Finding, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxStatement)
	return append(contents{WasDismissed(in)}, c.EndDeadlines(handling)...), f.Refusal()
}

func order(c *Finding, in OrderInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("measures", in.Measures, maxStatement)
	out := append(contents{RectificationOrdered(in)}, c.EndDeadlines(handling)...)
	return append(out, env.Limit(rectification, env.Policy.Supervision.Rectify, c.operators(), c.raisers())), f.Refusal()
}

func handIn(c *Finding, in HandInInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("statement", in.Statement, maxStatement)
	f.Unless(len(in.Evidence) > 0, refusal.Required.At("evidence"))
	env.CheckFiles(&f, "evidence", in.Evidence, c.Applicant)
	out := append(contents{EvidenceHandedIn(in)}, c.EndDeadlines(rectification, consequence)...)
	return append(out, c.toInspect(env)), f.Refusal()
}

func (f *Finding) toInspect(env lifecycle.Env) lifecycle.Content {
	return env.Limit(reinspection, env.Policy.Supervision.Reinspection, f.raisers(), f.overseers())
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

// suspend asks the agency's administrator for a suspension: he gives that command on the authorisation, on his own responsibility.
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
	out := append(contents{WasInspected{result, opinion, ground}}, f.EndDeadlines(rectification, reinspection, consequence)...)
	switch result {
	case ResultExtended:
		out = append(out, env.Limit(rectification, env.Policy.Supervision.Extend, f.operators(), f.raisers()))
	case ResultLifted:
	case ResultSuspended, ResultExit:
		out = append(out, env.Limit(consequence, env.Policy.Supervision.Consequence, f.administrators(), f.raisers()))
	}
	return out, faults.Refusal()
}

// take notes that the authorisation was suspended, or its exit opened. A suspension leaves the operator the time of an order to mend it. The authorisation may
// tell of what was overtaken meanwhile, which changes nothing.
func take(f *Finding, in authorization.ConsequenceInput, env lifecycle.Env) (contents, refused) {
	if f.Asks() == "" || f.State == ExitProposed && in.Exit == "" {
		return nil, nil
	}
	out := append(contents{ConsequenceTook{in.Exit}}, f.EndDeadlines(consequence)...)
	if in.Exit == "" {
		out = append(out, env.Limit(rectification, env.Policy.Supervision.Rectify, f.operators(), f.raisers()))
	}
	return out, nil
}

// decline sends what was asked for back to the side that raised the finding, which inspects again.
func decline(f *Finding, in ReasonInput, env lifecycle.Env) (contents, refused) {
	var faults refusal.Faults
	faults.Text("reason", in.Reason, maxStatement)
	out := append(contents{ConsequenceDeclined(in)}, f.EndDeadlines(consequence)...)
	return append(out, f.toInspect(env)), faults.Refusal()
}

// conclude ends what is open when the authorisation ends: nobody is left to mend it, and nothing to suspend or leave. What was raised after that end – uses that the
// ledger took in later – stays for the agency to deal with.
func conclude(f *Finding, in authorization.EndInput, _ lifecycle.Env) (contents, refused) {
	if !openState(f.State) || f.OpenedAt.After(in.At) {
		return nil, nil
	}
	return append(contents{WasConcluded{End(in)}}, f.Drop()...), nil
}
