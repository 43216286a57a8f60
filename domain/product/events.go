package product

import (
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
)

// The events of a product, beside those of tasks, limits, stages and regradings.
type (
	// Drafted opens the case as a draft.
	Drafted struct {
		Operator      string              `json:"operator"`
		Agency        string              `json:"agency"`
		Authorization string              `json:"authorization"`
		Policy        lifecycle.PolicyRef `json:"policy"`
		Content       Content             `json:"content"`
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
	// ReviewsReturned sends the product back to the operator.
	ReviewsReturned struct{}
	// TrialAsked says that all reviews passed, and that a trial comes before the offer.
	TrialAsked struct{}
	// TrialBegun begins it.
	TrialBegun struct {
		From        calendar.Date `json:"from"`
		Until       calendar.Date `json:"until"`
		Arrangement string        `json:"arrangement"`
	}
	// TrialOver says that its last day is over.
	TrialOver struct{}
	// TrialEnded says what came of it.
	TrialEnded struct {
		Result   TrialResult `json:"result"`
		Text     string      `json:"text"`
		Evidence []string    `json:"evidence,omitempty"`
	}
	// Admitted says that nothing stands in the way of the offer but, where State says so, its price.
	Admitted struct {
		State lifecycle.State `json:"state"`
	}
	// CeilingSet records the ceiling.
	CeilingSet struct {
		Tariff pricing.Tariff `json:"tariff"`
		Trial  bool           `json:"trial,omitempty"`
		Reason string         `json:"reason"`
	}
	// ChargeSet records the charge. State is empty unless it leads on.
	ChargeSet struct {
		Tariff    pricing.Tariff     `json:"tariff"`
		Discounts []pricing.Discount `json:"discounts,omitempty"`
		Reason    string             `json:"reason,omitempty"`
		Lowered   bool               `json:"lowered,omitempty"`
		State     lifecycle.State    `json:"state,omitempty"`
	}
	// PutOnOffer makes what was reviewed the version on offer.
	PutOnOffer struct {
		Hash string `json:"hash"`
	}
	// ChangeProposed begins a change of content.
	ChangeProposed struct {
		Reason string `json:"reason"`
	}
	// CameToNothing ends what is under way: the case, or only the change while a version is on offer.
	CameToNothing struct {
		Outcome string `json:"outcome"`
		Reason  string `json:"reason,omitempty"`
	}
	// TakenOff takes the product off offer for good.
	TakenOff struct {
		Side   Side   `json:"side"`
		Reason string `json:"reason,omitempty"`
	}
	// WentWithIt ends a product that was never on offer with its authorisation.
	WentWithIt struct{}
	// StandingNoted notes where the authorisation stands.
	StandingNoted struct {
		Back     bool                `json:"back,omitempty"` // on offer again, after the wind-down of the authorisation had taken it off
		Standing authorization.Stand `json:"standing"`
	}
)

// EventType implements lifecycle.Content.
func (Drafted) EventType() string { return "product-drafted" }

// EventType implements lifecycle.Content.
func (Edited) EventType() string { return "product-edited" }

// EventType implements lifecycle.Content.
func (DraftDeleted) EventType() string { return "product-draft-deleted" }

// EventType implements lifecycle.Content.
func (Handed) EventType() string { return "product-submitted" }

// EventType implements lifecycle.Content.
func (ReviewsReturned) EventType() string { return "product-returned" }

// EventType implements lifecycle.Content.
func (TrialAsked) EventType() string { return "product-trial-asked" }

// EventType implements lifecycle.Content.
func (TrialBegun) EventType() string { return "product-trial-begun" }

// EventType implements lifecycle.Content.
func (TrialOver) EventType() string { return "product-trial-over" }

// EventType implements lifecycle.Content.
func (TrialEnded) EventType() string { return "product-trial-ended" }

// EventType implements lifecycle.Content.
func (Admitted) EventType() string { return "product-admitted" }

// EventType implements lifecycle.Content.
func (CeilingSet) EventType() string { return "product-ceiling-set" }

// EventType implements lifecycle.Content.
func (ChargeSet) EventType() string { return "product-charge-set" }

// EventType implements lifecycle.Content.
func (PutOnOffer) EventType() string { return "product-put-on-offer" }

// EventType implements lifecycle.Content.
func (ChangeProposed) EventType() string { return "product-change-proposed" }

// EventType implements lifecycle.Content.
func (CameToNothing) EventType() string { return "product-came-to-nothing" }

// EventType implements lifecycle.Content.
func (TakenOff) EventType() string { return "product-taken-off" }

// EventType implements lifecycle.Content.
func (WentWithIt) EventType() string { return "product-lapsed" }

// EventType implements lifecycle.Content.
func (StandingNoted) EventType() string { return "product-standing-noted" }
