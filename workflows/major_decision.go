package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// majorDecision is the phase in which the case waits for the collective decision (三重一大, 27号 Art. 11). The meeting is a case of its own;
// its resolution arrives as a command, and nothing else but withdrawal ends this phase. Deferral keeps it here; amendment gives the
// applicant a limit of its own and leads back to review.
func (r *run) majorDecision(ctx workflow.Context) error {
	return r.remain(ctx, authorization.DecisionPhase)
}
