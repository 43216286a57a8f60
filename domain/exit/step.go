package exit

import (
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Step is one step of the wind-down: what the profile demanded when the exit opened, and what has come of it.
type Step struct {
	policy.Source
	Code         string        `json:"code"`
	Title        text.Text     `json:"title"`
	By           string        `json:"by"` // policy.BySystem or policy.ByPeople
	Kind         identity.Kind `json:"kind,omitempty"`
	Role         identity.Role `json:"role,omitempty"`
	NeedsProof   bool          `json:"needs_proof,omitempty"`
	Irreversible bool          `json:"irreversible,omitempty"` // must not be undone once done
	Limit        *policy.Limit `json:"limit,omitempty"`

	After    []string `json:"after,omitempty"`    // codes of the steps that must be done before
	Optional bool     `json:"optional,omitempty"` // may have nothing to do

	State       StepState    `json:"state"`
	Task        string       `json:"task,omitempty"`
	DoneAt      *time.Time   `json:"done_at,omitempty"`
	DoneBy      *identity.By `json:"done_by,omitempty"`
	Proof       []string     `json:"proof,omitempty"`       // digests of attachments
	Certificate string       `json:"certificate,omitempty"` // number of a certificate, of deletion for one
	Accounts    []Line       `json:"accounts,omitempty"`    // the settlement
	Note        string       `json:"note,omitempty"`        // in words; for a step of the system, its result
	Nothing     bool         `json:"nothing,omitempty"`     // there was nothing to do; the note says why
	UndoneAt    *time.Time   `json:"undone_at,omitempty"`   // by reinstatement
}

// StepState is where a step stands.
type StepState string

// The states of a step.
const (
	StepPending StepState = "pending"
	StepOpen    StepState = "open"
	StepDone    StepState = "done"
)

// Codes of the profile's steps to which more belongs than a proof.
const (
	SettleAccounts = "settle-accounts" // comes with accounts that balance
	PublicNotice   = "public-notice"   // puts the exit into the public record

	ReportImportant = "report-important-data" // only where the authorisation holds important data (网络数据安全管理条例 Art. 32)
)

func stepsOf(rules policy.ExitRules) []Step {
	steps := make([]Step, 0, len(rules.Steps))
	for _, r := range rules.Steps {
		steps = append(steps, Step{
			Source: r.Source, Code: r.Code, Title: r.Title, By: r.By, Kind: r.Kind, Role: r.Role,
			NeedsProof: r.Proof, Irreversible: r.Irreversible, Limit: r.Limit, State: StepPending,
			After: r.After, Optional: r.Optional,
		})
	}
	return steps
}

// LimitName is the name of the time limit of the step, which runs while the step is open.
func (s Step) LimitName() string { return "step-" + s.Code }
