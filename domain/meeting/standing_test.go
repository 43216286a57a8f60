package meeting_test

import (
	"slices"
	"testing"

	"datacharter/domain/identity"
	"datacharter/domain/meeting"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// room is a meeting of a chair and four members on one item, all present, with the votes given.
func room(votes ...resolution.Vote) *meeting.Meeting {
	m := &meeting.Meeting{Items: []meeting.Item{{AgendaItem: meeting.AgendaItem{No: 1}, Question: &meeting.Question{Proposal: resolution.ToAgree}, Votes: votes}}}
	for _, person := range []string{"chair", "m1", "m2", "m3", "m4"} {
		role := identity.Member
		if person == "chair" {
			role = identity.Chair
		}
		m.Roster = append(m.Roster, meeting.Attendee{Person: person, Role: role, Present: true})
	}
	return m
}

func voice(person string, v resolution.Choice) resolution.Vote {
	role := identity.Member
	if person == "chair" {
		role = identity.Chair
	}
	return resolution.Vote{Person: person, Role: role, Vote: v}
}

func TestStanding(t *testing.T) {
	rules := policy.Decision{
		Quorum: policy.Fraction{Num: 1, Den: 2}, Threshold: policy.Fraction{Num: 1, Den: 2}, MoreThan: true, Base: policy.OfMembers, ChairLast: true,
	}
	for name, c := range map[string]struct {
		votes   []resolution.Vote
		missing []string
		toGo    int
		beyond  bool
		outcome resolution.Outcome
	}{
		"nobody yet":       {nil, []string{"m1", "m2", "m3", "m4", "chair"}, 3, false, resolution.Refused},
		"two for":          {[]resolution.Vote{voice("m1", resolution.For), voice("m2", resolution.For)}, []string{"m3", "m4", "chair"}, 1, false, resolution.Refused},
		"carried":          {[]resolution.Vote{voice("m1", resolution.For), voice("m2", resolution.For), voice("m3", resolution.For)}, []string{"m4", "chair"}, 0, false, resolution.Agreed},
		"beyond reach":     {[]resolution.Vote{voice("m1", resolution.Against), voice("m2", resolution.Against), voice("m3", resolution.Against)}, []string{"m4", "chair"}, 0, true, resolution.Refused},
		"chair has spoken": {[]resolution.Vote{voice("m1", resolution.For), voice("m2", resolution.For), voice("m3", resolution.For), voice("m4", resolution.Abstain), voice("chair", resolution.For)}, nil, 0, false, resolution.Agreed},
	} {
		s, ok := room(c.votes...).Standing(1, rules)
		if !ok || !slices.Equal(s.Missing, c.missing) || s.ToGo != c.toGo || s.Beyond != c.beyond || s.Outcome != c.outcome {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if _, ok := room().Standing(2, rules); ok {
		t.Error("an item that is not there stands somewhere")
	}
}

func TestOnAnItem(t *testing.T) {
	rules := policy.Decision{Quorum: policy.Fraction{Num: 1, Den: 2}, Threshold: policy.Fraction{Num: 1, Den: 2}, Base: policy.OfMembers, ChairLast: true}
	m := room(voice("m1", resolution.For))
	m.Items[0].Recused = []meeting.Recusal{{Person: "m2"}}
	for _, c := range []struct {
		command, person string
		want            string
	}{
		{"vote", "m1", refusal.VotedAlready.Name},
		{"vote", "m2", refusal.InterestDeclared.Name},
		{"vote", "m3", ""},
		{"vote", "chair", refusal.ChairSpeaksLast.Name},
		{"put-question", "chair", refusal.VotingBegun.Name},
		{"conclude", "chair", refusal.VotesMissing.Name},
		{"recuse", "m1", refusal.RecusedAlready.Name},
		{"recuse", "m3", ""},
		{"close", "chair", ""},
	} {
		got := ""
		if r := m.On(1, c.command, c.person, rules); r != nil {
			got = r.Code
		}
		if got != c.want {
			t.Errorf("%s by %s: %q, want %q", c.command, c.person, got, c.want)
		}
	}
	if r := m.On(9, "vote", "m3", rules); r == nil || r.Code != refusal.NotFoundHere.Name {
		t.Errorf("%+v", r)
	}
	if m.Barred(1, "m2") == "" || m.Barred(1, "m3") != "" || m.Barred(9, "m2") != "" {
		t.Error("who is barred")
	}
}
