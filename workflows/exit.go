package workflows

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/exit"
)

// Exit is the exit of one authorisation in plain order: interim measure and notice, statement and defence, decision and service, wind-down.
// Until the decision it can be stopped: what was done is undone, newest first. After it – the pivot – there is only forward.
// What was done and what is left is in the case, so a run can begin anywhere.
func Exit(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, exit.Kind, in)
	if err != nil {
		return err
	}
	if r.header.Version == 0 && in.Parent != "" {
		if err := r.system(ctx, "open", "open", exit.OpenInput{Authorization: in.Parent}); err != nil {
			return err
		}
	}
	for r.header.Running() {
		if err := r.exitState(ctx); err != nil {
			return err
		}
	}
	return r.done(ctx)
}

func (r *run) exitState(ctx workflow.Context) error {
	switch state := r.header.State; state {
	case exit.Opened:
		return r.notify(ctx)
	case exit.Stopping, exit.Reinstating:
		return r.undo(ctx)
	case exit.Served:
		return r.system(ctx, "begin-wind-down", "begin-wind-down", struct{}{})
	case exit.WindingDown:
		if r.header.Ending.InFull {
			return r.windDownInFull(ctx)
		}
		return r.windDown(ctx)
	default: // people's turn: defence, decision, service – with their limits
		return r.until(ctx, func() bool { return r.header.State != state })
	}
}

// notify suspends access where the ground asks for it and gives notice. An administrator may stop the exit meanwhile:
// then the state has moved on, and what was done is undone.
func (r *run) notify(ctx workflow.Context) error {
	if r.header.Ending.Interim {
		// The compensation is registered before its step: from here on undo knows of the measure, and undoing what was not done does nothing.
		if err := r.system(ctx, "note-interim", "note-interim", exit.ResultInput{Result: string(exit.SuspensionOrdered)}); err != nil {
			return err
		}
		if r.header.State != exit.Opened {
			return nil
		}
		if err := r.carryOut(ctx, SuspendAccess); err != nil {
			return err
		}
	}
	if r.header.State != exit.Opened {
		return nil
	}
	return r.system(ctx, "note-notice", "note-notice", exit.ResultInput{Result: string(exit.NoticeSent)})
}

// undo reverses what was done before the decision, newest first.
func (r *run) undo(ctx workflow.Context) error {
	for _, measure := range r.header.Ending.Undo {
		result := exit.NoticeWithdrawn
		switch exit.MeasureName(measure) {
		case exit.Delisting:
			if err := r.carryOut(ctx, Relist); err != nil {
				return err
			}
			result = exit.ProductsRelisted
		case exit.Notice:
		default: // interim and closing: both are a matter of access
			if err := r.carryOut(ctx, RestoreAccess); err != nil {
				return err
			}
			result = exit.AccessRestored
		}
		input := exit.UndoneInput{Measure: exit.MeasureName(measure), Result: string(result)}
		if err := r.system(ctx, "note-undone", "undone/"+measure, input); err != nil {
			return err
		}
	}
	return r.system(ctx, "conclude-stop", "conclude-stop", struct{}{})
}

// windDown takes the steps that are left, one after the other: the system's by an activity, people's as a task to wait for.
func (r *run) windDown(ctx workflow.Context) error {
	for len(r.header.Ending.Steps) > 0 {
		if err := r.take(ctx, r.header.Ending.Steps[0]); err != nil {
			return err
		}
	}
	return r.system(ctx, "close", "close", struct{}{})
}

func (r *run) take(ctx workflow.Context, step Step) error {
	if !step.Open { // from here on its limit runs, if it has one
		if err := r.system(ctx, "open-step", "open/"+step.Code, exit.StepInput{Step: step.Code}); err != nil {
			return err
		}
	}
	if step.People {
		return r.until(ctx, func() bool {
			left := r.header.Ending.Steps
			return len(left) == 0 || left[0].Code != step.Code
		})
	}
	if err := r.carryOut(ctx, step.Code); err != nil {
		return err
	}
	return r.system(ctx, "note-step", "step/"+step.Code, exit.StepResultInput{Step: step.Code, Result: string(exit.StepTaken)})
}

// carryOut has one measure or step carried out on the authorisation, for as long as it takes: it is idempotent, and there is no way around it.
// A clock that runs goes on meanwhile, so that a step which keeps failing is escalated. The run does not continue as new before the step is done:
// what was ordered here must not take effect after what a later run undoes.
func (r *run) carryOut(ctx workflow.Context, step string) error {
	options := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           EffectsQueue,
		StartToCloseTimeout: 10 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 100 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: time.Minute},
		Summary:             step,
	})
	in := WindDownInput{Exit: r.input.Case, Authorization: r.header.Ending.Authorization, Step: step}
	done := workflow.ExecuteActivity(options, WindDownActivity, in)
	for !done.IsReady() && r.header.Running() && r.header.WakeAt != nil {
		if err := r.rest(ctx, done.IsReady); err != nil {
			return err
		}
	}
	if err := done.Get(ctx, nil); err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	return nil
}
