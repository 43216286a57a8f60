package catalogue

import (
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// Version is what the catalogue said of a resource from a time on. Versions are facts: none is changed or removed.
type Version struct {
	Number      int64        `json:"number" doc:"1, 2, 3 … of the resource; the last one is what it says now"`
	At          time.Time    `json:"at"`
	File        string       `json:"file,omitempty" doc:"name of the file that brought it; left out when that is not known"`
	Decision    *Decision    `json:"decision,omitempty" doc:"by which a person took it over; left out when an import brought it"`
	Content     Resource     `json:"content"`
	Differences []Difference `json:"differences,omitempty" doc:"from the version before; none for the first"`
}

// HeldChange is what a source says of a registered resource beside what is registered. A registered entry changes by an application of the registrant
// (变更登记, 26号 Art. 9(2)): an import never overwrites it, so the change waits until a person takes it over or dismisses it.
type HeldChange struct {
	Digest      string       `json:"digest" doc:"of what the source says, to name it by"`
	Since       time.Time    `json:"since"`
	File        string       `json:"file,omitempty" doc:"name of the file that brought it first"`
	Content     Resource     `json:"content"`
	Differences []Difference `json:"differences" nullable:"false" doc:"from what the catalogue says to what the source says"`
}

// Decision is what a person decided about a change that was held. Decisions are facts.
type Decision struct {
	Number  int64       `json:"number" doc:"1, 2, 3 … of the resource"`
	Outcome Outcome     `json:"outcome" enum:"adopted,dismissed"`
	Change  HeldChange  `json:"change"`
	Reason  string      `json:"reason,omitempty"`
	By      identity.By `json:"by"`
	At      time.Time   `json:"at"`
}

// Outcome is how a person decided about a held change. Outcomes are stored data.
type Outcome string

// The outcomes.
const (
	WasAdopted   Outcome = "adopted"   // the catalogue says now what the source says
	WasDismissed Outcome = "dismissed" // it goes on saying what is registered
)

var outcomeWords = map[Outcome]text.Text{
	WasAdopted:   {ZH: "已采用", EN: "taken over"},
	WasDismissed: {ZH: "已驳回", EN: "dismissed"},
}

// Words names the outcome.
func (o Outcome) Words() text.Text { return outcomeWords[o] }

// MaxReasonRunes bounds the reason of a decision, in characters.
const MaxReasonRunes = 2000

// InForce is a registration by which a resource is registered now.
type InForce struct {
	Case       string
	Registrant string // organisation ID of the 登记主体
	Registry   string // organisation ID of the 登记机构
}

// Capacities lists in what capacities an actor may decide about a held change of a resource that is registered so, each organisation once: for the
// registrant, whose application changes a registration, and for the registry that keeps it (26号 Art. 9(2)).
func Capacities(actor identity.Actor, registrations []InForce) []identity.By {
	var all []identity.By
	seen := map[string]bool{}
	for _, r := range registrations {
		for _, g := range actor.Grants {
			may := g.Role == identity.Registrant && g.Organization == r.Registrant || g.Role == identity.Registrar && g.Organization == r.Registry
			if may && !seen[g.Organization] {
				seen[g.Organization] = true
				all = append(all, identity.By{Person: actor.Person, Organization: g.Organization, Role: g.Role})
			}
		}
	}
	return all
}
