package web

import (
	"slices"

	"datacharter/domain/complaint"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// turnList are cases in which it is the turn of a role that the visitor holds, without a task for it.
type turnList struct {
	cases []standingCase
	more  bool // there are more than are shown
}

// turnsFor lists the cases in which it is the turn of a role that the visitor holds, without a task for it: an application to be accepted, an agreement
// to be signed, a complaint to be answered. The state table says so. They stand on the first page and in the inbox, each with its nearest limit.
func (s *server) turnsFor(v *visit) (turnList, error) {
	var list turnList
	var found []store.CaseSummary
	for _, place := range s.places {
		turns := turnsOf(place.table, v.actor)
		if len(turns) == 0 {
			continue
		}
		page, err := s.Store.ListCases(v.ctx, v.actor, store.CaseFilter{Kind: place.def.Kind(), Turns: turns, Limit: homeCases})
		if err != nil {
			return list, err
		}
		list.more = list.more || page.Next != ""
		found = append(found, page.Items...)
	}
	var err error
	list.cases, err = s.asTheyStand(v, found)
	return list, err
}

// allTurns are the turns of an actor in all kinds.
func (s *server) allTurns(actor identity.Actor) []store.Turned {
	var out []store.Turned
	for _, place := range s.places {
		out = append(out, turnsOf(place.table, actor)...)
	}
	return out
}

// byWhoeverSees are the kinds in which the turn of a role anywhere is that of everybody with the role who sees the case. A finding is dealt with by the side
// that raised it, which no list tells.
var byWhoeverSees = []lifecycle.Kind{complaint.Kind}

// turnsOf are the cases of a kind that an actor is to move on, by the side of the case on which his organisations stand.
func turnsOf(table lifecycle.Table, actor identity.Actor) []store.Turned {
	sides := []lifecycle.Where{lifecycle.OfApplicant, lifecycle.OfAgent, lifecycle.OfAgency, lifecycle.OfBody}
	if slices.Contains(byWhoeverSees, table.Kind) {
		sides = append(sides, lifecycle.Anywhere)
	}
	var out []store.Turned
	for _, g := range actor.Grants {
		for _, side := range sides {
			party := lifecycle.In(side, g.Role)
			turn := store.Turned{Kind: table.Kind, Side: side, Organization: g.Organization}
			if side == lifecycle.Anywhere {
				turn.Side, turn.Organization = "", ""
			}
			for _, state := range table.States {
				if slices.Contains(state.Turn, party) && leadsOn(table, state.Name, party) {
					turn.States = append(turn.States, state.Name)
				}
			}
			if len(turn.States) > 0 {
				out = append(out, turn)
			}
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
