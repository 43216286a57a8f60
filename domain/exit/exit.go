// Package exit is the case of one authorisation's exit: ground and notice, statement and defence, decision, service, wind-down.
//
// 27号 Art. 10 and 14 demand that plan and agreement provide for exit but lay down no procedure. The order here is the one courts
// expect of a unilateral termination (Administrative Penalty Law Art. 44–45 [seen-full]); figures and steps come from the profile.
package exit

import (
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Kind is the name of this kind of case.
const Kind lifecycle.Kind = "exit"

// Exit is the folded state of one exit.
type Exit struct {
	lifecycle.Header

	Authorization string            `json:"authorization"` // the case that it ends
	Request       Request           `json:"request"`
	Ground        policy.ExitGround `json:"ground"`
	Measures      []Measure         `json:"measures,omitempty"` // what was done before the decision, oldest first
	Defence       Defence           `json:"defence"`
	Decision      *Decision         `json:"decision,omitempty"`
	Service       *Service          `json:"service,omitempty"`
	Steps         []Step            `json:"steps"`
	Stop          *Stop             `json:"stop,omitempty"`
	Outcome       Outcome           `json:"outcome,omitempty"` // how it ended

	// What an exit in full has beside; an exit under an older profile has none of it.
	Way         *policy.ExitWay `json:"way,omitempty"`
	Intended    *Consequences   `json:"intended,omitempty"` // announced with the notice: the decision may not be graver
	Cures       []Cure          `json:"cures,omitempty"`
	Oral        *Oral           `json:"hearing,omitempty"` // 听证
	Resolutions []Resolved      `json:"resolutions,omitempty"`
	Reviews     []Review        `json:"reviews,omitempty"` // reconsiderations and suits, as they were noted
	Stay        *Stay           `json:"stay,omitempty"`    // in force
	Reinstated  *Reinstatement  `json:"reinstated,omitempty"`
	Duties      []Duty          `json:"duties,omitempty"` // that outlive the authorisation
	Ban         *Ban            `json:"ban,omitempty"`
	Listing     *Listing        `json:"blacklist,omitempty"`
	Related     []Related       `json:"related,omitempty"` // other open cases of the operator when notice was given
}

// MeasureName names what is done before the decision and undone when the exit is stopped.
type MeasureName string

// The measures.
const (
	Interim MeasureName = "interim" // access suspended while the exit is pending
	Notice  MeasureName = "notice"  // the operator told of ground, evidence and rights

	Closing   MeasureName = "closing"   // access closed by the wind-down, undone by reinstatement
	Delisting MeasureName = "delisting" // products delisted by it
)

// Measure is one thing done before the decision.
type Measure struct {
	Name     MeasureName `json:"name"`
	Result   string      `json:"result"`
	At       time.Time   `json:"at"`
	UndoneAt *time.Time  `json:"undone_at,omitempty"`
	Undone   string      `json:"undone,omitempty"` // what came of undoing it
}

// Defence is what the operator says before the decision.
type Defence struct {
	Statements []Statement `json:"statements,omitempty"`
	Waived     bool        `json:"waived,omitempty"`    // the rest of the period was waived
	ClosedAt   *time.Time  `json:"closed_at,omitempty"` // nil while the period runs, and on grounds without one
}

// Statement is one statement of the operator, point by point, so that each point can be answered.
type Statement struct {
	Points      []string    `json:"points"`
	Attachments []string    `json:"attachments,omitempty"`
	At          time.Time   `json:"at"`
	By          identity.By `json:"by"`
}

// Verdict is what the decider decides.
type Verdict string

// The verdicts.
const (
	Terminate Verdict = "terminate"
	Continue  Verdict = "continue" // the authorisation goes on
)

// Decision is the agency's decision.
type Decision struct {
	Verdict  Verdict     `json:"outcome"`
	Reasons  string      `json:"reasons"`
	Answers  []Answer    `json:"answers,omitempty"` // one to each point of the defence, in its order
	Remedies policy.Duty `json:"remedies"`          // what it tells the operator of reconsideration and suit
	At       time.Time   `json:"at"`
	By       identity.By `json:"by"`

	Money      policy.Money `json:"money,omitempty"`      // what the agency owes, in an exit in full
	BanMonths  int          `json:"ban_months,omitempty"` // no longer than was announced
	Harm       bool         `json:"harm,omitempty"`       // found: to end it would do great harm to the public interest
	Record     string       `json:"record,omitempty"`     // of the hearing on which it rests
	Resolution string       `json:"resolution,omitempty"` // of the meeting that it carries out
}

// Answer is the answer to one point of the defence.
type Answer struct {
	Accepted bool   `json:"accepted" doc:"whether the point is well founded"`
	Text     string `json:"text" maxLength:"4000"`
}

// Service is how the decision reached the operator; termination takes effect on its date.
type Service struct {
	Date  calendar.Date `json:"date"`
	How   string        `json:"how"`
	Proof string        `json:"proof"` // attachment
	By    identity.By   `json:"by"`
}

// Stop is an exit's being stopped before the decision.
type Stop struct {
	Reason string      `json:"reason"`
	At     time.Time   `json:"at"`
	By     identity.By `json:"by"`
}

// Outcome is how an exit ended.
type Outcome string

// The outcomes.
const (
	OutcomeStopped   Outcome = "stopped"   // by an administrator, before the decision
	OutcomeContinued Outcome = "continued" // by a decision that the authorisation goes on
	OutcomeClosed    Outcome = "closed"    // the authorisation is wound down

	OutcomeCured      Outcome = "cured"      // what was wrong was put right in time
	OutcomeReinstated Outcome = "reinstated" // after the decision was annulled or changed
)

// Machine is the state table made ready for use.
var Machine = table().Compile()

// ToUndo lists, newest first, what must still be undone while the exit is being stopped. In every other state that is nothing:
// once a termination is decided, or an expiry notified, nothing is undone.
func (c *Exit) ToUndo() []MeasureName {
	if c.State == Reinstating {
		return c.toReinstate()
	}
	if c.State != Stopping {
		return nil
	}
	var out []MeasureName
	for i := len(c.Measures) - 1; i >= 0; i-- {
		if c.Measures[i].UndoneAt == nil {
			out = append(out, c.Measures[i].Name)
		}
	}
	return out
}

// StepsLeft lists the steps of the wind-down still to be taken, in their order.
func (c *Exit) StepsLeft() []Step {
	var out []Step
	for _, s := range c.Steps {
		if s.State != StepDone {
			out = append(out, s)
		}
	}
	return out
}

func (c *Exit) measure(name MeasureName) *Measure {
	for i := range c.Measures {
		if c.Measures[i].Name == name {
			return &c.Measures[i]
		}
	}
	return nil
}

// step returns the step of the code, which is one of the case's: rules and events name no other.
func (c *Exit) step(code string) *Step {
	return &c.Steps[slices.IndexFunc(c.Steps, func(s Step) bool { return s.Code == code })]
}

// points lists all points of the defence, in the order in which they were stated.
func (c *Exit) points() []string {
	var out []string
	for _, s := range c.Defence.Statements {
		out = append(out, s.Points...)
	}
	return out
}

func (c *Exit) operator() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: c.Applicant}
}

func (c *Exit) agency(role identity.Role) lifecycle.Recipients {
	return lifecycle.Recipients{Organization: c.Agency, Role: role}
}

type contents = []lifecycle.Content

type refused = *refusal.Refusal
