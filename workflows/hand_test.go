package workflows_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"go.temporal.io/sdk/testsuite"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/workflows"
)

// resume takes up, in a new run, what was under way in the last one.
func (l *lifetime) resume() {
	for _, id := range slices.Sorted(maps.Keys(l.flight)) {
		l.hand(l.flight[id])
	}
	switch r := l.asked; {
	case r == nil:
		suggest(l.env)
	case r.answered:
		l.advance()
	case r.give == nil:
		l.env.RegisterDelayedCallback(l.advance, max(0, l.until.Sub(l.env.Now())))
	default:
		if _, sent := l.flight[r.give.ID]; !sent {
			l.hand(*r.give)
		}
	}
	l.deliver()
}

// advance lets the script go on until it waits again. When it is over the workflow is asked to continue as new, and left at that.
func (l *lifetime) advance() {
	for l.pull() {
		switch r := l.asked; {
		case r.give == nil:
			l.until = l.env.Now().Add(r.wait)
			l.env.RegisterDelayedCallback(l.advance, r.wait)
			return
		default:
			l.hand(*r.give)
			return
		}
	}
	suggest(l.env)
}

// suggest has the server ask the run to continue as new. A suggestion comes with a workflow task, here that of a signal that nobody handles.
func suggest(env *testsuite.TestWorkflowEnvironment) {
	env.SetContinueAsNewSuggested(true)
	env.SignalWorkflow("workflow-task", nil)
}

// hand gives a command to the workflow of its case, or applies it when none runs in this test.
func (l *lifetime) hand(cmd workflows.Command) {
	l.flight[cmd.ID] = cmd
	done := func(out workflows.Outcome, err error) {
		delete(l.flight, cmd.ID)
		switch r := l.asked; {
		case r != nil && r.give != nil && r.give.ID == cmd.ID:
			l.answer, l.failed, r.answered = out, err, true
			l.env.RegisterDelayedCallback(l.advance, 0)
		case out.Refusal != nil:
			l.refused = append(l.refused, cmd.Name+" "+out.Refusal.Code)
		}
	}
	calls := &testsuite.TestUpdateCallback{
		OnAccept: func() {},
		OnReject: func(err error) { done(workflows.Outcome{}, err) },
		OnComplete: func(result any, err error) {
			out, _ := result.(workflows.Outcome)
			done(out, err)
		},
	}
	if cmd.Case == l.id && !draft(cmd) {
		l.env.UpdateWorkflow(workflows.GiveUpdate, cmd.ID, calls, cmd)
	} else if cmd.Kind == exit.Kind && l.env.Now().Equal(l.now) { // a child that is just being started takes no command
		l.env.RegisterDelayedCallback(func() { l.hand(cmd) }, time.Second)
	} else if err := l.env.UpdateWorkflowByID(cmd.Case, workflows.GiveUpdate, cmd.ID, calls, cmd); err != nil {
		out, err := l.Apply(l.t.Context(), cmd)
		done(out, err)
		l.deliver()
	}
}

// deliver empties the outbox.
func (l *lifetime) deliver() {
	for _, s := range l.Undelivered() {
		cmd := system(s.Kind, s.Case, s.ID, s.Command)
		cmd.Data = s.Data
		if l.env != nil {
			l.hand(cmd)
		} else if out := l.direct(cmd); out.Refusal != nil {
			l.refused = append(l.refused, cmd.Name+" "+out.Refusal.Code)
		}
	}
}

// carryOut stands for the wind-down activity.
func (l *lifetime) carryOut(ctx context.Context, in workflows.WindDownInput) error {
	if l.windDown != nil {
		if err := l.windDown(in); err != nil {
			return err
		}
	}
	l.steps = append(l.steps, in.Step)
	commands := map[string]struct{ name, data string }{
		workflows.SuspendAccess: {"set-access", `{"access":"suspended"}`},
		workflows.RestoreAccess: {"set-access", `{"access":"open"}`},
		workflows.CloseAccess:   {"set-access", `{"access":"closed"}`},
		workflows.Delist:        {"delist-all", `{}`},
		workflows.Relist:        {"relist", `{}`},
	}
	c, ok := commands[in.Step]
	if !ok {
		return nil
	}
	cmd := system(authorization.Kind, in.Authorization, in.Exit+"/"+in.Step, c.name)
	cmd.Data = []byte(c.data)
	out, err := l.Apply(ctx, cmd)
	if err == nil && out.Refusal != nil {
		err = errors.New(out.Refusal.Code)
	}
	return err
}
