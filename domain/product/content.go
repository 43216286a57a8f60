package product

import (
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Content is what a product or service is. All of it is disclosed once it is on offer (27号 Art. 19), attachments apart.
type Content struct {
	Name         string          `json:"name" maxLength:"200" doc:"name of the product or service in the signed agreement"`
	Form         agreement.Form  `json:"form" enum:"data-set,api,model,report,verification,tool,other"`
	Class        agreement.Class `json:"class" enum:"public-benefit,industry" doc:"as in the agreement"`
	Scenario     string          `json:"scenario,omitempty" maxLength:"2000" doc:"application scenario 应用场景"`
	Resources    []string        `json:"resources,omitempty" maxItems:"500" doc:"catalogue resources that it uses, by ID; all of them in the agreement"`
	Standard     string          `json:"standard,omitempty" maxLength:"2000" doc:"technical standard"`
	Capabilities []string        `json:"capabilities,omitempty" maxItems:"50" doc:"list of capabilities 能力清单"`
	Unit         string          `json:"unit" enum:"number,times,time,calls" doc:"what is charged for: 产品数量、服务次数、服务时间、数据调用量"`
	Attachments  []string        `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
}

// Bounds of inputs, in characters and in number.
const (
	maxText         = 4000
	maxPart         = 2000
	maxTitle        = 200
	maxResources    = 500
	maxCapabilities = 50
)

// Hash identifies exactly this content.
func (c Content) Hash() string { return lifecycle.ContentHash(c) }

// needs says what must be looked up to check the content.
func (c Content) needs(on string) lifecycle.Needs {
	n := lifecycle.Needs{Resources: c.Resources, Attachments: c.Attachments}
	if on != "" {
		n.Cases = []string{on}
	}
	return n
}

// check finds what is wrong even in a draft: what is there must be within the agreement, but only name, form, class and unit need be there.
func (c Content) check(a *authorization.Authorization, env lifecycle.Env) refusal.Faults {
	var f refusal.Faults
	f.Text("name", c.Name, maxTitle)
	forms := make([]agreement.Form, len(agreement.Forms))
	for i, known := range agreement.Forms {
		forms[i] = known.Form
	}
	refusal.Choice(&f, "form", c.Form, forms...)
	refusal.Choice(&f, "class", c.Class, agreement.PublicBenefit, agreement.Industry)
	f.AtMost("scenario", c.Scenario, maxPart)
	f.AtMost("standard", c.Standard, maxPart)
	refusal.Choice(&f, "unit", c.Unit, agreement.Units...)
	if f.Count("capabilities", len(c.Capabilities), maxCapabilities) {
		at := func(i int) string { return refusal.In("capabilities", i) }
		for i, capability := range c.Capabilities {
			f.Text(at(i), capability, maxTitle)
		}
		f.Distinct(c.Capabilities, at)
	}
	if f.Count("resources", len(c.Resources), maxResources) {
		f.Distinct(c.Resources, func(i int) string { return refusal.In("resources", i) })
	}
	env.CheckFiles(&f, "attachments", c.Attachments, env.By.Organization)
	c.checkWithin(&f, a, env)
	return f
}

// checkWithin finds what lies outside the signed agreement – product, class, resources – and an authorisation whose term has ended: nothing beyond it can be
// offered (27号 Art. 14, 21).
func (c Content) checkWithin(f *refusal.Faults, a *authorization.Authorization, env lifecycle.Env) {
	if a == nil {
		return // said by on
	}
	grant, _ := a.Granted()
	f.Unless(!calendar.DateOf(env.Now).After(grant.Ends), refusal.OutsideAgreement.At("authorization"))
	i := slices.IndexFunc(grant.Offers, func(p agreement.Product) bool { return p.Name == c.Name })
	f.Unless(i >= 0 || c.Name == "", refusal.NotInAgreement.At("name"))
	f.Unless(i < 0 || grant.Offers[i].Class == c.Class, refusal.OutsideAgreement.At("class"))
	for i, id := range c.Resources {
		f.Unless(slices.Contains(grant.Resources, id), refusal.OutsideAgreement.At(refusal.In("resources", i)))
	}
}

// checkComplete finds what is missing for the content to be handed in.
func (c Content) checkComplete(f *refusal.Faults) {
	said := func(path, s string) { f.Unless(strings.TrimSpace(s) != "", refusal.Required.At(path)) }
	said("scenario", c.Scenario)
	said("standard", c.Standard)
	f.Unless(len(c.Resources) > 0, refusal.Required.At("resources"))
	f.Unless(len(c.Capabilities) > 0, refusal.Required.At("capabilities"))
}

// checkFixed finds what a change of a product on offer may not touch: what it is called, what it is for, and what is charged for.
func (c Content) checkFixed(f *refusal.Faults, offered *Version) {
	if offered == nil {
		return
	}
	f.Unless(c.Name == offered.Content.Name, refusal.FixedWhileListed.At("name"))
	f.Unless(c.Class == offered.Content.Class, refusal.FixedWhileListed.At("class"))
	f.Unless(c.Unit == offered.Content.Unit, refusal.FixedWhileListed.At("unit"))
}

// facts is the product as the conditions of reviews and of the trial see it.
func (c Content) facts() policy.ApplicationFacts {
	one := policy.ProductFact{Name: c.Name, Class: string(c.Class), Form: string(c.Form)}
	return policy.ApplicationFacts{Products: []policy.ProductFact{one}, Resources: len(c.Resources)}
}

// on returns the authorisation of the ID as a product can rest on it – filed, not in exit, its products being cases – or nil with the fault.
func on(f *refusal.Faults, id string, by string, env lifecycle.Env) *authorization.Authorization {
	a, ok := env.Facts.Cases[id].(*authorization.Authorization)
	switch {
	case id == "":
		f.Add(refusal.Required.At("authorization"))
	case !ok || a.Applicant != by:
		f.Add(refusal.UnknownReference.At("authorization"))
	case !slices.Contains([]lifecycle.State{authorization.Filed, authorization.Operating, authorization.Suspended}, a.State):
		f.Add(refusal.AuthorizationOver.At("authorization"))
	case !a.ProductsByCase:
		f.Add(refusal.ProductNotCase.At("authorization"))
	default:
		return a
	}
	return nil
}

// operating returns the authorisation when it lets things be offered now: in operation, with access to the data, and no grade of a resource in the way.
func (p *Product) operating(env lifecycle.Env) (*authorization.Authorization, refused) {
	a, ok := env.Facts.Cases[p.Authorization].(*authorization.Authorization)
	if !ok {
		panic(fmt.Sprintf("%s rests on %s, which is not there", p.ID, p.Authorization)) // it was when it was drafted
	}
	r := a.Offering(p.Drafted.Resources)
	return a, r
}
