package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

func (r *run) taskInput(t fataler, name string) lifecycle.TaskInput {
	t.Helper()
	return lifecycle.TaskInput{Task: r.task(t, name).ID}
}

// One person acts in one step of a case: whoever checked completeness – also by returning – reviews nothing, and whoever reviews one thing
// reviews no other and votes on nothing.
func TestOnePersonOneStep(t *testing.T) {
	everything := holds("everything", agency, identity.CaseOfficer, identity.BusinessReviewer, identity.SecurityReviewer, identity.FinanceReviewer, identity.Administrator)
	r := submitted(t)
	r.do(t, everything, "return", missing())
	r.do(t, applicant, "resubmit", nil)
	r.accept(t)
	r.refuse(t, everything, "claim", r.taskInput(t, "business"), refusal.ActedBefore)

	r = reviewing(t)
	r.do(t, everything, "claim", r.taskInput(t, "business"))
	r.refuse(t, everything, "claim", r.taskInput(t, "security"), refusal.HoldsAnother)
	r.do(t, everything, "decide", review.Input{Task: r.task(t, "business").ID, Outcome: review.Return, Opinion: "x"})
	r.refuse(t, everything, "claim", r.taskInput(t, "security"), refusal.ActedBefore)
	for _, name := range []string{"supplier", "security", "finance"} {
		r.review(t, name, review.Approve)
	}
	r.do(t, applicant, "resubmit", nil)
	r.refuse(t, everything, "claim", r.taskInput(t, "finance"), refusal.ActedBefore)
	r.do(t, everything, "claim", r.taskInput(t, "business")) // the same step, in another round
}

// Nobody decides on an application of his own organisation, whatever roles he holds besides, and an administrator is no exception.
func TestNobodyDecidesOnHisOwn(t *testing.T) {
	for _, role := range []identity.Role{identity.Applicant, identity.OperatorSignatory} {
		own := holds("x", operator, role)
		for _, c := range []struct {
			r       *run
			actor   identity.Actor
			command string
			input   func(*run) any
		}{
			{submitted(t), holds("y", agency, identity.CaseOfficer, identity.Administrator), "accept", nil},
			{submitted(t), holds("y", agency, identity.CaseOfficer), "refuse", func(*run) any { return reason() }},
			{reviewing(t), holds("y", agency, identity.BusinessReviewer), "claim", func(r *run) any { return r.taskInput(t, "business") }},
			{reviewing(t), holds("y", supplier, identity.SupplyReviewer), "claim", func(r *run) any { return r.taskInput(t, "supplier") }},
			{drafting(t), holds("y", agency, identity.CaseOfficer), "propose-agreement", func(r *run) any { return r.agreement() }},
			{signing(t), holds("y", agency, identity.AgencySignatory), "sign", func(r *run) any { return r.newest() }},
			{operating(t), holds("y", agency, identity.Administrator), "suspend", func(*run) any { return suspension() }},
			{operating(t), holds("y", agency, identity.Administrator), "open-exit", func(*run) any { return breach() }},
		} {
			var input any
			if c.input != nil {
				input = c.input(c.r)
			}
			c.r.refuse(t, also(own, c.actor), c.command, input, refusal.OwnOrganization)
			c.r.refuse(t, also(c.actor, own), c.command, input, refusal.OwnOrganization)
			c.r.do(t, c.actor, c.command, input)
		}
	}
}

// An administrator commands nothing that decides an application.
func TestAdministratorDecidesNothing(t *testing.T) {
	boss := holds("boss", agency, identity.Administrator)
	for _, p := range places() {
		for _, a := range authorization.Machine.Allowed(p.a, boss, p.env(lifecycle.Needs{})) {
			if rows[a.Command].Step != "" || !slices.Contains([]string{"declare-interest", "release", "suspend", "resume", "suspend-at-once", "confirm-incident", "lift-incident", "open-exit", lifecycle.Recount}, a.Command) {
				t.Errorf("%s: an administrator may %s", p.name, a.Command)
			}
		}
	}
}

// An interest declared closes the case to the person: his tasks go back, and nothing is allowed any more.
func TestInterest(t *testing.T) {
	r := reviewing(t)
	id := r.claim(t, "security")
	security := reviewers["security"]
	r.refuse(t, security, "declare-interest", lifecycle.InterestInput{Person: "finance-reviewer"}, refusal.NotEntitled, "person")
	r.do(t, security, "declare-interest", lifecycle.InterestInput{})
	if task := r.a.Task(id); task.State != lifecycle.TaskOpen || task.Claimant != "" {
		t.Errorf("%+v", task)
	}
	for _, command := range []string{"claim", "release", "declare-interest"} {
		r.refuse(t, security, command, lifecycle.TaskInput{Task: id}, map[string]refusal.Code{
			"claim": refusal.InterestDeclared, "release": refusal.TaskNotClaimed, "declare-interest": refusal.InterestDeclared,
		}[command])
	}
	if got := authorization.Machine.Allowed(r.a, security, r.env(lifecycle.Needs{})); len(got) > 0 {
		t.Errorf("still allowed: %v", got)
	}
	r.refuse(t, applicant, "declare-interest", lifecycle.InterestInput{}, refusal.NotEntitled)
	another := holds("another", agency, identity.SecurityReviewer)
	r.do(t, another, "claim", lifecycle.TaskInput{Task: id})

	// Whoever recuses himself in a meeting is kept from the case by the system, once.
	for range 2 {
		r.do(t, system, "declare-interest", lifecycle.InterestInput{Person: "another"})
	}
	if !slices.Equal(r.a.Interests, []string{"security-reviewer", "another"}) || r.a.Task(id).State != lifecycle.TaskOpen {
		t.Errorf("%v", r.a.Interests)
	}
	r.refuse(t, another, "claim", lifecycle.TaskInput{Task: id}, refusal.InterestDeclared)
}

// A reviewer who is away does not hold the case up: an administrator gives the task back to the others.
func TestAbsentReviewer(t *testing.T) {
	r := reviewing(t)
	id := r.claim(t, "finance")
	r.refuse(t, holds("boss", otherAgency, identity.Administrator), "release", lifecycle.TaskInput{Task: id}, refusal.NotEntitled)
	r.do(t, administrator, "release", lifecycle.TaskInput{Task: id})
	r.do(t, holds("deputy", agency, identity.FinanceReviewer), "claim", lifecycle.TaskInput{Task: id})
}

// Another agency's reviewers have no part in the case, unlike those of the government.
func TestOtherAgenciesReviewNothing(t *testing.T) {
	r := reviewing(t)
	r.refuse(t, holds("other", otherAgency, identity.BusinessReviewer), "claim", r.taskInput(t, "business"), refusal.NotEntitled)
	r.refuse(t, holds("other", government, identity.FinanceReviewer), "claim", r.taskInput(t, "finance"), refusal.NotEntitled)
}

// checkSeparation holds for every case whatever happened: one step per person, nobody of the applicant's among those who acted, and no
// act of anybody after he declared an interest.
func checkSeparation(t fataler, r *run, people map[string]identity.Actor) {
	t.Helper()
	steps := map[string]string{}
	for _, act := range r.a.Acts {
		if other, twice := steps[act.Person]; twice && other != act.Step {
			t.Fatalf("%s acted in %s and in %s", act.Person, other, act.Step)
		}
		steps[act.Person] = act.Step
		if people[act.Person].In(r.a.Applicant) {
			t.Fatalf("%s of the applicant acted in %s", act.Person, act.Step)
		}
	}
	interested := map[string]bool{}
	for _, e := range r.events {
		if interested[e.By.Person] && e.Type != "task-released" { // his own tasks went back with it
			t.Fatalf("%s acts after declaring an interest: %s", e.By.Person, e.Type)
		}
		if e.Type == "interest-declared" && e.By.Person != identity.SystemPerson {
			interested[e.By.Person] = true
		}
	}
	for _, task := range r.a.Tasks {
		if task.State == lifecycle.TaskDone && steps[task.DoneBy.Person] != task.Step {
			t.Fatalf("%s is done by %s without an act", task.ID, task.DoneBy.Person)
		}
	}
	for _, resolved := range r.a.Resolutions {
		for _, v := range resolved.Resolution.Votes {
			if steps[v.Person] != resolution.Step(resolved.Resolution.Decision) {
				t.Fatalf("the vote of %s is no act", v.Person)
			}
		}
	}
}

// TestManagementApartFromOperation: nobody operates under an authorisation for data that he himself supplies (管运适度分离); an older profile does not ask.
func TestManagementApartFromOperation(t *testing.T) {
	own := func(p *policy.Profile) *run {
		r := newRun(p)
		second := r.facts.Resources["resource-2"]
		second.Provider = operator // the operator's name in this world
		r.facts.Resources["resource-2"] = second
		return r.draft(t)
	}
	own(national).refuse(t, applicant, "submit", nil, refusal.ManagesAndOperates, "resources[1]")
	own(profile(func(p *policy.Profile) { p.Responsibility = nil })).submit(t)
}
