package resolution_test

import (
	"fmt"
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"

	"pgregory.net/rapid"
)

var national = policy.Decision{
	BodyKind: identity.Government, Quorum: policy.Fraction{Num: 1, Den: 2},
	Threshold: policy.Fraction{Num: 1, Den: 2}, MoreThan: true, Base: policy.OfMembers, ChairLast: true,
}

var pending = lifecycle.Pending{
	Decision: resolution.MajorDecision, ContentHash: lifecycle.ContentHash("the reviewed application"), BodyKind: identity.Government, Body: "gov-demo", NotBody: "another-body",
}

// roster is a chair, "p0", and members "p1", "p2" ….
func roster(n int) []lifecycle.Seat {
	seats := make([]lifecycle.Seat, n)
	for i := range seats {
		seats[i] = lifecycle.Seat{Person: fmt.Sprintf("p%d", i), Role: identity.Member}
	}
	seats[0].Role = identity.Chair
	return seats
}

func people(seats []lifecycle.Seat) []string {
	names := make([]string, len(seats))
	for i, s := range seats {
		names[i] = s.Person
	}
	return names
}

// voting makes everybody present and not recused vote, in the order of the roster but the chair last.
func voting(r resolution.Roll, choice func(person string) resolution.Choice) resolution.Roll {
	ordered := append(slices.Clone(r.Members[1:]), r.Members[0])
	for _, s := range ordered {
		if slices.Contains(r.Present, s.Person) && !slices.Contains(r.Recused, s.Person) {
			r.Votes = append(r.Votes, resolution.Vote{Person: s.Person, Role: s.Role, Vote: choice(s.Person), Words: "意见"})
		}
	}
	return r
}

// resolved is a whole resolution on what the fixture's case waits for.
func resolved(rules policy.Decision, proposal resolution.Proposal, roll resolution.Roll) resolution.Resolution {
	r := resolution.Resolution{
		ID: resolution.ID("m-1", 2), Meeting: "m-1", Item: 2, Body: "gov-demo", BodyKind: pending.BodyKind, Decision: pending.Decision,
		Case: "a-1", ContentHash: pending.ContentHash, Policy: lifecycle.PolicyRef{Name: "national", Version: 1, Hash: "sha256:demo"},
		Proposal: proposal, Roll: roll, DecidedOn: time.Date(2026, 3, 18, 7, 0, 0, 0, time.UTC),
	}
	r.Outcome, r.Count = resolution.Tally(rules, proposal, roll)
	switch r.Outcome {
	case resolution.Amended:
		r.Directions = "缩短期限"
	case resolution.Deferred, resolution.Refused:
		r.Reason = "风险尚未说明"
	}
	return r
}

func anyRules() *rapid.Generator[policy.Decision] {
	return rapid.Custom(func(t *rapid.T) policy.Decision {
		share := func(label string) policy.Fraction {
			den := rapid.IntRange(1, 5).Draw(t, label+" of")
			return policy.Fraction{Num: rapid.IntRange(0, den).Draw(t, label), Den: den}
		}
		rules := national
		rules.Quorum, rules.Threshold = share("quorum"), share("threshold")
		rules.MoreThan, rules.ChairLast = rapid.Bool().Draw(t, "more than"), rapid.Bool().Draw(t, "chair last")
		rules.Base = rapid.SampledFrom([]policy.Base{policy.OfMembers, policy.OfPresent, policy.OfVotes}).Draw(t, "base")
		return rules
	})
}

func anyRoll() *rapid.Generator[resolution.Roll] {
	return rapid.Custom(func(t *rapid.T) resolution.Roll {
		r := resolution.Roll{Members: roster(rapid.IntRange(2, 11).Draw(t, "members"))}
		for _, person := range people(r.Members) {
			if rapid.IntRange(0, 9).Draw(t, person+" present") > 1 {
				r.Present = append(r.Present, person)
			}
			if rapid.IntRange(0, 9).Draw(t, person+" recused") > 7 {
				r.Recused = append(r.Recused, person)
			}
		}
		return voting(r, func(person string) resolution.Choice {
			return rapid.SampledFrom([]resolution.Choice{resolution.For, resolution.Against, resolution.Abstain}).Draw(t, person)
		})
	})
}

var proposals = rapid.SampledFrom([]resolution.Proposal{resolution.ToAgree, resolution.ToAmend, resolution.ToDefer})
