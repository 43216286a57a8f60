package plan

import (
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// The events of a plan, beside those of tasks, limits, stages and regradings.
type (
	// Drafted opens the case as a draft.
	Drafted struct {
		Agency  string              `json:"agency"`
		Policy  lifecycle.PolicyRef `json:"policy"`
		Content Content             `json:"content"`
	}
	// Edited replaces the content.
	Edited struct {
		Content Content `json:"content"`
	}
	// DraftDeleted ends a draft.
	DraftDeleted struct{}
	// Handed hands the content in for review.
	Handed struct {
		Hash   string              `json:"hash"`
		Policy lifecycle.PolicyRef `json:"policy"`
	}
	// CommentBegun puts the content before the public.
	CommentBegun struct {
		From  calendar.Date `json:"from"`
		Until calendar.Date `json:"until"`
	}
	// Commented is what somebody said.
	Commented struct {
		No   int    `json:"no"`
		Name string `json:"name,omitempty"`
		Text string `json:"text"`
	}
	// CommentOver ends the period.
	CommentOver struct{}
	// Found is what a review found beside its outcome.
	Found struct {
		Finding Finding `json:"finding"`
	}
	// ReviewsPassed says that all stages passed: the plan is ready for decision on exactly this content.
	ReviewsPassed struct {
		Pending lifecycle.Pending `json:"pending"`
	}
	// ReviewsReturned sends the plan back to its planner.
	ReviewsReturned struct{}
	// ResolutionRecorded is the only event that moves a plan past the decision. State is empty when another event follows that says it.
	ResolutionRecorded struct {
		Resolution resolution.Resolution `json:"resolution"`
		Hash       string                `json:"hash"`
		State      lifecycle.State       `json:"state,omitempty"`
		Pending    *lifecycle.Pending    `json:"pending,omitempty"`
	}
	// CameInForce makes the content that was decided on the version in force.
	CameInForce struct {
		Resolution string `json:"resolution"`
	}
	// CameToNothing ends what is under way: the case, or only the change while a version is in force.
	CameToNothing struct {
		Outcome string `json:"outcome"`
		Reason  string `json:"reason,omitempty"`
	}
	// WasEnded ends the plan as decided.
	WasEnded struct {
		Reason string `json:"reason"`
	}
	// WasFiled records the filing.
	WasFiled struct {
		Filing Filing `json:"filing"`
	}
	// WasPublished makes the version in force public.
	WasPublished struct {
		On calendar.Date `json:"on"`
	}
	// Opened lets operators apply.
	Opened struct {
		Notice string         `json:"notice"`
		Until  *calendar.Date `json:"until,omitempty"`
	}
	// Closed ends that. Reason is empty when the day announced has passed, or a resource's grade stops it.
	Closed struct {
		Reason string `json:"reason,omitempty"`
	}
	// Amended is a minor change of the version in force.
	Amended struct {
		Content Content `json:"content"`
		Reason  string  `json:"reason"`
	}
	// ChangeProposed begins a major change.
	ChangeProposed struct {
		Reason  string `json:"reason"`
		Cancels bool   `json:"cancels,omitempty"`
	}
)

// EventType implements lifecycle.Content.
func (Drafted) EventType() string { return "plan-drafted" }

// EventType implements lifecycle.Content.
func (Edited) EventType() string { return "plan-edited" }

// EventType implements lifecycle.Content.
func (DraftDeleted) EventType() string { return "plan-draft-deleted" }

// EventType implements lifecycle.Content.
func (Handed) EventType() string { return "plan-submitted" }

// EventType implements lifecycle.Content.
func (CommentBegun) EventType() string { return "plan-comment-begun" }

// EventType implements lifecycle.Content.
func (Commented) EventType() string { return "plan-commented" }

// EventType implements lifecycle.Content.
func (CommentOver) EventType() string { return "plan-comment-over" }

// EventType implements lifecycle.Content.
func (Found) EventType() string { return "plan-review-found" }

// EventType implements lifecycle.Content.
func (ReviewsPassed) EventType() string { return "plan-reviews-passed" }

// EventType implements lifecycle.Content.
func (ReviewsReturned) EventType() string { return "plan-reviews-returned" }

// EventType implements lifecycle.Content.
func (ResolutionRecorded) EventType() string { return "plan-resolution-recorded" }

// EventType implements lifecycle.Content.
func (CameInForce) EventType() string { return "plan-in-force" }

// EventType implements lifecycle.Content.
func (CameToNothing) EventType() string { return "plan-came-to-nothing" }

// EventType implements lifecycle.Content.
func (WasEnded) EventType() string { return "plan-ended" }

// EventType implements lifecycle.Content.
func (WasFiled) EventType() string { return "plan-filed" }

// EventType implements lifecycle.Content.
func (WasPublished) EventType() string { return "plan-published" }

// EventType implements lifecycle.Content.
func (Opened) EventType() string { return "plan-applications-opened" }

// EventType implements lifecycle.Content.
func (Closed) EventType() string { return "plan-applications-closed" }

// EventType implements lifecycle.Content.
func (Amended) EventType() string { return "plan-amended" }

// EventType implements lifecycle.Content.
func (ChangeProposed) EventType() string { return "plan-change-proposed" }
