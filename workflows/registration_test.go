package workflows_test

import (
	"slices"
	"testing"

	"datacharter/domain/registration"
	"datacharter/internal/lives"
)

// A registration lives for years in one workflow: first registration, a change with an objection, expiry. Led in few long runs and in many short ones it is the
// same, and nothing is late.
func TestRegistration(t *testing.T) {
	script := func(d *lives.Director) {
		r := d.Register("r-1")
		r.Pass()
		r.Code()
		r.Change()
		r.Expire()
	}
	long, short := newLifetime(t), newLifetime(t)
	short.suggestEvery(3)
	for _, l := range []*lifetime{long, short} {
		l.run(registration.Kind, "r-1", script)
		l.punctual(registration.Machine, "r-1")
		if l.ended != nil || len(l.refused) > 0 {
			t.Errorf("ended with %v, refused %v", l.ended, l.refused)
		}
	}
	if len(short.inputs) <= len(long.inputs) {
		t.Errorf("%d short runs, %d long ones", len(short.inputs), len(long.inputs))
	}
	same(t, "r-1", short.whole("r-1"), long.whole("r-1"))
	if events := long.whole("r-1"); !slices.Contains(events, "registration-closed system") {
		t.Errorf("%v", events)
	}
}
