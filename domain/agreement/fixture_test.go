package agreement_test

import (
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/policy"
)

var today = day("2026-03-02")

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// rules are those of 27号 Art. 14(2): five years, with an exception for a documented reason.
func rules() policy.AgreementRules {
	return policy.AgreementRules{MaxTerm: policy.Limit{Span: policy.Span{Span: calendar.Months(60)}}, TermException: true}
}

// scope is what was decided: three resources, two products, six years with a reason, one condition.
func scope() agreement.Scope {
	return agreement.Scope{
		Resources: []string{"r1", "r2", "r3"},
		Products: []agreement.Product{
			{Name: "flow", Class: agreement.Industry, Form: "API"}, {Name: "alerts", Class: agreement.PublicBenefit, Form: "data set"},
		},
		TermMonths: 72, Conditions: []string{"audit every year"},
	}
}

// whole is an agreement that satisfies everything.
func whole() agreement.Agreement {
	product := func(name string, class agreement.Class, form string) agreement.Product {
		return agreement.Product{Name: name, Class: class, Form: form, Standard: "GB/T", Security: "before listing", Compliance: "before listing"}
	}
	return agreement.Agreement{
		Resources: []string{"r1", "r3"},
		Term:      agreement.Term{From: day("2026-04-01"), To: day("2031-03-31")},
		Products:  []agreement.Product{product("flow", agreement.Industry, "API"), product("alerts", agreement.PublicBenefit, "data set")},
		Platform:  "the city's platform", Assets: "hardware to whoever paid", Disclosure: agreement.Openness{Requirements: "yearly", NoRedevelopment: true},
		Accounting: agreement.Sharing{Rules: "separate", Shares: []agreement.Share{{Party: "agency", BasisPoints: 3000}, {Party: "operator", BasisPoints: 7000}}},
		Security:   "monitoring and drills", Evaluation: "yearly; renewal on evaluation", Breach: "damages",
		Disputes: agreement.Disputes{Ways: []agreement.Way{agreement.Negotiation, agreement.Litigation}, Text: "negotiate, then sue"},
		Change:   "in writing", Other: "无", Conditions: []string{"audit every year", "a condition of our own"},
	}
}

func check(t *testing.T, change func(*agreement.Agreement)) map[string]string {
	t.Helper()
	a := whole()
	change(&a)
	out := map[string]string{}
	for _, f := range agreement.Check(a, scope(), rules(), today) {
		if _, twice := out[f.Path]; !twice {
			out[f.Path] = f.Code
		}
		if f.Detail("zh") == f.Code || f.Detail("en") == f.Code {
			t.Errorf("%s: code %q has no words", f.Path, f.Code)
		}
	}
	return out
}
