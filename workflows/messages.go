// Package workflows says when things happen in the life of a case: what is waited for, which clock runs, what starts and ends each phase.
// What may happen and what follows from it is decided in domain/, inside the Apply activity.
package workflows

import (
	"encoding/json"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The Temporal contract. These names are stored in histories: never rename one.
const (
	CasesQueue   = "cases"   // case workflows and their local activities
	EffectsQueue = "effects" // what reaches outside: deliveries, wind-down steps

	AuthorizationWorkflow = "Authorization"
	MeetingWorkflow       = "Meeting"
	ExitWorkflow          = "Exit"
	RegistrationWorkflow  = "Registration"
	PlanWorkflow          = "Plan"
	ProductWorkflow       = "Product"
	DisclosureWorkflow    = "Disclosure"
	FindingWorkflow       = "Finding"
	FinanceWorkflow       = "Finance"
	ComplaintWorkflow     = "Complaint"
	DeliveriesWorkflow    = "Deliveries"
	RecountWorkflow       = "CalendarRecount"

	GiveUpdate   = "give"   // a command to the case: Command → Outcome
	ReloadUpdate = "reload" // look anew where the case stands: → Header
	HeaderQuery  = "header" // what the workflow knows of its case: → Header

	LoadActivity     = "Load"
	ApplyActivity    = "Apply"
	DeliverActivity  = "Deliver"
	WindDownActivity = "WindDown"
	RecountActivity  = "Recount"

	DeliveriesID = "deliveries" // the one workflow that empties the outbox
)

// ByKind names the workflow of each kind of case.
var ByKind = map[lifecycle.Kind]string{
	"authorization": AuthorizationWorkflow,
	"meeting":       MeetingWorkflow,
	"exit":          ExitWorkflow,
	"registration":  RegistrationWorkflow,
	"plan":          PlanWorkflow,
	"product":       ProductWorkflow,
	"disclosure":    DisclosureWorkflow,
	"finding":       FindingWorkflow,
	"finance":       FinanceWorkflow,
	"complaint":     ComplaintWorkflow,
}

// CaseInput starts a case workflow. It names the case alone: each run loads the rest, so that continuing as new cannot lose anything.
type CaseInput struct {
	Case   string `json:"case"`
	Parent string `json:"parent,omitempty"` // for an exit: the authorisation that it ends
}

// Command is one command to a case. Its JSON is part of histories: only add fields.
type Command struct {
	Kind        lifecycle.Kind  `json:"kind"`
	Case        string          `json:"case"`
	ID          string          `json:"id"` // unique over all commands: repeats change nothing
	Name        string          `json:"name"`
	Person      string          `json:"person"` // person ID, or identity.SystemPerson
	Data        json.RawMessage `json:"data,omitempty"`
	Fingerprint string          `json:"fingerprint,omitempty"` // of what the caller sent: the same ID with another one is refused
	IfVersion   int64           `json:"if_version,omitempty"`  // refuse unless the case is at this version; 0 for any
}

// Outcome answers a command: Refusal is nil when it was accepted.
type Outcome struct {
	Version int64            `json:"version"` // of the case right after this command
	Refusal *refusal.Refusal `json:"refusal,omitempty"`
	Header  Header           `json:"header"` // of the case as it stands now
}

// The measures and steps that the WindDown activity carries out on the authorisation.
const (
	SuspendAccess = "suspend-access"
	RestoreAccess = "restore-access"
	Relist        = "relist-products"
	CloseAccess   = "close-access"
	Delist        = "delist-products"
	PublicNotice  = "public-notice"
)

// RecountInput names a round of a recount. How far it is stands in the database.
type RecountInput struct {
	Calendar string `json:"calendar"` // the calendar by which is counted
	Round    int    `json:"round"`
}

// WindDownInput tells the activity which measure or step of which exit to carry out. Exit and step are its idempotency key.
type WindDownInput struct {
	Exit          string `json:"exit"`
	Authorization string `json:"authorization"`
	Step          string `json:"step"`
}
