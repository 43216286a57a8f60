package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// shiftsPerRun bounds the history of one run of Deliveries, and with Shift its age.
const shiftsPerRun = 100

// Shift is how long one activity delivers before the next takes over.
const Shift = time.Hour

// Deliveries empties the outbox for as long as the system lives. There is one, whatever the number of workers: it keeps one long activity
// busy, which looks for messages and delivers them in order, and starts it again wherever a worker is left when its own is gone.
func Deliveries(ctx workflow.Context) error {
	activity := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue:           EffectsQueue,
		StartToCloseTimeout: 2 * Shift,
		HeartbeatTimeout:    5 * time.Second,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 2, MaximumInterval: 10 * time.Second},
	})
	for range shiftsPerRun {
		if err := workflow.ExecuteActivity(activity, DeliverActivity).Get(ctx, nil); err != nil {
			return err
		}
	}
	return workflow.NewContinueAsNewError(ctx, DeliveriesWorkflow)
}
