package workflows

import (
	"encoding/json"
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

const (
	maxSleep  = 30 * 24 * time.Hour // a due time further off is looked at again, so that a wrong one does no lasting harm
	maxRunAge = 30 * 24 * time.Hour // an idle run older than this continues as new, so that old code can be deleted
	tickPause = time.Second         // before asking again when a due time had not quite come by the database's clock
)

// run is one run of a case workflow.
type run struct {
	input  CaseInput
	kind   lifecycle.Kind
	name   string // of the workflow, for continuing as new
	header Header
	mutex  workflow.Mutex
}

// open accepts commands from the first moment on and loads where the case stands.
func open(ctx workflow.Context, kind lifecycle.Kind, in CaseInput) (*run, error) {
	r := &run{input: in, kind: kind, name: ByKind[kind], mutex: workflow.NewMutex(ctx)}
	if err := workflow.SetQueryHandler(ctx, HeaderQuery, func() (Header, error) { return r.header, nil }); err != nil {
		return nil, err
	}
	err := workflow.SetUpdateHandlerWithOptions(ctx, GiveUpdate, r.give, workflow.UpdateHandlerOptions{Validator: r.validate})
	if err != nil {
		return nil, err
	}
	var loaded Header
	if err := workflow.ExecuteLocalActivity(short(ctx), LoadActivity, kind, in.Case).Get(ctx, &loaded); err != nil {
		return nil, err
	}
	r.learn(loaded)
	return r, nil
}

// validate refuses what cannot be meant for this case, without a trace in its history.
func (r *run) validate(cmd Command) error {
	if cmd.Case != r.input.Case || cmd.Kind != r.kind || cmd.ID == "" || cmd.Name == "" {
		return temporal.NewNonRetryableApplicationError("the command is not for this case", "misdirected", nil)
	}
	return nil
}

// give applies one command after the other; the answer is the domain's.
func (r *run) give(ctx workflow.Context, cmd Command) (Outcome, error) {
	if err := r.mutex.Lock(ctx); err != nil {
		return Outcome{}, err
	}
	defer r.mutex.Unlock()
	var out Outcome
	if err := workflow.ExecuteLocalActivity(short(ctx), ApplyActivity, cmd).Get(ctx, &out); err != nil {
		return out, err
	}
	r.learn(out.Header)
	return out, nil
}

// learn takes over a newer header.
func (r *run) learn(h Header) {
	if h.Version >= r.header.Version {
		r.header = h
	}
}

// short are the options of the transactions on the database: they are brief, idempotent, and worth repeating for as long as it takes.
func short(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: 10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 50 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 10 * time.Second},
	})
}

// system gives a command in the system's name. Its ID is derived from the case and the key, so a repeat changes nothing.
func (r *run) system(ctx workflow.Context, command, key string, input any) (Outcome, error) {
	data, err := json.Marshal(input)
	if err != nil {
		return Outcome{}, fmt.Errorf("input of %s: %w", command, err)
	}
	out, err := r.give(ctx, Command{
		Kind: r.kind, Case: r.input.Case, ID: r.input.Case + "/" + key, Name: command, Person: identity.SystemPerson, Data: data,
	})
	if err == nil && out.Refusal != nil {
		err = temporal.NewNonRetryableApplicationError("the system's command was refused: "+out.Refusal.Code, "refused", nil)
	}
	return out, err
}

// remain stays as long as the case is in the phase: it wakes for due times and ticks, and continues as new when the run has grown old.
func (r *run) remain(ctx workflow.Context, phase lifecycle.Phase) error {
	return r.until(ctx, func() bool { return r.header.Phase != phase })
}

// until waits for the condition, or the case's end, keeping the case's clock.
func (r *run) until(ctx workflow.Context, reached func() bool) error {
	for !reached() && !r.header.Closed {
		if err := r.rollOver(ctx); err != nil {
			return err
		}
		pause := r.pause(ctx)
		if pause <= 0 {
			if err := r.tick(ctx); err != nil {
				return err
			}
			continue
		}
		armed := r.header.WakeAt
		_, err := workflow.AwaitWithTimeout(ctx, pause, func() bool {
			return reached() || r.header.Closed || earlier(r.header.WakeAt, armed) || workflow.GetInfo(ctx).GetContinueAsNewSuggested()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// earlier reports whether the case must wake before the timer that is armed. A later due time leaves the timer as it is:
// it fires, finds nothing due and is set anew, which costs less history than moving it with every command.
func earlier(wake, armed *time.Time) bool {
	return wake != nil && (armed == nil || wake.Before(*armed))
}

// pause is the time until the case must be looked at again.
func (r *run) pause(ctx workflow.Context) time.Duration {
	if r.header.WakeAt == nil {
		return maxSleep
	}
	return min(r.header.WakeAt.Sub(workflow.Now(ctx)), maxSleep)
}

// tick tells the case that a due time has come.
func (r *run) tick(ctx workflow.Context) error {
	before := r.header.Version
	if _, err := r.system(ctx, lifecycle.Tick, fmt.Sprintf("tick/%d", before), struct{}{}); err != nil && !r.header.Closed {
		return err
	}
	if r.header.Version == before {
		return workflow.Sleep(ctx, tickPause)
	}
	return nil
}

// rollOver continues as new when the server asks for it or the run is old. The new run loads the case again: nothing is carried over, so nothing is lost.
func (r *run) rollOver(ctx workflow.Context) error {
	info := workflow.GetInfo(ctx)
	if !info.GetContinueAsNewSuggested() && workflow.Now(ctx).Sub(info.WorkflowStartTime) < maxRunAge {
		return nil
	}
	if err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }); err != nil {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, r.name, r.input)
}

// done lets every command under way get its answer before the workflow ends.
func (r *run) done(ctx workflow.Context) error {
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}
