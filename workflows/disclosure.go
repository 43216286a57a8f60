package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/disclosure"
)

// Disclosure is the life of one organisation's yearly disclosure: the year itself, compiling, checking and publishing by the end of March – chased while it is
// late – and its corrections for as long as the system lives.
func Disclosure(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, disclosure.Kind, in)
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
