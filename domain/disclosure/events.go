package disclosure

import (
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// The events of a disclosure, beside those of limits.
type (
	// WasCalledFor opens the case, or adds an authorisation to it.
	WasCalledFor struct {
		Side   authorization.Side  `json:"side"`
		Year   int                 `json:"year"`
		Called Called              `json:"called"`
		Policy lifecycle.PolicyRef `json:"policy"`
	}
	// YearEnded says that the year to disclose is over.
	YearEnded struct{}
	// Compiled takes the records as they stand into the draft.
	Compiled struct {
		Content Content `json:"content"`
	}
	// Edited replaces what people enter.
	Edited struct {
		Entered Entered `json:"entered"`
	}
	// Handed hands the draft in for the check.
	Handed struct {
		Hash string `json:"hash"`
	}
	// WasReturned sends it back to who prepares it.
	WasReturned struct {
		Reason string `json:"reason"`
	}
	// WasPublished makes it public.
	WasPublished struct {
		Content Content     `json:"content"`
		Hash    string      `json:"hash"`
		Reason  string      `json:"reason,omitempty"` // of a correction, for the public
		By      identity.By `json:"prepared_by"`
	}
	// CorrectionBegun begins a correction; what is published stays.
	CorrectionBegun struct {
		Reason string `json:"reason"` // for the public
	}
	// CorrectionDropped ends it without one.
	CorrectionDropped struct{}
	// WasWithdrawn leaves a tombstone in its place.
	WasWithdrawn struct {
		Reason  string `json:"reason"`  // for the public
		Records string `json:"records"` // for the records alone
	}
	// WasChased says that it is late, once more.
	WasChased struct{}
)

// EventType implements lifecycle.Content.
func (WasCalledFor) EventType() string { return "disclosure-called-for" }

// EventType implements lifecycle.Content.
func (YearEnded) EventType() string { return "disclosure-year-ended" }

// EventType implements lifecycle.Content.
func (Compiled) EventType() string { return "disclosure-compiled" }

// EventType implements lifecycle.Content.
func (Edited) EventType() string { return "disclosure-edited" }

// EventType implements lifecycle.Content.
func (Handed) EventType() string { return "disclosure-submitted" }

// EventType implements lifecycle.Content.
func (WasReturned) EventType() string { return "disclosure-returned" }

// EventType implements lifecycle.Content.
func (WasPublished) EventType() string { return "disclosure-published" }

// EventType implements lifecycle.Content.
func (CorrectionBegun) EventType() string { return "disclosure-correction-begun" }

// EventType implements lifecycle.Content.
func (CorrectionDropped) EventType() string { return "disclosure-correction-dropped" }

// EventType implements lifecycle.Content.
func (WasWithdrawn) EventType() string { return "disclosure-withdrawn" }

// EventType implements lifecycle.Content.
func (WasChased) EventType() string { return "disclosure-chased" }
