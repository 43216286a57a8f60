package exit

import (
	"strings"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Request is an exit as the authorisation recorded it when somebody asked for it, or when the term ended.
type Request struct {
	Exit        string         `json:"exit"` // ID of the exit's case
	Ground      string         `json:"ground"`
	Trigger     policy.Trigger `json:"trigger"`
	Evidence    []string       `json:"evidence,omitempty"` // digests of attachments
	Statement   string         `json:"statement,omitempty"`
	RequestedBy identity.By    `json:"requested_by"`
	AgreedBy    *identity.By   `json:"agreed_by,omitempty"` // of the other side, for an exit by agreement
	Opened      time.Time      `json:"opened"`
	Products    []string       `json:"products,omitempty"`   // those on offer, to be delisted
	Resources   []string       `json:"resources,omitempty"`  // that it rests on, for an exit in full
	Findings    []string       `json:"findings,omitempty"`   // of supervision that proposed an exit
	Judgements  []Judgement    `json:"judgements,omitempty"` // of evaluations and audits, that speak for an exit
}

// Authorization is what an exit must know of the case that it ends. The interface is declared here because the package of
// authorisations imports this one for Request, so that this one cannot import it.
type Authorization interface {
	lifecycle.Case
	// ExitRequest returns the exit under way or the last one, or nil.
	ExitRequest() *Request
}

// Check finds whether the profile lets an exit be asked for in this way, and returns the ground.
func (r Request) Check(rules policy.ExitRules) (policy.ExitGround, *refusal.Refusal) {
	var codes []string
	for _, g := range rules.Grounds {
		if g.Code == r.Ground {
			return g, r.fits(g)
		}
		codes = append(codes, g.Code)
	}
	return policy.ExitGround{}, refusal.InvalidFields([]refusal.Field{refusal.NotAChoice.At("ground", "choices", strings.Join(codes, ", "))})
}

func (r Request) fits(g policy.ExitGround) *refusal.Refusal {
	switch {
	case r.Trigger != g.Trigger:
		return refusal.ExitTrigger.With()
	case g.Trigger == policy.ByBoth && (r.AgreedBy == nil || r.AgreedBy.Organization == r.RequestedBy.Organization):
		return refusal.ExitNotAgreed.With()
	case g.Evidence && len(r.Evidence) == 0:
		return refusal.InvalidFields([]refusal.Field{refusal.Required.At("evidence")})
	}
	return nil
}

// askedBy reports whether the person asked for the exit or agreed to it.
func (r Request) askedBy(person string) bool {
	return r.RequestedBy.Person == person || r.AgreedBy != nil && r.AgreedBy.Person == person
}
