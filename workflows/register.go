package workflows

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Register makes a worker of the cases queue know every workflow by its stored name.
func Register(w worker.WorkflowRegistry) {
	w.RegisterWorkflowWithOptions(Authorization, workflow.RegisterOptions{Name: AuthorizationWorkflow})
	w.RegisterWorkflowWithOptions(Meeting, workflow.RegisterOptions{Name: MeetingWorkflow})
	w.RegisterWorkflowWithOptions(Exit, workflow.RegisterOptions{Name: ExitWorkflow})
	for _, kind := range plain {
		w.RegisterWorkflowWithOptions(life(kind), workflow.RegisterOptions{Name: ByKind[kind]})
	}
	w.RegisterWorkflowWithOptions(Deliveries, workflow.RegisterOptions{Name: DeliveriesWorkflow})
	w.RegisterWorkflowWithOptions(CalendarRecount, workflow.RegisterOptions{Name: RecountWorkflow})
}
