package authorization

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
)

// plan returns the plan that the application names, and false when it names none that there is.
func (a Application) plan(env lifecycle.Env) (*plan.Plan, bool) {
	p, ok := env.Facts.Cases[a.Plan].(*plan.Plan)
	return p, ok
}

// checkPlan finds a plan that is none, or another agency's. In a profile older than plans as cases it is words.
func (a Application) checkPlan(f *refusal.Faults, env lifecycle.Env) {
	if env.Policy.Plan == nil {
		f.AtMost("plan", a.Plan, maxTitle)
		return
	}
	if a.Plan == "" {
		return
	}
	switch p, ok := a.plan(env); {
	case !ok || len(p.Versions) == 0:
		f.Add(refusal.UnknownReference.At("plan"))
	case p.Agency != a.Agency:
		f.Add(refusal.PlanOtherAgency.At("plan"))
	}
}

// rest finds what keeps the application from resting on its plan, and pins it to the version in force: no scope beyond the plan's can be granted, and the
// applicant is tested by its conditions (27号 Art. 12, 14). An application that was handed in while the plan took applications may come again after that.
func (a Application) rest(f *refusal.Faults, again bool, env lifecycle.Env) *plan.Ref {
	p, ok := a.plan(env)
	if !ok {
		return nil // checkPlan and checkComplete say so
	}
	if v := p.InForce(); v == nil || v.Published == nil || !again && !p.Taking() {
		f.Add(refusal.PlanNotInForce.At("plan"))
		return nil
	}
	content := p.InForce().Content
	content.CheckWithin(f, plan.Asked{Mode: a.Mode, Resources: a.Resources, TermMonths: a.TermMonths, Products: a.facts().Products})
	content.CheckGraded(f, a.Resources, env)
	content.CheckApplicant(f, a.Standing.facts(a, env), env)
	ref := p.Ref()
	return &ref
}

func regradings(a *Authorization) []regrading.Flag { return a.Regraded }

// Rests lists the resources on which the case rests now.
func (a *Authorization) Rests() []string { return a.rests() }

// rests lists the resources on which the case rests now: those of the agreement, once one is proposed, which may be fewer than were applied for.
func (a *Authorization) rests() []string {
	if v := a.version(); v != nil {
		return v.Content.Resources
	}
	return a.Application.Resources
}

// stoppedBy finds the resources of an agreement whose grade stops it. One that leaves them out goes on.
func (a *Authorization) stoppedBy(resources []string) (f refusal.Faults) {
	for i, id := range resources {
		f.Unless(!regrading.Stopped(regrading.Keep(a.Regraded, []string{id}), policy.StopProgress), refusal.StoppedByGrade.At(refusal.In("resources", i)))
	}
	return f
}

// notStopped lets a command pass unless the regrading of a resource stops what it does.
func notStopped(stop policy.Stop) guard { return regrading.Unless(stop, regradings) }

// regraded sets the operator's access as the profile says: suspended at once where the grade stops it, open again when what was lacking is there.
func regraded(a *Authorization, e regrading.Recorded, env lifecycle.Env) []lifecycle.Content {
	if a.State != Operating {
		return nil // access is not open, or the exit's business
	}
	switch stopped := regrading.Stopped(regrading.Note(a.Regraded, e, env.Now), policy.StopAccess); {
	case stopped && a.Access == AccessOpen:
		return contents{AccessSet{Access: AccessSuspended}}
	case !stopped && a.Access == AccessSuspended:
		return contents{AccessSet{Access: AccessOpen}}
	default:
		return nil
	}
}

// heldBack suspends access again that the events before open in spite of a resource's grade.
func (a *Authorization) heldBack(before contents) contents {
	if regrading.Stopped(a.Regraded, policy.StopAccess) {
		return append(before, AccessSet{Access: AccessSuspended})
	}
	return before
}

func regradingRule() rule {
	var on from
	for _, s := range states {
		if !s.Final && !s.Draft {
			on = append(on, s.Name)
		}
	}
	return regrading.Rule(on, (*Authorization).rests, regradings, regraded, AccessSet{})
}

func regradingEvent() lifecycle.EventType[*Authorization] {
	return lifecycle.Sending(
		lifecycle.On(func(a *Authorization, e regrading.Recorded, at lifecycle.Event) {
			a.Regraded = regrading.Note(a.Regraded, e, at.At)
		}),
		func(a *Authorization, _ regrading.Recorded, _ lifecycle.Event) []lifecycle.Effect {
			return append(tell(a, a.officers(), "resource-regraded"), tell(a, a.administrators(), "resource-regraded")...)
		})
}
