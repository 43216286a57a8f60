package meeting

import (
	"strconv"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

var recusedCode = refusal.InterestDeclared.Name

// spoken reports whether the chair has spoken last on an item: its voting is over, and who comes now is too late for it.
func (m *Meeting) spoken(i *Item, rules policy.Decision) bool {
	if !rules.ChairLast {
		return false
	}
	for _, v := range i.Votes {
		if m.chair(v.Person) {
			return true
		}
	}
	return false
}

// roll is who could decide on an item and what they have said so far. Who voted counts as present though he left afterwards.
func (m *Meeting) roll(i *Item, rules policy.Decision) resolution.Roll {
	r := resolution.Roll{Votes: i.Votes}
	over := m.spoken(i, rules)
	for _, s := range m.Roster {
		r.Members = append(r.Members, lifecycle.Seat{Person: s.Person, Role: s.Role})
		barred := i.barred(s.Person) != ""
		if barred {
			r.Recused = append(r.Recused, s.Person)
		}
		if i.voted(s.Person) || s.Present && (barred || !over) {
			r.Present = append(r.Present, s.Person)
		}
	}
	return r
}

// missing counts those whose voice on an item is still awaited, but for one person.
func (m *Meeting) missing(i *Item, rules policy.Decision, but string) int {
	n := 0
	for _, person := range m.roll(i, rules).Present {
		if person != but && i.barred(person) == "" && !i.voted(person) {
			n++
		}
	}
	return n
}

// noQuorum refuses when too few are present for an item.
func (m *Meeting) noQuorum(i *Item, rules policy.Decision) *refusal.Refusal {
	_, count := resolution.Tally(rules, resolution.ToAgree, m.roll(i, rules))
	if count.Quorate {
		return nil
	}
	return refusal.QuorumMissing.With("quota", strconv.Itoa(count.Quota), "present", strconv.Itoa(count.Present))
}

// quorate reports whether the meeting as a whole has its quorum now.
func (m *Meeting) quorate(rules policy.Decision) bool {
	return m.noQuorum(&Item{}, rules) == nil
}

// mayVote refuses a person's voice on an item as far as the meeting itself knows.
func (m *Meeting) mayVote(i *Item, person string, rules policy.Decision) *refusal.Refusal {
	if code := i.barred(person); code != "" {
		return &refusal.Refusal{Code: code}
	}
	switch {
	case !i.open():
		return refusal.ItemClosed.With()
	case i.Question == nil:
		return refusal.NoQuestion.With()
	case i.voted(person):
		return refusal.VotedAlready.With()
	case m.spoken(i, rules):
		return refusal.VotingOver.With()
	}
	if refused := m.noQuorum(i, rules); refused != nil {
		return refused
	}
	if rules.ChairLast && m.chair(person) && m.missing(i, rules, person) > 0 {
		return refusal.ChairSpeaksLast.With()
	}
	return nil
}

// mayConclude refuses to announce a result before everybody present was heard.
func (m *Meeting) mayConclude(i *Item, rules policy.Decision) *refusal.Refusal {
	switch {
	case !i.open():
		return refusal.ItemClosed.With()
	case i.Question == nil:
		return refusal.NoQuestion.With()
	}
	if refused := m.noQuorum(i, rules); refused != nil {
		return refused
	}
	if n := m.missing(i, rules, ""); n > 0 {
		return refusal.VotesMissing.With("missing", strconv.Itoa(n))
	}
	return nil
}

// mayPut refuses a question on an item that has its result, or on which people are voting.
func (m *Meeting) mayPut(i *Item) *refusal.Refusal {
	switch {
	case !i.open():
		return refusal.ItemClosed.With()
	case len(i.Votes) > 0:
		return refusal.VotingBegun.With()
	}
	return nil
}

// some reports whether the check passes for any item.
func (m *Meeting) some(check func(*Item) *refusal.Refusal) bool {
	for n := range m.Items {
		if check(&m.Items[n]) == nil {
			return true
		}
	}
	return false
}
