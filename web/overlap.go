package web

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/store"
)

// overlapping is another plan or authorisation that names some of the same resources.
type overlapping struct {
	store.CaseSummary
	kind, state text.Text
	url         string
	shared      []string // titles of the resources
	exclusive   string   // terms by which it keeps others out; empty when it does not
}

// overlap is what else rests on the resources of a plan: as far as the visitor may see it, and how much there is besides.
type overlap struct {
	cases  []overlapping
	hidden int    // that he may not see
	more   bool   // there are more than were counted
	own    string // exclusive terms of the plan itself
	rule   text.Text
	source policy.Source
}

// overlapShown is how many of each kind are shown.
const overlapShown = 20

// overlapOf finds the open plans and authorisations beside a case that name any of the resources. Drafts are nobody's business.
func (s *server) overlapOf(v *visit, profile *policy.Profile, self string, resources []string, own plan.Exclusive) (*overlap, error) {
	o := &overlap{own: own.Terms}
	for _, r := range profile.Plan.Review.Reviews {
		if r.Finding == policy.CompetitionFinding {
			o.rule, o.source = r.Rule, r.Source
		}
	}
	resources = unique(resources)
	if len(resources) == 0 {
		return o, nil
	}
	no := false
	for _, kind := range []lifecycle.Kind{plan.Kind, authorization.Kind} {
		f := store.CaseFilter{Kind: kind, Resources: resources, Closed: &no, Draft: &no, Limit: store.MaxLimit}
		seen, err := s.Store.ListCases(v.ctx, v.actor, f)
		if err != nil {
			return nil, err
		}
		all, err := s.Store.ListCases(v.ctx, identity.System(), f)
		if err != nil {
			return nil, err
		}
		o.more = o.more || all.Next != "" || len(seen.Items) > overlapShown
		for _, c := range all.Items {
			if c.ID != self && !slices.ContainsFunc(seen.Items, func(x store.CaseSummary) bool { return x.ID == c.ID }) {
				o.hidden++
			}
		}
		for _, c := range seen.Items[:min(len(seen.Items), overlapShown)] {
			if c.ID == self {
				continue
			}
			found, err := s.overlappingOf(v, c, resources)
			if err != nil {
				return nil, err
			}
			o.cases = append(o.cases, found)
		}
	}
	return o, nil
}

// overlappingOf says of a case that the visitor may see what it shares.
func (s *server) overlappingOf(v *visit, c store.CaseSummary, resources []string) (overlapping, error) {
	p := s.placeOf(c.Kind)
	out := overlapping{CaseSummary: c, kind: p.table.Words, state: p.def.State(c.State).Words, url: p.href(c.ID)}
	subject, err := s.Store.Case(v.ctx, p.def, c.ID)
	if err != nil {
		return out, err
	}
	var shared []string
	if named, ok := subject.(store.NamingResources); ok {
		shared = slices.DeleteFunc(unique(named.ResourceIDs()), func(id string) bool { return !slices.Contains(resources, id) })
	}
	titles, err := s.Store.ResourceTitles(v.ctx, shared)
	for _, id := range shared {
		if titles[id] == "" {
			titles[id] = id
		}
		out.shared = append(out.shared, titles[id])
	}
	if other, ok := subject.(*plan.Plan); ok {
		out.exclusive = other.Drafted.Exclusive.Terms
		if v := other.InForce(); v != nil && out.exclusive == "" {
			out.exclusive = v.Content.Exclusive.Terms
		}
	}
	return out, err
}
