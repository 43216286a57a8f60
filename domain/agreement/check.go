package agreement

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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

const maxText = 4000

// Check returns every field of the agreement that does not satisfy the rules or goes beyond the decided scope, by path; none means it may be decided on.
func Check(a Agreement, scope Scope, rules policy.AgreementRules, today calendar.Date) []refusal.Field {
	var out []refusal.Field
	out = append(out, checkResources(a, scope)...)
	out = append(out, checkTerm(a.Term, scope, rules, today)...)
	out = append(out, checkProducts(a, scope)...)
	for _, t := range []struct{ path, text string }{
		{"platform", a.Platform}, {"assets", a.Assets}, {"disclosure.requirements", a.Disclosure.Requirements}, {"accounting.rules", a.Accounting.Rules},
		{"security", a.Security}, {"evaluation", a.Evaluation}, {"breach", a.Breach}, {"disputes.text", a.Disputes.Text}, {"change", a.Change}, {"other", a.Other},
	} {
		out = append(out, checkText(t.path, t.text)...)
	}
	if !a.Disclosure.NoRedevelopment {
		out = append(out, refusal.RedevelopmentBan.At("disclosure.no_redevelopment"))
	}
	out = append(out, checkShares(a.Accounting.Shares)...)
	out = append(out, checkDisputes(a.Disputes)...)
	for _, c := range scope.Conditions {
		if !slices.Contains(a.Conditions, c) {
			out = append(out, refusal.ConditionMissing.At("conditions"))
			break
		}
	}
	return out
}

func checkResources(a Agreement, scope Scope) []refusal.Field {
	if len(a.Resources) == 0 {
		return []refusal.Field{refusal.Required.At("resources")}
	}
	var out []refusal.Field
	for i, r := range a.Resources {
		path := fmt.Sprintf("resources[%d]", i)
		if !slices.Contains(scope.Resources, r) {
			out = append(out, refusal.BeyondDecision.At(path))
		}
		if slices.Index(a.Resources, r) != i {
			out = append(out, refusal.Repeated.At(path))
		}
	}
	return out
}

func checkTerm(t Term, scope Scope, rules policy.AgreementRules, today calendar.Date) []refusal.Field {
	var out []refusal.Field
	if t.From.IsZero() {
		out = append(out, refusal.Required.At("term.from"))
	}
	if t.To.IsZero() {
		out = append(out, refusal.Required.At("term.to"))
	}
	if len(out) > 0 {
		return out
	}
	if t.From.Before(today) {
		out = append(out, refusal.StartInPast.At("term.from"))
	}
	if !t.To.After(t.From) {
		return append(out, refusal.EndBeforeStart.At("term.to"))
	}
	if t.To.After(lastDay(t.From, scope.TermMonths)) {
		out = append(out, refusal.BeyondDecision.At("term.to"))
	}
	if m, ok := rules.MaxTerm.Span.Span.(calendar.Months); ok && t.To.After(lastDay(t.From, int(m))) && (!rules.TermException || t.Exception == "") {
		out = append(out, refusal.TermTooLong.At("term.to", "months", fmt.Sprint(int(m))))
	}
	return out
}

// lastDay is the last day of a term of months whose first day counts.
func lastDay(from calendar.Date, months int) calendar.Date { return from.AddMonths(months).AddDays(-1) }

func checkProducts(a Agreement, scope Scope) []refusal.Field {
	if len(a.Products) == 0 {
		return []refusal.Field{refusal.Required.At("products")}
	}
	var out []refusal.Field
	names := map[string]bool{}
	for i, p := range a.Products {
		path := fmt.Sprintf("products[%d]", i)
		if names[p.Name] {
			out = append(out, refusal.Repeated.At(path+".name"))
		}
		names[p.Name] = true
		decided := slices.ContainsFunc(scope.Products, func(d Product) bool { return d.Name == p.Name && d.Class == p.Class })
		if !decided {
			out = append(out, refusal.BeyondDecision.At(path))
		}
		out = append(out, checkText(path+".standard", p.Standard)...)
		out = append(out, checkText(path+".security_review", p.Security)...)
		out = append(out, checkText(path+".compliance_review", p.Compliance)...)
	}
	return out
}

func checkText(path, text string) []refusal.Field {
	switch {
	case strings.TrimSpace(text) == "":
		return []refusal.Field{refusal.Required.At(path)}
	case utf8.RuneCountInString(text) > maxText:
		return []refusal.Field{refusal.TooLong.At(path, "max", fmt.Sprint(maxText))}
	default:
		return nil
	}
}

func checkShares(shares []Share) []refusal.Field {
	sum := 0
	for i, s := range shares {
		if s.BasisPoints < 0 || s.BasisPoints > 10000 {
			return []refusal.Field{refusal.NotNegative.At(fmt.Sprintf("accounting.shares[%d].basis_points", i))}
		}
		sum += s.BasisPoints
	}
	if sum != 10000 {
		return []refusal.Field{refusal.SharesDoNotAddUp.At("accounting.shares")}
	}
	return nil
}

func checkDisputes(d Disputes) []refusal.Field {
	var out []refusal.Field
	if len(d.Ways) == 0 {
		out = append(out, refusal.Required.At("disputes.ways"))
	}
	for i, w := range d.Ways {
		path := fmt.Sprintf("disputes.ways[%d]", i)
		switch w {
		case Negotiation, Mediation, Reconsideration, Litigation:
		case Arbitration:
			out = append(out, refusal.ArbitrationVoid.At(path))
		default:
			out = append(out, refusal.NotAChoice.At(path, "choices", "negotiation, mediation, reconsideration, litigation"))
		}
	}
	if strings.Contains(d.Text, "仲裁") || strings.Contains(strings.ToLower(d.Text), "arbitrat") {
		out = append(out, refusal.ArbitrationVoid.At("disputes.text"))
	}
	return out
}
