package plan

import (
	"slices"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Ref pins an authorisation to exactly one version of a plan.
type Ref struct {
	Plan    string `json:"plan"` // case
	Name    string `json:"name"`
	Version int    `json:"version"`
	Hash    string `json:"hash"`
}

// Ref is the version in force; there is one.
func (p *Plan) Ref() Ref {
	v := p.InForce()
	return Ref{Plan: p.ID, Name: v.Content.Name, Version: v.No, Hash: v.Hash}
}

// Taking reports whether the plan takes applications now.
func (p *Plan) Taking() bool { return p.InForce() != nil && p.Open != nil }

// Asked is what an application asks for, as far as a plan bounds it.
type Asked struct {
	Mode       string
	Resources  []string
	Products   []policy.ProductFact
	TermMonths int
}

// CheckWithin finds what of an application lies outside the plan: no scope beyond it can be granted (27号 Art. 12, 14).
func (c Content) CheckWithin(f *refusal.Faults, asked Asked) {
	f.Unless(asked.Mode == "" || asked.Mode == c.Mode, refusal.OutsidePlan.At("mode"))
	f.Unless(asked.TermMonths <= c.TermMonths, refusal.OutsidePlan.At("term_months"))
	in := c.resourceIDs()
	for i, id := range asked.Resources {
		f.Unless(slices.Contains(in, id), refusal.OutsidePlan.At(refusal.In("resources", i)))
	}
	for i, p := range asked.Products {
		listed := slices.ContainsFunc(c.Products, func(q Product) bool { return q.Name == p.Name && q.Class == agreement.Class(p.Class) })
		f.Unless(listed, refusal.OutsidePlan.At(refusal.In("products", i)))
	}
}

// CheckApplicant tests an applicant by the plan's conditions and says which of them fail.
func (c Content) CheckApplicant(f *refusal.Faults, facts policy.ApplicantFacts, env lifecycle.Env) {
	for _, x := range c.Conditions {
		if strings.TrimSpace(x.Expression) == "" {
			continue
		}
		condition, err := env.Compile(x.Expression)
		if err != nil {
			f.Add(refusal.ConditionNotTold.At("standing", "condition", x.Title))
			continue
		}
		switch holds, err := condition.Holds(facts.Map()); {
		case err != nil:
			f.Add(refusal.ConditionNotTold.At("standing", "condition", x.Title))
		case !holds:
			f.Add(refusal.ConditionFailed.At("standing", "condition", x.Title))
		}
	}
}

// facts is the plan as the conditions of reviews see it.
func (c Content) facts() policy.ApplicationFacts {
	products := make([]policy.ProductFact, len(c.Products))
	for i, p := range c.Products {
		products[i] = policy.ProductFact{Name: p.Name, Class: string(p.Class), Form: p.Form}
	}
	return policy.ApplicationFacts{Mode: c.Mode, TermMonths: c.TermMonths, Products: products, Resources: len(c.Resources)}
}
