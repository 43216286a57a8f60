package resolution_test

import (
	"slices"
	"testing"

	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"

	"pgregory.net/rapid"
)

// choices reads one letter per voter: + for, - against, o abstaining.
func choices(letters string) func(string) resolution.Choice {
	next := 0
	return func(string) resolution.Choice {
		next++
		return map[byte]resolution.Choice{'+': resolution.For, '-': resolution.Against, 'o': resolution.Abstain}[letters[next-1]]
	}
}

func TestTally(t *testing.T) {
	share := func(text string) (f policy.Fraction) {
		if err := f.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		return f
	}
	variant := func(quorum, threshold string, moreThan bool, base policy.Base) policy.Decision {
		rules := national
		rules.Quorum, rules.Threshold, rules.MoreThan, rules.Base = share(quorum), share(threshold), moreThan, base
		return rules
	}
	for name, tc := range map[string]struct {
		rules    policy.Decision
		members  int
		present  int // the last of the roster are absent
		recused  int // of the first members after the chair
		votes    string
		proposal resolution.Proposal
		want     resolution.Outcome
		of       int
		needed   int
	}{
		"more than half of the members":             {national, 9, 9, 0, "+++++----", resolution.ToAgree, resolution.Agreed, 9, 5},
		"half of the members is not more than half": {national, 8, 8, 0, "++++----", resolution.ToAgree, resolution.Refused, 8, 5},
		"absent members are in the base":            {national, 9, 6, 0, "++++--", resolution.ToAgree, resolution.Refused, 9, 5},
		"recused members leave the base":            {national, 9, 9, 2, "++++---", resolution.ToAgree, resolution.Agreed, 7, 4},
		"abstentions count as not in favour":        {national, 5, 5, 0, "++ooo", resolution.ToAgree, resolution.Refused, 5, 3},
		"a lost motion decides nothing":             {national, 5, 5, 0, "++---", resolution.ToAmend, "", 5, 3},
		"a lost motion to defer decides nothing":    {national, 5, 5, 0, "-----", resolution.ToDefer, "", 5, 3},
		"an amendment carried":                      {national, 5, 5, 0, "+++--", resolution.ToAmend, resolution.Amended, 5, 3},
		"a deferral carried":                        {national, 5, 5, 0, "+++--", resolution.ToDefer, resolution.Deferred, 5, 3},
		"no quorum, no decision":                    {national, 9, 4, 0, "++++", resolution.ToAgree, "", 9, 5},
		"half is a quorum":                          {variant("1/2", "1/2", true, policy.OfPresent), 8, 4, 0, "+++-", resolution.ToAgree, resolution.Agreed, 4, 3},
		"of those present":                          {variant("1/2", "2/3", false, policy.OfPresent), 9, 6, 0, "++++--", resolution.ToAgree, resolution.Agreed, 6, 4},
		"more than two thirds of those present":     {variant("1/2", "2/3", true, policy.OfPresent), 9, 6, 0, "++++--", resolution.ToAgree, resolution.Refused, 6, 5},
		"of the votes, without abstentions":         {variant("1/2", "1/2", true, policy.OfVotes), 9, 6, 0, "++-ooo", resolution.ToAgree, resolution.Agreed, 3, 2},
		"all abstain":                               {variant("1/2", "1/2", true, policy.OfVotes), 5, 5, 0, "ooooo", resolution.ToAgree, resolution.Refused, 0, 1},
		"a threshold of nothing still needs a vote": {variant("0/1", "0/1", false, policy.OfVotes), 5, 5, 0, "ooooo", resolution.ToAgree, resolution.Refused, 0, 1},
		"unanimous":                  {variant("1/1", "1/1", false, policy.OfMembers), 3, 3, 0, "+++", resolution.ToAgree, resolution.Agreed, 3, 3},
		"more than all can never be": {variant("1/2", "1/1", true, policy.OfMembers), 3, 3, 0, "+++", resolution.ToAgree, resolution.Refused, 3, 4},
		"two thirds as quorum":       {variant("2/3", "1/2", true, policy.OfPresent), 9, 5, 0, "+++++", resolution.ToAgree, "", 5, 3},
		"all recused":                {national, 3, 3, 3, "", resolution.ToAgree, "", 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			roll := resolution.Roll{Members: roster(tc.members)}
			roll.Present = people(roll.Members)[:tc.present]
			if tc.recused == tc.members {
				roll.Recused = people(roll.Members)
			} else {
				roll.Recused = people(roll.Members)[1 : 1+tc.recused]
			}
			outcome, count := resolution.Tally(tc.rules, tc.proposal, voting(roll, choices(tc.votes)))
			if outcome != tc.want || count.Of != tc.of || count.Needed != tc.needed {
				t.Errorf("got %q, %d of %d; want %q, %d of %d", outcome, count.Needed, count.Of, tc.want, tc.needed, tc.of)
			}
		})
	}
}

func TestRules(t *testing.T) {
	p := &policy.Profile{}
	p.Decisions.Major.BodyKind, p.Decisions.Agreement.BodyKind = identity.Government, identity.Agency
	for decision, want := range map[string]identity.Kind{resolution.MajorDecision: identity.Government, resolution.Agreement: identity.Agency, "lunch": ""} {
		if rules, ok := resolution.Rules(p, decision); rules.BodyKind != want || ok != (want != "") {
			t.Errorf("%s: %v, %v", decision, rules.BodyKind, ok)
		}
	}
	if got := resolution.Step(resolution.MajorDecision); got != "vote:major-decision" {
		t.Errorf("step %q: it is stored data", got)
	}
}

// recount counts without looking at what Tally computed: people crossed off one list after the other, shares compared by multiplying.
func recount(rules policy.Decision, proposal resolution.Proposal, roll resolution.Roll) resolution.Outcome {
	entitled, present, inFavour, against := 0, 0, 0, 0
	for _, seat := range roll.Members {
		if !slices.Contains(roll.Recused, seat.Person) {
			entitled++
		}
	}
	for _, person := range roll.Present {
		if !slices.Contains(roll.Recused, person) {
			present++
		}
	}
	for _, v := range roll.Votes {
		if v.Vote == resolution.For {
			inFavour++
		}
		if v.Vote == resolution.Against {
			against++
		}
	}
	if present == 0 || present*rules.Quorum.Den < rules.Quorum.Num*entitled {
		return ""
	}
	base := map[policy.Base]int{policy.OfMembers: entitled, policy.OfPresent: present, policy.OfVotes: inFavour + against}[rules.Base]
	got, need := inFavour*rules.Threshold.Den, rules.Threshold.Num*base
	carried := inFavour > 0 && (got > need || got == need && !rules.MoreThan)
	switch {
	case carried:
		return map[resolution.Proposal]resolution.Outcome{
			resolution.ToAgree: resolution.Agreed, resolution.ToAmend: resolution.Amended, resolution.ToDefer: resolution.Deferred,
		}[proposal]
	case proposal == resolution.ToAgree:
		return resolution.Refused
	default:
		return ""
	}
}

func TestTallyEqualsAnIndependentRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, proposal, roll := anyRules().Draw(t, "rules"), proposals.Draw(t, "proposal"), anyRoll().Draw(t, "roll")
		outcome, count := resolution.Tally(rules, proposal, roll)
		if want := recount(rules, proposal, roll); outcome != want {
			t.Fatalf("outcome %q, recounted %q", outcome, want)
		}
		if count.For+count.Against+count.Abstain > count.Present || count.Present > count.Entitled || count.Entitled > count.Members {
			t.Fatalf("more voices than people: %+v", count)
		}
		if count.Carried != (count.Quorate && count.For >= count.Needed) {
			t.Fatalf("needed and carried disagree: %+v", count)
		}
	})
}

// What people without a voice put in must not move the count.
func TestTallyCountsNobodyElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, proposal, roll := anyRules().Draw(t, "rules"), proposals.Draw(t, "proposal"), anyRoll().Draw(t, "roll")
		outcome, count := resolution.Tally(rules, proposal, roll)
		intruders := append([]string{"stranger"}, roll.Recused...)
		for _, v := range roll.Votes {
			intruders = append(intruders, v.Person) // a second vote
		}
		for _, s := range roll.Members {
			if !slices.Contains(roll.Present, s.Person) {
				intruders = append(intruders, s.Person)
			}
		}
		stuffed := roll
		stuffed.Present = append(slices.Clone(roll.Present), "stranger")
		stuffed.Votes = slices.Clone(roll.Votes)
		for range rapid.IntRange(1, 5).Draw(t, "votes stuffed") {
			who := rapid.SampledFrom(intruders).Draw(t, "by")
			stuffed.Votes = append(stuffed.Votes, resolution.Vote{Person: who, Vote: resolution.For, Words: "+"})
		}
		if o, c := resolution.Tally(rules, proposal, stuffed); o != outcome || c != count {
			t.Fatalf("stuffed votes moved the count from %+v to %+v", count, c)
		}
	})
}
