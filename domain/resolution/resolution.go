// Package resolution is what a collective decision (三重一大) leaves behind: who decided what, on which content, with which votes.
// It counts votes and lets the case that receives a resolution check it without trusting anybody.
package resolution

import (
	"fmt"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// The collective decisions: by the government on the plan and on the authorisation, and by the agency's own mechanism on the agreement
// (27号 Art. 11, 13).
const (
	Plan          = "plan"
	MajorDecision = "major-decision"
	Agreement     = "agreement"
	Exit          = "exit" // by the agency's own mechanism, for the ways of exit whose rules ask for it
)

// Rules returns a profile's rules for a decision; ok is false for a decision there is not.
func Rules(p *policy.Profile, decision string) (rules policy.Decision, ok bool) {
	switch decision {
	case MajorDecision:
		return p.Decisions.Major, true
	case Agreement:
		return p.Decisions.Agreement, true
	case Exit:
		if p.Exit.Procedure == nil {
			return policy.Decision{}, false
		}
		return p.Exit.Procedure.Resolution, true
	case Plan:
		if p.Plan == nil {
			return policy.Decision{}, false
		}
		return p.Plan.Decision, true
	default:
		return policy.Decision{}, false
	}
}

// Step is the step that voting on a decision counts as in the item's case, for separation of duty.
func Step(decision string) string { return "vote:" + decision }

// Proposal is the question put to the vote.
type Proposal string

// The proposals.
const (
	ToAgree Proposal = "agree"
	ToAmend Proposal = "amend" // with directions; the content comes back amended
	ToDefer Proposal = "defer" // with a reason; the content may come back as it is
)

// Outcome is what was decided (同意 / 修改 / 暂缓 / 不同意).
type Outcome string

// The outcomes.
const (
	Agreed   Outcome = "agreed"
	Amended  Outcome = "amended"
	Deferred Outcome = "deferred"
	Refused  Outcome = "refused"
)

// Choice is one person's voice.
type Choice string

// The choices.
const (
	For     Choice = "for"
	Against Choice = "against"
	Abstain Choice = "abstain"
)

// Bounds of texts, in characters.
const (
	MaxWords = 2000 // of one vote
	MaxText  = 4000 // of directions and reasons
)

// Vote is one person's voice with his words; once cast it stands.
type Vote struct {
	Person string        `json:"person"`
	Role   identity.Role `json:"role"` // his seat: member or chair
	Vote   Choice        `json:"vote"`
	Words  string        `json:"words"`
}

// Roll is who could decide on an item and what they said.
type Roll struct {
	Members []lifecycle.Seat `json:"members"` // the roster as frozen at opening
	Present []string         `json:"present"` // recused among them too
	Recused []string         `json:"recused,omitempty"`
	Votes   []Vote           `json:"votes"` // in the order cast
}

// Resolution is the record of one decision on one item of a meeting. It is never changed.
type Resolution struct {
	ID          string              `json:"id"`
	Meeting     string              `json:"meeting"`
	Item        int                 `json:"item"`
	Body        string              `json:"body"` // organisation whose members decided
	BodyKind    identity.Kind       `json:"body_kind"`
	Decision    string              `json:"decision"`
	Case        string              `json:"case"`
	ContentHash string              `json:"content_hash"` // of exactly what was decided
	Policy      lifecycle.PolicyRef `json:"policy"`
	Proposal    Proposal            `json:"proposal"`
	Outcome     Outcome             `json:"outcome"`
	Directions  string              `json:"directions,omitempty"` // of an amendment
	Reason      string              `json:"reason,omitempty"`     // there for every refusal and deferral
	Roll
	Count     Count     `json:"count"`
	DecidedOn time.Time `json:"decided_on"` // UTC
}

// ID is the ID of the resolution on an item of a meeting: an item has one at most.
func ID(meeting string, item int) string { return fmt.Sprintf("%s.%d", meeting, item) }

// Hash identifies the resolution by its content.
func (r Resolution) Hash() string { return lifecycle.ContentHash(r) }
