package resolution

import (
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// Count is the arithmetic of one question: what it was counted on, what it needed and what it got.
type Count struct {
	Members   int             `json:"members"`  // on the roster
	Entitled  int             `json:"entitled"` // of them not recused
	Present   int             `json:"present"`  // of those entitled
	Quorum    policy.Fraction `json:"quorum"`
	Quota     int             `json:"quota"` // those who must be present
	Quorate   bool            `json:"quorate"`
	Base      policy.Base     `json:"base"`
	Of        int             `json:"of"` // what the base comes to
	Threshold policy.Fraction `json:"threshold"`
	MoreThan  bool            `json:"more_than,omitempty"`
	Needed    int             `json:"needed"` // votes for; more than Of when no number is enough
	For       int             `json:"for"`
	Against   int             `json:"against"`
	Abstain   int             `json:"abstain"`
	Carried   bool            `json:"carried"`
}

// Tally counts a question. Only members of the roster who are present and not recused count, each once, by their first vote.
// The outcome is empty when nothing was decided: the quorum is missing, or a motion to amend or defer was lost.
func Tally(rules policy.Decision, proposal Proposal, roll Roll) (Outcome, Count) {
	c := Count{
		Members: len(roll.Members), Quorum: rules.Quorum,
		Base: rules.Base, Threshold: rules.Threshold, MoreThan: rules.MoreThan,
	}
	for _, seat := range roll.Members {
		if slices.Contains(roll.Recused, seat.Person) {
			continue
		}
		c.Entitled++
		if !slices.Contains(roll.Present, seat.Person) {
			continue
		}
		c.Present++
		c.add(roll.Votes, seat)
	}
	c.Quota = least(c.Entitled, rules.Quorum.Reached)
	c.Quorate = c.Present >= c.Quota
	switch rules.Base {
	case policy.OfPresent:
		c.Of = c.Present
	case policy.OfVotes:
		c.Of = c.For + c.Against
	default:
		c.Of = c.Entitled
	}
	reached := rules.Threshold.Reached
	if rules.MoreThan {
		reached = rules.Threshold.Exceeded
	}
	c.Needed = least(c.Of, reached)
	c.Carried = c.Quorate && c.For >= c.Needed
	return proposal.outcome(c), c
}

func (c *Count) add(votes []Vote, seat lifecycle.Seat) {
	for _, v := range votes {
		if v.Person != seat.Person {
			continue
		}
		switch v.Vote {
		case For:
			c.For++
		case Against:
			c.Against++
		case Abstain:
			c.Abstain++
		}
		return
	}
}

// least is the smallest number of people, at least one, that is enough of a whole; whole+1 when no number is.
func least(whole int, enough func(part, whole int) bool) int {
	for n := 1; n <= whole; n++ {
		if enough(n, whole) {
			return n
		}
	}
	return whole + 1
}

func (p Proposal) outcome(c Count) Outcome {
	switch {
	case !c.Quorate:
		return ""
	case p == ToAgree && c.Carried:
		return Agreed
	case p == ToAgree:
		return Refused
	case p == ToAmend && c.Carried:
		return Amended
	case p == ToDefer && c.Carried:
		return Deferred
	default:
		return ""
	}
}
