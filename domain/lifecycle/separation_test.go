package lifecycle_test

import (
	"testing"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

func TestClaimAndRelease(t *testing.T) {
	r := newWork(t)
	r.refuse(t, reviewer, "finish", finish("1"), refusal.TaskNotClaimed)
	r.refuse(t, reviewer, "release", task("1"), refusal.TaskNotClaimed)
	r.refuse(t, reviewer, "claim", task("9"), refusal.NotEntitled)
	r.do(t, reviewer, "claim", task("1"))
	r.refuse(t, colleague, "claim", task("1"), refusal.TaskClaimed)
	r.refuse(t, colleague, "release", task("1"), refusal.TaskNotClaimed)
	r.refuse(t, colleague, "finish", finish("1"), refusal.TaskNotClaimed)
	r.do(t, reviewer, "release", task("1"))
	r.do(t, colleague, "claim", task("1"))
	r.do(t, colleague, "finish", finish("1"))
	for _, command := range []string{"claim", "finish"} {
		r.refuse(t, reviewer, command, finish("1"), refusal.TaskOver)
	}
	r.refuse(t, colleague, "release", task("1"), refusal.TaskNotClaimed)
	done := r.j.Task("job-1.1")
	if done.State != lifecycle.TaskDone || done.DoneBy.Person != "colleague" || done.Opinion != "seen" || !done.DoneAt.Equal(r.env.Now) {
		t.Errorf("%+v", done)
	}
	if r.j.Deadline("work").Open() {
		t.Error("the limit of the task still runs")
	}
}

// A task is not lost with its claimant: an administrator of the agency gives it back, and only that.
func TestAdministratorReleases(t *testing.T) {
	r := newWork(t)
	r.do(t, reviewer, "claim", task("1"))
	r.refuse(t, who("other", grant("elsewhere", identity.Agency, identity.Administrator)), "release", task("1"), refusal.NotEntitled)
	r.refuse(t, administrator, "claim", task("2"), refusal.NotEntitled)
	r.refuse(t, administrator, "finish", finish("1"), refusal.NotEntitled)
	r.refuse(t, administrator, "release", task("9"), refusal.NotFoundHere)
	r.do(t, administrator, "release", task("1"))
	r.refuse(t, administrator, "release", task("1"), refusal.TaskNotClaimed)
	r.do(t, colleague, "claim", task("1"))

	// Giving back is no act in the task's step, so that having acted in another is no bar.
	r.do(t, reviewer, "claim", task("2"))
	r.do(t, reviewer, "finish", finish("2"))
	r.do(t, who("reviewer", supplies, runs), "release", task("1"))
}

// One person acts in one step: a task claimed counts as much as one finished, but never keeps anybody from giving a task back.
func TestOneStepPerPerson(t *testing.T) {
	r := newWork(t)
	r.do(t, reviewer, "claim", task("1"))
	r.refuse(t, reviewer, "claim", task("2"), refusal.HoldsAnother)
	r.do(t, reviewer, "claim", task("3")) // decides nothing
	r.do(t, reviewer, "release", task("3"))
	r.do(t, reviewer, "finish", finish("1"))
	r.refuse(t, reviewer, "claim", task("2"), refusal.ActedBefore)
	r.do(t, reviewer, "claim", task("3"))
	r.do(t, applicant, "ready", nil)

	doubles := who("reviewer", supplies, handles)
	r.refuse(t, doubles, "reject", nil, refusal.ActedBefore)
	r.do(t, doubles, "pause", nil) // decides nothing
	r.do(t, doubles, "go-on", nil)

	holds := who("colleague", supplies, handles)
	r.do(t, holds, "claim", task("2"))
	r.refuse(t, holds, "reject", nil, refusal.HoldsAnother)
	r.do(t, holds, "release", task("2"))
	r.do(t, holds, "reject", nil)
	if a := r.j.Acts; len(a) != 2 || a[0] != (lifecycle.Act{Step: "step-one", Person: "reviewer"}) || a[1] != (lifecycle.Act{Step: "judgement", Person: "colleague"}) {
		t.Errorf("acts: %v", a)
	}
}

// Whoever belongs to the applicant acts for nobody else, and nobody of the agency acts for the applicant – whatever the command.
func TestNobodyStandsOnBothSides(t *testing.T) {
	r := newWork(t)
	both := who("both", asksFor, handles)
	r.refuse(t, both, "ready", nil, refusal.OwnOrganization)
	r.refuse(t, both, "pause", nil, refusal.OwnOrganization)
	r.refuse(t, both, "reject", nil, refusal.OwnOrganization)
	r.refuse(t, who("turncoat", asksFor, supplies), "claim", task("3"), refusal.OwnOrganization)
	r.refuse(t, who("boss", asksFor, runs), "ready", nil, refusal.OwnOrganization)
	r.do(t, who("turncoat", asksFor, supplies), "ready", nil)
}

func TestInterestClosesTheCase(t *testing.T) {
	r := newWork(t)
	r.do(t, reviewer, "claim", task("1"))
	r.j.Interests = []string{"reviewer", "administrator", "applicant"}
	r.refuse(t, reviewer, "finish", finish("1"), refusal.InterestDeclared)
	r.refuse(t, reviewer, "claim", task("3"), refusal.InterestDeclared)
	r.refuse(t, administrator, "release", task("1"), refusal.InterestDeclared)
	r.refuse(t, applicant, "ready", nil, refusal.InterestDeclared)
	if len(compiled.Allowed(r.j, reviewer, r.env)) > 0 {
		t.Error("something is still allowed")
	}
}

// Guards are asked last, so that they tell nothing to whom the command is not for.
func TestGuards(t *testing.T) {
	r := newWork(t)
	r.refuse(t, officer, "reject", nil, notReady)
	r.refuse(t, administrator, "reject", nil, refusal.NotEntitled)
	r.do(t, applicant, "ready", nil)
	r.do(t, officer, "reject", nil)
	for _, task := range r.j.Tasks {
		if task.State != lifecycle.TaskCancelled || task.DoneAt == nil {
			t.Errorf("task left: %+v", task)
		}
	}
	if _, ok := r.j.WakeAt(); ok {
		t.Error("a limit still runs")
	}
}
