package meeting

import (
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
)

// The events of a meeting. Their types are stored data: never rename one.
type (
	// Convened opens the case.
	Convened struct {
		Body     string              `json:"body"`
		BodyKind identity.Kind       `json:"body_kind"`
		Decision string              `json:"decision"`
		Policy   lifecycle.PolicyRef `json:"policy"` // of the first item's case, and of all others
		Agenda   Agenda              `json:"agenda"`
	}
	// AgendaAmended replaces the agenda.
	AgendaAmended struct {
		Agenda Agenda `json:"agenda"`
	}
	// Agenda is what members are told.
	Agenda struct {
		Title string       `json:"title"`
		Time  time.Time    `json:"time"`
		Place string       `json:"place"`
		Items []AgendaItem `json:"items"`
	}
	// CalledOff ends a meeting before it was held.
	CalledOff struct {
		Reason string `json:"reason"`
	}
	// Begun freezes roster and content.
	Begun struct {
		Roster []lifecycle.Seat `json:"roster"`
		Items  []BegunItem      `json:"items"`
	}
	// BegunItem is an item as frozen.
	BegunItem struct {
		No          int         `json:"no"`
		ContentHash string      `json:"content_hash"`
		Excluded    []Exclusion `json:"excluded,omitempty"`
	}
	// MemberPresent records that a member came.
	MemberPresent struct {
		Person string `json:"person"`
	}
	// MemberAbsent records that he left.
	MemberAbsent struct {
		Person string `json:"person"`
	}
	// Heard records an observer or expert and what he said.
	Heard struct {
		Statement
	}
	// MemberRecused takes a member off an item.
	MemberRecused struct {
		Item   int    `json:"item"`
		Person string `json:"person"`
		Nature string `json:"nature"`
	}
	// QuestionPut puts a question to the vote, in place of one on which nobody had voted.
	QuestionPut struct {
		Item       int                 `json:"item"`
		Proposal   resolution.Proposal `json:"proposal"`
		Directions string              `json:"directions,omitempty"`
		Reason     string              `json:"reason,omitempty"`
	}
	// VoteCast records a member's voice.
	VoteCast struct {
		Item int             `json:"item"`
		Vote resolution.Vote `json:"vote"`
	}
	// MotionLost ends a motion to amend or defer that was not carried; another question may be put.
	MotionLost struct {
		Item  int              `json:"item"`
		Count resolution.Count `json:"count"`
	}
	// ResolutionAdopted records what was decided on an item.
	ResolutionAdopted struct {
		Resolution resolution.Resolution `json:"resolution"`
		Hash       string                `json:"hash"`
	}
	// ItemDropped records that an item left the meeting without resolution.
	ItemDropped struct {
		Item int `json:"item"`
		Why  Why `json:"why"`
	}
	// Ended ends the sitting; the minutes are to be signed.
	Ended struct{}
	// QuorumMissed ends a meeting that missed its quorum.
	QuorumMissed struct{}
	// MinutesSigned is one signature under the minutes.
	MinutesSigned struct {
		As   Office `json:"as"`
		Hash string `json:"hash"`
	}
)

// EventType implements lifecycle.Content.
func (Convened) EventType() string { return "meeting-called" }

// EventType implements lifecycle.Content.
func (AgendaAmended) EventType() string { return "agenda-amended" }

// EventType implements lifecycle.Content.
func (CalledOff) EventType() string { return "meeting-cancelled" }

// EventType implements lifecycle.Content.
func (Begun) EventType() string { return "meeting-opened" }

// EventType implements lifecycle.Content.
func (MemberPresent) EventType() string { return "member-present" }

// EventType implements lifecycle.Content.
func (MemberAbsent) EventType() string { return "member-absent" }

// EventType implements lifecycle.Content.
func (Heard) EventType() string { return "statement-heard" }

// EventType implements lifecycle.Content.
func (MemberRecused) EventType() string { return "member-recused" }

// EventType implements lifecycle.Content.
func (QuestionPut) EventType() string { return "question-put" }

// EventType implements lifecycle.Content.
func (VoteCast) EventType() string { return "vote-cast" }

// EventType implements lifecycle.Content.
func (MotionLost) EventType() string { return "motion-lost" }

// EventType implements lifecycle.Content.
func (ResolutionAdopted) EventType() string { return "resolution-adopted" }

// EventType implements lifecycle.Content.
func (ItemDropped) EventType() string { return "item-dropped" }

// EventType implements lifecycle.Content.
func (Ended) EventType() string { return "meeting-closed" }

// EventType implements lifecycle.Content.
func (QuorumMissed) EventType() string { return "meeting-inquorate" }

// EventType implements lifecycle.Content.
func (MinutesSigned) EventType() string { return "minutes-signed" }
