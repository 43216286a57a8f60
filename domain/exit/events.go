package exit

import (
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// The events of an exit, beside those of tasks and time limits.
type (
	// ExitOpened opens the case with what the authorisation says of it and what the profile demands.
	ExitOpened struct {
		Authorization string              `json:"authorization"`
		Title         string              `json:"title"`
		Applicant     string              `json:"applicant"`
		Agency        string              `json:"agency"`
		Interests     []string            `json:"interests,omitempty"` // whoever declared one stays away from the exit too
		Policy        lifecycle.PolicyRef `json:"policy"`
		Request       Request             `json:"request"`
		Ground        policy.ExitGround   `json:"ground"`
		Steps         []Step              `json:"steps"`
		Way           *policy.ExitWay     `json:"way,omitempty"` // of an exit in full
	}
	// InterimNoted records that access was suspended for the time that the exit is pending.
	InterimNoted struct {
		Result string `json:"result"`
	}
	// NoticeServed tells the operator of the exit.
	NoticeServed struct {
		Result string          `json:"result"`
		State  lifecycle.State `json:"state"` // where the ground's procedure goes on

		Intended *Consequences      `json:"intended,omitempty"`
		Related  []Related          `json:"related,omitempty"`
		Dropped  []string           `json:"dropped,omitempty"` // codes of steps for which there is no occasion
		Pending  *lifecycle.Pending `json:"pending,omitempty"`
	}
	// DefenceStated records what the operator says.
	DefenceStated struct {
		Points      []string `json:"points"`
		Attachments []string `json:"attachments,omitempty"`
	}
	// DefenceClosed ends the period of statement and defence.
	DefenceClosed struct {
		Waived bool `json:"waived,omitempty"`

		State   lifecycle.State    `json:"state,omitempty"` // where an exit in full goes on; empty for the decision
		Pending *lifecycle.Pending `json:"pending,omitempty"`
	}
	// DecisionTaken is the agency's decision.
	DecisionTaken struct {
		Verdict  Verdict     `json:"outcome"`
		Reasons  string      `json:"reasons"`
		Answers  []Answer    `json:"answers,omitempty"`
		Remedies policy.Duty `json:"remedies"`

		Money      policy.Money `json:"money,omitempty"`
		BanMonths  int          `json:"ban_months,omitempty"`
		Harm       bool         `json:"harm,omitempty"`
		Record     string       `json:"record,omitempty"`
		Resolution string       `json:"resolution,omitempty"`
	}
	// DecisionServed records how the decision reached the operator.
	DecisionServed struct {
		Service Service `json:"service"`
		Ban     *Ban    `json:"ban,omitempty"`
	}
	// WindDownBegun is the point of no return: from here on steps are taken, none is undone.
	WindDownBegun struct{}
	// StepBegun says that a step is being taken, by whoever has the task when it is people's.
	StepBegun struct {
		Step string `json:"step"`
		Task string `json:"task,omitempty"`
	}
	// StepFinished records a step with its proof.
	StepFinished struct {
		Step        string   `json:"step"`
		Proof       []string `json:"proof,omitempty"`
		Certificate string   `json:"certificate,omitempty"`
		Accounts    []Line   `json:"accounts,omitempty"`
		Note        string   `json:"note,omitempty"`
		Nothing     bool     `json:"nothing,omitempty"`
	}
	// StopOrdered stops the exit; what was done is undone next.
	StopOrdered struct {
		Reason string `json:"reason"`
	}
	// MeasureUndone records that a measure was undone.
	MeasureUndone struct {
		Measure MeasureName `json:"measure"`
		Result  string      `json:"result"`
	}
	// ExitEnded closes the case.
	ExitEnded struct {
		Outcome Outcome `json:"outcome"`
	}
)

// EventType implements lifecycle.Content.
func (ExitOpened) EventType() string { return "exit-opened" }

// EventType implements lifecycle.Content.
func (InterimNoted) EventType() string { return "access-suspended" }

// EventType implements lifecycle.Content.
func (NoticeServed) EventType() string { return "notice-served" }

// EventType implements lifecycle.Content.
func (DefenceStated) EventType() string { return "defence-stated" }

// EventType implements lifecycle.Content.
func (DefenceClosed) EventType() string { return "defence-closed" }

// EventType implements lifecycle.Content.
func (DecisionTaken) EventType() string { return "decision-taken" }

// EventType implements lifecycle.Content.
func (DecisionServed) EventType() string { return "decision-served" }

// EventType implements lifecycle.Content.
func (WindDownBegun) EventType() string { return "wind-down-begun" }

// EventType implements lifecycle.Content.
func (StepBegun) EventType() string { return "step-begun" }

// EventType implements lifecycle.Content.
func (StepFinished) EventType() string { return "step-finished" }

// EventType implements lifecycle.Content.
func (StopOrdered) EventType() string { return "stop-ordered" }

// EventType implements lifecycle.Content.
func (MeasureUndone) EventType() string { return "measure-undone" }

// EventType implements lifecycle.Content.
func (ExitEnded) EventType() string { return "exit-ended" }
