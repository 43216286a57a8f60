package registration

import (
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// The events of a registration, beside those of tasks and time limits.
type (
	// Drafted opens the case as a draft.
	Drafted struct {
		Registrant string              `json:"registrant"`
		Policy     lifecycle.PolicyRef `json:"policy"`
		Content    Application         `json:"content"`
	}
	// Edited replaces the application's content.
	Edited struct {
		For     string      `json:"for,omitempty"` // the registrant, when its agent acted
		Content Application `json:"content"`
	}
	// DraftDeleted ends a draft.
	DraftDeleted struct {
		For string `json:"for,omitempty"` // the registrant, when its agent acted
	}
	// Applied begins a procedure: an application of one type reaches the registry.
	Applied struct {
		For     string              `json:"for,omitempty"` // the registrant, when its agent acted
		Type    Type                `json:"type"`
		Request Request             `json:"request,omitzero"`
		Content *Submission         `json:"content,omitempty"`
		Late    bool                `json:"late,omitempty"`
		Policy  lifecycle.PolicyRef `json:"policy"`
	}
	// Resubmitted hands a returned application in again.
	Resubmitted struct {
		For         string      `json:"for,omitempty"` // the registrant, when its agent acted
		Content     *Submission `json:"content,omitempty"`
		Late        bool        `json:"late,omitempty"`
		Statement   string      `json:"statement,omitempty"`
		Attachments []string    `json:"attachments,omitempty"`
	}
	// ReturnedIncomplete sends an application back with all that is missing.
	ReturnedIncomplete struct {
		Missing []Missing `json:"missing"`
	}
	// Accepted ends the check of an application.
	Accepted struct {
		State lifecycle.State `json:"state"` // of the step that is next
	}
	// DelayExplained tells the registrant why the formal review takes longer (26号 Art. 11).
	DelayExplained struct {
		Reason string `json:"reason"`
	}
	// ReviewPassed ends the formal review.
	ReviewPassed struct {
		Opinion string `json:"opinion,omitempty"`
	}
	// NoticeBegun puts a registration before the public.
	NoticeBegun struct {
		Notice Notice `json:"notice"`
	}
	// Objected raises an objection.
	Objected struct {
		No        int      `json:"no"`
		Name      string   `json:"name"`
		Statement string   `json:"statement"`
		Evidence  []string `json:"evidence"`
		Lodged    bool     `json:"lodged,omitempty"`
		Task      string   `json:"task"`
	}
	// ObjectionAnswered ends the re-check of an objection.
	ObjectionAnswered struct {
		No      int    `json:"no"`
		Upheld  bool   `json:"upheld,omitempty"`
		Reasons string `json:"reasons"`
	}
	// NoticeOver ends a notice: it was undisputed, or its objections are still being re-checked.
	NoticeOver struct {
		State lifecycle.State `json:"state"`
	}
	// Coded registers.
	Coded struct {
		Code         string        `json:"code"`
		Confirmation string        `json:"confirmation"`
		On           calendar.Date `json:"on"`
		Valid        Validity      `json:"valid"`
	}
	// Done ends a procedure on a valid registration with what was asked for.
	Done struct {
		Valid *Validity `json:"valid,omitempty"` // as renewed
	}
	// Failed ends a procedure without what was asked for.
	Failed struct {
		For     string `json:"for,omitempty"` // the registrant, when its agent acted
		Result  Result `json:"result"`
		Reasons string `json:"reasons,omitempty"`
	}
	// CorrectionConsented is the registrant's consent to what somebody else wants corrected.
	CorrectionConsented struct {
		For string `json:"for,omitempty"` // the registrant, when its agent acted
	}
	// MandateWithdrawn ends what the registrant's agent may do.
	MandateWithdrawn struct {
		Agent string `json:"agent"`
	}
	// JointConfirmed is a joint registrant's agreement to the application as it stands.
	JointConfirmed struct {
		Hash string `json:"hash"`
	}
	// WindowOpened lets renewal be applied for.
	WindowOpened struct{}
	// MisconductFound puts misconduct on record.
	MisconductFound struct {
		No       int      `json:"no"`
		Of       Side     `json:"of"`
		Ground   string   `json:"ground"`
		Measure  string   `json:"measure,omitempty"`
		Facts    string   `json:"facts"`
		Evidence []string `json:"evidence"`
	}
	// WasClosed ends a registration.
	WasClosed struct {
		Outcome Outcome `json:"outcome"`
		Ground  string  `json:"ground,omitempty"`
		Reasons string  `json:"reasons,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (Drafted) EventType() string { return "registration-drafted" }

// EventType implements lifecycle.Content.
func (Edited) EventType() string { return "registration-edited" }

// EventType implements lifecycle.Content.
func (DraftDeleted) EventType() string { return "registration-draft-deleted" }

// EventType implements lifecycle.Content.
func (Applied) EventType() string { return "registration-applied" }

// EventType implements lifecycle.Content.
func (Resubmitted) EventType() string { return "registration-resubmitted" }

// EventType implements lifecycle.Content.
func (ReturnedIncomplete) EventType() string { return "registration-returned" }

// EventType implements lifecycle.Content.
func (Accepted) EventType() string { return "registration-accepted" }

// EventType implements lifecycle.Content.
func (DelayExplained) EventType() string { return "registration-delay-explained" }

// EventType implements lifecycle.Content.
func (ReviewPassed) EventType() string { return "registration-review-passed" }

// EventType implements lifecycle.Content.
func (NoticeBegun) EventType() string { return "registration-notice-begun" }

// EventType implements lifecycle.Content.
func (Objected) EventType() string { return "registration-objected" }

// EventType implements lifecycle.Content.
func (ObjectionAnswered) EventType() string { return "registration-objection-answered" }

// EventType implements lifecycle.Content.
func (NoticeOver) EventType() string { return "registration-notice-over" }

// EventType implements lifecycle.Content.
func (Coded) EventType() string { return "registration-coded" }

// EventType implements lifecycle.Content.
func (Done) EventType() string { return "registration-procedure-done" }

// EventType implements lifecycle.Content.
func (Failed) EventType() string { return "registration-procedure-failed" }

// EventType implements lifecycle.Content.
func (CorrectionConsented) EventType() string { return "registration-correction-consented" }

// EventType implements lifecycle.Content.
func (WindowOpened) EventType() string { return "registration-renewal-window-opened" }

// EventType implements lifecycle.Content.
func (MisconductFound) EventType() string { return "registration-misconduct-found" }

// EventType implements lifecycle.Content.
func (WasClosed) EventType() string { return "registration-closed" }

// EventType implements lifecycle.Content.
func (MandateWithdrawn) EventType() string { return "registration-mandate-withdrawn" }

// EventType implements lifecycle.Content.
func (JointConfirmed) EventType() string { return "registration-joint-confirmed" }
