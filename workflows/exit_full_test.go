package workflows_test

import (
	"slices"
	"testing"

	"go.temporal.io/sdk/temporal"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// A step of the system that cannot be done holds up nothing that need not come after it: people go on with their tasks meanwhile.
func TestStepsGoSideBySide(t *testing.T) {
	l, _, in := leaving(t, ground(t, "waiver"))
	failing := true
	l.windDown = func(in workflows.WindDownInput) error {
		if in.Step == workflows.Delist && failing {
			return temporal.NewApplicationErrorWithOptions("not yet", "", temporal.ApplicationErrorOptions{NextRetryDelay: hour})
		}
		return nil
	}
	l.exit(in, func(x *lives.Exit) {
		x.Decide(exit.Terminate)
		x.Serve()
		x.Until("the data being deleted", hour, func() bool {
			tasks := x.Case().Tasks
			if i := slices.IndexFunc(tasks, func(t lifecycle.Task) bool { return t.Active() }); i >= 0 {
				x.Finish(tasks[i])
			}
			return stateOf(x, "return-or-delete-data") == exit.StepDone
		})
		if stateOf(x, "delist-products") != exit.StepOpen || stateOf(x, "final-audit") != exit.StepPending {
			t.Errorf("delisting is %s, the audit %s", stateOf(x, "delist-products"), stateOf(x, "final-audit"))
		}
		failing = false
		x.WindDown()
	})
}

// While its effect is stayed nothing new begins; once that is lifted the wind-down goes on where it stood.
func TestStayHoldsTheWindDown(t *testing.T) {
	l, _, in := leaving(t, ground(t, "waiver"))
	l.exit(in, func(x *lives.Exit) {
		windingDown(x)
		day := calendar.DateOf(x.Now()).String()
		x.As(lives.Officer, "note-review", exit.ReviewInput{Kind: exit.Suit, Body: "法院", Number: "1", Date: day})
		x.As(lives.Officer, "stay-effect", exit.StayInput{Review: 1, Body: "法院", Reason: "损失难以弥补", Proof: lives.Evidence.Digest})
		begun := len(x.Case().Steps) - pendingSteps(x)
		for range 40 {
			x.Wait(24 * hour)
			if task := x.Task(); task != nil { // what was begun may be finished by hand, and is not taken away
				t.Logf("open: %s", task.Name)
			}
		}
		if now := len(x.Case().Steps) - pendingSteps(x); now != begun {
			t.Errorf("%d steps were begun under the stay", now-begun)
		}
		for _, d := range x.Case().Deadlines {
			if d.Passed {
				t.Errorf("%s passed under the stay", d.Name)
			}
		}
		x.As(lives.Officer, "lift-stay", exit.ReasonInput{Reason: "裁定解除"})
		x.WindDown()
	})
}

// An annulled decision is undone by its own authority, as far as the wind-down came: access and products are back, and the authorisation operates.
func TestReinstatement(t *testing.T) {
	l, a, in := leaving(t, ground(t, "waiver"))
	l.exit(in, func(x *lives.Exit) {
		windingDown(x)
		x.Until("the delisting", hour, func() bool { return stateOf(x, "delist-products") == exit.StepDone })
		day := calendar.DateOf(x.Now()).String()
		x.As(lives.Officer, "note-review", exit.ReviewInput{Kind: exit.Reconsideration, Body: "人民政府", Number: "1", Date: day})
		x.As(lives.Officer, "note-review-result", exit.ReviewResultInput{
			Review: 1, Result: exit.Annulled, Date: day, Document: "2", Proof: lives.Evidence.Digest,
		})
		x.As(lives.Decider, "reinstate", exit.CarryInput{Review: 1, Reference: "3", Reasons: "执行复议决定"})
		x.Reaches(exit.Stopped, hour)
	})
	same(t, "steps", l.steps, []string{workflows.CloseAccess, workflows.Delist, workflows.Relist, workflows.RestoreAccess})
	goesOn(t, a, authorization.Operating, authorization.AccessOpen)
	if c := a.Exit().Case(); c.Outcome != exit.OutcomeReinstated || slices.ContainsFunc(c.Tasks, func(t lifecycle.Task) bool { return t.Active() }) {
		t.Errorf("outcome %s, tasks %+v", c.Outcome, c.Tasks)
	}
}

// What outlives the authorisation lasts its own time, and then the exit is closed, without anybody's doing.
func TestDutiesOutliveTheAuthorisation(t *testing.T) {
	l, a, in := leaving(t, breach(t))
	l.exit(in, func(x *lives.Exit) {
		x.Decide(exit.Terminate)
		x.Serve()
		x.WindDown()
		a.Director = x.Director
		a.Reaches(authorization.Closed, hour)
		x.Outlive()
	})
	if l.ended != nil {
		t.Errorf("ended with %v", l.ended)
	}
	for _, d := range a.Exit().Case().Duties {
		if d.EndAt == nil || calendar.DateOf(*d.EndAt).Before(d.Until) {
			t.Errorf("%s until %s ended at %v", d.Code, d.Until, d.EndAt)
		}
	}
}

// The pattern that a court upheld, from the notice of default to the end of what outlives the authorisation: nothing comes sooner than it may, and every limit is
// that of the pattern.
func TestCourtUpheldPattern(t *testing.T) {
	l, a, in := leaving(t, ground(t, "breach"))
	l.exit(in, func(x *lives.Exit) { x.Upheld() })
	x := a.Exit().Case()
	on := func(limit string) calendar.Date { return x.Deadline(limit).Due.On }
	noticed, heard, decided := x.Deadline("cure").From, x.Oral.On, calendar.DateOf(x.Decision.At)
	for _, order := range []struct {
		what          string
		first, second calendar.Date
	}{
		{"60 days to cure before the intention", noticed.AddDays(60), x.Deadline("statement").From},
		{"30 days to state the case before the decision", x.Deadline("statement").From.AddDays(30), decided},
		{"the hearing before the decision", heard, decided},
		{"60 days for a reconsideration from service", x.Service.Date.AddDays(60), on("reconsideration")},
		{"6 months for a suit from service", x.Service.Date.AddMonths(6), on("suit")},
	} {
		if order.second.Before(order.first) {
			t.Errorf("%s: %s is not before %s", order.what, order.first, order.second)
		}
	}
	if x.State != exit.Closed || x.Outcome != exit.OutcomeClosed || len(x.Reviews) != 2 || x.Decision.Record == "" {
		t.Errorf("%s, outcome %s, %d reviews, record %q", x.State, x.Outcome, len(x.Reviews), x.Decision.Record)
	}
}

// A cure that is accepted ends the exit before anything was decided.
func TestCure(t *testing.T) {
	l, a, in := leaving(t, ground(t, "security-failure"))
	l.exit(in, func(x *lives.Exit) {
		x.Reaches(exit.Curing, hour)
		x.As(lives.Applicant, "report-cure", exit.CureInput{Text: "已整改", Attachments: []string{lives.Proof.Digest}})
		x.As(lives.Officer, "accept-cure", exit.ReasonInput{Reason: "核验属实"})
		x.Reaches(exit.Stopped, hour)
	})
	same(t, "steps", l.steps, []string{workflows.SuspendAccess, workflows.RestoreAccess})
	goesOn(t, a, authorization.Operating, authorization.AccessOpen)
	if c := a.Exit().Case(); c.Outcome != exit.OutcomeCured {
		t.Errorf("outcome %s", c.Outcome)
	}
}

func windingDown(x *lives.Exit) {
	x.Decide(exit.Terminate)
	x.Serve()
	x.Reaches(exit.WindingDown, hour)
	x.Until("a task", hour, func() bool { return x.Task() != nil })
}

func stateOf(x *lives.Exit, step string) exit.StepState {
	for _, s := range x.Case().Steps {
		if s.Code == step {
			return s.State
		}
	}
	return ""
}

func pendingSteps(x *lives.Exit) int {
	n := 0
	for _, s := range x.Case().Steps {
		if s.State == exit.StepPending {
			n++
		}
	}
	return n
}
