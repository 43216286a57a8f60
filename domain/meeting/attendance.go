package meeting

import (
	"cmp"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// The inputs on who is there.
type (
	// PersonInput names a member of the roster.
	PersonInput struct {
		Person string `json:"person,omitempty" maxLength:"100" doc:"a member; left out for oneself"`
	}
	// HearInput records an observer (列席) or invited expert and what he said.
	HearInput struct {
		Name     string   `json:"name" maxLength:"100"`
		Office   string   `json:"office" maxLength:"200"`
		Capacity Capacity `json:"capacity" enum:"observer,expert"`
		Item     int      `json:"item,omitempty" doc:"number of the item on which he spoke; left out when he only attended"`
		Words    string   `json:"words,omitempty" maxLength:"2000" doc:"required with an item"`
	}
)

const (
	maxHeard = 500
	maxName  = 100
)

// secretary reports whether the actor is a secretary of the body.
func (m *Meeting) secretary(a identity.Actor) bool { return m.holds(a, identity.Secretary) }

func (m *Meeting) holds(a identity.Actor, role identity.Role) bool {
	return slices.ContainsFunc(a.Grants, func(g identity.Grant) bool { return g.Organization == m.Body && g.Role == role })
}

func markPresent(m *Meeting, in PersonInput, env lifecycle.Env) (contents, refused) {
	s, r := m.marked(in, env)
	switch {
	case r != nil:
		return nil, r
	case s.Person != env.Actor.Person && !m.secretary(env.Actor):
		return nil, refusal.NotEntitled.With()
	case s.Present:
		return nil, refusal.AttendanceUnchanged.With()
	}
	return contents{MemberPresent{Person: s.Person}}, nil
}

func markAbsent(m *Meeting, in PersonInput, env lifecycle.Env) (contents, refused) {
	s, r := m.marked(in, env)
	switch {
	case r != nil:
		return nil, r
	case !s.Present:
		return nil, refusal.AttendanceUnchanged.With()
	}
	return contents{MemberAbsent{Person: s.Person}}, nil
}

// marked is the seat that an input names.
func (m *Meeting) marked(in PersonInput, env lifecycle.Env) (*Attendee, refused) {
	if s := m.seat(cmp.Or(in.Person, env.Actor.Person)); s != nil {
		return s, nil
	}
	code := refusal.UnknownReference
	if in.Person == "" {
		code = refusal.Required
	}
	return nil, refusal.InvalidFields([]refusal.Field{code.At("person")})
}

// mayMark reports whether the actor has anybody to mark present.
func mayMark(m *Meeting, env lifecycle.Env) bool {
	return slices.ContainsFunc(m.Roster, func(s Attendee) bool {
		return !s.Present && (s.Person == env.Actor.Person || m.secretary(env.Actor))
	})
}

func anyPresent(m *Meeting, _ lifecycle.Env) bool {
	return slices.ContainsFunc(m.Roster, func(s Attendee) bool { return s.Present })
}

func hear(m *Meeting, in HearInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("name", in.Name, maxName)
	f.Text("office", in.Office, maxTitle)
	refusal.Choice(&f, "capacity", in.Capacity, Observer, Expert)
	switch {
	case in.Item != 0:
		f.Unless(m.item(in.Item) != nil, refusal.UnknownReference.At("item"))
		f.Text("words", in.Words, resolution.MaxWords)
	case in.Words != "":
		f.Add(refusal.Required.At("item"))
	}
	f.Count("name", len(m.Heard)+1, maxHeard)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{Heard{Statement{Name: trim(in.Name), Office: trim(in.Office), Capacity: in.Capacity, Item: in.Item, Words: trim(in.Words)}}}, nil
}
