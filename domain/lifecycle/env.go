package lifecycle

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
)

// Env is all that a decision may look at beside the case and the command: it makes Decide a pure function.
type Env struct {
	Now      time.Time // business time
	Policy   *policy.Profile
	Calendar calendar.Calendar
	Actor    identity.Actor
	By       identity.By // the capacity in which the actor gives this command
	Facts    Facts
	Opened   int // tasks that the same tick has opened so far, when several limits pass at once: see Header.NewTask

	// Compile makes a condition that a plan sets for operators testable; policy.ApplicantFacts says what it may speak of.
	Compile func(expression string) (policy.Condition, error)
}

// PolicyRef pins a case to the profile by which the decision is taken.
func (env Env) PolicyRef() PolicyRef {
	return PolicyRef{Name: env.Policy.Name, Version: env.Policy.Version, Hash: env.Policy.Hash}
}

// Needs names what a decision must know about things outside its case, by ID.
type Needs struct {
	Organizations []string
	Resources     []string
	Attachments   []string
	Cases         []string
	Rosters       []string // organisations whose members, chair and secretary are needed
	Gradings      []string // resources whose present grading is needed
	OpenOf        []string // organisations whose open cases are needed
	ExitsOf       []string // organisations whose exits are needed, open or closed
	ProductsOf    []string // operators whose products and services are needed, on offer or not
	UsedOf        []string // authorisations of which is needed what was delivered
}

// Facts are the answers: what is missing from a map does not exist.
type Facts struct {
	Organizations map[string]Organization
	Resources     map[string]Resource
	Attachments   map[string]Attachment
	Cases         map[string]Case
	Rosters       map[string][]Seat
	Gradings      map[string]grading.Grading // by resource
	Open          map[string][]Header        // open cases by the organisation that applies or operates: ID, kind, state, title and agency alone
	Exits         map[string][]Case          // exits by operator
	Products      map[string][]Case          // products and services by operator
	Used          map[string][]Used          // what was delivered, by authorisation, in the order of months, products and units
}

// Used is how much of a product or service was delivered in a month, by the use ledger.
type Used struct {
	Month   string `json:"month"` // such as "2026-03"
	Product string `json:"product"`
	Unit    string `json:"unit"`
	Volume  int64  `json:"volume"` // within the scope of the authorisation or beyond it
}

// Organization is what decisions need to know of an organisation.
type Organization struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Kind       identity.Kind `json:"kind"`
	CreditCode string        `json:"credit_code,omitempty"`
	Closed     bool          `json:"closed,omitempty"`
}

// Resource is what decisions need to know of a catalogue resource.
type Resource struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Provider string `json:"provider"`
	Digest   string `json:"digest"`
}

// Attachment is what decisions need to know of an uploaded file.
type Attachment struct {
	Digest       string `json:"digest"`
	Name         string `json:"name"`
	MediaType    string `json:"media_type"`
	Size         int64  `json:"size"`
	Organization string `json:"organization"` // whose person uploaded it
}

// Seat is one person of a deciding body.
type Seat struct {
	Person string        `json:"person"`
	Role   identity.Role `json:"role"` // member or chair
	// Organizations are all those for which the person holds a role now: a fact for deciding, never recorded.
	Organizations []string `json:"-"`
}
