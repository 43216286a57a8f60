// Package product is the case of one data product or service (数据产品和服务): its content within the signed agreement, its security and business-compliance
// reviews, admission by trial where the profile asks for it, its ceiling and charge, its being on offer, its changes and its end (27号 Art. 14(3), 16, 19; 65号).
package product

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
)

// Kind is the name of this kind of case.
const Kind = authorization.ProductKind

// Product is the folded state of one product or service. The operator drafts it within its authorisation; the agency's people review it.
type Product struct {
	lifecycle.Header

	Authorization string              `json:"authorization"`    // on which it rests
	Drafted       Content             `json:"drafted"`          // as last edited; what is reviewed
	Change        *Change             `json:"change,omitempty"` // of the version on offer, while one is under way
	Submitted     *Submission         `json:"submitted,omitempty"`
	Round         int                 `json:"round"`              // of reviews, over all versions
	Stage         int                 `json:"stage"`              // of the present round
	Trial         *Trial              `json:"trial,omitempty"`    // under way or the last one
	Ceilings      []Ceiling           `json:"ceilings,omitempty"` // every one that was set, oldest first; the last one holds
	Charges       []Charge            `json:"charges,omitempty"`  // every one that was set, oldest first; the last one holds
	Versions      []Version           `json:"versions,omitempty"` // that are or were on offer, oldest first
	Listed        bool                `json:"listed"`             // the last version is on offer
	Withheld      bool                `json:"withheld,omitempty"` // taken off offer by the wind-down of its authorisation, which may still be reinstated
	Standing      authorization.Stand `json:"standing,omitempty"` // of the authorisation, as it told; empty while it told nothing
	Regraded      []regrading.Flag    `json:"regraded,omitempty"`
	Failures      []Failure           `json:"failures,omitempty"` // changes that came to nothing
	Closing       *Closing            `json:"closing,omitempty"`  // how it was delisted
	Outcome       string              `json:"outcome,omitempty"`  // how it closed
}

// Change is a change of content under way.
type Change struct {
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// Submission is the content as handed in for review.
type Submission struct {
	Hash string      `json:"hash"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Version is one version that is or was on offer.
type Version struct {
	No      int         `json:"no"` // 1, 2 …
	Hash    string      `json:"hash"`
	Content Content     `json:"content"`
	Reason  string      `json:"reason,omitempty"` // of a change
	Trial   *Trial      `json:"trial,omitempty"`  // by which it was admitted
	From    time.Time   `json:"from"`
	By      identity.By `json:"by"`
}

// Trial is admission by trial (试运行). Both days belong to it.
type Trial struct {
	From        calendar.Date `json:"from"`
	Until       calendar.Date `json:"until"`
	Arrangement string        `json:"arrangement"`
	Result      TrialResult   `json:"result,omitempty"` // empty while it is on
	Text        string        `json:"text,omitempty"`
	Evidence    []string      `json:"evidence,omitempty"`
	By          identity.By   `json:"by"` // who began it
	EndedBy     *identity.By  `json:"ended_by,omitempty"`
	EndedAt     *time.Time    `json:"ended_at,omitempty"`
}

// TrialResult is what came of a trial.
type TrialResult string

// The results.
const (
	TrialPassed TrialResult = "passed"
	TrialFailed TrialResult = "failed"
)

// Ceiling is the highest charge (上限收费标准, 65号 part 2), in yuan a unit.
type Ceiling struct {
	Tariff pricing.Tariff `json:"tariff"`
	Trial  bool           `json:"trial,omitempty"` // 试行收费标准: there is no complete year of operation yet (65号 part 4)
	Reason string         `json:"reason,omitempty"`
	By     identity.By    `json:"by"`
	At     time.Time      `json:"at"`
}

// Charge is what is charged (具体收费), in yuan a unit.
type Charge struct {
	Tariff    pricing.Tariff     `json:"tariff"`
	Discounts []pricing.Discount `json:"discounts,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	Lowered   bool               `json:"lowered,omitempty"` // with a ceiling that was set below it
	By        identity.By        `json:"by"`
	At        time.Time          `json:"at"`
}

// Failure is a change that came to nothing: the version on offer stays.
type Failure struct {
	Reason  string    `json:"reason"`
	Outcome string    `json:"outcome"`
	At      time.Time `json:"at"`
}

// Closing is who took the product off offer for good, and why.
type Closing struct {
	Side   Side        `json:"side"`
	Reason string      `json:"reason,omitempty"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// Side is whose act a delisting is.
type Side string

// The sides.
const (
	ByOperator      Side = "operator"
	ByAgency        Side = "agency"
	ByAuthorization Side = "authorization" // it ended, or its exit took every product off offer
)

// The outcomes of a product, and of a change that failed.
const (
	WasDeleted   = "deleted"
	WasWithdrawn = "withdrawn"
	WasRejected  = "rejected-in-review"
	WasLapsed    = "lapsed"
	WasDelisted  = "delisted"
)

// Machine is the state table made ready for use.
var Machine = table().Compile()

// Offer returns the version that is on offer, or was last; nil when none ever was.
func (p *Product) Offer() *Version {
	if len(p.Versions) == 0 {
		return nil
	}
	return &p.Versions[len(p.Versions)-1]
}

// Version returns the version of the number, or nil.
func (p *Product) Version(no int) *Version {
	if no < 1 || no > len(p.Versions) {
		return nil
	}
	return &p.Versions[no-1]
}

// Ceiling returns the ceiling that holds, or nil.
func (p *Product) Ceiling() *Ceiling {
	if len(p.Ceilings) == 0 {
		return nil
	}
	return &p.Ceilings[len(p.Ceilings)-1]
}

// Charge returns the charge that holds, or nil.
func (p *Product) Charge() *Charge {
	if len(p.Charges) == 0 {
		return nil
	}
	return &p.Charges[len(p.Charges)-1]
}

// Held reports whether the authorisation told that it is not in operation: what is on offer is marked, and nothing is put on offer meanwhile.
func (p *Product) Held() bool {
	return p.Standing != "" && p.Standing != authorization.StandsOperating
}

// free reports whether the product is free by its class.
func (p *Product) free() bool { return p.Drafted.Class == agreement.PublicBenefit }

func (p *Product) operators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: p.Applicant, Role: identity.Applicant}
}

func (p *Product) officers() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: p.Agency, Role: identity.CaseOfficer}
}

func (p *Product) administrators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: p.Agency, Role: identity.Administrator}
}

type (
	contents = []lifecycle.Content
	effects  = []lifecycle.Effect
	refused  = *refusal.Refusal
)
