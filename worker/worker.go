// Package worker puts workflows and activities onto Temporal's task queues: options and registration, nothing else.
package worker

import (
	"log/slog"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"datacharter/activities"
	"datacharter/calendars"
	"datacharter/workflows"
)

// Options are what the workers need.
type Options struct {
	Temporal  client.Client
	Cases     *activities.Cases
	Outbox    *activities.Outbox
	WindDown  *activities.WindDown
	Calendars *calendars.Keeper
	Logger    *slog.Logger
	BuildID   string // version of the program, recorded in histories
}

const (
	stopWithin     = 5 * time.Second // for commands under way when the program stops
	cachedCases    = 2000            // bounds memory: about 30 KB each
	casesPollers   = 16              // fewer let the start of a case wait for seconds while many commands come in (docs/performance.md)
	effectsPollers = 2
)

// Workers are the two workers of one process.
type Workers struct{ cases, effects worker.Worker }

// New makes the workers; Start runs them.
func New(o Options) *Workers {
	worker.SetStickyWorkflowCacheSize(cachedCases)
	cases := worker.New(o.Temporal, workflows.CasesQueue, worker.Options{
		MaxConcurrentWorkflowTaskPollers: casesPollers,
		LocalActivityWorkerOnly:          true,
		DisableRegistrationAliasing:      true,
		WorkerStopTimeout:                stopWithin,
		WorkflowPanicPolicy:              worker.BlockWorkflow, // a mistake in the code waits for its correction; it ends no case
		DeploymentOptions:                worker.DeploymentOptions{Version: worker.WorkerDeploymentVersion{DeploymentName: "datacharter", BuildID: o.BuildID}},
	})
	workflows.Register(cases)
	cases.RegisterActivityWithOptions(o.Cases.Load, activity.RegisterOptions{Name: workflows.LoadActivity})
	cases.RegisterActivityWithOptions(o.Cases.Apply, activity.RegisterOptions{Name: workflows.ApplyActivity})

	effects := worker.New(o.Temporal, workflows.EffectsQueue, worker.Options{
		MaxConcurrentActivityTaskPollers: effectsPollers,
		DisableWorkflowWorker:            true,
		DisableRegistrationAliasing:      true,
		WorkerStopTimeout:                stopWithin,
	})
	effects.RegisterActivityWithOptions(o.Outbox.Deliver, activity.RegisterOptions{Name: workflows.DeliverActivity})
	effects.RegisterActivityWithOptions(o.WindDown.WindDown, activity.RegisterOptions{Name: workflows.WindDownActivity})
	effects.RegisterActivityWithOptions(o.Calendars.Recount, activity.RegisterOptions{Name: workflows.RecountActivity})
	return &Workers{cases: cases, effects: effects}
}

// Start runs both workers; the error is of the connection to Temporal.
func (w *Workers) Start() error {
	if err := w.cases.Start(); err != nil {
		return err
	}
	if err := w.effects.Start(); err != nil {
		w.cases.Stop()
		return err
	}
	return nil
}

// Stop lets what is under way end, and gives back what does not.
func (w *Workers) Stop() {
	w.effects.Stop()
	w.cases.Stop()
}
