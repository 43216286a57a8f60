package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/complaint"
	"datacharter/domain/disclosure"
	"datacharter/domain/finance"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/product"
	"datacharter/domain/registration"
)

// plain are the kinds of case whose phases differ only in what the domain lets happen in them: nothing is to be done beside commands and clocks.
var plain = []lifecycle.Kind{registration.Kind, plan.Kind, product.Kind, disclosure.Kind, finding.Kind, finance.Kind, complaint.Kind}

// life is the workflow of such a kind: phase after phase, for years where a case stays open, until the case is closed. What is changed, corrected or renewed
// goes through the same phases again.
func life(kind lifecycle.Kind) func(workflow.Context, CaseInput) error {
	return func(ctx workflow.Context, in CaseInput) error {
		r, err := open(ctx, kind, in)
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
}
