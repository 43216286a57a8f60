// Package lifecycle is the grammar in which every kind of case is written: a state table of rules, the events they lead to,
// the tasks and time limits that people see, and the two functions Decide and Evolve that read the table.
package lifecycle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// Kind names a kind of case, such as "authorization". It is stored data: never rename one.
type Kind string

// State is where a case stands. It is stored data: never rename one.
type State string

// Phase groups states into the stages that people speak of.
type Phase string

// Case is the folded state of one case.
type Case interface {
	// Head returns the part that all kinds share.
	Head() *Header
}

// Header is what every case has, whatever its kind.
type Header struct {
	ID      string `json:"id"`
	Kind    Kind   `json:"kind"`
	Version int64  `json:"version"` // the number of its events
	State   State  `json:"state"`
	Title   string `json:"title"`

	Applicant string `json:"applicant,omitempty"` // organisation that applies or operates
	Agency    string `json:"agency,omitempty"`    // implementing agency 实施机构
	Body      string `json:"body,omitempty"`      // organisation whose members decide, for a meeting

	Agent string   `json:"agent,omitempty"` // organisation that acts on the applicant's behalf, by its mandate 委托代理
	Joint []string `json:"joint,omitempty"` // organisations that apply together with the applicant

	Against string   `json:"against,omitempty"` // organisation that a complaint is about: its people see nothing of the case
	Readers []string `json:"readers,omitempty"` // organisations whose people may read it, though they are no party to it

	Policy PolicyRef `json:"policy"`

	Tasks     []Task     `json:"tasks,omitempty"`
	Deadlines []Deadline `json:"deadlines,omitempty"`
	Acts      []Act      `json:"acts,omitempty"`      // who reviewed, voted or decided in which step
	Interests []string   `json:"interests,omitempty"` // people who declared an interest
	Pending   *Pending   `json:"pending,omitempty"`   // the collective decision it waits for
	Deciders  []string   `json:"deciders,omitempty"`  // organisations whose meetings took a decision on it

	Public *PublicState `json:"public,omitempty"` // nil while the public knows nothing of it

	OpenedAt  time.Time  `json:"opened_at"`
	ChangedAt time.Time  `json:"changed_at"`
	ClosedAt  *time.Time `json:"closed_at,omitempty"`
}

// Head makes Header satisfy Case for every type that embeds it.
func (h *Header) Head() *Header { return h }

// applies lists the organisations that stand on the applicant's side.
func (h *Header) applies() []string {
	var all []string
	for _, id := range append([]string{h.Applicant, h.Agent}, h.Joint...) {
		if id != "" {
			all = append(all, id)
		}
	}
	return all
}

// OnSide reports whether the actor belongs to an organisation on the applicant's side.
func (h *Header) OnSide(actor identity.Actor) bool { return slices.ContainsFunc(h.applies(), actor.In) }

// PolicyRef pins a case to the exact text of a policy profile.
type PolicyRef struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Hash    string `json:"hash"`
}

// Act records that a person acted in a review, voting or deciding step; one person acts in one step of a case only.
type Act struct {
	Step   string `json:"step"`
	Person string `json:"person"`
}

// Pending says which collective decision a case waits for, on exactly which content, and by whom.
type Pending struct {
	Decision    string        `json:"decision"`
	ContentHash string        `json:"content_hash"`
	BodyKind    identity.Kind `json:"body_kind"`
	Body        string        `json:"body,omitempty"`     // the one organisation that may decide; empty for any of the kind
	NotBody     string        `json:"not_body,omitempty"` // organisation that may not decide: it decided before (27号 Art. 13)
}

// MayBeDecidedBy reports whether the members of an organisation may take the decision.
func (p Pending) MayBeDecidedBy(body string, kind identity.Kind) bool {
	return body != "" && kind == p.BodyKind && body != p.NotBody && (p.Body == "" || body == p.Body)
}

// StateInfo describes one state of a kind.
type StateInfo struct {
	Name  State
	Phase Phase
	Words text.Text
	Final bool // closed for good
	Draft bool // lives in the database alone: no workflow runs for it yet
	// Turn says on whom the case waits. In a final state on nobody.
	Turn []Party
}

// PhaseInfo describes one phase of a kind.
type PhaseInfo struct {
	Name  Phase
	Words text.Text
}

// ContentHash is the SHA-256 over the JSON of exactly what is reviewed, decided or signed.
// Struct fields marshal in declaration order, so equal content gives an equal hash; it panics on a type that JSON cannot hold.
func ContentHash(content any) string {
	raw, err := json.Marshal(content)
	if err != nil {
		panic("content that JSON cannot hold: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return "sha256:" + hex.EncodeToString(sum[:])
}
