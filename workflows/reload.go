package workflows

import (
	"context"
	"errors"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
)

// Reload has the running workflow of a case look anew where the case stands, after what is under way in it; nothing of that is lost.
// The error is a serviceerror.NotFound when none is running.
func Reload(ctx context.Context, temporal client.Client, id string) (Header, error) {
	for again := 0; ; again++ {
		header, err := reload(ctx, temporal, id)
		var lost *serviceerror.WorkflowNotReady
		if again == maxLost || !errors.As(err, &lost) {
			return header, err
		}
	}
}

func reload(ctx context.Context, temporal client.Client, id string) (Header, error) {
	var header Header
	handle, err := temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateName: ReloadUpdate, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, &header)
	}
	return header, err
}
