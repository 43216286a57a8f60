package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/meeting"
)

// Meeting is the life of one meeting: called, opened with its roster frozen, votes with the chair last, resolutions, signed minutes.
// All of it is people's commands; its resolutions go to the cases on its agenda through the outbox.
func Meeting(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, meeting.Kind, in)
	if err != nil {
		return err
	}
	if err := r.until(ctx, func() bool { return false }); err != nil {
		return err
	}
	return r.done(ctx)
}
