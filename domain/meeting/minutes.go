package meeting

import (
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// Minutes are the record of a meeting that its chair and secretary sign (713号令 Art. 30, 33): all that was said and by whom, dissent named.
type Minutes struct {
	Meeting  string      `json:"meeting"`
	Body     string      `json:"body"`
	Title    string      `json:"title"`
	Decision string      `json:"decision"`
	Called   time.Time   `json:"called"` // the time it was called for
	Began    *time.Time  `json:"began"`
	Ended    *time.Time  `json:"ended"`
	Place    string      `json:"place"`
	Chair    string      `json:"chair"`
	Recorder string      `json:"recorder"`
	Present  []Attendee  `json:"present"` // at any time; who left has the time of it
	Absent   []Attendee  `json:"absent,omitempty"`
	Guests   []Statement `json:"guests,omitempty"` // observers and invited experts, each once
	Items    []Minute    `json:"items"`
}

// Minute is what the minutes say on one item.
type Minute struct {
	AgendaItem
	Excluded     []Exclusion            `json:"excluded,omitempty"`
	Recused      []Recusal              `json:"recused,omitempty"`
	Statements   []Statement            `json:"statements,omitempty"`
	Lost         []LostMotion           `json:"lost,omitempty"`
	Question     *Question              `json:"question,omitempty"`
	Opinions     []resolution.Vote      `json:"opinions,omitempty"`      // each member's, in the order given
	Dissent      []resolution.Vote      `json:"dissent,omitempty"`       // of them those against the result
	ChairDiffers bool                   `json:"chair_differs,omitempty"` // from the majority of the others; the chair's words say why
	Resolution   *resolution.Resolution `json:"resolution,omitempty"`
	Dropped      Why                    `json:"dropped,omitempty"`
}

// Minutes writes the minutes. They stay the same once the meeting has ended.
func (m *Meeting) Minutes() Minutes {
	out := Minutes{
		Meeting: m.ID, Body: m.Body, Title: m.Title, Decision: m.Decision, Called: m.Time, Began: m.Began, Ended: m.Ended,
		Place: m.Place, Recorder: m.Recorder,
	}
	for _, s := range m.Roster {
		if s.Role == identity.Chair {
			out.Chair = s.Person
		}
		if s.Came != nil {
			out.Present = append(out.Present, s)
		} else {
			out.Absent = append(out.Absent, s)
		}
	}
	met := map[Statement]bool{}
	for _, s := range m.Heard {
		guest := Statement{Name: s.Name, Office: s.Office, Capacity: s.Capacity}
		if !met[guest] {
			met[guest] = true
			out.Guests = append(out.Guests, guest)
		}
	}
	for n := range m.Items {
		out.Items = append(out.Items, m.minute(&m.Items[n]))
	}
	return out
}

func (m *Meeting) minute(i *Item) Minute {
	out := Minute{
		AgendaItem: i.AgendaItem, Excluded: i.Excluded, Recused: i.Recused, Lost: i.Lost, Question: i.Question,
		Opinions: i.Votes, Resolution: i.Resolution, Dropped: i.Dropped,
	}
	for _, s := range m.Heard {
		if s.Item == i.No {
			out.Statements = append(out.Statements, s)
		}
	}
	if i.Resolution == nil {
		return out
	}
	dissent := resolution.Against
	if i.Resolution.Outcome == resolution.Refused {
		dissent = resolution.For
	}
	for _, v := range i.Votes {
		if v.Vote == dissent {
			out.Dissent = append(out.Dissent, v)
		}
	}
	out.ChairDiffers = chairDiffers(i.Votes)
	return out
}

// chairDiffers reports whether the chair voted against what most of the others who took sides wanted (713号令 Art. 30).
func chairDiffers(votes []resolution.Vote) bool {
	lean, chair := 0, 0
	for _, v := range votes {
		side := 0
		switch v.Vote {
		case resolution.For:
			side = 1
		case resolution.Against:
			side = -1
		case resolution.Abstain:
		}
		if v.Role == identity.Chair {
			chair = side
		} else {
			lean += side
		}
	}
	return lean*chair < 0
}

// signMinutes signs once as chair and once as secretary, by two people. The chair's office signs for the chair: the chair of the roster,
// who has become chair since, or a member who was present when the chair never came.
func signMinutes(m *Meeting, _ Nothing, env lifecycle.Env) (contents, refused) {
	as, r := m.signs(env.Actor)
	if r != nil {
		return nil, r
	}
	return contents{MinutesSigned{As: as, Hash: lifecycle.ContentHash(m.Minutes())}}, nil
}

// signs says in which office the actor's signature is still missing.
func (m *Meeting) signs(a identity.Actor) (Office, refused) {
	entitled := false
	for _, as := range m.offices(a) {
		entitled = true
		if !m.signed(a.Person, as) {
			return as, nil
		}
	}
	if entitled {
		return "", refusal.MinutesSigned.With()
	}
	return "", refusal.NotEntitled.With()
}

// offices lists the offices in which a person may sign, the first before the next.
func (m *Meeting) offices(a identity.Actor) []Office {
	var out []Office
	if m.chair(a.Person) || m.holds(a, identity.Chair) {
		out = append(out, AsChair)
	}
	if m.secretary(a) {
		out = append(out, AsSecretary)
	}
	if s := m.seat(a.Person); s != nil && s.Came != nil && !m.chairCame() {
		out = append(out, AsMember)
	}
	return out
}

// signed reports whether the person has signed, or somebody in the office; a member signs in the chair's.
func (m *Meeting) signed(person string, as Office) bool {
	for _, s := range m.Signatures {
		if s.Person == person || (s.As == AsSecretary) == (as == AsSecretary) {
			return true
		}
	}
	return false
}

func (m *Meeting) chairCame() bool {
	return slices.ContainsFunc(m.Roster, func(s Attendee) bool { return s.Role == identity.Chair && s.Came != nil })
}

func mayMinute(m *Meeting, env lifecycle.Env) bool {
	_, r := m.signs(env.Actor)
	return r == nil
}
