package workflows

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// recountWithin is far longer than a recount of all cases takes.
const recountWithin = 24 * time.Hour

// CalendarRecount has every open case count its limits anew, in one long activity that goes on where it was when its worker is gone.
func CalendarRecount(ctx workflow.Context, in RecountInput) error {
	activity := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           EffectsQueue,
		StartToCloseTimeout: recountWithin,
		HeartbeatTimeout:    30 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: time.Minute},
	})
	return workflow.ExecuteActivity(activity, RecountActivity, in).Get(ctx, nil)
}

// StartRecount starts the workflow of a round; one that runs is used as it is. A round that has finished has nothing left to do.
func StartRecount(ctx context.Context, temporal client.Client, in RecountInput) error {
	_, err := temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       fmt.Sprintf("calendar-recount/%s/%d", in.Calendar, in.Round),
		TaskQueue:                CasesQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
	}, RecountWorkflow, in)
	return err
}
