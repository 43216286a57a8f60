package reconcile

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"datacharter/store"
	"datacharter/workflows"
)

// Repair brings a case's workflow in line with its row and returns what is left of the disagreement: nil when they agree. An open case without a
// workflow gets one, which begins where the row stands; a workflow that runs looks anew, behind the commands under way in it, and ends by itself when
// its case is closed or a draft. Nothing is terminated, and doing it twice does no harm. store.ErrNotFound when there is no such case.
func (r *Reconciler) Repair(ctx context.Context, id string) (*Disagreement, error) {
	c, err := r.Store.CaseByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := r.repair(ctx, c); err != nil {
		return nil, err
	}
	return r.Check(ctx, id)
}

func (r *Reconciler) repair(ctx context.Context, c store.CaseSummary) error {
	runs, err := r.runs(ctx, c.ID)
	if err != nil {
		return err
	}
	if runs {
		within, cancel := context.WithTimeout(ctx, answerWithin)
		defer cancel()
		_, err := workflows.Reload(within, r.Temporal, c.ID)
		var gone *serviceerror.NotFound
		var late *client.WorkflowUpdateServiceTimeoutOrCanceledError
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &late):
			return nil // it is silent, which the check after this says
		case !errors.As(err, &gone):
			return fmt.Errorf("have the workflow of %s look anew: %w", c.ID, err)
		}
	}
	if c.Closed || c.Draft {
		return nil
	}
	_, err = r.Temporal.ExecuteWorkflow(ctx, workflows.StartOptions(c.ID), workflows.ByKind[c.Kind], workflows.CaseInput{Case: c.ID})
	if err != nil {
		return fmt.Errorf("start the workflow of %s: %w", c.ID, err)
	}
	return nil
}
