package workflows_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/refusal"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// What a case refuses is answered and changes nothing; the workflow goes on.
func TestRefusedCommands(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		version := a.Case().Version
		d.Refused(refusal.NotEntitled, lives.Applicant, authorization.Machine, "a-1", "accept", nil)
		d.Refused(refusal.NotInState, lives.Officer, authorization.Machine, "a-1", "file", nil)
		d.Refused(refusal.UnknownCommand, lives.Officer, authorization.Machine, "a-1", "approve", nil)
		d.Refused(refusal.NotEntitled, lives.Administrator, authorization.Machine, "a-1", "record-resolution", nil)
		if now := a.Case().Version; now != version {
			t.Errorf("refused commands led from version %d to %d", version, now)
		}
		a.As(lives.Applicant, "withdraw", authorization.ReasonInput{Reason: "不再需要"})
		d.Refused(refusal.CaseClosed, lives.Applicant, authorization.Machine, "a-1", "withdraw", authorization.ReasonInput{Reason: "再次"})
	})
	if l.ended != nil {
		t.Error(l.ended)
	}
}

// A workflow started by a command that is refused ends: there is no case to run, or it is still a draft.
func TestRefusedFirstCommand(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := &lives.Authorization{Director: d, ID: "a-1"}
		d.Refused(refusal.NotInState, lives.Applicant, authorization.Machine, "a-1", "submit", nil)
		d.Wait(hour)
		if l.env != nil {
			t.Error("a workflow runs for a case that does not exist")
		}
		whole := lives.Application(12)
		part := whole
		part.Mode = ""
		a.As(lives.Applicant, "draft", part)
		d.Refused(refusal.InvalidInput, lives.Applicant, authorization.Machine, "a-1", "submit", nil)
		d.Wait(hour)
		if l.env != nil {
			t.Error("a workflow runs for a draft")
		}
		a.As(lives.Applicant, "edit", whole)
		a.Submit()
		d.Wait(hour)
		if l.env == nil {
			t.Error("no workflow runs for the submitted case")
		}
	})
	m := newLifetime(t)
	m.run(meeting.Kind, "m-1", func(d *lives.Director) {
		d.Refused(refusal.InvalidInput, lives.Government+"-secretary", meeting.Machine, "m-1", "call", meeting.CallInput{Body: lives.Government})
		d.Wait(hour)
		if m.env != nil {
			t.Error("a workflow runs for a meeting that was not called")
		}
	})
}

// Commands that cannot be meant for the case are rejected before they leave a trace.
func TestMisdirectedCommands(t *testing.T) {
	right := workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: "cmd-x", Name: "withdraw", Person: lives.Applicant}
	for name, wrong := range map[string]func(*workflows.Command){
		"another case": func(c *workflows.Command) { c.Case = "a-2" },
		"another kind": func(c *workflows.Command) { c.Kind = "meeting" },
		"no ID":        func(c *workflows.Command) { c.ID = "" },
		"no name":      func(c *workflows.Command) { c.Name = "" },
	} {
		t.Run(name, func(t *testing.T) {
			l := newLifetime(t)
			cmd := right
			wrong(&cmd)
			var rejected error
			l.onRun = func(env *testsuite.TestWorkflowEnvironment) {
				env.RegisterDelayedCallback(func() {
					env.UpdateWorkflow(workflows.GiveUpdate, "wrong", &testsuite.TestUpdateCallback{
						OnAccept:   func() { t.Error("accepted") },
						OnReject:   func(err error) { rejected = err },
						OnComplete: func(any, error) {},
					}, cmd)
				}, hour)
			}
			l.run(authorization.Kind, "a-1", func(d *lives.Director) {
				d.Draft("a-1", 12).Submit()
				d.Wait(day)
			})
			var misdirected *temporal.ApplicationError
			if !errors.As(rejected, &misdirected) || misdirected.Type() != "misdirected" {
				t.Errorf("rejected with %v", rejected)
			}
		})
	}
}

// A database that is away for hours ends no case: what was to be done is done when it is back.
func TestDatabaseAway(t *testing.T) {
	l := newLifetime(t)
	from, to := begin.Add(2*day), begin.Add(2*day+10*hour) // a reminder falls due meanwhile
	l.Fail = func(string) error {
		if now := l.clock(); now.After(from) && now.Before(to) {
			return errors.New("the database is away")
		}
		return nil
	}
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		d.Wait(2*day + 2*hour)
		asked := d.Now()
		a.Accept()
		if answered := d.Now(); answered.Sub(asked) < 7*hour || answered.After(to.Add(time.Minute)) {
			t.Errorf("asked at %s, answered at %s", asked, answered)
		}
	})
	if got := l.Events("a-1"); got[len(got)-1].Type != "deadline-started" {
		t.Errorf("last event %s", got[len(got)-1].Type)
	}
}

// A command on which the program panics fails alone.
func TestPanickingCommand(t *testing.T) {
	l := newLifetime(t)
	l.Fail = func(command string) error {
		if command == "refuse" {
			panic("a mistake")
		}
		return nil
	}
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		d.Try(lives.Officer, authorization.Machine, "a-1", "refuse", nil)
		if l.failed == nil || !strings.Contains(l.failed.Error(), "a mistake") {
			t.Errorf("failed with %v", l.failed)
		}
		a.Accept()
	})
}

// A mistake in what the system itself does keeps the case as it is; the worker's panic policy holds it until a corrected program runs.
func TestPanickingTick(t *testing.T) {
	l := newLifetime(t)
	l.Fail = func(command string) error {
		if command == lifecycle.Tick {
			panic("a mistake")
		}
		return nil
	}
	l.before(func(d *lives.Director) { d.Draft("a-1", 12).Submit() })
	var suite testsuite.WorkflowTestSuite
	env := l.environment(&suite, workflows.CaseInput{Case: "a-1"})
	env.ExecuteWorkflow(workflows.AuthorizationWorkflow, workflows.CaseInput{Case: "a-1"})
	var panicked *temporal.PanicError
	if err := env.GetWorkflowError(); !errors.As(err, &panicked) || !strings.Contains(err.Error(), "the system's command tick failed") {
		t.Errorf("ended with %v, which would end the case", err)
	}
}

// The query tells operators where the case stands.
func TestHeaderQuery(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		value, err := l.env.QueryWorkflow(workflows.HeaderQuery)
		if err != nil {
			t.Fatal(err)
		}
		var h workflows.Header
		if err := value.Get(&h); err != nil {
			t.Fatal(err)
		}
		if h.Case != "a-1" || h.State != authorization.Submitted || h.Version != a.Case().Version || h.WakeAt == nil || !h.Running() {
			t.Errorf("header %+v", h)
		}
	})
}
