package workflows

import (
	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
)

// contract is the phase from the first draft of the agreement to its filing: versions by both sides, the agency's own decision by another
// body than the first (27号 Art. 13), both signatures, filing – each with its limit. It ends when the agreed first day of operation has come,
// or when the agency's decision refuses the agreement.
func (r *run) contract(ctx workflow.Context) error {
	return r.remain(ctx, authorization.ContractPhase)
}
