package meeting

import (
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// Standing is where an item of the agenda stands for all who are present to see.
type Standing struct {
	Count   resolution.Count   // of the question put, or of the question to agree before one is
	Outcome resolution.Outcome // that the votes cast so far would have; empty when they decide nothing
	Missing []string           // people whose voice is awaited, the chair last where the rules say so
	ToGo    int                // votes for that are still needed; 0 when the question is carried, or once it can no longer be
	Beyond  bool               // it can no longer be carried, whoever votes for it now
}

// Standing tells where an item stands; ok is false when the agenda has no such item.
func (m *Meeting) Standing(no int, rules policy.Decision) (s Standing, ok bool) {
	i := m.item(no)
	if i == nil {
		return Standing{}, false
	}
	proposal := resolution.ToAgree
	if i.Question != nil {
		proposal = i.Question.Proposal
	}
	roll := m.roll(i, rules)
	s.Outcome, s.Count = resolution.Tally(rules, proposal, roll)
	var last []string
	for _, person := range roll.Present {
		switch {
		case i.barred(person) != "" || i.voted(person):
		case rules.ChairLast && m.chair(person):
			last = append(last, person)
		default:
			s.Missing = append(s.Missing, person)
		}
	}
	s.Missing = append(s.Missing, last...)
	if short := s.Count.Needed - s.Count.For; short > 0 && i.open() {
		s.Beyond = short > len(s.Missing)
		if !s.Beyond {
			s.ToGo = short
		}
	}
	return s, true
}

// Barred says by refusal code why a person has no voice on an item; empty when he has, or when there is no such item.
func (m *Meeting) Barred(no int, person string) string {
	if i := m.item(no); i != nil {
		return i.barred(person)
	}
	return ""
}

// On refuses a command of a person on an item as far as the meeting itself knows; nil when it may be given, for inputs that are right.
// The state table has admitted the person to the command already.
func (m *Meeting) On(no int, command, person string, rules policy.Decision) *refusal.Refusal {
	i := m.item(no)
	if i == nil {
		return refusal.NotFoundHere.With()
	}
	switch command {
	case "vote":
		return m.mayVote(i, person, rules)
	case "put-question":
		if i.barred(person) == recusedCode {
			return refusal.InterestDeclared.With()
		}
		return m.mayPut(i)
	case "conclude":
		return m.mayConclude(i, rules)
	case "recuse":
		if !i.open() {
			return refusal.ItemClosed.With()
		}
		if i.voted(person) || i.barred(person) == recusedCode {
			return refusal.RecusedAlready.With()
		}
	}
	return nil
}
