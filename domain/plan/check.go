package plan

import (
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// check finds what is wrong even in a draft: what is there must be right, but only the name need be there.
func (c Content) check(agency string, env lifecycle.Env) refusal.Faults {
	var f refusal.Faults
	f.Text("name", c.Name, maxTitle)
	for _, t := range c.texts() {
		f.AtMost(t.path, t.value, t.most)
	}
	c.checkConditions(&f, env)
	if c.Method != "" {
		refusal.Choice(&f, "method", c.Method, codes(env.Policy.Plan.Methods)...)
	}
	if c.Mode != "" {
		var modes []string
		for _, m := range env.Policy.Application.Modes {
			modes = append(modes, m.Code)
		}
		refusal.Choice(&f, "mode", c.Mode, modes...)
	}
	c.checkResources(&f, env)
	c.checkTerm(&f, env.Policy)
	c.checkProducts(&f)
	c.checkShares(&f)
	c.checkComment(&f)
	env.CheckFiles(&f, "risk_report", c.RiskReport, agency)
	env.CheckFiles(&f, "attachments", c.Attachments, agency)
	return f
}

type text struct {
	path, value string
	most        int
	needed      bool // for the plan to be handed in
}

// texts are the items in words.
func (c Content) texts() []text {
	u, a, p := c.Undertaking, c.Accounting, c.Protection
	return []text{
		{"necessity", c.Necessity, maxText, true},
		{"feasibility.service", c.Feasibility.Service, maxText, true},
		{"feasibility.demand", c.Feasibility.Demand, maxText, true},
		{"feasibility.market", c.Feasibility.Market, maxText, true},
		{"feasibility.effect", c.Feasibility.Effect, maxText, true},
		{"feasibility.risk", c.Feasibility.Risk, maxText, true},
		{"extent", c.Extent, maxPart, c.Mode != "" && c.Mode != "whole"},
		{"term_reason", c.TermReason, maxPart, false},
		{"undertaking.construction", u.Construction, maxText, true},
		{"undertaking.support", u.Support, maxText, true},
		{"undertaking.schedule", u.Schedule, maxText, true},
		{"undertaking.evaluation", u.Evaluation, maxText, true},
		{"undertaking.exit", u.Exit, maxText, true},
		{"undertaking.assets", u.Assets, maxText, true},
		{"accounting.costs", a.Costs, maxText, true},
		{"accounting.income", a.Income, maxText, true},
		{"accounting.sharing", a.Sharing, maxText, true},
		{"protection.security", p.Security, maxText, true},
		{"protection.personal", p.Personal, maxText, true},
		{"protection.emergency", p.Emergency, maxText, true},
		{"rights.agency", c.Rights.Agency, maxText, true},
		{"rights.operator", c.Rights.Operator, maxText, true},
		{"rights.others", c.Rights.Others, maxText, false},
		{"oversight.supervision", c.Oversight.Supervision, maxText, true},
		{"oversight.assessment", c.Oversight.Assessment, maxText, true},
		{"other", c.Other, maxText, true},
		{"exclusive.terms", c.Exclusive.Terms, maxPart, false},
		{"exclusive.reason", c.Exclusive.Reason, maxPart, strings.TrimSpace(c.Exclusive.Terms) != ""},
		{"pre_review", c.PreReview, maxText, true},
		{"comment_reason", c.CommentReason, maxPart, false},
	}
}

// checkComplete finds what is missing for the plan to be handed in: any of the twelve items and of their parts.
func (c Content) checkComplete(f *refusal.Faults, rules *policy.Plan) {
	for _, t := range c.texts() {
		f.Unless(!t.needed || strings.TrimSpace(t.value) != "", refusal.Required.At(t.path))
	}
	for _, capability := range rules.Capabilities {
		named := slices.ContainsFunc(c.Conditions, func(x Condition) bool { return x.Capability == capability.Code })
		if !named {
			f.Add(refusal.PlanCapability.At("conditions"))
			break
		}
	}
	f.Unless(c.Method != "", refusal.Required.At("method"))
	f.Unless(c.Mode != "", refusal.Required.At("mode"))
	f.Unless(len(c.Resources) > 0, refusal.Required.At("resources"))
	for i, r := range c.Resources {
		f.Unless(strings.TrimSpace(r.Frequency) != "", refusal.Required.At(refusal.In("resources", i, "frequency")))
		f.Unless(strings.TrimSpace(r.Quality) != "", refusal.Required.At(refusal.In("resources", i, "quality")))
	}
	f.Unless(c.TermMonths != 0, refusal.Required.At("term_months"))
	f.Unless(len(c.Products) > 0, refusal.Required.At("products"))
	if days, whole := c.commentDays(rules); days < whole {
		f.Unless(strings.TrimSpace(c.CommentReason) != "", refusal.PlanCommentShorter.At("comment_reason"))
	}
}

// checkConditions finds conditions that nobody could be tested by.
func (c Content) checkConditions(f *refusal.Faults, env lifecycle.Env) {
	if !f.Count("conditions", len(c.Conditions), maxConditions) {
		return
	}
	titles := make([]string, len(c.Conditions))
	for i, x := range c.Conditions {
		titles[i] = x.Title
		refusal.Choice(f, refusal.In("conditions", i, "capability"), x.Capability, policy.PlanCapabilities...)
		f.Text(refusal.In("conditions", i, "title"), x.Title, maxTitle)
		if strings.TrimSpace(x.Expression) != "" {
			f.Unless(x.usable(env), refusal.PlanExpression.At(refusal.In("conditions", i, "expression")))
		}
	}
	f.Distinct(titles, func(i int) string { return refusal.In("conditions", i, "title") })
}

// usable reports whether the expression compiles and can be tested on an applicant.
func (x Condition) usable(env lifecycle.Env) bool {
	condition, err := env.Compile(x.Expression)
	if err != nil {
		return false
	}
	product := policy.ProductFact{Name: "name", Class: string(agreement.Industry), Form: "form"}
	sample := policy.ApplicantFacts{Certificates: []string{"certificate"}, Application: policy.ApplicationFacts{Products: []policy.ProductFact{product}}}
	_, err = condition.Holds(sample.Map())
	return err == nil
}

func (c Content) checkResources(f *refusal.Faults, env lifecycle.Env) {
	if !f.Count("resources", len(c.Resources), maxResources) {
		return
	}
	at := func(i int) string { return refusal.In("resources", i, "id") }
	for i, r := range c.Resources {
		_, ok := env.Facts.Resources[r.ID]
		f.Unless(ok, refusal.UnknownReference.At(at(i)))
		f.AtMost(refusal.In("resources", i, "frequency"), r.Frequency, maxForm)
		f.AtMost(refusal.In("resources", i, "quality"), r.Quality, maxPart)
	}
	f.Distinct(c.resourceIDs(), at)
	c.checkCore(f, env)
}

// checkTerm lets a term run longer than the profile allows in principle for a documented reason alone (27号 Art. 14(2): 原则上).
func (c Content) checkTerm(f *refusal.Faults, p *policy.Profile) {
	f.Unless(c.TermMonths >= 0, refusal.NotNegative.At("term_months"))
	limit := p.Application.MaxTermMonths
	if p.Agreement.TermException && strings.TrimSpace(c.TermReason) != "" {
		limit = max(limit, maxTerm)
	}
	f.Unless(c.TermMonths <= limit, refusal.TermTooLong.At("term_months", "months", fmt.Sprint(limit)))
}

func (c Content) checkProducts(f *refusal.Faults) {
	if !f.Count("products", len(c.Products), maxProducts) {
		return
	}
	names := make([]string, len(c.Products))
	for i, p := range c.Products {
		names[i] = p.Name
		f.Text(refusal.In("products", i, "name"), p.Name, maxTitle)
		refusal.Choice(f, refusal.In("products", i, "class"), p.Class, agreement.PublicBenefit, agreement.Industry)
		f.Text(refusal.In("products", i, "form"), p.Form, maxForm)
		f.AtMost(refusal.In("products", i, "scenario"), p.Scenario, maxPart)
	}
	f.Distinct(names, func(i int) string { return refusal.In("products", i, "name") })
}

func (c Content) checkShares(f *refusal.Faults) {
	shares := c.Accounting.Shares
	if !f.Count("accounting.shares", len(shares), maxShares) || len(shares) == 0 {
		return
	}
	sum := 0
	parties := make([]string, len(shares))
	for i, s := range shares {
		parties[i] = s.Party
		f.Text(refusal.In("accounting.shares", i, "party"), s.Party, maxTitle)
		f.Unless(s.BasisPoints >= 0, refusal.NotNegative.At(refusal.In("accounting.shares", i, "basis_points")))
		sum += min(max(s.BasisPoints, 0), 10001)
	}
	f.Distinct(parties, func(i int) string { return refusal.In("accounting.shares", i, "party") })
	f.Unless(sum == 10000, refusal.PlanShares.At("accounting.shares"))
}

func (c Content) checkComment(f *refusal.Faults) {
	f.Unless(c.CommentDays >= 0, refusal.NotNegative.At("comment_days"))
	f.Unless(c.CommentDays <= maxComment, refusal.TooMany.At("comment_days", "max", fmt.Sprint(maxComment)))
}

func codes(grounds []policy.Ground) []string {
	out := make([]string, len(grounds))
	for i, g := range grounds {
		out[i] = g.Code
	}
	return out
}
