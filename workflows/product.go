package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/product"
)

// Product is the life of one data product or service: drafting, security and business-compliance review, a trial where one is asked for, pricing, and the
// years on offer. A change of content goes the same way again while the version on offer stays; the authorisation's suspension and end come as commands.
func Product(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, product.Kind, in)
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
