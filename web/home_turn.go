package web

import (
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// homeTurn lists the cases in which it is the turn of a role that the visitor holds, without a task for it: an application to be accepted, an agreement
// to be signed, a decision to be served. The state table says so.
func (s *server) homeTurn(p *homePage) error {
	var found []store.CaseSummary
	seen := map[string]bool{}
	for _, place := range s.places {
		for _, g := range p.actor.Grants {
			for _, f := range turnsOf(place.table, g) {
				f.Limit = homeCases
				page, err := s.Store.ListCases(p.ctx, p.actor, f)
				if err != nil {
					return err
				}
				p.moreTurns = p.moreTurns || page.Next != ""
				for _, c := range page.Items {
					if !seen[c.ID] {
						seen[c.ID] = true
						found = append(found, c)
					}
				}
			}
		}
	}
	var err error
	p.turns, err = s.asTheyStand(p, found)
	return err
}

// turnsOf are the cases of a kind that a holder of the grant is to move on, by the side of the case on which his organisation stands.
func turnsOf(table lifecycle.Table, g identity.Grant) []store.CaseFilter {
	var out []store.CaseFilter
	for _, where := range []lifecycle.Where{lifecycle.OfApplicant, lifecycle.OfAgent, lifecycle.OfAgency, lifecycle.OfBody} {
		party := lifecycle.In(where, g.Role)
		f := store.CaseFilter{Kind: table.Kind}
		for _, state := range table.States {
			if slices.Contains(state.Turn, party) && leadsOn(table, state.Name, party) {
				f.States = append(f.States, state.Name)
			}
		}
		switch where { //nolint:exhaustive // an organisation stands on one of these sides
		case lifecycle.OfApplicant:
			f.Applicant = g.Organization
		case lifecycle.OfAgent:
			f.Agent = g.Organization
		case lifecycle.OfAgency:
			f.Agency = g.Organization
		case lifecycle.OfBody:
			f.Body = g.Organization
		}
		if len(f.States) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// leadsOn reports whether the party has a command that leads out of the state: in operation it is always the operator's turn, and nothing waits.
func leadsOn(table lifecycle.Table, state lifecycle.State, party lifecycle.Party) bool {
	return slices.ContainsFunc(table.Rows, func(r lifecycle.Row) bool {
		return !asides[r.Command] && slices.Contains(r.By, party) && slices.Contains(r.From, state) &&
			slices.ContainsFunc(r.To, func(to lifecycle.State) bool { return to != state && !slices.Contains(r.From, to) })
	})
}
