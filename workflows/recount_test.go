package workflows_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// The recount goes on through failures until its activity has walked to the end.
func TestCalendarRecount(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet)
	env := suite.NewTestWorkflowEnvironment()
	workflows.Register(env)
	in := workflows.RecountInput{Calendar: "abc", Round: 2}
	attempts := 0
	env.RegisterActivityWithOptions(func(_ context.Context, got workflows.RecountInput) error {
		if got != in {
			t.Errorf("got %+v", got)
		}
		if attempts++; attempts < 4 {
			return errors.New("the database is away")
		}
		return nil
	}, activity.RegisterOptions{Name: workflows.RecountActivity})
	env.ExecuteWorkflow(workflows.RecountWorkflow, in)
	if err := env.GetWorkflowError(); err != nil || attempts != 4 {
		t.Errorf("%d attempts, %v", attempts, err)
	}
}

// reloaded takes the answer to a reload.
type reloaded struct {
	t      *testing.T
	header workflows.Header
	done   bool
}

func (r *reloaded) Accept()          {}
func (r *reloaded) Reject(err error) { r.t.Errorf("rejected: %v", err) }
func (r *reloaded) Complete(v any, err error) {
	if err != nil {
		r.t.Errorf("failed: %v", err)
		return
	}
	r.header, r.done = v.(workflows.Header), true
}

// A case that was changed behind its workflow's back is known to it again after a reload, with its phase and its clock.
func TestReload(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		known := func() (h workflows.Header) {
			value, err := l.env.QueryWorkflow(workflows.HeaderQuery)
			if err == nil {
				err = value.Get(&h)
			}
			if err != nil {
				t.Fatal(err)
			}
			return h
		}
		before := known()
		l.direct(workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: "behind", Name: "accept", Person: lives.Officer})
		if h := known(); h.Version != before.Version || h.State != authorization.Submitted {
			t.Fatalf("the workflow knows already: %+v", h)
		}
		answer := reloaded{t: t}
		l.env.UpdateWorkflow(workflows.ReloadUpdate, "reload-1", &answer)
		d.Wait(time.Minute)
		if h := known(); h.Version != a.Case().Version || h.State != authorization.Reviewing || !answer.done || answer.header.Version != h.Version {
			t.Errorf("after the reload %+v, answered %+v", h, answer.header)
		}
	})
}
