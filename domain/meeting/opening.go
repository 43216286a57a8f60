package meeting

import (
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/text"
)

// Nothing is the input of commands that need none.
type Nothing struct{}

var dayHasCome = lifecycle.Guard[*Meeting]{
	Words: text.Text{ZH: "会议日期已到", EN: "the day of the meeting has come"},
	Check: func(m *Meeting, env lifecycle.Env) refused {
		if calendar.DateOf(env.Now).Before(calendar.DateOf(m.Time)) {
			return refusal.MeetingNotYet.With()
		}
		return nil
	},
}

// open freezes who decides and on what: from here on neither the roster nor the content on the agenda changes.
func open(m *Meeting, _ Nothing, env lifecycle.Env) (contents, refused) {
	seats := onePerPerson(env.Facts.Rosters[m.Body])
	if !resolution.Seated(seats) {
		return nil, refusal.RosterIncomplete.With()
	}
	begun := Begun{}
	for _, s := range seats {
		begun.Roster = append(begun.Roster, lifecycle.Seat{Person: s.Person, Role: s.Role})
	}
	var f refusal.Faults
	for n := range m.Items {
		i := &m.Items[n]
		c, ok := env.Facts.Cases[i.Case]
		if !ok {
			f.Add(refusal.UnknownReference.At(itemPath(n)))
			continue
		}
		h := c.Head()
		if r := h.Separate(env.Actor, ""); r != nil {
			return nil, r
		}
		if code := unfit(h, m.convened()); code != nil {
			f.Add(code.At(itemPath(n)))
			continue
		}
		if h.Pending.ContentHash != i.ContentHash {
			f.Add(refusal.ItemChanged.At(itemPath(n)))
			continue
		}
		begun.Items = append(begun.Items, BegunItem{No: i.No, ContentHash: i.ContentHash, Excluded: excluded(h, seats, m.Decision)})
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return append(contents{begun}, m.EndDeadlines()...), nil
}

// onePerPerson drops the secretaries, who have no voice, and the member's seat of somebody who is the chair too.
func onePerPerson(seats []lifecycle.Seat) []lifecycle.Seat {
	return slices.DeleteFunc(slices.Clone(seats), func(s lifecycle.Seat) bool {
		return s.Role == identity.Secretary || s.Role == identity.Member && slices.ContainsFunc(seats, func(t lifecycle.Seat) bool {
			return t.Person == s.Person && t.Role == identity.Chair
		})
	})
}

// excluded lists the members whom the separation of duty keeps from voting on a case.
func excluded(h *lifecycle.Header, seats []lifecycle.Seat, decision string) []Exclusion {
	var out []Exclusion
	for _, s := range seats {
		actor := identity.Actor{Person: s.Person}
		for _, o := range s.Organizations {
			actor.Grants = append(actor.Grants, identity.Grant{Organization: o})
		}
		if r := h.Separate(actor, resolution.Step(decision)); r != nil {
			out = append(out, Exclusion{Person: s.Person, Code: r.Code})
		}
	}
	return out
}
