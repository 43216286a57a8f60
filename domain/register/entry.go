// Package register is the public register of authorised operations (授权运营公开登记): what society may know of an authorisation, how each change
// of it is published, and how both are rendered for machines.
package register

import (
	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/pricing"
)

// Entry is what society may know of one authorisation, and nothing else. The agency discloses grantee, content, scope and time limit
// (27号 Art. 18) and the ceilings; the operator discloses the list of products and services with what they cost (27号 Art. 19, 65号, and the
// disclosure notice of February 2026). An entry names organisations by ID and never a person.
type Entry struct {
	ID        string        `json:"id"` // of the case
	Title     string        `json:"title"`
	Grantee   string        `json:"grantee" doc:"organisation ID of the operator 授权对象"`
	Agency    string        `json:"agency" doc:"organisation ID of the implementing agency 实施机构"`
	State     State         `json:"state" enum:"filed,operating,suspended,exiting,closed"`
	Mode      string        `json:"mode" doc:"whole, by field or by scenario, as the policy profile names them"`
	Plan      string        `json:"plan,omitempty" doc:"implementation plan that it rests on"`
	PlanCase  string        `json:"plan_case,omitempty" doc:"that plan, by ID: see /register/plans"`
	PlanNo    int           `json:"plan_version,omitempty" doc:"version of the plan that it is pinned to"`
	Purpose   string        `json:"purpose,omitempty"`
	Resources []string      `json:"resources" doc:"resources of the catalogue in scope, by ID"`
	Term      Term          `json:"term"`
	Decisions []Decision    `json:"decisions" doc:"the collective decisions that it rests on"`
	Filed     calendar.Date `json:"filed" format:"date" doc:"when the agreement was filed"`
	Started   calendar.Date `json:"started,omitzero" format:"date" doc:"when operation started"`
	Products  []Product     `json:"products" doc:"products and services that are or were on offer, or have a ceiling"`
	Suspended calendar.Date `json:"suspended,omitzero" format:"date" doc:"since when operation is suspended"`
	Exit      *Exit         `json:"exit,omitempty" doc:"the exit under way, or by which it ended"`
	Renews    string        `json:"renews,omitempty" doc:"the authorisation that this one follows"`

	Registrations []Registration `json:"registrations,omitempty" doc:"registrations of its resources and products; what has none is still to be registered (拟登记)"`
}

// Registration is the registration of a resource or product in scope (已登记).
type Registration struct {
	Registration string `json:"registration" doc:"case"`
	Object       string `json:"object" enum:"resource,product"`
	Subject      string `json:"subject" doc:"ID of the resource, or name of the product"`
	Code         string `json:"code" doc:"登记结果查询码"`
}

// Objects of a registration.
const (
	AResource = "resource"
	AProduct  = "product"
)

// RegisteredAs is the registration of a resource or product in scope; false for one that is still to be registered (拟登记).
func (e Entry) RegisteredAs(object, subject string) (Registration, bool) {
	for _, r := range e.Registrations {
		if r.Object == object && r.Subject == subject {
			return r, true
		}
	}
	return Registration{}, false
}

// Term is the term agreed on; both days belong to it.
type Term struct {
	From calendar.Date `json:"from" format:"date"`
	To   calendar.Date `json:"to" format:"date"`
	Ends calendar.Date `json:"ends,omitzero" format:"date" doc:"the last day, where suspensions have moved it"`
}

// Last is the day on which the term ends now.
func (t Term) Last() calendar.Date {
	if !t.Ends.IsZero() {
		return t.Ends
	}
	return t.To
}

// Decision is a collective decision without the names of those who took it.
type Decision struct {
	Decision string        `json:"decision" enum:"major-decision,agreement"`
	Body     string        `json:"body" doc:"organisation ID of the deciding body"`
	On       calendar.Date `json:"on" format:"date"`
	Outcome  string        `json:"outcome"`
}

// Product is a product or service as offered.
type Product struct {
	Name    string          `json:"name"`
	Class   agreement.Class `json:"class" enum:"public-benefit,industry"`
	Form    string          `json:"form"`
	Unit    string          `json:"unit,omitempty" enum:"number,times,time,calls" doc:"what is charged for"`
	Price   *pricing.Price  `json:"price,omitempty" doc:"yuan a unit; 0 when free; left out before the first offer"`
	Ceiling *pricing.Price  `json:"ceiling,omitempty" doc:"上限收费标准, yuan a unit"`
	Listed  bool            `json:"listed"`
	Since   calendar.Date   `json:"since,omitzero" format:"date" doc:"when it was last put on offer"`

	Case         string             `json:"case,omitempty" doc:"of the product, where products are cases of their own; what follows is known of those alone"`
	Version      int                `json:"version,omitempty" doc:"version on offer"`
	Kind         agreement.Form     `json:"kind,omitempty" enum:"data-set,api,model,report,verification,tool,other" doc:"its form, of a fixed list"`
	Scenario     string             `json:"scenario,omitempty" doc:"application scenario 应用场景"`
	Standard     string             `json:"standard,omitempty" doc:"technical standard"`
	Capabilities []string           `json:"capabilities,omitempty" doc:"list of capabilities 能力清单"`
	Resources    []string           `json:"resources,omitempty" doc:"resources of the catalogue that it uses, by ID"`
	Highest      pricing.Tariff     `json:"ceiling_tariff,omitempty" doc:"上限收费标准 by steps, added up"`
	TrialTariff  bool               `json:"trial_tariff,omitempty" doc:"试行收费标准: there is no complete year of operation yet"`
	Tariff       pricing.Tariff     `json:"tariff,omitempty" doc:"charge by steps, added up; price says the same of one step"`
	Discounts    []pricing.Discount `json:"discounts,omitempty"`
}

// Charge says whether a product costs anything.
type Charge string

// The charges.
const (
	NoCharge Charge = ""        // never on offer: there is none yet
	Free     Charge = "free"    // public governance and benefit (65号 1), or by choice
	Charged  Charge = "charged" // up to the ceiling
)

// Charge says whether the product costs anything.
func (p Product) Charge() Charge {
	switch {
	case len(p.Tariff) > 0 && p.Tariff.Free():
		return Free
	case len(p.Tariff) > 0:
		return Charged
	case p.Price == nil:
		return NoCharge
	case p.Price.IsZero():
		return Free
	default:
		return Charged
	}
}

// Exit is an exit as far as it is public: while it is pending no more than that it is, for its ground is an allegation until it is decided.
type Exit struct {
	Opened    calendar.Date `json:"opened" format:"date"`
	Kind      string        `json:"kind,omitempty" doc:"way in which the authorisation ended 退出方式"`
	Effective calendar.Date `json:"effective,omitzero" format:"date" doc:"when the termination took effect, by service of the decision"`
	Ended     calendar.Date `json:"ended,omitzero" format:"date" doc:"when the wind-down was complete"`
}
