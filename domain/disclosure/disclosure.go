// Package disclosure is the case of one organisation's yearly disclosure of authorised operation (年度授权运营信息披露): what an implementing agency, or an
// operator, tells the public by the end of March of the year before – compiled from the records, checked, published, corrected with its history, and
// withdrawn with a tombstone (27号 Art. 18–19; notice of February 2026).
package disclosure

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Kind is the name of this kind of case.
const Kind = authorization.DisclosureKind

// Disclosure is the folded state of one yearly disclosure.
type Disclosure struct {
	lifecycle.Header

	Side           authorization.Side `json:"side"`
	Year           int                `json:"year"` // that is disclosed
	Authorizations []Called           `json:"authorizations"`
	Drafted        *Content           `json:"drafted,omitempty"`    // as last compiled and edited
	Preparers      []string           `json:"preparers,omitempty"`  // people who compiled, edited or submitted what is drafted
	Submitted      *Submission        `json:"submitted,omitempty"`  // what waits for the check
	Returned       *Reasoned          `json:"returned,omitempty"`   // why the check sent it back last
	Correction     *Reasoned          `json:"correction,omitempty"` // of what is published, while one is under way
	Versions       []Version          `json:"versions,omitempty"`   // that were published, the oldest first
	Withdrawn      *Reasoned          `json:"withdrawn,omitempty"`  // the last version is withdrawn
	Chased         int                `json:"chased,omitempty"`     // times that it was asked for after its limit
}

// Called is an authorisation that is among what is disclosed, with its two parties.
type Called struct {
	Authorization string `json:"authorization"`
	Agency        string `json:"agency"`
	Operator      string `json:"operator"`
}

// Submission is a draft as handed in for the check.
type Submission struct {
	Hash string      `json:"hash"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Reasoned is something done for a reason.
type Reasoned struct {
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// Version is one version as published.
type Version struct {
	No        int         `json:"no"` // 1, 2 …
	Content   Content     `json:"content"`
	Hash      string      `json:"hash"`
	Reason    string      `json:"reason,omitempty"` // of a correction
	Prepared  identity.By `json:"prepared"`
	Checked   identity.By `json:"checked"`
	At        time.Time   `json:"at"`
	Withdrawn *Reasoned   `json:"withdrawn,omitempty"`
}

// Machine is the state table made ready for use.
var Machine = table().Compile()

// Organization is whose disclosure it is.
func (d *Disclosure) Organization() string {
	if d.Side == authorization.AgencySide {
		return d.Agency
	}
	return d.Applicant
}

// Published is the version that the public reads; nil while there is none.
func (d *Disclosure) Published() *Version {
	if len(d.Versions) == 0 || d.Withdrawn != nil {
		return nil
	}
	return &d.Versions[len(d.Versions)-1]
}

// preparers are who prepares the disclosure.
func (d *Disclosure) preparers() lifecycle.Recipients {
	if d.Side == authorization.AgencySide {
		return lifecycle.Recipients{Organization: d.Agency, Role: identity.CaseOfficer}
	}
	return lifecycle.Recipients{Organization: d.Applicant, Role: identity.Applicant}
}

// checkers are who checks it, beside other preparers.
func (d *Disclosure) checkers() lifecycle.Recipients {
	if d.Side == authorization.AgencySide {
		return lifecycle.Recipients{Organization: d.Agency, Role: identity.Administrator}
	}
	return lifecycle.Recipients{Organization: d.Applicant, Role: identity.OperatorSignatory}
}

// supervisors guide and supervise disclosure (notice of February 2026).
var supervisors = lifecycle.Recipients{Kind: identity.Supervisor, Role: identity.Auditor}

type (
	contents = []lifecycle.Content
	effects  = []lifecycle.Effect
	refused  = *refusal.Refusal
)
