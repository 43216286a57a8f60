package web

import (
	"context"
	"errors"
	"sync"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	temporal "go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"datacharter/store"
	"datacharter/workflows"
)

// flows stands for the workflow service: every open case has a workflow that knows its record, except those that miss theirs. The rest of a client is
// not to be used.
type flows struct {
	temporal.Client

	store   *store.Store
	mu      sync.Mutex
	missing map[string]bool
	started []string
	away    error
}

// lose lets a case miss its workflow.
func (f *flows) lose(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.missing[id] = true
}

// DescribeWorkflowExecution implements client.Client.
func (f *flows) DescribeWorkflowExecution(ctx context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.away != nil {
		return nil, f.away
	}
	c, err := f.store.CaseByID(ctx, id)
	if err != nil || f.missing[id] || c.Closed || c.Draft {
		return nil, serviceerror.NewNotFound("none")
	}
	info := &workflowpb.WorkflowExecutionInfo{Status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING}
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: info}, nil
}

// QueryWorkflow implements client.Client.
func (f *flows) QueryWorkflow(ctx context.Context, id, _, _ string, _ ...any) (converter.EncodedValue, error) {
	c, err := f.store.CaseByID(ctx, id)
	if err != nil {
		return nil, err
	}
	payloads, err := converter.GetDefaultDataConverter().ToPayloads(workflows.Header{Case: id, Version: c.Version})
	return temporal.NewValue(payloads), err
}

// ExecuteWorkflow implements client.Client.
func (f *flows) ExecuteWorkflow(_ context.Context, o temporal.StartWorkflowOptions, _ any, _ ...any) (temporal.WorkflowRun, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.started = append(f.started, o.ID)
	delete(f.missing, o.ID)
	return nil, nil
}

// UpdateWorkflow implements client.Client: a workflow that is told to looks anew where its case stands.
func (f *flows) UpdateWorkflow(ctx context.Context, o temporal.UpdateWorkflowOptions) (temporal.WorkflowUpdateHandle, error) {
	c, err := f.store.CaseByID(ctx, o.WorkflowID)
	return reloaded{header: workflows.Header{Case: c.ID, Version: c.Version}}, err
}

// reloaded is the answer of a workflow that looked anew.
type reloaded struct {
	temporal.WorkflowUpdateHandle

	header workflows.Header
}

// Get implements client.WorkflowUpdateHandle.
func (r reloaded) Get(_ context.Context, into any) error {
	header, ok := into.(*workflows.Header)
	if !ok {
		return errors.New("not a header")
	}
	*header = r.header
	return nil
}
