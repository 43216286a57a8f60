package workflows_test

import (
	"slices"
	"testing"
	"time"

	"datacharter/domain/plan"
	"datacharter/internal/lives"
)

// A plan lives in one workflow: reviews and public comment, the decision, filing, a change that is refused and one that is agreed to, its end. Led in few long
// runs and in many short ones it is the same, and nothing is late.
func TestPlan(t *testing.T) {
	script := func(d *lives.Director) {
		d.Live("p-1")
		d.Wait(time.Hour) // which lets the last run see that it is over
	}
	long, short := newLifetime(t), newLifetime(t)
	short.suggestEvery(3)
	for _, l := range []*lifetime{long, short} {
		l.run(plan.Kind, "p-1", script)
		l.punctual(plan.Machine, "p-1")
		if l.ended != nil || len(l.refused) > 0 {
			t.Errorf("ended with %v, refused %v", l.ended, l.refused)
		}
	}
	if len(short.inputs) <= len(long.inputs) {
		t.Errorf("%d short runs, %d long ones", len(short.inputs), len(long.inputs))
	}
	same(t, "p-1", short.whole("p-1"), long.whole("p-1"))
	if events := long.whole("p-1"); !slices.Contains(events, "plan-ended system") {
		t.Errorf("%v", events)
	}
}
