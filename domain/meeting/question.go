package meeting

import (
	"cmp"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// The inputs on items.
type (
	// RecuseInput takes a member off an item for his interest.
	RecuseInput struct {
		Item   int    `json:"item" minimum:"1"`
		Person string `json:"person,omitempty" maxLength:"100" doc:"left out for oneself; the chair may require another member's recusal"`
		Nature string `json:"nature" maxLength:"2000" doc:"nature of the interest"`
	}
	// PutInput puts a question to the vote.
	PutInput struct {
		Item       int                 `json:"item" minimum:"1"`
		Proposal   resolution.Proposal `json:"proposal,omitempty" enum:"agree,amend,defer" default:"agree"`
		Directions string              `json:"directions,omitempty" maxLength:"4000" doc:"what is to be amended; required for amend"`
		Reason     string              `json:"reason,omitempty" maxLength:"4000" doc:"why it is deferred; required for defer"`
	}
)

// at checks that an input names an item of the agenda.
func (m *Meeting) at(no int) (*Item, refused) {
	if i := m.item(no); i != nil {
		return i, nil
	}
	return nil, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("item")})
}

// needsItem asks for the case of the item that an input names.
func (m *Meeting) needsItem(no int) lifecycle.Needs {
	if i := m.item(no); i != nil {
		return lifecycle.Needs{Cases: []string{i.Case}}
	}
	return lifecycle.Needs{}
}

// pending refuses what is said on an item whose case is not there to be decided any more, or from which the actor must stay away.
func (m *Meeting) pending(i *Item, step string, env lifecycle.Env) refused {
	if i.barred(env.Actor.Person) == recusedCode {
		return refusal.InterestDeclared.With()
	}
	if !m.waits(i, env.Facts) {
		return refusal.ItemNotPending.With()
	}
	return env.Facts.Cases[i.Case].Head().Separate(env.Actor, step)
}

// recuse takes a member off an item: himself, or at the chair's word another, but nobody whose vote is cast.
func recuse(m *Meeting, in RecuseInput, env lifecycle.Env) (contents, refused) {
	i, r := m.at(in.Item)
	if r != nil {
		return nil, r
	}
	person := cmp.Or(in.Person, env.Actor.Person)
	if m.seat(person) == nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.UnknownReference.At("person")})
	}
	switch {
	case person != env.Actor.Person && !m.chair(env.Actor.Person):
		return nil, refusal.NotEntitled.With()
	case !i.open():
		return nil, refusal.ItemClosed.With()
	case i.barred(person) == recusedCode:
		return nil, refusal.RecusedAlready.With()
	case i.voted(person):
		return nil, refusal.VotedAlready.With()
	}
	var f refusal.Faults
	f.Text("nature", in.Nature, resolution.MaxWords)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{MemberRecused{Item: i.No, Person: person, Nature: trim(in.Nature)}}, nil
}

func mayRecuse(m *Meeting, env lifecycle.Env) bool {
	return m.some(func(i *Item) refused {
		if !i.open() || !m.chair(env.Actor.Person) && (i.voted(env.Actor.Person) || i.barred(env.Actor.Person) == recusedCode) {
			return refusal.ItemClosed.With()
		}
		return nil
	})
}

func putQuestion(m *Meeting, in PutInput, env lifecycle.Env) (contents, refused) {
	i, r := m.at(in.Item)
	if r != nil {
		return nil, r
	}
	if r := m.mayPut(i); r != nil {
		return nil, r
	}
	if r := m.pending(i, "", env); r != nil {
		return nil, r
	}
	put := QuestionPut{Item: i.No, Proposal: cmp.Or(in.Proposal, resolution.ToAgree)}
	var f refusal.Faults
	refusal.Choice(&f, "proposal", put.Proposal, resolution.ToAgree, resolution.ToAmend, resolution.ToDefer)
	switch put.Proposal {
	case resolution.ToAmend:
		f.Text("directions", in.Directions, resolution.MaxText)
		put.Directions = trim(in.Directions)
	case resolution.ToDefer:
		f.Text("reason", in.Reason, resolution.MaxText)
		put.Reason = trim(in.Reason)
	case resolution.ToAgree:
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{put}, nil
}

func mayPutAny(m *Meeting, env lifecycle.Env) bool {
	return m.some(func(i *Item) refused {
		if i.barred(env.Actor.Person) == recusedCode {
			return refusal.InterestDeclared.With()
		}
		return m.mayPut(i)
	})
}
