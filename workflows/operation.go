package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// operation is the phase of years: the yearly report, the warning before expiry, the renewal window and the end of the term are its clocks,
// all held while operation is suspended. It ends when an exit is opened: by the administrator, by the operator, by agreement or by expiry.
func (r *run) operation(ctx workflow.Context) error {
	return r.remain(ctx, authorization.OperationPhase)
}
