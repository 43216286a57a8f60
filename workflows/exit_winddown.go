package workflows

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/exit"
	"datacharter/domain/identity"
)

// windDownInFull begins every step as soon as it is ready and takes the system's beside each other and beside people's, until all are done.
// What is ready is the case's to say: while the decision's effect is stayed nothing is. It leaves when the case does – closed, or reinstated –
// and not before what is under way has come to its end: what was ordered here must not take effect after what is undone.
func (r *run) windDownInFull(ctx workflow.Context) error {
	w := &windingDown{run: r}
	for r.header.State == exit.WindingDown {
		if err := w.begin(ctx); err != nil {
			return err
		}
		if r.header.State != exit.WindingDown {
			break
		}
		if len(r.header.Ending.Steps) == 0 && len(w.underWay) == 0 && w.failed == nil {
			if err := r.close(ctx); err != nil {
				return err
			}
			continue
		}
		if len(w.underWay) == 0 {
			if err := r.rollOver(ctx); err != nil {
				return err
			}
		}
		version := r.header.Version
		err := r.rest(ctx, func() bool {
			old := len(w.underWay) == 0 && workflow.GetInfo(ctx).GetContinueAsNewSuggested() // refusals leave no version, and make a run long all the same
			return old || r.header.Version != version || w.ended
		})
		if err != nil {
			return err
		}
		if w.ended = false; w.failed != nil {
			return w.failed
		}
	}
	if err := workflow.Await(ctx, func() bool { return len(w.underWay) == 0 }); err != nil {
		return err
	}
	return w.failed
}

// close closes the wind-down. Nobody can hold it up but a stay that was noted in the same moment, and then it is looked at anew.
func (r *run) close(ctx workflow.Context) error {
	out, err := r.give(ctx, r.order("close", "close", struct{}{}))
	if err != nil || out.Refusal == nil {
		return err
	}
	version := r.header.Version
	return r.until(ctx, func() bool { return r.header.Version != version })
}

// order is a command in the system's name with an ID of its own for each version, so that one refused may be given again.
func (r *run) order(command, key string, input any) Command {
	data, err := json.Marshal(input)
	if err != nil {
		panic(fmt.Sprintf("input of %s: %v", command, err))
	}
	id := fmt.Sprintf("%s/%s/%d", r.input.Case, key, r.header.Version)
	return Command{Kind: r.kind, Case: r.input.Case, ID: id, Name: command, Person: identity.SystemPerson, Data: data}
}

// windingDown is a wind-down under way.
type windingDown struct {
	*run
	underWay []string // codes of the system's steps that are being taken
	ended    bool     // one has come to its end since the loop last looked
	failed   error    // the run is being cancelled
}

// begin opens what is ready and sets the system to its steps.
func (w *windingDown) begin(ctx workflow.Context) error {
	for _, step := range w.header.Ending.Steps {
		if !step.Ready || slices.Contains(w.underWay, step.Code) {
			continue
		}
		if !step.Open {
			out, err := w.give(ctx, w.order("open-step", "open/"+step.Code, exit.StepInput{Step: step.Code}))
			if err != nil {
				return err
			}
			if out.Refusal != nil { // stayed in the same moment
				return nil
			}
		}
		if !step.People {
			w.underWay = append(w.underWay, step.Code)
			workflow.Go(ctx, func(ctx workflow.Context) { w.take(ctx, step.Code) })
		}
	}
	return nil
}

// take has one step carried out, for as long as it takes, or until somebody has taken it over.
func (w *windingDown) take(ctx workflow.Context, code string) {
	defer func() {
		w.underWay = slices.DeleteFunc(w.underWay, func(c string) bool { return c == code })
		w.ended = true
	}()
	ctx, cancel := workflow.WithCancel(ctx)
	defer cancel()
	options := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           EffectsQueue,
		StartToCloseTimeout: 10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: time.Minute},
		Summary:             code,
	})
	in := WindDownInput{Exit: w.input.Case, Authorization: w.header.Ending.Authorization, Step: code}
	done := workflow.ExecuteActivity(options, WindDownActivity, in)
	if err := workflow.Await(ctx, func() bool { return done.IsReady() || !w.left(code) }); err != nil {
		w.failed = err
		return
	}
	if !done.IsReady() {
		return // a person did it by hand
	}
	if err := done.Get(ctx, nil); err != nil {
		w.failed = fmt.Errorf("%s: %w", code, err)
		return
	}
	input := exit.StepResultInput{Step: code, Result: string(exit.StepTaken)}
	// A refusal means that somebody finished it in the same moment.
	if _, err := w.give(ctx, w.order("note-step", "step/"+code, input)); err != nil {
		w.failed = err
	}
}

// left reports whether the step is still to be done.
func (w *windingDown) left(code string) bool {
	return slices.ContainsFunc(w.header.Ending.Steps, func(s Step) bool { return s.Code == code })
}
