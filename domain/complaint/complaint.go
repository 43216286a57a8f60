// Package complaint is the case of a complaint or report 投诉举报 that anybody may lodge, by name or not, about an authorised operation (27号 Art. 21): it is accepted or
// refused, and answered, within limits, by people who have no part in what is complained of; whoever lodged it follows it by a number that he alone was given.
package complaint

import (
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Kind is the kind of case.
const Kind lifecycle.Kind = "complaint"

// Prefix begins the IDs of complaints.
const Prefix = "rep-"

// The phases, in order.
const (
	ReceivedPhase lifecycle.Phase = "received"
	HandlingPhase lifecycle.Phase = "handling"
	ClosedPhase   lifecycle.Phase = "closed"
)

// The states. They are stored data: never rename one.
const (
	Received lifecycle.State = "received"
	Accepted lifecycle.State = "accepted"
	Refused  lifecycle.State = "refused"
	Answered lifecycle.State = "answered"
)

// About is whom or what a complaint is about. It is stored: never rename one.
type About string

// What there is to complain about.
const (
	AboutOperator About = "operator" // the operator of an authorisation
	AboutAgency   About = "agency"   // its implementing agency, which then has no part in it
	AboutOther    About = "other"
)

// Outcome is what handling a complaint came to. It is stored: never rename one.
type Outcome string

// The outcomes.
const (
	Upheld     Outcome = "upheld"
	PartUpheld Outcome = "part-upheld"
	NotUpheld  Outcome = "not-upheld"
	PassedOn   Outcome = "passed-on" // to whom the answer says: another authority is competent
)

// Complaint is the folded state of one. Name and contact are personal data: handlers alone see the case (see store), and nothing that leaves it repeats them.
type Complaint struct {
	lifecycle.Header
	Authorization string     `json:"authorization,omitempty"` // in the public register; empty when it is about something else
	About         About      `json:"about"`
	Facts         string     `json:"facts"`
	Name          string     `json:"name,omitempty"`    // empty: anonymous
	Contact       string     `json:"contact,omitempty"` // empty: the answer is read with the number alone
	Acceptance    *Accepting `json:"acceptance,omitempty"`
	Refusal       *Reasoned  `json:"refusal,omitempty"`
	Answer        *Answer    `json:"answer,omitempty"`
	Chased        int        `json:"chased,omitempty"` // how often it was asked for after a limit ran out
	Secret        Secret     `json:"secret"`           // the part of the number that is not the case's ID
}

// Accepting is who accepted it.
type Accepting struct {
	By identity.By `json:"by"`
	At time.Time   `json:"at"`
}

// Reasoned is something done for a reason, which the complainant reads.
type Reasoned struct {
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// Answer is the answer, which the complainant reads.
type Answer struct {
	Outcome Outcome     `json:"outcome"`
	Text    string      `json:"text"`
	By      identity.By `json:"by"`
	At      time.Time   `json:"at"`
}

// Secret is what only the complainant was given: 128 random bits or more, as lower-case base32.
type Secret string

// Number is what a complaint is followed by: its ID alone, which handlers know and records mention, opens nothing.
func (c *Complaint) Number() string { return c.ID + "-" + string(c.Secret) }

// Split takes a number apart, as somebody typed it; false when it cannot be one.
func Split(number string) (id string, secret Secret, ok bool) {
	number = strings.ToLower(strings.TrimSpace(number))
	cut := strings.LastIndexByte(number, '-')
	if !strings.HasPrefix(number, Prefix) || cut <= len(Prefix) {
		return "", "", false
	}
	return number[:cut], Secret(number[cut+1:]), true
}

// Opens reports whether the secret is that of the complaint, in a time that does not depend on where they differ.
func (c *Complaint) Opens(secret Secret) bool {
	return c.Secret != "" && subtle.ConstantTimeCompare([]byte(c.Secret), []byte(secret)) == 1
}

// Standing is all that whoever has the number learns of a complaint.
type Standing struct {
	State      lifecycle.State `json:"state" enum:"received,accepted,refused,answered"`
	StateWords text.Text       `json:"state_words"`
	LodgedAt   time.Time       `json:"lodged_at"`
	AcceptedAt *time.Time      `json:"accepted_at,omitempty"`
	ClosedAt   *time.Time      `json:"closed_at,omitempty"`
	Limits     []Limit         `json:"limits" nullable:"false" doc:"the time limits so far, the oldest first"`
	Reason     string          `json:"reason,omitempty" doc:"why it was refused"`
	Outcome    Outcome         `json:"outcome,omitempty" enum:"upheld,part-upheld,not-upheld,passed-on"`
	Answer     string          `json:"answer,omitempty"`
}

// Limit is a time limit as the complainant sees it.
type Limit struct {
	Name  string        `json:"name"`
	Due   calendar.Date `json:"due" format:"date" doc:"the last day"`
	State string        `json:"state" enum:"running,passed,met"`
	Rule  text.Text     `json:"rule"`
}

// Standing tells where the complaint stands.
func (c *Complaint) Standing() Standing {
	s := Standing{State: c.State, StateWords: Machine.State(c.State).Words, LodgedAt: c.OpenedAt, ClosedAt: c.ClosedAt, Limits: []Limit{}}
	if c.Acceptance != nil {
		s.AcceptedAt = &c.Acceptance.At
	}
	if c.Refusal != nil {
		s.Reason = c.Refusal.Reason
	}
	if c.Answer != nil {
		s.Outcome, s.Answer = c.Answer.Outcome, c.Answer.Text
	}
	for _, d := range c.Deadlines {
		if d.Name == chase {
			continue // between those who handle it
		}
		state := "running"
		switch {
		case d.Passed:
			state = "passed"
		case d.Ended:
			state = "met"
		}
		s.Limits = append(s.Limits, Limit{Name: d.Name, Due: d.Due.On, State: state, Rule: d.Rule})
	}
	return s
}

// HandledBy reports whether an actor may handle the complaint at all: an auditor, or a case officer of the agency where it handles it, and nobody of the organisation
// that is complained of.
func (c *Complaint) HandledBy(actor identity.Actor) bool {
	return !actor.In(c.Against) && slices.ContainsFunc(actor.Grants, func(g identity.Grant) bool {
		return g.Role == identity.Auditor || g.Role == identity.CaseOfficer && c.Agency != "" && g.Organization == c.Agency
	})
}

// Machine is the state table made ready for use.
var Machine = table().Compile()

func say(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

type (
	contents = []lifecycle.Content
	effects  = []lifecycle.Effect
)

var supervisors = lifecycle.Recipients{Kind: identity.Supervisor, Role: identity.Auditor}

// handlers are asked to act in the first place: the agency's officers where they may, else the supervisors.
func (c *Complaint) handlers() lifecycle.Recipients {
	if c.Agency == "" {
		return supervisors
	}
	return lifecycle.Recipients{Organization: c.Agency, Role: identity.CaseOfficer}
}
