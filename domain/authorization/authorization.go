// Package authorization is the case of one authorised operation, from application to closing: its content, its state table and its events.
package authorization

import (
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/domain/resolution"
)

// Kind is the name of this kind of case.
const Kind lifecycle.Kind = "authorization"

// Authorization is the folded state of one authorisation.
type Authorization struct {
	lifecycle.Header

	Application Application  `json:"application"` // as last edited
	Submissions []Submission `json:"submissions,omitempty"`
	Returns     int          `json:"returns"` // times the agency returned it for completion
	Missing     []Missing    `json:"missing,omitempty"`
	Round       int          `json:"round"` // of reviews: 1, 2 … after each return
	Stage       int          `json:"stage"` // of the present round
	Refused     *Reasons     `json:"refused,omitempty"`
	Questions   []Question   `json:"questions,omitempty"` // put to the applicant
	Resolutions []Resolved   `json:"resolutions,omitempty"`
	Versions    []Version    `json:"agreement_versions,omitempty"`
	Signatures  []Signature  `json:"signatures,omitempty"`
	Filing      *Filing      `json:"filing,omitempty"`
	Started     *time.Time   `json:"started,omitempty"`
	Access      Access       `json:"access,omitempty"`
	Products    []Product    `json:"products,omitempty"`

	ProductsByCase bool             `json:"products_by_case,omitempty"` // its products and services are cases of their own
	ProductCases   []ProductCase    `json:"product_cases,omitempty"`    // those that were handed in
	Registrations  []OnRecord       `json:"registrations,omitempty"`    // in force
	Regraded       []regrading.Flag `json:"regraded,omitempty"`         // resources that lack something by their present grade
	Reports        []Report         `json:"reports,omitempty"`
	DisclosureYear int              `json:"disclosure_year,omitempty"` // newest year whose disclosures it called for
	Accounts       bool             `json:"accounts,omitempty"`        // it has a case of its prices and revenue
	Suspension     *Suspension      `json:"suspension,omitempty"`      // the one in force
	Incidents      []Incident       `json:"incidents,omitempty"`       // emergency suspensions, the oldest first: a mark that stays
	Findings       []FindingKnown   `json:"findings,omitempty"`        // of supervision, the oldest first; nothing of them is public
	Inspections    []Inspection     `json:"inspections,omitempty"`     // the oldest first; nothing of them is public
	Evaluations    []Evaluation     `json:"evaluations,omitempty"`     // yearly, as they were scored; only the last can be open
	Audits         []Audit          `json:"audits,omitempty"`          // yearly, as they were handed in
	Affiliates     []Affiliates     `json:"affiliates,omitempty"`      // of the operator, one list of each organisation that listed any; nothing of them is public
	Renewal        *Renewal         `json:"renewal,omitempty"`
	Proposal       *Proposal        `json:"exit_proposal,omitempty"` // exit by agreement, awaiting the other side
	Exits          []exit.Request   `json:"exits,omitempty"`
	Before         lifecycle.State  `json:"before_exit,omitempty"` // the state to return to when the exit is stopped
	Outcome        string           `json:"outcome,omitempty"`     // how it closed
	Ended          *Ending          `json:"ended,omitempty"`       // by which exit
}

// Ending is how and when an exit ended the authorisation.
type Ending struct {
	Way       string         `json:"way"`                 // code of one of policy.Ways
	Effective *calendar.Date `json:"effective,omitempty"` // day of service of a decision to terminate
	At        time.Time      `json:"at"`
}

// Submission is one version of the application as handed in.
type Submission struct {
	No      int                `json:"no"`
	Hash    string             `json:"hash"`
	Content Application        `json:"content"`
	Plan    *plan.Ref          `json:"plan,omitempty"`    // version that it rests on; nil under a profile older than plans as cases
	Changes []lifecycle.Change `json:"changes,omitempty"` // against the one before
	At      time.Time          `json:"at"`
	By      identity.By        `json:"by"`
}

// Missing is one item that the agency found missing or wrong (一次性告知).
type Missing struct {
	Path string `json:"path" maxLength:"200" doc:"field of the application"`
	Text string `json:"text" maxLength:"1000"`
}

// Reasons is a refusal in words.
type Reasons struct {
	Text string      `json:"text"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Resolved is a resolution as the case received it.
type Resolved struct {
	Hash       string                `json:"hash"`
	Resolution resolution.Resolution `json:"resolution"`
}

// Version is one version of the agreement.
type Version struct {
	No       int                 `json:"no"`
	Side     Side                `json:"side"` // who proposed it
	Hash     string              `json:"hash"`
	Content  agreement.Agreement `json:"content"`
	By       identity.By         `json:"by"`
	At       time.Time           `json:"at"`
	AgreedBy *identity.By        `json:"agreed_by,omitempty"` // of the other side
}

// Side is a party to the agreement.
type Side string

// The sides.
const (
	AgencySide   Side = "agency"
	OperatorSide Side = "operator"
)

// Signature is one side's recorded act of signing over the hash of the structured agreement.
type Signature struct {
	Side Side        `json:"side"`
	Hash string      `json:"hash"`
	By   identity.By `json:"by"`
	At   time.Time   `json:"at"`
}

// Access is whether the operator may use the data.
type Access string

// The states of access.
const (
	AccessOpen      Access = "open"
	AccessSuspended Access = "suspended"
	AccessClosed    Access = "closed"
)

// Product is a product or service on offer, or once on offer.
type Product struct {
	Name     string          `json:"name"`
	Class    agreement.Class `json:"class"`
	Unit     string          `json:"unit"`
	Ceiling  *pricing.Price  `json:"ceiling,omitempty"` // 上限收费标准, in yuan a unit
	Price    *pricing.Price  `json:"price,omitempty"`   // yuan a unit; nil while not on offer for the first time
	Listed   bool            `json:"listed"`
	ListedAt *time.Time      `json:"listed_at,omitempty"`
	Of       *ProductState   `json:"of,omitempty"` // what its case told last; nil for one that is listed on the authorisation itself
}

// offeredEver reports whether the product is or was on offer.
func (p Product) offeredEver() bool { return p.Price != nil || p.ListedAt != nil }

// Machine is the state table made ready for use.
var Machine = table().Compile()

// latest returns the newest submission; there is one in every state after draft.
func (a *Authorization) latest() Submission { return a.Submissions[len(a.Submissions)-1] }

// version returns the newest version of the agreement, or nil.
func (a *Authorization) version() *Version {
	if len(a.Versions) == 0 {
		return nil
	}
	return &a.Versions[len(a.Versions)-1]
}

// product returns the product of the name, or nil.
func (a *Authorization) product(name string) *Product {
	for i := range a.Products {
		if a.Products[i].Name == name {
			return &a.Products[i]
		}
	}
	return nil
}

// ExitRequest returns the exit under way or the last one, or nil.
func (a *Authorization) ExitRequest() *exit.Request {
	if len(a.Exits) == 0 {
		return nil
	}
	return &a.Exits[len(a.Exits)-1]
}

func (a *Authorization) applicants() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: a.Applicant, Role: identity.Applicant}
}

func (a *Authorization) officers() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: a.Agency, Role: identity.CaseOfficer}
}

func (a *Authorization) administrators() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: a.Agency, Role: identity.Administrator}
}

type contents = []lifecycle.Content

type refused = *refusal.Refusal
