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
	maxSleep = 30 * 24 * time.Hour // a due time further off is looked at again, so that a wrong one does no lasting harm
	maxAge   = 30 * 24 * time.Hour // an idle run older than this continues as new, so that old code can be deleted

	minEarly = time.Second // before asking again when a due time had not quite come by the database's clock,
	maxEarly = time.Minute // doubled each time up to this: the two clocks may be far apart
)

// run is one run of a case workflow.
type run struct {
	input  CaseInput
	kind   lifecycle.Kind
	name   string // of the workflow, for continuing as new
	began  time.Time
	header Header
	mutex  workflow.Mutex

	early     time.Duration // the last pause after a tick that did not move the due time on; 0 when it did
	notBefore time.Time     // of the next tick
}

// open accepts commands from the first moment on and loads where the case stands.
// When there is no case to run yet, it lets the command that started the workflow be answered: either it begins the case or there is nothing to do.
func open(ctx workflow.Context, kind lifecycle.Kind, in CaseInput) (*run, error) {
	r := &run{input: in, kind: kind, name: ByKind[kind], began: workflow.Now(ctx), mutex: workflow.NewMutex(ctx)}
	if err := workflow.SetQueryHandler(ctx, HeaderQuery, func() (Header, error) { return r.header, nil }); err != nil {
		return nil, err
	}
	err := workflow.SetUpdateHandlerWithOptions(ctx, GiveUpdate, r.give, workflow.UpdateHandlerOptions{Validator: r.validate})
	if err != nil {
		return nil, err
	}
	if err := workflow.SetUpdateHandler(ctx, ReloadUpdate, r.reload); err != nil {
		return nil, err
	}
	loaded, err := r.load(ctx)
	if err != nil {
		return nil, err
	}
	r.learn(loaded)
	if !r.header.Running() {
		err = r.done(ctx)
	}
	return r, err
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

// load reads where the case stands.
func (r *run) load(ctx workflow.Context) (Header, error) {
	var loaded Header
	err := workflow.ExecuteLocalActivity(short(ctx), LoadActivity, r.kind, r.input.Case).Get(ctx, &loaded)
	return loaded, err
}

// reload looks anew where the case stands, after every command before it, and believes the database even where that knows less: it is the record.
func (r *run) reload(ctx workflow.Context) (Header, error) {
	if err := r.mutex.Lock(ctx); err != nil {
		return Header{}, err
	}
	defer r.mutex.Unlock()
	loaded, err := r.load(ctx)
	if err == nil {
		r.header = loaded
	}
	return loaded, err
}

// learn takes over a newer header.
func (r *run) learn(h Header) {
	if h.Version >= r.header.Version {
		r.header = h
	}
}

// short are the options of the transactions on the database: they are brief, idempotent, and worth repeating for as long as it takes.
// A command on which the program panics is not: it fails alone, and those behind it go on.
func short(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout:    10 * time.Second,
		ScheduleToCloseTimeout: 10 * 365 * 24 * time.Hour, // left out, it would be StartToCloseTimeout, and that of all attempts together
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval: 50 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 10 * time.Second,
			NonRetryableErrorTypes: []string{"PanicError"},
		},
	})
}

// system gives a command in the system's name. Its ID is derived from the case and the key, so a repeat changes nothing.
// A refusal is forgiven when people moved the case on in the same moment: the caller looks at its state anew. Anything else is a mistake in
// this program; it panics, which ends no case: the worker keeps the workflow as it is until a corrected program runs.
func (r *run) system(ctx workflow.Context, command, key string, input any) error {
	data, err := json.Marshal(input)
	if err != nil {
		return fmt.Errorf("input of %s: %w", command, err)
	}
	state := r.header.State
	out, err := r.give(ctx, Command{
		Kind: r.kind, Case: r.input.Case, ID: r.input.Case + "/" + key, Name: command, Person: identity.SystemPerson, Data: data,
	})
	switch {
	case temporal.IsCanceledError(err):
		return err
	case err != nil:
		panic(fmt.Sprintf("the system's command %s failed: %v", command, err))
	case out.Refusal != nil && r.header.State == state:
		panic(fmt.Sprintf("the system's command %s was refused: %s", command, out.Refusal.Code))
	}
	return nil
}

// remain stays as long as the case is in the phase.
func (r *run) remain(ctx workflow.Context, phase lifecycle.Phase) error {
	return r.until(ctx, func() bool { return r.header.Phase != phase })
}

// until waits for the condition, or the case's end, keeping the case's clock. When the run has grown old it continues as new.
func (r *run) until(ctx workflow.Context, reached func() bool) error {
	for !reached() && r.header.Running() {
		if err := r.rollOver(ctx); err != nil {
			return err
		}
		err := r.rest(ctx, func() bool { return reached() || workflow.GetInfo(ctx).GetContinueAsNewSuggested() })
		if err != nil {
			return err
		}
	}
	return nil
}

// rest waits for the condition, the case's end or its next due time, and then ticks.
func (r *run) rest(ctx workflow.Context, reached func() bool) error {
	armed, pause := r.header.WakeAt, r.pause(ctx)
	if pause <= 0 {
		return r.tick(ctx)
	}
	clock, stop := workflow.WithCancel(ctx) // AwaitWithTimeout would leave its timer behind, to wake the case for nothing
	defer stop()
	timer := workflow.NewTimerWithOptions(clock, pause, workflow.TimerOptions{Summary: "due time"})
	return workflow.Await(ctx, func() bool {
		return timer.IsReady() || reached() || !r.header.Running() || earlier(r.header.WakeAt, armed)
	})
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
	now := workflow.Now(ctx)
	return min(max(r.header.WakeAt.Sub(now), r.notBefore.Sub(now)), maxSleep)
}

// tick tells the case that a due time has come. One that leaves the case waiting for the same instant is followed by a pause as well, or it would be
// repeated at once, for ever, before every command.
func (r *run) tick(ctx workflow.Context) error {
	before, woke := r.header.Version, r.header.WakeAt
	if err := r.system(ctx, lifecycle.Tick, fmt.Sprintf("tick/%d", before), struct{}{}); err != nil {
		return err
	}
	if r.header.Version > before && !sameTime(r.header.WakeAt, woke) {
		r.early = 0
		return nil
	}
	r.early = min(max(2*r.early, minEarly), maxEarly)
	r.notBefore = workflow.Now(ctx).Add(r.early)
	return nil
}

func sameTime(a, b *time.Time) bool { return a != nil && b != nil && a.Equal(*b) }

// rollOver continues as new when the server asks for it or the run is old. The new run loads the case again: nothing is carried over, so nothing is lost.
func (r *run) rollOver(ctx workflow.Context) error {
	if !workflow.GetInfo(ctx).GetContinueAsNewSuggested() && workflow.Now(ctx).Sub(r.began) < maxAge {
		return nil
	}
	if err := r.done(ctx); err != nil {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, r.name, r.input)
}

// done lets every command under way get its answer before the run ends.
func (r *run) done(ctx workflow.Context) error {
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}
