package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// review is the phase of the profile's reviews, stage by stage. Every open review has its own limit with a reminder and an escalation,
// which run anew after a return. It ends when the profile's rule says that the reviews together passed or rejected the application, or with withdrawal.
func (r *run) review(ctx workflow.Context) error {
	return r.remain(ctx, authorization.ReviewPhase)
}
