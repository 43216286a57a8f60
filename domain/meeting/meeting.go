// Package meeting is the case of one collective decision (三重一大): a body's members meet, hear items and vote on them, the chair last.
// What they decide leaves as one resolution per item, and only that moves the item's case on.
package meeting

import (
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
)

// Kind is the name of this kind of case.
const Kind lifecycle.Kind = "meeting"

// Meeting is the folded state of one meeting.
type Meeting struct {
	lifecycle.Header

	Decision   string        `json:"decision"`
	BodyKind   identity.Kind `json:"body_kind"`
	Time       time.Time     `json:"time"` // it is called for
	Place      string        `json:"place"`
	Recorder   string        `json:"recorder,omitempty"` // the secretary who opened it
	Items      []Item        `json:"items"`
	Roster     []Attendee    `json:"roster,omitempty"` // frozen at opening
	Heard      []Statement   `json:"heard,omitempty"`
	Began      *time.Time    `json:"began,omitempty"`
	Ended      *time.Time    `json:"ended,omitempty"`
	Reason     string        `json:"reason,omitempty"` // why it was cancelled
	Signatures []Signature   `json:"signatures,omitempty"`
}

// Attendee is one seat of the roster with its presence.
type Attendee struct {
	Person  string        `json:"person"`
	Role    identity.Role `json:"role"`
	Present bool          `json:"present"` // now, or when the meeting ended
	Came    *time.Time    `json:"came,omitempty"`
	Left    *time.Time    `json:"left,omitempty"` // last, when he is not present any more
}

// Statement is what an observer (列席) or invited expert said, or that he was there.
type Statement struct {
	Name     string   `json:"name"`
	Office   string   `json:"office"`
	Capacity Capacity `json:"capacity"`
	Item     int      `json:"item,omitempty"` // 0 when he only attended
	Words    string   `json:"words,omitempty"`
}

// Capacity is why somebody without a vote attends.
type Capacity string

// The capacities.
const (
	Observer Capacity = "observer"
	Expert   Capacity = "expert"
)

// Item is one item of the agenda.
type Item struct {
	AgendaItem
	Excluded   []Exclusion            `json:"excluded,omitempty"`
	Recused    []Recusal              `json:"recused,omitempty"`
	Question   *Question              `json:"question,omitempty"` // before the meeting
	Votes      []resolution.Vote      `json:"votes,omitempty"`    // on that question, in the order cast
	Lost       []LostMotion           `json:"lost,omitempty"`
	Resolution *resolution.Resolution `json:"resolution,omitempty"`
	Dropped    Why                    `json:"dropped,omitempty"` // why it left the meeting without resolution
}

// AgendaItem is an item as members are told of it.
type AgendaItem struct {
	No          int            `json:"no"` // 1, 2 …
	Case        string         `json:"case"`
	Kind        lifecycle.Kind `json:"kind"`
	Title       string         `json:"title"`
	ContentHash string         `json:"content_hash"` // of what the case wants decided
}

// Exclusion is a member who cannot vote on an item, with the refusal code that says why. He leaves base and quorum.
type Exclusion struct {
	Person string `json:"person"`
	Code   string `json:"code"`
}

// Recusal is a member who stays away from an item for his interest. He leaves base and quorum.
type Recusal struct {
	Person string    `json:"person"`
	Nature string    `json:"nature"`
	By     string    `json:"by"` // himself, or the chair who required it
	At     time.Time `json:"at"`
}

// Question is what the members vote on.
type Question struct {
	Proposal   resolution.Proposal `json:"proposal"`
	Directions string              `json:"directions,omitempty"`
	Reason     string              `json:"reason,omitempty"`
	By         string              `json:"by"`
	At         time.Time           `json:"at"`
}

// LostMotion is a motion to amend or defer that was not carried; the item stayed open.
type LostMotion struct {
	Question Question          `json:"question"`
	Votes    []resolution.Vote `json:"votes"`
	Count    resolution.Count  `json:"count"`
}

// Why is why an item left a meeting without resolution.
type Why string

// The reasons.
const (
	NoQuorum  Why = "no-quorum"
	Lapsed    Why = "lapsed" // the case did not wait for this decision any more, or with other content
	Undecided Why = "undecided"
)

// Signature is one signature under the minutes.
type Signature struct {
	As     Office    `json:"as"`
	Person string    `json:"person"`
	Hash   string    `json:"hash"` // of the minutes
	At     time.Time `json:"at"`
}

// Office is in which office somebody signs.
type Office string

// The offices. A member signs in the chair's place when the chair never came.
const (
	AsChair     Office = "chair"
	AsMember    Office = "member"
	AsSecretary Office = "secretary"
)

// item returns the item with the number, or nil.
func (m *Meeting) item(no int) *Item {
	if no < 1 || no > len(m.Items) {
		return nil
	}
	return &m.Items[no-1]
}

// seat returns a person's seat, or nil.
func (m *Meeting) seat(person string) *Attendee {
	for i := range m.Roster {
		if m.Roster[i].Person == person {
			return &m.Roster[i]
		}
	}
	return nil
}

// chair reports whether the person has the chair's seat.
func (m *Meeting) chair(person string) bool {
	s := m.seat(person)
	return s != nil && s.Role == identity.Chair
}

// rules are the profile's rules for the decision that the meeting takes.
func (m *Meeting) rules(env lifecycle.Env) policy.Decision {
	rules, _ := resolution.Rules(env.Policy, m.Decision) // the decision was checked when the meeting was called
	return rules
}

// open reports whether an item still waits for a result.
func (i *Item) open() bool { return i.Resolution == nil && i.Dropped == "" }

// voted reports whether the person voted on the present question.
func (i *Item) voted(person string) bool {
	return slices.ContainsFunc(i.Votes, func(v resolution.Vote) bool { return v.Person == person })
}

// barred says by refusal code why a person has no voice on an item; empty when he has.
func (i *Item) barred(person string) string {
	for _, e := range i.Excluded {
		if e.Person == person {
			return e.Code
		}
	}
	for _, r := range i.Recused {
		if r.Person == person {
			return recusedCode
		}
	}
	return ""
}

// waits reports whether the item's case still waits for this decision on the content that is on the agenda.
func (m *Meeting) waits(i *Item, facts lifecycle.Facts) bool {
	c, ok := facts.Cases[i.Case]
	if !ok {
		return false
	}
	p := c.Head().Pending
	return p != nil && p.Decision == m.Decision && p.ContentHash == i.ContentHash
}
