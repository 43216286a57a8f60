package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/plan"
)

// Plan is the life of one implementation plan: drafting, reviews with public comment, the government's decision, filing and publication, and the years in
// which it is in force. A major change goes the same way again while the version in force stays.
func Plan(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, plan.Kind, in)
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
