package workflows_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// clockEvents lists what the clocks of a case did, such as "2026-03-04T16:00:00 reminded completeness".
func (l *lifetime) clockEvents(id string) []string {
	l.t.Helper()
	var out []string
	for _, e := range l.Events(id) {
		if e.Type == "deadline-reminded" || e.Type == "deadline-passed" {
			var in struct {
				Name string `json:"name"`
			}
			if err := json.Unmarshal(e.Data, &in); err != nil {
				l.t.Fatal(err)
			}
			out = append(out, e.At.UTC().Format("2006-01-02T15:04:05.999 ")+strings.TrimPrefix(e.Type, "deadline-")+" "+in.Name)
		}
	}
	return out
}

func replaced(format, name string) string { return strings.ReplaceAll(format, "%s", name) }

// punctual checks that every reminder and every end of a limit was acted on in its own instant, whatever run it fell into.
func (l *lifetime) punctual(def lifecycle.Definition, id string) {
	l.t.Helper()
	c := def.Blank(id)
	for _, e := range l.Events(id) {
		at, due := c.Head().WakeAt()
		clock := e.Type == "deadline-reminded" || e.Type == "deadline-passed"
		if clock && (!due || !at.Equal(e.At)) || due && at.Before(e.At) {
			l.t.Errorf("%s/%d: %s at %s, something due at %s", id, e.Seq, e.Type, e.At, at)
		}
		if err := def.Evolve(c, e); err != nil {
			l.t.Fatal(err)
		}
	}
}

// ticks counts how often the case's clock is looked at.
func (l *lifetime) ticks() *int {
	n := 0
	l.Fail = func(command string) error {
		if command == lifecycle.Tick {
			n++
		}
		return nil
	}
	return &n
}

// The workflow's clock and the database's are two: while the database's is behind, a tick finds nothing due, and the pauses between ticks grow.
func TestDatabaseClockBehind(t *testing.T) {
	l := newLifetime(t)
	l.Now = func() time.Time { return l.clock().Add(-10 * time.Minute) }
	ticks := l.ticks()
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		d.Draft("a-1", 12).Submit()
		d.Wait(5 * day)
	})
	if got := l.clockEvents("a-1"); len(got) != 2 {
		t.Fatalf("clock events %v", got)
	}
	for _, e := range l.Events("a-1")[3:] {
		if late := e.At.Truncate(hour); e.At.Sub(late) > time.Minute {
			t.Errorf("%s at %s", e.Type, e.At)
		}
	}
	if *ticks < 4 || *ticks > 40 {
		t.Errorf("%d ticks for two due times", *ticks)
	}
}

// Due times that passed while nothing ran are acted on at once, all of them.
func TestDueTimesInThePast(t *testing.T) {
	l := newLifetime(t)
	l.before(func(d *lives.Director) { d.Draft("a-1", 12).Submit() })
	l.now = l.now.Add(30 * day)
	back := l.now
	ticks := l.ticks()
	l.restart(authorization.Kind, workflows.CaseInput{Case: "a-1"}, func(d *lives.Director) { d.Wait(hour) })
	if *ticks != 1 {
		t.Errorf("%d ticks", *ticks)
	}
	events := l.Events("a-1")[3:]
	if len(events) != 2 || events[0].Type != "deadline-reminded" || events[1].Type != "deadline-passed" {
		t.Fatalf("events %+v", events)
	}
	for _, e := range events {
		if !e.At.Equal(back) {
			t.Errorf("%s at %s, back at %s", e.Type, e.At, back)
		}
	}
}

// A case whose ticks change something and leave it waiting for the same instant, as a mistake in its rules may, does not tick without a pause:
// people's commands are answered.
func TestTicksThatMoveNothingOn(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	workflows.Register(env)
	due := env.Now()
	header := workflows.Header{Kind: authorization.Kind, Case: "a-1", Version: 1, State: authorization.Submitted, Phase: authorization.ApplicationPhase, WakeAt: &due}
	ticks := 0
	env.RegisterActivityWithOptions(func(context.Context, lifecycle.Kind, string) (workflows.Header, error) {
		return header, nil
	}, activity.RegisterOptions{Name: workflows.LoadActivity})
	env.RegisterActivityWithOptions(func(_ context.Context, cmd workflows.Command) (workflows.Outcome, error) {
		header.Version++
		if cmd.Name == lifecycle.Tick {
			ticks++
		} else {
			header.State, header.Closed = authorization.Withdrawn, true
		}
		return workflows.Outcome{Version: header.Version, Header: header}, nil
	}, activity.RegisterOptions{Name: workflows.ApplyActivity})
	answered := false
	env.RegisterDelayedCallback(func() {
		env.UpdateWorkflow(workflows.GiveUpdate, "c-1", &testsuite.TestUpdateCallback{
			OnAccept: func() {}, OnReject: func(err error) { t.Error(err) }, OnComplete: func(any, error) { answered = true },
		}, workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: "c-1", Name: "withdraw", Person: lives.Applicant})
	}, hour)
	env.ExecuteWorkflow(workflows.ByKind[authorization.Kind], workflows.CaseInput{Case: "a-1"})
	if err := env.GetWorkflowError(); err != nil || !answered {
		t.Errorf("answered: %t, %v", answered, err)
	}
	if ticks < 2 || ticks > 70 {
		t.Errorf("%d ticks in an hour", ticks)
	}
}

// A case that waits for nothing but people starts one timer a month, not one a command.
func TestTimersAreFew(t *testing.T) {
	l := newLifetime(t)
	ticks := l.ticks()
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Operating("a-1", 12, 1)
		before := l.timers
		for range 10 {
			a.As(lives.Applicant, "propose-exit", authorization.ExitInput{Ground: "consent", Statement: "协商(虚构)"})
			a.As(lives.Officer, "decline-exit", authorization.ReasonInput{Reason: "继续运营(虚构)"})
		}
		if l.timers != before {
			t.Errorf("twenty commands that move no due time started %d timers", l.timers-before)
		}
	})
	if *ticks != 1 { // the start of operation
		t.Errorf("%d ticks", *ticks)
	}
}
