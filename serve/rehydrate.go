package serve

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datacharter/workflows"
)

// startsAtOnce bounds how many workflows are started at a time.
const startsAtOnce = 16

// Rehydrate starts the workflow of every open case that has none running, and the one that empties the outbox. It returns how many open cases there are.
func (s *System) Rehydrate(ctx context.Context, temporal client.Client, progress func(done, all int)) (int, error) {
	open, err := s.Store.OpenCases(ctx)
	if err != nil {
		return 0, err
	}
	if err := StartDeliveries(ctx, temporal); err != nil {
		return 0, err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(startsAtOnce)
	for i, c := range open {
		group.Go(func() error {
			_, err := temporal.ExecuteWorkflow(ctx, workflows.StartOptions(c.ID), workflows.ByKind[c.Kind], workflows.CaseInput{Case: c.ID})
			if err != nil {
				return fmt.Errorf("start the workflow of %s: %w", c.ID, err)
			}
			return nil
		})
		progress(i+1, len(open))
	}
	return len(open), group.Wait()
}

// StartDeliveries makes sure that the workflow which empties the outbox is running.
func StartDeliveries(ctx context.Context, temporal client.Client) error {
	if _, err := temporal.ExecuteWorkflow(ctx, workflows.StartOptions(workflows.DeliveriesID), workflows.DeliveriesWorkflow); err != nil {
		return fmt.Errorf("start the deliveries: %w", err)
	}
	return nil
}
