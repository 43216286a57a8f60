package activities

import (
	"context"
	"encoding/json"
	"fmt"

	"go.temporal.io/sdk/client"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/workflows"
)

// WindDown carries out the measures and steps of an exit on its authorisation.
type WindDown struct {
	Temporal client.Client
}

// WindDown carries out one measure or step by giving the authorisation the command that belongs to it.
// It may be repeated: the command's ID is made of exit and step. A step that this program does not know waits for one that does.
func (w *WindDown) WindDown(ctx context.Context, in workflows.WindDownInput) error {
	command, input, err := commandOf(in.Step)
	if err != nil || command == "" {
		return err
	}
	data, err := json.Marshal(input)
	if err != nil {
		return fmt.Errorf("input of %s: %w", command, err)
	}
	out, err := workflows.Give(ctx, w.Temporal, workflows.Command{
		Kind: authorization.Kind, Case: in.Authorization, ID: in.Exit + "/" + in.Step, Name: command, Person: identity.SystemPerson, Data: data,
	}, false)
	if err != nil {
		return err
	}
	if out.Refusal != nil {
		return fmt.Errorf("%s was refused: %s", command, out.Refusal.Code)
	}
	return nil
}

// commandOf names the authorisation's command for a step. The public notice needs none: the exit publishes it when the step is noted.
func commandOf(step string) (string, any, error) {
	switch step {
	case workflows.SuspendAccess:
		return "set-access", authorization.AccessInput{Access: authorization.AccessSuspended}, nil
	case workflows.RestoreAccess:
		return "set-access", authorization.AccessInput{Access: authorization.AccessOpen}, nil
	case workflows.CloseAccess:
		return "set-access", authorization.AccessInput{Access: authorization.AccessClosed}, nil
	case workflows.Delist:
		return "delist-all", authorization.Nothing{}, nil
	case workflows.Relist:
		return "relist", authorization.Nothing{}, nil
	case workflows.PublicNotice:
		return "", nil, nil
	default:
		return "", nil, fmt.Errorf("no system step is called %q", step)
	}
}
