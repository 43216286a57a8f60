package workflows

import (
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// exit is the phase in which the exit, a case of its own, is under way as a child workflow. It ends when the exit reports its outcome by
// command: closed, or stopped, or not upheld – then operation goes on.
func (r *run) exit(ctx workflow.Context) error {
	exit := r.header.Exit
	child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID:        exit,
		TaskQueue:         CasesQueue,
		ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_ABANDON,
	})
	started := workflow.ExecuteChildWorkflow(child, ExitWorkflow, CaseInput{Case: exit, Parent: r.input.Case}).GetChildWorkflowExecution()
	// An exit that is running already – after this run continued as new, or after rehydration – is just what is wanted.
	if err := started.Get(ctx, nil); err != nil && !temporal.IsWorkflowExecutionAlreadyStartedError(err) {
		return err
	}
	return r.until(ctx, func() bool { return r.header.Phase != authorization.ExitPhase || r.header.Exit != exit })
}
