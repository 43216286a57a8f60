package casework

import (
	"context"
	"errors"
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/drill"
	"datacharter/domain/finance"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/policies"
	"datacharter/store"
)

// Drill runs the exit of an authorisation on a ground dry, for an administrator of its agency. It reads and changes nothing.
func (d *Desk) Drill(ctx context.Context, actor identity.Actor, v *View, ground string) (drill.Drill, *refusal.Refusal, error) {
	a, ok := v.Subject.(*authorization.Authorization)
	if !ok || !MayDrill(actor, a) {
		return drill.Drill{}, refusal.NotEntitled.With(), nil
	}
	facts, err := d.Store.Facts(ctx, actor, drill.Needs(a), kinds.Definition)
	if err != nil {
		return drill.Drill{}, nil, err
	}
	records, err := d.drillRecords(ctx, actor, a, facts.Open[a.Applicant])
	if err != nil {
		return drill.Drill{}, nil, err
	}
	env := lifecycle.Env{Now: v.Now, Policy: v.Policy, Calendar: v.Calendar, Facts: facts, Compile: policies.ApplicantCondition}
	found, refused := drill.Run(a, ground, actor, records, env)
	return found, refused, nil
}

// MayDrill reports whether the actor is an administrator of the authorisation's agency.
func MayDrill(actor identity.Actor, a *authorization.Authorization) bool {
	return slices.ContainsFunc(actor.Grants, func(g identity.Grant) bool { return g.Role == identity.Administrator && g.Organization == a.Agency })
}

func (d *Desk) drillRecords(ctx context.Context, actor identity.Actor, a *authorization.Authorization, open []lifecycle.Header) (out drill.Records, err error) {
	for _, of := range []struct {
		organization string
		users        *[]drill.ActingUser
	}{{a.Applicant, &out.Operator}, {a.Agency, &out.Staff}} {
		members, err := d.Store.Members(ctx, of.organization)
		if err != nil {
			return out, err
		}
		for _, m := range members {
			*of.users = append(*of.users, drill.ActingUser(m))
		}
	}
	if out.Platforms, err = d.Store.UsePlatforms(ctx, a.ID); err != nil {
		return out, err
	}
	if out.Takers, err = d.Store.UseTakers(ctx, a.ID, drill.MaxTakers+1); err != nil {
		return out, err
	}
	if out.Totals, err = d.Store.UseTotals(ctx, a.ID, agreement.PerTerm, 1); err != nil {
		return out, err
	}
	if out.Products, err = productsOf(ctx, d.Store, a); err != nil {
		return out, err
	}
	if out.Accounts, err = accountsOf(ctx, d.Store, actor, a); err != nil {
		return out, err
	}
	if out.Resources, err = d.Store.ResourceTitles(ctx, a.Rests()); err != nil {
		return out, err
	}
	out.Cases, err = titlesOf(ctx, d.Store, actor, open)
	return out, err
}

// titlesOf are the titles of those of the cases that the actor may see.
func titlesOf(ctx context.Context, s *store.Store, actor identity.Actor, cases []lifecycle.Header) (map[string]string, error) {
	ids := make([]string, len(cases))
	for i, h := range cases {
		ids[i] = h.ID
	}
	found, err := s.CaseTitles(ctx, actor, ids)
	out := map[string]string{}
	for id, t := range found {
		out[id] = t.Title
	}
	return out, err
}

// accountsOf are the prices and revenue of the authorisation; nil where it has none, they are not open yet, or the actor stays away from them.
func accountsOf(ctx context.Context, s *store.Store, actor identity.Actor, a *authorization.Authorization) (*finance.Finance, error) {
	found, err := s.GetCase(ctx, actor, finance.Kind, authorization.FinanceID(a.ID))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := finance.Machine.Decode(found.Data)
	if err != nil {
		return nil, err
	}
	return c.(*finance.Finance), nil //nolint:forcetypeassert // of its own machine
}

// productsOf are the cases of products and services that go on under the authorisation.
func productsOf(ctx context.Context, s *store.Store, a *authorization.Authorization) ([]lifecycle.Header, error) {
	var out []lifecycle.Header
	for _, p := range a.ProductCases {
		if p.Over {
			continue
		}
		c, err := s.Case(ctx, kinds.Definition(authorization.ProductKind), p.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, *c.Head())
	}
	return out, nil
}
