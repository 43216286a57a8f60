// Package plan is the case of one implementation plan (实施方案): its twelve items, its reviews and public comment, the government's decision, filing and
// publication, the applications that it takes, and its changes (27号 Art. 8–11).
package plan

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/domain/resolution"
)

// Kind is the name of this kind of case.
const Kind lifecycle.Kind = "plan"

// Plan is the folded state of one implementation plan. The agency drafts it; a government decides.
type Plan struct {
	lifecycle.Header

	Drafted     Content          `json:"drafted"`          // as last edited; what is reviewed and decided
	Change      *Change          `json:"change,omitempty"` // of the version in force, while one is under way
	Submitted   *Submission      `json:"submitted,omitempty"`
	Round       int              `json:"round"`              // of reviews, over all versions
	Stage       int              `json:"stage"`              // of the present round
	Findings    []Finding        `json:"findings,omitempty"` // of the present round, beside the outcomes
	Comment     *Commenting      `json:"comment,omitempty"`  // the newest period of public comment
	Earlier     []Hearing        `json:"earlier,omitempty"`  // periods before it on what is under way, which was changed and put before the public again
	Resolutions []Resolved       `json:"resolutions,omitempty"`
	Versions    []Version        `json:"versions,omitempty"` // that were agreed, oldest first; the last one is in force
	Open        *Opening         `json:"open,omitempty"`     // while applications are taken
	Regraded    []regrading.Flag `json:"regraded,omitempty"`
	Failures    []Failure        `json:"failures,omitempty"` // what came to nothing
	Outcome     string           `json:"outcome,omitempty"`  // how it closed
}

// Change is a major change under way (27号 Art. 11).
type Change struct {
	Cancels bool        `json:"cancels,omitempty"` // the plan is to end
	Reason  string      `json:"reason"`
	By      identity.By `json:"by"`
	At      time.Time   `json:"at"`
}

// Submission is the content as handed in for review.
type Submission struct {
	Hash string      `json:"hash"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Version is one version of the plan that is or was in force.
type Version struct {
	No         int            `json:"no"` // 1, 2 …
	Hash       string         `json:"hash"`
	Content    Content        `json:"content"`
	Minor      bool           `json:"minor,omitempty"` // a change that needed no decision
	Reason     string         `json:"reason,omitempty"`
	Resolution string         `json:"resolution,omitempty"` // ID of the one that agreed to it
	From       time.Time      `json:"from"`
	By         identity.By    `json:"by"`
	Filing     *Filing        `json:"filing,omitempty"`
	Published  *calendar.Date `json:"published,omitempty"`
	Hearings   []Hearing      `json:"hearings,omitempty"` // what became of what the public said on it, and on ending the plan
}

// Filing is the filing (备案) with the provincial data department or the ministry's data organ (27号 Art. 11).
type Filing struct {
	On       calendar.Date `json:"on"`
	With     string        `json:"with"`
	Receipt  string        `json:"receipt"`
	Evidence []string      `json:"evidence,omitempty"`
	By       identity.By   `json:"by"`
}

// Resolved is a resolution as the case received it.
type Resolved struct {
	Hash       string                `json:"hash"`
	Resolution resolution.Resolution `json:"resolution"`
}

// Opening is since when and under which notice applications are taken.
type Opening struct {
	Notice string         `json:"notice"`
	Until  *calendar.Date `json:"until,omitempty"` // last day; nil until it is closed
	At     time.Time      `json:"at"`
	By     identity.By    `json:"by"`
}

// Failure is a major change that came to nothing: the version in force stays.
type Failure struct {
	Cancels bool      `json:"cancels,omitempty"`
	Reason  string    `json:"reason"`
	Outcome string    `json:"outcome"`
	At      time.Time `json:"at"`
}

// The outcomes of a plan, and of a change that failed.
const (
	WasDeleted   = "deleted"
	WasWithdrawn = "withdrawn"
	WasRejected  = "rejected-in-review"
	WasRefused   = "refused-by-vote"
	WasCancelled = "cancelled"
)

// Machine is the state table made ready for use.
var Machine = table().Compile()

// InForce returns the version in force; nil while there is none.
func (p *Plan) InForce() *Version {
	if len(p.Versions) == 0 || p.State == Ended {
		return nil
	}
	return &p.Versions[len(p.Versions)-1]
}

// Version returns the version of the number, or nil.
func (p *Plan) Version(no int) *Version {
	if no < 1 || no > len(p.Versions) {
		return nil
	}
	return &p.Versions[no-1]
}

func (p *Plan) planners() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: p.Agency, Role: identity.Planner}
}

func (p *Plan) administrators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: p.Agency, Role: identity.Administrator}
}

type contents = []lifecycle.Content

type refused = *refusal.Refusal
