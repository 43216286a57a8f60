package agreement

import (
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Scope is what was decided: an agreement may stay below it and never goes beyond (27号 Art. 12, 14).
type Scope struct {
	Resources  []string
	Products   []Product // name, class and form alone are compared
	TermMonths int
	Conditions []string
}

// Bounds of the agreement, in characters and in number.
const (
	maxText       = 4000
	maxPart       = 2000 // of a product's standard or review, or of the reason for a longer term
	maxResources  = 500
	maxProducts   = 100
	maxShares     = 50
	maxWays       = 10
	maxVolumes    = 50
	maxConditions = 2000 // more than all reviews of a profile can attach
)

// startWithin is how far ahead, in months, a term may start, so that a slip of the pen is noticed; no rule sets a figure.
const startWithin = 24

// Check returns every field of the agreement that does not satisfy the rules or goes beyond the decided scope, by path; none means it may be decided on.
func Check(a Agreement, scope Scope, rules policy.AgreementRules, today calendar.Date) []refusal.Field {
	var f refusal.Faults
	checkResources(&f, a.Resources, scope.Resources)
	checkTerm(&f, a.Term, scope, rules, today)
	checkProducts(&f, a.Products, scope.Products)
	f.Text("platform", a.Platform, maxText)
	f.Text("assets", a.Assets, maxText)
	f.Text("disclosure.requirements", a.Disclosure.Requirements, maxText)
	f.Unless(a.Disclosure.NoRedevelopment, refusal.RedevelopmentBan.At("disclosure.no_redevelopment"))
	f.Text("accounting.rules", a.Accounting.Rules, maxText)
	checkShares(&f, a.Accounting.Shares)
	f.Text("security", a.Security, maxText)
	f.Text("evaluation", a.Evaluation, maxText)
	f.Text("breach", a.Breach, maxText)
	checkDisputes(&f, a.Disputes)
	f.Text("change", a.Change, maxText)
	f.Text("other", a.Other, maxText)
	checkVolumes(&f, a.Volumes, a.Products)
	checkConditions(&f, a.Conditions, scope.Conditions)
	checkArbitration(&f, a)
	return f
}

func checkResources(f *refusal.Faults, resources, decided []string) {
	f.Unless(len(resources) > 0, refusal.Required.At("resources"))
	if !f.Count("resources", len(resources), maxResources) {
		return
	}
	for i, r := range resources {
		f.Unless(slices.Contains(decided, r), refusal.BeyondDecision.At(refusal.In("resources", i)))
	}
	f.Distinct(resources, func(i int) string { return refusal.In("resources", i) })
}

func checkTerm(f *refusal.Faults, t Term, scope Scope, rules policy.AgreementRules, today calendar.Date) {
	f.AtMost("term.exception", t.Exception, maxPart)
	f.Unless(!t.From.IsZero(), refusal.Required.At("term.from"))
	f.Unless(!t.To.IsZero(), refusal.Required.At("term.to"))
	if t.From.IsZero() || t.To.IsZero() {
		return
	}
	f.Unless(!t.From.Before(today), refusal.StartInPast.At("term.from"))
	f.Unless(!t.From.After(today.AddMonths(startWithin)), refusal.StartTooFar.At("term.from", "months", fmt.Sprint(startWithin)))
	if !t.To.After(t.From) {
		f.Add(refusal.EndBeforeStart.At("term.to"))
		return
	}
	f.Unless(!t.To.After(lastDay(t.From, scope.TermMonths)), refusal.BeyondDecision.At("term.to"))
	longest, capped := rules.MaxTerm.Span.Span.(calendar.Months)
	excepted := rules.TermException && strings.TrimSpace(t.Exception) != ""
	if capped && !excepted && t.To.After(lastDay(t.From, int(longest))) {
		f.Add(refusal.TermTooLong.At("term.to", "months", fmt.Sprint(int(longest))))
	}
}

// lastDay is the last day of a term of months whose first day counts.
func lastDay(from calendar.Date, months int) calendar.Date { return from.AddMonths(months).AddDays(-1) }

func checkProducts(f *refusal.Faults, products, decided []Product) {
	f.Unless(len(products) > 0, refusal.Required.At("products"))
	if !f.Count("products", len(products), maxProducts) {
		return
	}
	names := make([]string, len(products))
	for i, p := range products {
		names[i] = p.Name
		same := func(d Product) bool { return d.Name == p.Name && d.Class == p.Class && d.Form == p.Form }
		f.Unless(slices.ContainsFunc(decided, same), refusal.BeyondDecision.At(refusal.In("products", i)))
		f.Text(refusal.In("products", i, "standard"), p.Standard, maxPart)
		f.Text(refusal.In("products", i, "security_review"), p.Security, maxPart)
		f.Text(refusal.In("products", i, "compliance_review"), p.Compliance, maxPart)
	}
	f.Distinct(names, func(i int) string { return refusal.In("products", i, "name") })
}

func checkVolumes(f *refusal.Faults, volumes []Bound, products []Product) {
	if !f.Count("volumes", len(volumes), maxVolumes) {
		return
	}
	for i, b := range volumes {
		at := func(field string) string { return refusal.In("volumes", i, field) }
		refusal.Choice(f, at("stage"), b.Stage, "supply", "processing", "use", "product-operation")
		refusal.Choice(f, at("unit"), b.Unit, "number", "times", "time", "calls", "records", "megabytes")
		refusal.Choice(f, at("per"), b.Per, PerDay, PerMonth, PerYear, PerTerm)
		f.Unless(b.Most >= 0, refusal.NotNegative.At(at("most")))
		named := b.Product == "" || slices.ContainsFunc(products, func(p Product) bool { return p.Name == b.Product })
		f.Unless(named, refusal.UnknownReference.At(at("product")))
		same := func(o Bound) bool {
			return o.Stage == b.Stage && o.Product == b.Product && o.Unit == b.Unit && o.Per == b.Per
		}
		f.Unless(slices.IndexFunc(volumes, same) == i, refusal.BoundRepeated.At(refusal.In("volumes", i)))
	}
}

func checkShares(f *refusal.Faults, shares []Share) {
	const whole = 10000
	if !f.Count("accounting.shares", len(shares), maxShares) {
		return
	}
	before, sum := len(*f), 0
	for i, s := range shares {
		f.Text(refusal.In("accounting.shares", i, "party"), s.Party, 200)
		f.Unless(s.BasisPoints >= 0 && s.BasisPoints <= whole, refusal.NotAShare.At(refusal.In("accounting.shares", i, "basis_points")))
		sum += s.BasisPoints
	}
	f.Unless(len(*f) > before || sum == whole, refusal.SharesDoNotAddUp.At("accounting.shares"))
}

func checkDisputes(f *refusal.Faults, d Disputes) {
	f.Unless(len(d.Ways) > 0, refusal.Required.At("disputes.ways"))
	if f.Count("disputes.ways", len(d.Ways), maxWays) {
		for i, w := range d.Ways {
			path := refusal.In("disputes.ways", i)
			if w == Arbitration {
				f.Add(refusal.ArbitrationVoid.At(path))
				continue
			}
			refusal.Choice(f, path, w, Negotiation, Mediation, Reconsideration, Litigation)
			f.Unless(slices.Index(d.Ways, w) == i, refusal.Repeated.At(path))
		}
	}
	f.Text("disputes.text", d.Text, maxText)
}

// checkConditions finds whether a condition of a review is left out; the parties may add conditions of their own.
func checkConditions(f *refusal.Faults, conditions, decided []string) {
	if !f.Count("conditions", len(conditions), maxConditions) {
		return
	}
	for i, c := range conditions {
		f.Text(refusal.In("conditions", i), c, maxText)
	}
	missing := func(c string) bool { return !slices.Contains(conditions, c) }
	f.Unless(!slices.ContainsFunc(decided, missing), refusal.ConditionMissing.At("conditions"))
}

// checkArbitration finds an arbitration clause wherever the wording could hold one (法释〔2019〕17号 Art. 26).
func checkArbitration(f *refusal.Faults, a Agreement) {
	for _, t := range []struct{ path, words string }{
		{"evaluation", a.Evaluation}, {"breach", a.Breach}, {"disputes.text", a.Disputes.Text}, {"change", a.Change}, {"other", a.Other},
	} {
		named := strings.Contains(t.words, "仲裁") || strings.Contains(strings.ToLower(t.words), "arbitrat")
		f.Unless(!named, refusal.ArbitrationVoid.At(t.path))
	}
}
