package casework

import (
	"context"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/responsibility"
	"datacharter/store"
)

// Responsibilities says who answers for what under an authorisation, by its pinned profile, to whoever sees the case: agency, operator, the suppliers of its
// resources, and the supervisors and registries there are.
func (d *Desk) Responsibilities(ctx context.Context, v *View) (responsibility.Matrix, *refusal.Refusal, error) {
	a, ok := v.Subject.(*authorization.Authorization)
	if !ok || v.Policy.Responsibility == nil {
		return nil, refusal.ResponsibilityNotRuled.With(), nil
	}
	resources, err := d.Store.Resources(ctx, a.Scope())
	if err != nil {
		return nil, nil, err
	}
	var providers []string
	for _, id := range a.Scope() {
		providers = append(providers, resources[id].Provider)
	}
	facts, err := d.Store.Names(ctx, nil, []string{a.Agency, a.Applicant})
	if err != nil {
		return nil, nil, err
	}
	parties := a.Parties(facts.Organizations, providers)
	for _, kind := range []identity.Kind{identity.Government, identity.Supervisor, identity.Registry} {
		open := false
		list, err := d.Store.ListOrganizations(ctx, store.OrganizationFilter{Kind: kind, Closed: &open, Limit: store.MaxLimit})
		if err != nil {
			return nil, nil, err
		}
		for _, o := range list.Items {
			parties = append(parties, responsibility.Party{Kind: kind, ID: o.ID, Name: o.Name})
		}
	}
	return responsibility.Of(v.Policy.Responsibility, parties), nil, nil
}
