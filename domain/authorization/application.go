package authorization

import (
	"fmt"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Application is what an applicant asks for.
type Application struct {
	Title        string       `json:"title" maxLength:"200" doc:"name of the authorised operation 授权运营名称"`
	Agency       string       `json:"agency" doc:"organisation ID of the implementing agency 实施机构"`
	Plan         string       `json:"plan,omitempty" maxLength:"200" doc:"implementation plan 实施方案 it rests on, by ID; one that is in force and takes applications"`
	Purpose      string       `json:"purpose,omitempty" maxLength:"4000"`
	Mode         string       `json:"mode" doc:"a mode of the policy profile: whole, field or scenario"`
	Resources    []string     `json:"resources" maxItems:"500" doc:"catalogue resources, by ID"`
	Products     []Intended   `json:"products" maxItems:"100" doc:"intended products and services"`
	TermMonths   int          `json:"term_months" minimum:"0" maximum:"300"`
	TermReason   string       `json:"term_reason,omitempty" maxLength:"2000" doc:"documented reason for a term longer than the profile allows in principle"`
	Capabilities Capabilities `json:"capabilities"`
	Standing     Standing     `json:"standing"`
	Attachments  []string     `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	Renews       string       `json:"renews,omitempty" doc:"authorisation that this one is to follow"`
}

// Intended is a product or service that the applicant means to offer.
type Intended struct {
	Name     string          `json:"name" maxLength:"200"`
	Class    agreement.Class `json:"class" enum:"public-benefit,industry" doc:"public governance and benefit, or industry and sector development"`
	Form     string          `json:"form" maxLength:"100" doc:"data set, API, model, report, verification …"`
	Scenario string          `json:"scenario,omitempty" maxLength:"2000"`
}

// Capabilities are the applicant's statements on the conditions for operators (27号 Art. 12).
type Capabilities struct {
	Management string `json:"management,omitempty" maxLength:"4000"`
	Technology string `json:"technology,omitempty" maxLength:"4000"`
	Security   string `json:"security,omitempty" maxLength:"4000"`
	Finance    string `json:"finance,omitempty" maxLength:"4000"`
}

// Bounds of inputs, in characters and in number.
const (
	maxStatement = 4000
	maxPart      = 2000 // of a scenario, or of the reason for a longer term
	maxTitle     = 200
	maxForm      = 100
	maxResources = 500
	maxProducts  = 100
	maxTerm      = 300 // months, whatever the reason
)

// needs says what must be looked up to check the application.
func (a Application) needs(applicant string) lifecycle.Needs {
	n := lifecycle.Needs{Resources: a.Resources, Gradings: a.Resources, Attachments: a.Attachments}
	for _, id := range []string{a.Agency, applicant} {
		if id != "" {
			n.Organizations = append(n.Organizations, id)
		}
	}
	for _, id := range []string{a.Plan, a.Renews} {
		if id != "" {
			n.Cases = append(n.Cases, id)
		}
	}
	return n
}

// check finds what is wrong even in the draft of a case: what is there must be right, but nothing need be there yet, the agency and
// title excepted.
func (a Application) check(id, applicant string, env lifecycle.Env) refusal.Faults {
	var f refusal.Faults
	f.Text("title", a.Title, maxTitle)
	switch agency, ok := env.Facts.Organizations[a.Agency]; {
	case a.Agency == "":
		f.Add(refusal.Required.At("agency"))
	case !ok || agency.Kind != identity.Agency || agency.Closed:
		f.Add(refusal.UnknownReference.At("agency"))
	}
	if a.Mode != "" {
		refusal.Choice(&f, "mode", a.Mode, modes(env.Policy)...)
	}
	a.checkTerm(&f, env.Policy)
	f.AtMost("purpose", a.Purpose, maxStatement)
	a.checkPlan(&f, env)
	f.AtMost("capabilities.management", a.Capabilities.Management, maxStatement)
	f.AtMost("capabilities.technology", a.Capabilities.Technology, maxStatement)
	f.AtMost("capabilities.security", a.Capabilities.Security, maxStatement)
	f.AtMost("capabilities.finance", a.Capabilities.Finance, maxStatement)
	checkResources(&f, a.Resources, env)
	checkIntended(&f, a.Products)
	a.Standing.check(&f, env)
	env.CheckFiles(&f, "attachments", a.Attachments, applicant)
	if a.Renews != "" {
		former, ok := env.Facts.Cases[a.Renews].(*Authorization)
		f.Unless(ok && a.Renews != id && former.Applicant == applicant, refusal.UnknownReference.At("renews"))
	}
	return f
}

// checkTerm lets a term run longer than the profile allows in principle for a documented reason alone (27号 Art. 14(2): 原则上).
func (a Application) checkTerm(f *refusal.Faults, p *policy.Profile) {
	f.AtMost("term_reason", a.TermReason, maxPart)
	f.Unless(a.TermMonths >= 0, refusal.NotNegative.At("term_months"))
	limit := p.Application.MaxTermMonths
	if p.Agreement.TermException && strings.TrimSpace(a.TermReason) != "" {
		limit = max(limit, maxTerm)
	}
	f.Unless(a.TermMonths <= limit, refusal.TermTooLong.At("term_months", "months", fmt.Sprint(limit)))
}

// checkComplete finds what is missing for the application to be handed in.
func (a Application) checkComplete(f *refusal.Faults, p *policy.Profile) {
	if p.Plan != nil {
		f.Unless(a.Plan != "", refusal.Required.At("plan"))
	} else {
		f.Unless(strings.TrimSpace(a.Plan) != "" || strings.TrimSpace(a.Purpose) != "", refusal.Required.At("purpose"))
	}
	f.Unless(a.Mode != "", refusal.Required.At("mode"))
	f.Unless(len(a.Resources) > 0, refusal.Required.At("resources"))
	f.Unless(len(a.Products) > 0, refusal.Required.At("products"))
	f.Unless(a.TermMonths != 0, refusal.Required.At("term_months"))
	f.Unless(strings.TrimSpace(a.Capabilities.Management) != "", refusal.Required.At("capabilities.management"))
	f.Unless(strings.TrimSpace(a.Capabilities.Technology) != "", refusal.Required.At("capabilities.technology"))
	f.Unless(strings.TrimSpace(a.Capabilities.Security) != "", refusal.Required.At("capabilities.security"))
}

// checkApplicant finds whether the organisation may apply: a legal person with a valid credit code (27号 Art. 3, GB 32100).
func checkApplicant(id string, env lifecycle.Env) refused {
	org, ok := env.Facts.Organizations[id]
	if !ok || org.Kind != identity.Operator || org.Closed {
		return refusal.ApplicantNotLegalPerson.With()
	}
	if _, err := identity.ParseCreditCode(org.CreditCode); err != nil {
		return refusal.ApplicantNotLegalPerson.With()
	}
	return nil
}

func checkResources(f *refusal.Faults, ids []string, env lifecycle.Env) {
	if !f.Count("resources", len(ids), maxResources) {
		return
	}
	at := func(i int) string { return refusal.In("resources", i) }
	for i, id := range ids {
		_, ok := env.Facts.Resources[id]
		f.Unless(ok, refusal.UnknownReference.At(at(i)))
	}
	f.Distinct(ids, at)
}

func checkIntended(f *refusal.Faults, products []Intended) {
	if !f.Count("products", len(products), maxProducts) {
		return
	}
	names := make([]string, len(products))
	for i, p := range products {
		names[i] = p.Name
		f.Text(refusal.In("products", i, "name"), p.Name, maxTitle)
		refusal.Choice(f, refusal.In("products", i, "class"), p.Class, agreement.PublicBenefit, agreement.Industry)
		f.Text(refusal.In("products", i, "form"), p.Form, maxForm)
		f.AtMost(refusal.In("products", i, "scenario"), p.Scenario, maxPart)
	}
	f.Distinct(names, func(i int) string { return refusal.In("products", i, "name") })
}

func modes(p *policy.Profile) []string {
	codes := make([]string, len(p.Application.Modes))
	for i, m := range p.Application.Modes {
		codes[i] = m.Code
	}
	return codes
}

// facts is the application as the profile's conditions see it.
func (a Application) facts() policy.ApplicationFacts {
	products := make([]policy.ProductFact, len(a.Products))
	for i, p := range a.Products {
		products[i] = policy.ProductFact{Name: p.Name, Class: string(p.Class), Form: p.Form}
	}
	return policy.ApplicationFacts{Mode: a.Mode, TermMonths: a.TermMonths, Products: products, Resources: len(a.Resources)}
}
