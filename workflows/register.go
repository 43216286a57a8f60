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
	w.RegisterWorkflowWithOptions(Registration, workflow.RegisterOptions{Name: RegistrationWorkflow})
	w.RegisterWorkflowWithOptions(Plan, workflow.RegisterOptions{Name: PlanWorkflow})
	w.RegisterWorkflowWithOptions(Product, workflow.RegisterOptions{Name: ProductWorkflow})
	w.RegisterWorkflowWithOptions(Disclosure, workflow.RegisterOptions{Name: DisclosureWorkflow})
	w.RegisterWorkflowWithOptions(Finding, workflow.RegisterOptions{Name: FindingWorkflow})
	w.RegisterWorkflowWithOptions(Deliveries, workflow.RegisterOptions{Name: DeliveriesWorkflow})
	w.RegisterWorkflowWithOptions(CalendarRecount, workflow.RegisterOptions{Name: RecountWorkflow})
}
