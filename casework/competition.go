package casework

import (
	"context"

	"datacharter/domain/authorization"
	"datacharter/domain/competition"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/use"
)

// Competition is what the indicators of fair competition say of an authorisation, with the figures that they looked at.
type Competition struct {
	Facts      policy.CompetitionFacts `json:"facts"`
	Indicators []competition.Shown     `json:"indicators"`
	Cut        bool                    `json:"cut"` // there are more takers than were looked at
}

// maxTaken bounds what is looked at: one row a taker, product and unit.
const maxTaken = 20_000

// Competition holds an authorisation against the indicators of its pinned profile, from what the ledger adds up; for its operator, its agency and supervisors. Nothing
// is decided or recorded.
func (d *Desk) Competition(ctx context.Context, actor identity.Actor, v *View) (Competition, *refusal.Refusal, error) {
	a, ok := v.Subject.(*authorization.Authorization)
	switch {
	case !ok || !use.SeesTakers(actor, a.Applicant, a.Agency):
		return Competition{}, refusal.NotEntitled.With(), nil
	case v.Policy.Supervision == nil || len(v.Policy.Supervision.Competition) == 0:
		return Competition{}, refusal.SupervisionNotRuled.With(), nil
	}
	operator, err := d.Store.GetOrganization(ctx, a.Applicant)
	if err != nil {
		return Competition{}, nil, err
	}
	taken, err := d.Store.UseTaken(ctx, a.ID, maxTaken+1)
	if err != nil {
		return Competition{}, nil, err
	}
	cut := len(taken) > maxTaken
	if cut {
		taken = taken[:maxTaken]
	}
	facts := competition.Facts(a, operator, taken)
	shown, err := competition.Look(v.Policy.Supervision.Competition, facts)
	return Competition{Facts: facts, Indicators: shown, Cut: cut}, nil, err
}
