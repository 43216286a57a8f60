package workflows_test

import (
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"runtime"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// begin is a Monday morning in China.
var begin = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

var quiet = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// lifetime runs the workflow of one case in skipped time, one run after the other, while a script has people give commands.
// Commands to other cases, and those of before, are applied as if their workflows did it.
type lifetime struct {
	*lives.World
	t *testing.T

	mu  sync.Mutex                         // of the clock, which the transactions of an abandoned run may still read
	now time.Time                          // while no workflow runs
	env *testsuite.TestWorkflowEnvironment // of the present run; nil while none runs

	kind   lifecycle.Kind
	id     string
	inputs []workflows.CaseInput        // of every run
	flight map[string]workflows.Command // given to the workflow, not yet answered
	next   func() (request, bool)       // asks the script
	asked  *request                     // what it waits for
	until  time.Time                    // when it waits for a time
	answer workflows.Outcome
	failed error // why the last command was rejected by the validator, or failed

	onRun    func(env *testsuite.TestWorkflowEnvironment) // prepares a run
	onStep   func(env *testsuite.TestWorkflowEnvironment) // after each transaction of a workflow
	windDown func(in workflows.WindDownInput) error       // fails a step; nil when none fails
	steps    []string                                     // wind-down activities that were carried out, in order
	refused  []string                                     // commands between cases that were refused
	timers   int                                          // started by the workflows
	ended    error                                        // how the last run ended
}

// request is what a script asks for: a command to be given or time to pass.
type request struct {
	give     *workflows.Command
	answered bool
	wait     time.Duration
}

func newLifetime(t *testing.T) *lifetime {
	t.Helper()
	world, err := lives.NewWorld()
	if err != nil {
		t.Fatal(err)
	}
	l := &lifetime{World: world, t: t, now: begin, flight: map[string]workflows.Command{}}
	world.Now = l.clock
	return l
}

func (l *lifetime) clock() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.env != nil {
		return l.env.Now()
	}
	return l.now
}

func (l *lifetime) director() *lives.Director {
	return &lives.Director{T: l.t, Case: l.World.Case, Now: l.clock}
}

// before leads cases to where a test begins, without any workflow.
func (l *lifetime) before(script func(*lives.Director)) {
	l.t.Helper()
	d := l.director()
	d.Give, d.Wait = l.direct, l.pass
	d.Prefix = "before"
	script(d)
}

// direct applies a command as if its case's workflow did it.
func (l *lifetime) direct(cmd workflows.Command) workflows.Outcome {
	l.t.Helper()
	out, err := l.Apply(l.t.Context(), cmd)
	if err != nil {
		l.t.Fatalf("%s on %s: %v", cmd.Name, cmd.Case, err)
	}
	l.deliver()
	return out
}

// pass lets time pass while no workflow runs; what falls due is acted on.
func (l *lifetime) pass(d time.Duration) {
	l.t.Helper()
	end := l.now.Add(d)
	for {
		h, ok := l.Due(end)
		if !ok {
			break
		}
		l.set(nil, later(l.now, *h.WakeAt))
		l.direct(system(h.Kind, h.Case, fmt.Sprintf("%s/tick/%d", h.Case, h.Version), lifecycle.Tick))
	}
	l.set(nil, end)
}

func (l *lifetime) set(env *testsuite.TestWorkflowEnvironment, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.env, l.now = env, now
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func system(kind lifecycle.Kind, id, command, name string) workflows.Command {
	return workflows.Command{Kind: kind, Case: id, ID: command, Name: name, Person: identity.SystemPerson}
}

// run plays the script while the workflow of the case runs: from the first command to it that is not on a draft.
func (l *lifetime) run(kind lifecycle.Kind, id string, script func(*lives.Director)) {
	l.t.Helper()
	stop := l.play(kind, id, script)
	defer stop()
	l.pull()
	l.serve()
}

// restart plays the script while the workflow of the case runs that was started without a command: as a child, or again after Temporal's data was lost.
func (l *lifetime) restart(kind lifecycle.Kind, in workflows.CaseInput, script func(*lives.Director)) {
	l.t.Helper()
	stop := l.play(kind, in.Case, script)
	defer stop()
	l.pull()
	l.until = l.now.Add(l.asked.wait)
	l.runs(in)
	l.serve()
}

// serve does what the script asks for while no workflow runs, until a command starts one.
func (l *lifetime) serve() {
	l.t.Helper()
	for l.asked != nil {
		switch r := l.asked; {
		case r.answered:
			l.pull()
		case r.give == nil:
			l.pass(r.wait)
			l.pull()
		case r.give.Case != l.id || !l.starts(*r.give):
			l.answer = l.direct(*r.give)
			l.pull()
		default:
			l.runs(workflows.CaseInput{Case: l.id})
		}
	}
}

func (l *lifetime) play(kind lifecycle.Kind, id string, script func(*lives.Director)) (stop func()) {
	l.kind, l.id = kind, id
	l.next, stop = iter.Pull(func(yield func(request) bool) {
		ask := func(r request) {
			if !yield(r) {
				runtime.Goexit() // the test has failed
			}
		}
		d := l.director()
		d.Give = func(cmd workflows.Command) workflows.Outcome {
			ask(request{give: &cmd})
			return l.answer
		}
		d.Wait = func(pause time.Duration) { ask(request{wait: pause}) }
		script(d)
	})
	return stop
}

// pull asks the script what comes next; false when it is over.
func (l *lifetime) pull() bool {
	r, ok := l.next()
	l.asked = nil
	if ok {
		l.asked = &r
	}
	return ok
}

// starts reports whether a command to the case goes to a workflow: drafts and closed cases have none.
func (l *lifetime) starts(cmd workflows.Command) bool {
	if draft(cmd) {
		return false
	}
	out, err := l.Load(l.t.Context(), l.kind, l.id)
	return err == nil && !out.Closed
}

func draft(cmd workflows.Command) bool {
	return cmd.Name == "draft" || cmd.Name == "edit" || cmd.Name == "delete-draft"
}

// runs drives the workflow, run after run, until it ends or the script is over.
func (l *lifetime) runs(in workflows.CaseInput) {
	l.t.Helper()
	for {
		l.inputs = append(l.inputs, in)
		l.once(in)
		var next *workflow.ContinueAsNewError
		switch {
		case errors.As(l.ended, &next) && l.asked == nil:
			return
		case errors.As(l.ended, &next):
			if next.WorkflowType.Name != workflows.ByKind[l.kind] {
				l.t.Fatalf("continued as %s", next.WorkflowType.Name)
			}
			if err := converter.GetDefaultDataConverter().FromPayloads(next.Input, &in); err != nil {
				l.t.Fatal(err)
			}
		case l.ended != nil && l.asked != nil && !l.asked.answered:
			l.t.Fatalf("the workflow failed: %v", l.ended)
		case l.asked != nil && l.asked.give == nil:
			l.asked.wait = l.until.Sub(l.now) // goes on without a workflow
			return
		default:
			return
		}
	}
}

// once drives one run.
func (l *lifetime) once(in workflows.CaseInput) {
	l.t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := l.environment(&suite, in)
	if l.onRun != nil {
		l.onRun(env)
	}
	l.set(env, l.now)
	env.RegisterDelayedCallback(l.resume, 0)
	env.ExecuteWorkflow(workflows.ByKind[l.kind], in)
	l.ended = env.GetWorkflowError()
	l.set(nil, env.Now())
	if !env.IsWorkflowCompleted() {
		l.t.Fatal("the run did not end")
	}
}

// environment is where one run takes place.
func (l *lifetime) environment(suite *testsuite.WorkflowTestSuite, in workflows.CaseInput) *testsuite.TestWorkflowEnvironment {
	suite.SetLogger(quiet)
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(20 * time.Second)
	env.SetDetachedChildWait(false) // an exit lives on by itself; here the next run starts it again
	env.SetStartTime(l.now)
	env.SetStartWorkflowOptions(workflows.StartOptions(in.Case))
	workflows.Register(env)
	env.RegisterActivityWithOptions(l.Load, activity.RegisterOptions{Name: workflows.LoadActivity})
	env.RegisterActivityWithOptions(l.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})
	env.RegisterActivityWithOptions(l.carryOut, activity.RegisterOptions{Name: workflows.WindDownActivity})
	env.SetOnLocalActivityCompletedListener(func(*activity.Info, converter.EncodedValue, error) {
		l.deliver()
		if l.onStep != nil {
			l.onStep(env)
		}
	})
	env.SetOnTimerScheduledListener(func(string, time.Duration) { l.timers++ })
	return env
}
