package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/finding"
)

// Finding is the life of one finding of supervision: dealt with, rectified, inspected again, and lifted or led to a suspension or an exit. Uses beyond the scope come
// from the ledger as commands, also to one that is closed, which passes them on.
func Finding(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, finding.Kind, in)
	if err != nil {
		return err
	}
	for r.header.Running() {
		if err := r.remain(ctx, r.header.Phase); err != nil {
			return err
		}
	}
	return r.done(ctx)
}
