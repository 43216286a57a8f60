package workflows

import (
	"fmt"

	"go.temporal.io/sdk/workflow"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
)

// Authorization is the life of one authorised operation: application, review, major decision, contract, operation, exit.
func Authorization(ctx workflow.Context, in CaseInput) error {
	r, err := open(ctx, authorization.Kind, in)
	if err != nil {
		return err
	}
	for r.header.Running() {
		if err := r.authorizationPhase(ctx, r.header.Phase); err != nil {
			return err
		}
	}
	return r.done(ctx)
}

func (r *run) authorizationPhase(ctx workflow.Context, phase lifecycle.Phase) error {
	switch phase {
	case authorization.ApplicationPhase:
		return r.application(ctx)
	case authorization.ReviewPhase:
		return r.review(ctx)
	case authorization.DecisionPhase:
		return r.majorDecision(ctx)
	case authorization.ContractPhase:
		return r.contract(ctx)
	case authorization.OperationPhase:
		return r.operation(ctx)
	case authorization.ExitPhase:
		return r.exit(ctx)
	default: // a newer program's: the case waits for it
		panic(fmt.Sprintf("the authorisation is in a phase unknown to this program: %q", phase))
	}
}
