package meeting

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// VoteInput is one member's voice on an item.
type VoteInput struct {
	Item  int               `json:"item" minimum:"1"`
	Vote  resolution.Choice `json:"vote" enum:"for,against,abstain"`
	Words string            `json:"words" maxLength:"2000" doc:"the member's opinion, for the minutes"`
}

// vote takes a voice that the member's part in the item's case does not forbid: voting is one of its deciding steps.
func vote(m *Meeting, in VoteInput, env lifecycle.Env) (contents, refused) {
	i, r := m.at(in.Item)
	if r != nil {
		return nil, r
	}
	person := env.Actor.Person
	if r := m.mayVote(i, person, m.rules(env)); r != nil {
		return nil, r
	}
	if r := m.pending(i, resolution.Step(m.Decision), env); r != nil {
		return nil, r
	}
	var f refusal.Faults
	refusal.Choice(&f, "vote", in.Vote, resolution.For, resolution.Against, resolution.Abstain)
	f.Text("words", in.Words, resolution.MaxWords)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{VoteCast{Item: i.No, Vote: resolution.Vote{
		Person: person, Role: m.seat(person).Role, Vote: in.Vote, Words: trim(in.Words),
	}}}, nil
}

func mayVoteAny(m *Meeting, env lifecycle.Env) bool {
	return m.some(func(i *Item) refused { return m.mayVote(i, env.Actor.Person, m.rules(env)) })
}
