package workflows_test

import (
	"fmt"
	"slices"
	"testing"

	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/review"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// suggestEvery has the server ask every run to continue as new after so many transactions.
func (l *lifetime) suggestEvery(n int) {
	done := 0
	l.onRun = func(*testsuite.TestWorkflowEnvironment) { done = 0 }
	l.onStep = func(env *testsuite.TestWorkflowEnvironment) {
		if done++; done == n {
			env.SetContinueAsNewSuggested(true)
		}
	}
}

// whole checks that a case has one unbroken stream of events, and lists them.
func (l *lifetime) whole(id string) []string {
	l.t.Helper()
	var out []string
	for i, e := range l.Events(id) {
		if e.Seq != int64(i+1) {
			l.t.Fatalf("event %d of %s has the number %d", i+1, id, e.Seq)
		}
		out = append(out, e.Type+" "+e.By.Person)
	}
	return out
}

// The same life, led in few long runs and in many short ones: nothing may be lost, nothing done twice.
func TestManyShortRuns(t *testing.T) {
	script := func(d *lives.Director) {
		a := d.Operating("a-1", 12, 7)
		ground := breach(t)
		a.Leave(ground).Decide(exit.Continue)
		a.Reaches(authorization.Operating, hour)
		x := a.Leave(ground)
		x.Decide(exit.Terminate)
		x.Serve()
		x.WindDown()
		a.Reaches(authorization.Closed, hour)
	}
	long, short := newLifetime(t), newLifetime(t)
	short.suggestEvery(3)
	for _, l := range []*lifetime{long, short} {
		l.run(authorization.Kind, "a-1", script)
		l.punctual(authorization.Machine, "a-1")
		if l.ended != nil || len(l.refused) > 0 {
			t.Errorf("ended with %v, refused %v", l.ended, l.refused)
		}
	}
	if len(short.inputs) < 10 || len(long.inputs) > 5 {
		t.Errorf("%d short runs, %d long ones", len(short.inputs), len(long.inputs))
	}
	for _, id := range []string{"a-1", "a-1.exit-1", "a-1.exit-2"} {
		same(t, id, anyOrder(short.whole(id)), anyOrder(long.whole(id)))
	}
}

// anyOrder leaves the order of the wind-down out: its steps go side by side, and who is done first is chance.
func anyOrder(events []string) []string {
	if from := slices.Index(events, "wind-down-begun system"); from >= 0 {
		slices.Sort(events[from:slices.Index(events, "wound-down system")])
	}
	return events
}

// Commands that arrive together, and while the run is about to continue as new, are all answered.
func TestCommandsInFlight(t *testing.T) {
	l := newLifetime(t)
	l.suggestEvery(4)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		before := a.Case().Version
		for i, person := range []string{"business-reviewer", "security-reviewer", "finance-reviewer", "legal-reviewer", "supply-reviewer", "decider", "agency-signatory"} {
			l.hand(workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: fmt.Sprintf("together-%d", i), Name: "declare-interest", Person: person})
		}
		d.Wait(hour)
		if n := a.Case().Version - before; n != 7 || len(l.flight) > 0 {
			t.Errorf("%d of 7 commands were recorded, %d not answered", n, len(l.flight))
		}
	})
	if len(l.inputs) != 2 { // the run waits for all of them, and no longer
		t.Errorf("%d runs", len(l.inputs))
	}
}

// A run that is asked to continue as new does so even when nothing else happens.
func TestIdleRunContinues(t *testing.T) {
	l := newLifetime(t)
	l.onRun = func(env *testsuite.TestWorkflowEnvironment) {
		if len(l.inputs) == 1 {
			env.RegisterDelayedCallback(func() { suggest(env) }, hour)
		}
	}
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		d.Draft("a-1", 12).Submit()
		d.Wait(day)
	})
	if len(l.inputs) != 2 {
		t.Errorf("%d runs", len(l.inputs))
	}
}

// Temporal's data may be lost at any moment: the case goes on from the database, wherever it stood.
func TestRestartAnywhere(t *testing.T) {
	l := newLifetime(t)
	l.before(func(d *lives.Director) { d.Draft("a-1", 12).Submit() })
	a := &lives.Authorization{ID: "a-1"}
	again := func(script func()) {
		t.Helper()
		l.restart(authorization.Kind, workflows.CaseInput{Case: "a-1"}, func(d *lives.Director) {
			a.Director = d
			d.Prefix = fmt.Sprintf("%d-", len(l.inputs))
			script()
		})
	}
	again(func() { a.Accept() })
	again(func() { a.Review("business", review.Approve) })
	again(func() { a.Approve() })
	again(func() { a.Decide("m-1", "for") })
	again(func() { a.Contract("m-2", 7) })
	again(func() { a.Reaches(authorization.Operating, day) })
	ground := breach(t)
	var x *lives.Exit
	again(func() { x = a.Leave(ground) }) // the exit is asked for, and everything is lost before it begins
	again(func() { x = a.Exit(); x.Decide(exit.Terminate) })
	again(func() { x = a.Exit(); x.Serve() })
	again(func() {
		x = a.Exit()
		x.Until("a task", hour, func() bool { return len(x.Case().Tasks) > 0 })
	})
	again(func() { x = a.Exit(); x.Wait(hour); x.WindDown(); a.Reaches(authorization.Closed, hour) })
	l.punctual(authorization.Machine, "a-1")
	l.whole("a-1")
	l.whole(x.ID)
	if len(l.refused) > 0 {
		t.Errorf("refused %v", l.refused)
	}
}
