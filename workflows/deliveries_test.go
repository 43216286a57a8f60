package workflows_test

import (
	"context"
	"errors"
	"testing"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"datacharter/workflows"
)

// Deliveries keeps one activity busy for ever: shift after shift, through failures, run after run.
func TestDeliveries(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet)
	env := suite.NewTestWorkflowEnvironment()
	workflows.Register(env)
	shifts, failures := 0, 0
	env.RegisterActivityWithOptions(func(context.Context) error {
		if shifts%10 == 5 && failures <= shifts/10 {
			failures++
			return errors.New("the database is away")
		}
		shifts++
		return nil
	}, activity.RegisterOptions{Name: workflows.DeliverActivity})
	env.ExecuteWorkflow(workflows.DeliveriesWorkflow)
	var next *workflow.ContinueAsNewError
	if err := env.GetWorkflowError(); !errors.As(err, &next) || next.WorkflowType.Name != workflows.DeliveriesWorkflow {
		t.Errorf("ended with %v", err)
	}
	if shifts != 100 || failures != 10 {
		t.Errorf("%d shifts, %d failures", shifts, failures)
	}
}
