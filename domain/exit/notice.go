package exit

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The names of the limits before the wind-down.
const (
	statementLimit = "statement"
	decisionLimit  = "decision"
	serviceLimit   = "service"
)

func needAuthorization(_ *Exit, in OpenInput) lifecycle.Needs {
	return lifecycle.Needs{Cases: []string{in.Authorization}}
}

// open takes over who is concerned and by which rules from the authorisation, and what the profile demands of this ground.
func open(c *Exit, in OpenInput, env lifecycle.Env) (contents, refused) {
	a, ok := env.Facts.Cases[in.Authorization].(Authorization)
	if !ok {
		return nil, refusal.ExitNotRequested.With()
	}
	request, h := a.ExitRequest(), a.Head()
	if request == nil || request.Exit != c.ID {
		return nil, refusal.ExitNotRequested.With()
	}
	if h.Policy.Hash != env.Policy.Hash { // an exit runs by the rules under which the authorisation was given
		return nil, refusal.PolicyUnknown.With()
	}
	ground, r := request.Check(env.Policy.Exit)
	if r != nil {
		return nil, r
	}
	return contents{ExitOpened{
		Authorization: in.Authorization, Title: h.Title + "(退出)", Applicant: h.Applicant, Agency: h.Agency,
		Interests: h.Interests, Policy: h.Policy, Request: *request, Ground: ground, Steps: stepsOf(env.Policy.Exit), Way: env.Policy.Exit.Way(ground.Way),
	}}, nil
}

// noteInterim is possible while stopping too: access may have been suspended just before somebody stopped the exit.
func noteInterim(c *Exit, in ResultInput, _ lifecycle.Env) (contents, refused) {
	if c.measure(Interim) != nil {
		return nil, refusal.ExitNoted.With()
	}
	if !c.Ground.Interim {
		return nil, refusal.ExitNoInterim.With()
	}
	return result(in.Result, InterimNoted(in))
}

// noteNotice goes on as the ground demands: an expiry needs no decision, an adverse ground hears the operator first.
func noteNotice(c *Exit, in ResultInput, env lifecycle.Env) (contents, refused) {
	if c.InFull() {
		return c.noticeInFull(in, env)
	}
	switch {
	case c.Ground.Trigger == policy.ByExpiry:
		return result(in.Result, NoticeServed{Result: in.Result, State: WindingDown}, WindDownBegun{})
	case c.Ground.Adverse:
		// Nothing is missed when the operator lets the period pass, so nobody is escalated to.
		limit := env.Limit(statementLimit, env.Policy.Exit.Statement, c.operator(), lifecycle.Recipients{})
		return result(in.Result, NoticeServed{Result: in.Result, State: Hearing}, limit)
	default:
		return result(in.Result, NoticeServed{Result: in.Result, State: Deciding}, c.untilDecision(env))
	}
}

// result demands that the system says what came of what it did.
func result(s string, events ...lifecycle.Content) (contents, refused) {
	var f refusal.Faults
	f.Text("result", s, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return events, nil
}

func needDefenceFiles(_ *Exit, in DefenceInput) lifecycle.Needs {
	return lifecycle.Needs{Attachments: in.Attachments}
}

// stateDefence may be given again while the period runs: what is said later supplements what was said before.
func stateDefence(c *Exit, in DefenceInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(len(in.Points) > 0, refusal.Required.At("points"))
	if f.Count("points", len(in.Points), min(maxPoints, maxAllPoints-len(c.points()))) {
		for i, p := range in.Points {
			f.Text(refusal.In("points", i), p, maxText)
		}
	}
	env.CheckFiles(&f, "attachments", in.Attachments, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{DefenceStated(in)}, nil
}

func waiveDefence(c *Exit, _ Nothing, env lifecycle.Env) (contents, refused) {
	closed := c.afterDefence(true, env)
	return slices.Concat(closed[:1], c.EndDeadlines(statementLimit, hearingRequestLimit), closed[1:]), nil
}

// due follows a time limit that has passed: the period of statement and defence is over, or a step is left to the agency.
// The other limits are escalated and nothing more.
func due(c *Exit, d lifecycle.Deadline, env lifecycle.Env) contents {
	switch {
	case d.Name == statementLimit:
		return c.afterDefence(false, env)
	case d.Name == cureLimit && !c.toAssess():
		return append(contents{IntentionNotified{}}, c.hear(env)...)
	case c.State == Surviving:
		return c.endDue(d, env)
	}
	return c.takeOver(d.Name, env)
}

func (c *Exit) untilDecision(env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(decisionLimit, env.Policy.Exit.Decision, c.agency(identity.ExitDecider), c.agency(identity.Administrator))
}
