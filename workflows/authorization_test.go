package workflows_test

import (
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/resolution"
	"datacharter/internal/lives"
)

const (
	hour = time.Hour
	day  = 24 * time.Hour
	year = 365 * day
)

// One authorisation from its application to its closing after five years, in the order in which the phases follow each other.
func TestWholeLife(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 60)
		a.Submit()
		d.Wait(day)
		a.Accept()
		a.Approve()
		a.Decide("m-1", resolution.For)
		a.Contract("m-2", 14)
		a.Reaches(authorization.Operating, day)
		started := d.Now()
		a.Reaches(authorization.Exiting, 10*day)
		if lasted := d.Now().Sub(started); lasted < 5*year-10*day || lasted > 5*year+20*day {
			t.Errorf("operation lasted %s", lasted)
		}
		x := a.Exit()
		x.WindDown()
		a.Reaches(authorization.Closed, hour)
		if x.Case().State != exit.Closed {
			t.Errorf("the exit is in the state %s", x.Case().State)
		}
	})
	if l.ended != nil {
		t.Errorf("the last run ended with %v", l.ended)
	}
	t.Log(len(l.inputs), "runs", l.timers, "timers", l.refused, len(l.Events("a-1")))
}
