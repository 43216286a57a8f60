package authorization

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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
	Plan         string       `json:"plan,omitempty" maxLength:"200" doc:"implementation plan it rests on; either plan or purpose is needed"`
	Purpose      string       `json:"purpose,omitempty" maxLength:"4000"`
	Mode         string       `json:"mode" doc:"a mode of the policy profile: whole, field or scenario"`
	Resources    []string     `json:"resources" doc:"catalogue resources, by ID"`
	Products     []Intended   `json:"products" doc:"intended products and services"`
	TermMonths   int          `json:"term_months" minimum:"0" maximum:"600"`
	Capabilities Capabilities `json:"capabilities"`
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

const (
	maxTitle     = 200
	maxStatement = 4000
	maxResources = 500
	maxProducts  = 100
)

// needs says what must be looked up to check the application.
func (a Application) needs(c *Authorization) lifecycle.Needs {
	n := lifecycle.Needs{Resources: a.Resources, Attachments: a.Attachments}
	if a.Agency != "" {
		n.Organizations = append(n.Organizations, a.Agency)
	}
	if c.Applicant != "" {
		n.Organizations = append(n.Organizations, c.Applicant)
	}
	if a.Renews != "" {
		n.Cases = append(n.Cases, a.Renews)
	}
	return n
}

// checkDraft finds what is wrong even in a draft: what is there must be right, but nothing need be there yet, the agency and title excepted.
func checkDraft(a Application, applicant string, env lifecycle.Env) []refusal.Field {
	var out []refusal.Field
	out = append(out, required("title", a.Title)...)
	out = append(out, atMost("title", a.Title, maxTitle)...)
	switch agency, ok := env.Facts.Organizations[a.Agency]; {
	case a.Agency == "":
		out = append(out, refusal.Required.At("agency"))
	case !ok || agency.Kind != identity.Agency || agency.Closed:
		out = append(out, refusal.UnknownReference.At("agency"))
	}
	if a.Mode != "" && !slices.ContainsFunc(env.Policy.Application.Modes, func(m policy.Mode) bool { return m.Code == a.Mode }) {
		out = append(out, refusal.NotAChoice.At("mode", "choices", modes(env.Policy)))
	}
	if limit := env.Policy.Application.MaxTermMonths; a.TermMonths < 0 || a.TermMonths > limit {
		out = append(out, refusal.TermTooLong.At("term_months", "months", fmt.Sprint(limit)))
	}
	for _, s := range []struct{ path, text string }{
		{"purpose", a.Purpose}, {"plan", a.Plan}, {"capabilities.management", a.Capabilities.Management}, {"capabilities.technology", a.Capabilities.Technology},
		{"capabilities.security", a.Capabilities.Security}, {"capabilities.finance", a.Capabilities.Finance},
	} {
		out = append(out, atMost(s.path, s.text, maxStatement)...)
	}
	out = append(out, checkResources(a.Resources, env)...)
	out = append(out, checkIntended(a.Products)...)
	out = append(out, checkAttachments("attachments", a.Attachments, applicant, env)...)
	if a.Renews != "" {
		former, ok := env.Facts.Cases[a.Renews].(*Authorization)
		if !ok || former.Applicant != applicant {
			out = append(out, refusal.UnknownReference.At("renews"))
		}
	}
	return out
}

// checkComplete finds what is missing for the application to be handed in.
func checkComplete(a Application) []refusal.Field {
	var out []refusal.Field
	if strings.TrimSpace(a.Plan) == "" && strings.TrimSpace(a.Purpose) == "" {
		out = append(out, refusal.Required.At("purpose"))
	}
	out = append(out, required("mode", a.Mode)...)
	if len(a.Resources) == 0 {
		out = append(out, refusal.Required.At("resources"))
	}
	if len(a.Products) == 0 {
		out = append(out, refusal.Required.At("products"))
	}
	if a.TermMonths == 0 {
		out = append(out, refusal.Required.At("term_months"))
	}
	out = append(out, required("capabilities.management", a.Capabilities.Management)...)
	out = append(out, required("capabilities.technology", a.Capabilities.Technology)...)
	out = append(out, required("capabilities.security", a.Capabilities.Security)...)
	return out
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

func checkResources(ids []string, env lifecycle.Env) []refusal.Field {
	if len(ids) > maxResources {
		return []refusal.Field{refusal.TooMany.At("resources", "max", fmt.Sprint(maxResources))}
	}
	var out []refusal.Field
	for i, id := range ids {
		path := fmt.Sprintf("resources[%d]", i)
		if _, ok := env.Facts.Resources[id]; !ok {
			out = append(out, refusal.UnknownReference.At(path))
		}
		if slices.Index(ids, id) != i {
			out = append(out, refusal.Repeated.At(path))
		}
	}
	return out
}

func checkIntended(products []Intended) []refusal.Field {
	if len(products) > maxProducts {
		return []refusal.Field{refusal.TooMany.At("products", "max", fmt.Sprint(maxProducts))}
	}
	var out []refusal.Field
	for i, p := range products {
		path := fmt.Sprintf("products[%d]", i)
		out = append(out, required(path+".name", p.Name)...)
		out = append(out, atMost(path+".name", p.Name, maxTitle)...)
		out = append(out, required(path+".form", p.Form)...)
		if p.Class != agreement.PublicBenefit && p.Class != agreement.Industry {
			out = append(out, refusal.NotAChoice.At(path+".class", "choices", "public-benefit, industry"))
		}
		if slices.IndexFunc(products, func(q Intended) bool { return q.Name == p.Name }) != i {
			out = append(out, refusal.Repeated.At(path+".name"))
		}
	}
	return out
}

// checkAttachments finds attachments that are not there, belong to somebody else, or exceed the profile's bounds.
func checkAttachments(path string, digests []string, organization string, env lifecycle.Env) []refusal.Field {
	rules := env.Policy.Application.Attachments
	if len(digests) > rules.MaxFiles {
		return []refusal.Field{refusal.TooMany.At(path, "max", fmt.Sprint(rules.MaxFiles))}
	}
	var out []refusal.Field
	for i, d := range digests {
		at := fmt.Sprintf("%s[%d]", path, i)
		file, ok := env.Facts.Attachments[d]
		switch {
		case !ok || file.Organization != organization:
			out = append(out, refusal.UnknownReference.At(at))
		case slices.Index(digests, d) != i:
			out = append(out, refusal.Repeated.At(at))
		}
	}
	return out
}

func modes(p *policy.Profile) string {
	var codes []string
	for _, m := range p.Application.Modes {
		codes = append(codes, m.Code)
	}
	return strings.Join(codes, ", ")
}

func required(path, s string) []refusal.Field {
	if strings.TrimSpace(s) == "" {
		return []refusal.Field{refusal.Required.At(path)}
	}
	return nil
}

func atMost(path, s string, limit int) []refusal.Field {
	if utf8.RuneCountInString(s) > limit {
		return []refusal.Field{refusal.TooLong.At(path, "max", fmt.Sprint(limit))}
	}
	return nil
}
