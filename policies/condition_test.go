package policies_test

import (
	"strings"
	"testing"

	"datacharter/domain/policy"
	"datacharter/policies"
)

// One review that has been rejected ends the case, one that has been returned sends it back, and only all approvals together pass.
func TestNationalVerdicts(t *testing.T) {
	rules := policies.National().Review
	for _, c := range []struct {
		outcomes policy.Outcomes
		want     policy.StageVerdict
	}{
		{policy.Outcomes{Total: 4, Approved: 4}, policy.StagePassed},
		{policy.Outcomes{Total: 1, Approved: 1}, policy.StagePassed},
		{policy.Outcomes{Total: 4, Approved: 3, Returned: 1}, policy.StageReturned},
		{policy.Outcomes{Total: 4, Approved: 3, Rejected: 1}, policy.StageRejected},
		{policy.Outcomes{Total: 4, Approved: 2, Returned: 1, Rejected: 1}, policy.StageRejected},
	} {
		got, err := rules.Verdict(c.outcomes)
		if err != nil || got != c.want {
			t.Errorf("%+v: %s, %v; want %s", c.outcomes, got, err, c.want)
		}
	}
}

func TestReviewUnderACondition(t *testing.T) {
	industry := policy.ProductFact{Name: "a", Class: "industry", Form: "API"}
	benefit := policy.ProductFact{Name: "b", Class: "public-benefit", Form: "report"}
	text := nationalText(t)
	for _, c := range []struct {
		when string
		on   policy.ApplicationFacts
		want bool
	}{
		{`products.exists(p, p.class == "industry")`, policy.ApplicationFacts{Products: []policy.ProductFact{benefit, industry}}, true},
		{`products.exists(p, p.class == "industry")`, policy.ApplicationFacts{Products: []policy.ProductFact{benefit}}, false},
		{`products.all(p, p.form.startsWith("API"))`, policy.ApplicationFacts{Products: []policy.ProductFact{industry}}, true},
		{`mode == "scenario" && term_months > 12`, policy.ApplicationFacts{Mode: "scenario", TermMonths: 13}, true},
		{`mode == "scenario" && term_months > 12`, policy.ApplicationFacts{Mode: "scenario", TermMonths: 12}, false},
		{`resources in [1, 2] || size(products) > 1`, policy.ApplicationFacts{Resources: 3}, false},
	} {
		p, err := policies.Parse("f", []byte(strings.Replace(text, "role: finance-reviewer", "role: finance-reviewer\n      when: '"+c.when+"'", 1)))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range p.Review.Reviews {
			want := c.want || r.Name != "finance"
			if got, err := r.Applies(c.on); err != nil || got != want {
				t.Errorf("%s: %s of %+v: %v, %v; want %v", r.Name, c.when, c.on, got, err, want)
			}
		}
	}
}

// What a condition costs is bounded: a list far longer than any application has ends in an error, not in a wait.
func TestConditionCostIsBounded(t *testing.T) {
	text := strings.Replace(nationalText(t), "role: finance-reviewer", "role: finance-reviewer\n      when: products.all(p, products.all(q, p.name != q.form))", 1)
	p, err := policies.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	facts := policy.ApplicationFacts{Products: make([]policy.ProductFact, 1000)}
	for i := range facts.Products {
		facts.Products[i].Name = "name"
	}
	if _, err := p.Review.Reviews[3].Applies(facts); err == nil || !strings.Contains(err.Error(), "cost limit") {
		t.Errorf("got %v", err)
	}
}

// What a plan sets for operators is tried on what an applicant states of itself; what cannot be tried is no condition.
func TestApplicantConditions(t *testing.T) {
	facts := policy.ApplicantFacts{
		Capital: 1000, Staff: 50, TechnicalStaff: 20, Years: 3, SecurityLevel: 3, Projects: 2, Certificates: []string{"ISO 27001"},
		Application: policy.ApplicationFacts{Mode: "scenario", TermMonths: 36, Products: []policy.ProductFact{{Name: "a", Class: "industry", Form: "API"}}},
	}
	for expression, want := range map[string]bool{
		"capital >= 1000 && staff >= 50 && technical_staff * 2 <= staff": true, "years >= 3 || projects > 5": true, "security_level > 3": false,
		`"ISO 27001" in certificates`: true, "certificates.exists(c, c.startsWith('GB'))": false, "!discredited && !insolvent": true,
		`mode == "scenario" && term_months <= 36`: true, `products.all(p, p.class == "industry")`: true,
	} {
		c, err := policies.ApplicantCondition(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if got, err := c.Holds(facts.Map()); err != nil || got != want {
			t.Errorf("%s: %v, %v", expression, got, err)
		}
	}
	for _, expression := range []string{"", "capital >", "resources > 1", "capital", `capital == "much"`, "products.all(p, p.price > 1)", strings.Repeat("1 + ", 400) + "1 > 0"} {
		if _, err := policies.ApplicantCondition(expression); err == nil {
			t.Errorf("%q is taken", expression)
		}
	}
}
