package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// application is the phase from submission to acceptance. The agency checks completeness while its clock runs; a return stops that
// clock and starts the applicant's. It ends with acceptance, refusal or withdrawal.
func (r *run) application(ctx workflow.Context) error {
	return r.remain(ctx, authorization.ApplicationPhase)
}
