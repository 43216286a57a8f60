package web

import (
	"net/url"

	"datacharter/activities"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
)

// chosenPlan is the plan that an application names, as it is published.
type chosenPlan struct {
	id        string
	resources map[string]string
	rules     *policy.Plan
	plan.PublicPlan
}

// chosenPlan finds the published plan of an ID; nil when there is none, or when a plan is mere words by the profile.
func (s *server) chosenPlan(v *visit, profile *policy.Profile, id string) (*chosenPlan, error) {
	if id == "" || profile.Plan == nil {
		return nil, nil //nolint:nilnil // nothing is chosen, which is no fault
	}
	told, err := s.publicPlan(v, id)
	if err != nil || told == nil {
		return nil, err
	}
	titles, err := s.Store.ResourceTitles(v.ctx, unique(resourcesOf(*told)))
	return &chosenPlan{id: id, resources: titles, rules: profile.Plan, PublicPlan: *told}, err
}

// planToApplyOn finds the plan on whose page somebody begins an application; nil for an ID of none that takes applications now.
func (s *server) planToApplyOn(v *visit, id string) (*chosenPlan, error) {
	profile, ok := s.Policies.Newest(activities.DefaultPolicy)
	if !ok {
		return nil, nil //nolint:nilnil // no rules, no plan
	}
	p, err := s.chosenPlan(v, profile, id)
	if err != nil || p == nil || !p.Takes(s.today()) {
		return nil, err
	}
	return p, nil
}

// applyOnURL is where an application begins that rests on a plan.
func applyOnURL(id string) string { return addressOf("/authorizations/new", url.Values{"plan": {id}}) }
