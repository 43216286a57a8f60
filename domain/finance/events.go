package finance

import (
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// The events of prices and revenue, beside those of limits.
type (
	// Opened opens the case on the first day of operation.
	Opened struct {
		Call   authorization.AccountsCall `json:"call"`
		Policy lifecycle.PolicyRef        `json:"policy"`
	}
	// YearCompleted says that the first complete year of operation is over: an allowance can be fixed.
	YearCompleted struct{}
	// ReviewDue says that the years for which an allowance was fixed are over.
	ReviewDue struct{}
	// CostsHanded records the costs of a year; they take the place of those handed in before.
	CostsHanded struct {
		Costs Costs `json:"costs"`
	}
	// AllowanceProposed records the departments' decision, to be confirmed by a second person.
	AllowanceProposed struct {
		Fixed Fixed `json:"fixed"`
	}
	// AllowanceConfirmed puts it into force.
	AllowanceConfirmed struct{}
	// CeilingsChecked records whether ceilings stay within an allowance.
	CeilingsChecked struct {
		Check Check `json:"check"`
	}
	// StatementHanded hands in what a period took in.
	StatementHanded struct {
		Statement Statement `json:"statement"`
	}
	// StatementChecked accepts it.
	StatementChecked struct {
		Period Period `json:"period"`
	}
	// YearReckoned compares a year's income with its allowance. It takes the place of what was reckoned of the year before.
	YearReckoned struct {
		Year       Year        `json:"year"`
		Deductions []Deduction `json:"deductions,omitempty"`
	}
	// AdjustmentReported says what was done about a deviation.
	AdjustmentReported struct {
		Year int    `json:"year"`
		What string `json:"what"`
	}
	// YearReported records the report to the price and data departments.
	YearReported struct {
		Report Report `json:"report"`
	}
	// RuleProposed puts a distribution rule to the operator.
	RuleProposed struct {
		Rule Sharing `json:"rule"`
	}
	// RuleAgreed is the operator's yes.
	RuleAgreed struct{}
	// SettlementRun computes a settlement, to be approved by a second person.
	SettlementRun struct {
		Run Run `json:"run"`
	}
	// SettlementApproved posts it.
	SettlementApproved struct{}
	// WasPosted adds a payment or a counter-entry to the book.
	WasPosted struct {
		Posting Posting `json:"posting"`
	}
	// SentBack returns something to who prepared it.
	SentBack struct {
		What   What   `json:"what"`
		Period Period `json:"period,omitempty"`
		Reason string `json:"reason"`
	}
	// AuthorizationEnded begins the final settlement.
	AuthorizationEnded struct {
		On calendar.Date `json:"on"`
	}
	// AccountsClosed ends the case.
	AccountsClosed struct {
		Text string `json:"text"`
	}
)

// EventType implements lifecycle.Content.
func (Opened) EventType() string { return "finance-opened" }

// EventType implements lifecycle.Content.
func (YearCompleted) EventType() string { return "finance-year-completed" }

// EventType implements lifecycle.Content.
func (ReviewDue) EventType() string { return "finance-review-due" }

// EventType implements lifecycle.Content.
func (CostsHanded) EventType() string { return "finance-costs-handed-in" }

// EventType implements lifecycle.Content.
func (AllowanceProposed) EventType() string { return "finance-allowance-recorded" }

// EventType implements lifecycle.Content.
func (AllowanceConfirmed) EventType() string { return "finance-allowance-confirmed" }

// EventType implements lifecycle.Content.
func (CeilingsChecked) EventType() string { return "finance-ceilings-checked" }

// EventType implements lifecycle.Content.
func (StatementHanded) EventType() string { return "finance-statement-handed-in" }

// EventType implements lifecycle.Content.
func (StatementChecked) EventType() string { return "finance-statement-checked" }

// EventType implements lifecycle.Content.
func (YearReckoned) EventType() string { return "finance-year-reckoned" }

// EventType implements lifecycle.Content.
func (AdjustmentReported) EventType() string { return "finance-adjustment-reported" }

// EventType implements lifecycle.Content.
func (YearReported) EventType() string { return "finance-year-reported" }

// EventType implements lifecycle.Content.
func (RuleProposed) EventType() string { return "finance-rule-proposed" }

// EventType implements lifecycle.Content.
func (RuleAgreed) EventType() string { return "finance-rule-agreed" }

// EventType implements lifecycle.Content.
func (SettlementRun) EventType() string { return "finance-settlement-run" }

// EventType implements lifecycle.Content.
func (SettlementApproved) EventType() string { return "finance-settlement-approved" }

// EventType implements lifecycle.Content.
func (WasPosted) EventType() string { return "finance-posted" }

// EventType implements lifecycle.Content.
func (SentBack) EventType() string { return "finance-sent-back" }

// EventType implements lifecycle.Content.
func (AuthorizationEnded) EventType() string { return "finance-authorization-ended" }

// EventType implements lifecycle.Content.
func (AccountsClosed) EventType() string { return "finance-closed" }
