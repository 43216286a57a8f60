package use

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// Platform is a platform of an operator that reports the use under one authorisation, with the public key by which its reports are known.
type Platform struct {
	ID            string
	Authorization string
	Operator      string // organisation
	Name          string
	Algorithm     string // of the key
	Key           string // PEM
	By            identity.By
	At            time.Time
	Revoked       *Revocation

	// What it has reported.
	Batches    int64
	Last       int64  // greatest running number
	Head       string // hash of the last batch, in hex; empty before the first
	ReportedAt *time.Time
}

// Revocation is the end of a platform's key.
type Revocation struct {
	Reason string      `json:"reason"`
	By     identity.By `json:"by"`
	At     time.Time   `json:"at"`
}

// PlatformInput registers a platform.
type PlatformInput struct {
	Name string `json:"name" maxLength:"100" doc:"of the platform"`
	Key  string `json:"key" maxLength:"2000" doc:"its public key, Ed25519 or SM2, as PEM: -----BEGIN PUBLIC KEY-----"`
}

// RevokeInput ends a platform's key.
type RevokeInput struct {
	Reason string `json:"reason" maxLength:"1000"`
}

// MaxPlatforms are in use under one authorisation at a time.
const MaxPlatforms = 20

const (
	maxPlatformName = 100
	maxReason       = 1000
)

// Check finds what is wrong with a platform to be registered; known says whether the key is one that can be used.
func (in PlatformInput) Check(known bool, open int) *refusal.Refusal {
	var f refusal.Faults
	f.Text("name", in.Name, maxPlatformName)
	f.Unless(known, refusal.BadKey.At("key"))
	if r := f.Refusal(); r != nil {
		return r
	}
	if open >= MaxPlatforms {
		return refusal.TooManyPlatforms.With("max", fmt.Sprint(MaxPlatforms))
	}
	return nil
}

// Check finds what is wrong with a revocation.
func (in RevokeInput) Check() *refusal.Refusal {
	var f refusal.Faults
	f.Text("reason", in.Reason, maxReason)
	return f.Refusal()
}

// Batch is what a platform reports at once. Its bytes as sent are what is signed.
type Batch struct {
	Platform string  `json:"platform" maxLength:"100" doc:"the platform's ID, as in the address"`
	ID       string  `json:"batch" maxLength:"64" doc:"the platform's own name of the batch: a repeat with the same bytes is answered as the first time"`
	Number   int64   `json:"number" minimum:"1" maximum:"1000000000000" doc:"running number, 1, 2, 3 …; what is missing is shown"`
	Events   []Event `json:"events" minItems:"1" maxItems:"1000"`
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// maxAhead is how far a running number may be beyond the greatest so far, so that a slip is noticed.
const maxAhead = 10_000

// maxFaults bounds what one answer lists.
const maxFaults = 100

// Check finds what is wrong with the form of a batch. Nothing of a batch with a fault is kept.
func (b Batch) Check(p Platform, now time.Time) *refusal.Refusal {
	var f refusal.Faults
	f.Unless(b.Platform == p.ID, refusal.OtherPlatform.At("platform"))
	f.Unless(plainID.MatchString(b.ID), refusal.BadEventID.At("batch"))
	f.Unless(b.Number >= 1 && b.Number <= MaxNumber, refusal.TooSmall.At("number", "min", "1"))
	f.Unless(b.Number <= p.Last+maxAhead, refusal.NumberTooFarAhead.At("number", "max", fmt.Sprint(maxAhead)))
	f.Unless(len(b.Events) > 0, refusal.Required.At("events"))
	if f.Count("events", len(b.Events), MaxEvents) {
		seen := make(map[string]bool, len(b.Events))
		for i, e := range b.Events {
			at := func(field string) string { return refusal.In("events", i, field) }
			f.Unless(plainID.MatchString(e.ID), refusal.BadEventID.At(at("id")))
			f.Unless(!seen[e.ID], refusal.Repeated.At(at("id")))
			seen[e.ID] = true
			e.check(&f, now, at)
		}
	}
	if len(f) > maxFaults {
		f = f[:maxFaults]
	}
	return f.Refusal()
}

// Uses are what the events say, without their IDs.
func (b Batch) Uses() []Use {
	out := make([]Use, len(b.Events))
	for i, e := range b.Events {
		out[i] = e.Use
	}
	return out
}

// Beyond is an event of a batch that lies beyond the scope.
type Beyond struct {
	Event   string   `json:"event"`
	Reasons []Reason `json:"reasons"`
}

// Received is a batch as it is kept, a link of its platform's chain.
type Received struct {
	Platform  string
	Position  int64 // 1, 2, 3 … in the order in which batches of the platform came
	ID        string
	Number    int64
	At        time.Time
	Person    string // whose token sent it
	Body      []byte // as sent
	Signature string // base64
	Outcome   string // JSON of []Beyond: how it was judged
	Events    int64
	Beyond    int64
	Prev      string // hash of the link before, in hex; empty before the first
	Hash      string
}

const chainPrefix = "datacharter use batch 1\n"

// Link is the hash of the link: the SHA-256 of chainPrefix and of every other field but the counts, which the body and the outcome tell: a text or the body as
// its length in bytes and its bytes, a number – position, running number, microseconds since 1970 – by itself; lengths and numbers as 8 bytes, the
// greatest first.
func (r Received) Link() string {
	b := []byte(chainPrefix)
	number := func(n int64) { b = binary.BigEndian.AppendUint64(b, uint64(n)) }
	bytes := func(s string) {
		number(int64(len(s)))
		b = append(b, s...)
	}
	bytes(r.Prev)
	bytes(r.Platform)
	number(r.Position)
	bytes(r.ID)
	number(r.Number)
	number(r.At.UnixMicro())
	bytes(r.Person)
	bytes(string(r.Body))
	bytes(r.Signature)
	bytes(r.Outcome)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Gap is a run of numbers that no batch has.
type Gap struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// Keepers says in what capacity people look after the platforms of an operator.
func Keepers(operator string) []identity.Grant {
	return []identity.Grant{
		{Organization: operator, Kind: identity.Operator, Role: identity.Applicant},
		{Organization: operator, Kind: identity.Operator, Role: identity.OperatorSignatory},
	}
}

// Reporters says in what capacity a platform reports for an operator.
func Reporters(operator string) []identity.Grant {
	return []identity.Grant{
		{Organization: operator, Kind: identity.Operator, Role: identity.UseReporter},
		{Organization: operator, Kind: identity.Operator, Role: identity.Applicant},
	}
}

// SeesTakers reports whether somebody is told who takes products under an authorisation: in its operator, its agency, and supervisors.
func SeesTakers(actor identity.Actor, operator, agency string) bool {
	return actor.SeesEverything() || actor.In(operator) || actor.In(agency)
}
