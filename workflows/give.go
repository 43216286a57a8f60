package workflows

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
)

// Give sends a command to its case's workflow and waits until it is completed: done with the case's new version, or refused.
// A case whose workflow is not running gets one – its first command starts it, and a lost workflow comes back.
// The error is of the transport: with a client.WorkflowUpdateServiceTimeoutOrCanceledError the command may still be running.
func Give(ctx context.Context, temporal client.Client, cmd Command, starts bool) (Outcome, error) {
	for again := 0; ; again++ {
		out, err := give(ctx, temporal, cmd, starts)
		var lost *serviceerror.WorkflowNotReady
		if again == maxLost || !errors.As(err, &lost) {
			return out, err
		}
	}
}

// maxLost is how often in a row an update may be lost with its workflow task. The server gives up a task that would have ended the workflow
// when something else happened meanwhile, and with it the update that it had brought; the command may be recorded, so it is given again.
const maxLost = 5

func give(ctx context.Context, temporal client.Client, cmd Command, starts bool) (Outcome, error) {
	if !starts {
		out, err := update(ctx, temporal, cmd)
		var gone *serviceerror.NotFound
		if !errors.As(err, &gone) {
			return out, err
		}
	}
	return updateWithStart(ctx, temporal, cmd)
}

func update(ctx context.Context, temporal client.Client, cmd Command) (Outcome, error) {
	handle, err := temporal.UpdateWorkflow(ctx, request(cmd))
	if err != nil {
		return Outcome{}, err
	}
	return result(ctx, handle)
}

func updateWithStart(ctx context.Context, temporal client.Client, cmd Command) (Outcome, error) {
	start := temporal.NewWithStartWorkflowOperation(StartOptions(cmd.Case), ByKind[cmd.Kind], CaseInput{Case: cmd.Case})
	handle, err := temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: start, UpdateOptions: request(cmd)})
	if err != nil {
		return Outcome{}, err
	}
	return result(ctx, handle)
}

// StartOptions are those of every case workflow: its ID is the case's, and one that runs is used as it is.
func StartOptions(id string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{
		ID:                       id,
		TaskQueue:                CasesQueue,
		WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
		WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
	}
}

// request names the update by the command and what the caller sent, so that a reused key with other content reaches Apply and is refused there.
// The name is a short digest: a workflow's state holds those of all its updates, and is written with each.
func request(cmd Command) client.UpdateWorkflowOptions {
	name := sha256.Sum256([]byte(cmd.ID + "/" + cmd.Fingerprint))
	return client.UpdateWorkflowOptions{
		WorkflowID: cmd.Case, UpdateID: base64.RawURLEncoding.EncodeToString(name[:16]), UpdateName: GiveUpdate,
		Args: []any{cmd}, WaitForStage: client.WorkflowUpdateStageCompleted,
	}
}

func result(ctx context.Context, handle client.WorkflowUpdateHandle) (Outcome, error) {
	var out Outcome
	err := handle.Get(ctx, &out)
	return out, err
}
