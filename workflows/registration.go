package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/registration"
)

// Registration is the life of one registration, in plain order: application and acceptance, formal review, public notice, code, validity. Registered, it
// stays open for years: what is changed, corrected or renewed goes through the same phases again, until it is deregistered or revoked.
func Registration(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, registration.Kind, in)
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
