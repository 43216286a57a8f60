package main

import (
	"context"
	"crypto/rand"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	enumspb "go.temporal.io/api/enums/v1"
)

const (
	bareQueue    = "bare"
	bareWorkflow = "Bare"
	bareUpdate   = "do"
	bareActivity = "Nothing"
)

// bare takes the number of updates, each with one empty local activity, and ends.
func bare(ctx workflow.Context, updates int) error {
	done := 0
	options := workflow.LocalActivityOptions{StartToCloseTimeout: 10 * time.Second}
	err := workflow.SetUpdateHandler(ctx, bareUpdate, func(ctx workflow.Context) error {
		err := workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, options), bareActivity).Get(ctx, nil)
		done++
		return err
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return done == updates })
}

func nothing(context.Context) error { return nil }

// bareWorker serves bare with the options that the product's own worker has for cases.
func bareWorker(temporal client.Client) worker.Worker {
	w := worker.New(temporal, bareQueue, worker.Options{
		MaxConcurrentWorkflowTaskPollers: 16, MaxConcurrentActivityTaskPollers: 1, LocalActivityWorkerOnly: true, DisableRegistrationAliasing: true,
	})
	w.RegisterWorkflowWithOptions(bare, workflow.RegisterOptions{Name: bareWorkflow})
	w.RegisterActivityWithOptions(nothing, activity.RegisterOptions{Name: bareActivity})
	return w
}

// bareSession drives one workflow after the other, each with as many updates as a case has commands.
type bareSession struct {
	temporal client.Client
	updates  int
	id       string
	given    int
	finished []string // IDs of the workflows that took all their updates
}

func (s *bareSession) step(ctx context.Context) error {
	if s.given == 0 {
		s.id = "bare-" + rand.Text()
	}
	if err := s.update(ctx); err != nil {
		return err
	}
	if s.given++; s.given == s.updates {
		s.finished = append(s.finished, s.id)
		s.given = 0
	}
	return nil
}

func (s *bareSession) update(ctx context.Context) error {
	update := client.UpdateWorkflowOptions{
		WorkflowID: s.id, UpdateID: rand.Text(), UpdateName: bareUpdate, WaitForStage: client.WorkflowUpdateStageCompleted,
	}
	var handle client.WorkflowUpdateHandle
	var err error
	if s.given == 0 {
		start := s.temporal.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID: s.id, TaskQueue: bareQueue, WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		}, bareWorkflow, s.updates)
		handle, err = s.temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: start, UpdateOptions: update})
	} else {
		handle, err = s.temporal.UpdateWorkflow(ctx, update)
	}
	if err != nil {
		return err
	}
	return handle.Get(ctx, nil)
}
