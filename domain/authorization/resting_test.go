package authorization_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
)

// other is the plan of the tests, changed.
func other(change func(*plan.Plan)) *plan.Plan {
	raw, err := json.Marshal(thePlan())
	if err != nil {
		panic(err)
	}
	c, err := plan.Machine.Decode(raw)
	if err != nil {
		panic(err)
	}
	p := c.(*plan.Plan) //nolint:forcetypeassert // its own kind
	change(p)
	return p
}

func TestRequirement47AnAuthorisationStaysWithinItsPlan(t *testing.T) {
	type A = authorization.Application
	type P = plan.Plan
	content := func(p *P) *plan.Content { return &p.Versions[0].Content }
	for name, c := range map[string]struct {
		plan   func(*P)
		change func(*A)
		code   refusal.Code
		path   string
	}{
		"another mode":     {func(p *P) { content(p).Mode = "field" }, nil, refusal.OutsidePlan, "mode"},
		"a longer term":    {func(p *P) { content(p).TermMonths = 59 }, nil, refusal.OutsidePlan, "term_months"},
		"another resource": {func(p *P) { content(p).Resources = content(p).Resources[:1] }, nil, refusal.OutsidePlan, "resources[1]"},
		"another product": {nil, func(a *A) {
			a.Products = append(slices.Clone(a.Products), authorization.Intended{Name: "x", Class: agreement.Industry, Form: "API"})
		}, refusal.OutsidePlan, "products[2]"},
		"another class": {nil, func(a *A) { a.Products[0].Class = agreement.PublicBenefit }, refusal.OutsidePlan, "products[0]"},
		"not in force":  {func(p *P) { p.State = plan.Ended }, nil, refusal.PlanNotInForce, "plan"},
		"not published": {func(p *P) { p.Versions[0].Published = nil }, nil, refusal.PlanNotInForce, "plan"},
		"not open":      {func(p *P) { p.Open = nil }, nil, refusal.PlanNotInForce, "plan"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRun(national)
			if c.plan != nil {
				r.facts.Cases[planID] = other(c.plan)
			}
			r.draft(t, func(a *A) {
				a.Products = slices.Clone(a.Products)
				if c.change != nil {
					c.change(a)
				}
			})
			r.refuse(t, applicant, "submit", nil, c.code, c.path)
		})
	}
	elsewhere := newRun(national)
	elsewhere.facts.Cases[planID] = other(func(p *P) { p.Agency = otherAgency })
	elsewhere.refuse(t, applicant, "draft", authorization.DraftInput{Application: application()}, refusal.PlanOtherAgency, "plan")

	r := newRun(national).draft(t).submit(t)
	if on := r.a.Submissions[0].Plan; on == nil || on.Plan != planID || on.Version != 1 || on.Hash != thePlan().InForce().Hash {
		t.Errorf("pinned to %+v", on)
	}
}

// TestOlderProfilesRestOnWords: what is pinned to a profile older than plans as cases goes by its rules.
func TestOlderProfilesRestOnWords(t *testing.T) {
	r := newRun(profile(func(p *policy.Profile) { p.Plan = nil }))
	r.draft(t, func(a *authorization.Application) { a.Plan, a.Purpose = "某方案", "" }).submit(t)
	if r.a.Submissions[0].Plan != nil {
		t.Error("pinned to a plan in words")
	}
	newRun(profile(func(p *policy.Profile) { p.Plan = nil })).draft(t, func(a *authorization.Application) { a.Plan, a.Purpose = "", "" }).
		refuse(t, applicant, "submit", nil, refusal.Required, "purpose")
}

// TestAnApplicationMayComeAgain after the plan closed to new ones, but not once it has ended.
func TestAnApplicationMayComeAgain(t *testing.T) {
	returned := func() *run {
		r := newRun(national).draft(t).submit(t)
		r.do(t, officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "purpose", Text: "x"}}})
		return r
	}
	r := returned()
	r.facts.Cases[planID] = other(func(p *plan.Plan) { p.Open = nil })
	r.do(t, applicant, "resubmit", nil)
	r = returned()
	r.facts.Cases[planID] = other(func(p *plan.Plan) { p.State = plan.Ended })
	r.refuse(t, applicant, "resubmit", nil, refusal.PlanNotInForce, "plan")
}

// TestConditionsTestApplicants and say which of them fails (27号 Art. 10(3), 12).
func TestConditionsTestApplicants(t *testing.T) {
	r := newRun(national)
	r.facts.Cases[planID] = other(func(p *plan.Plan) {
		p.Versions[0].Content.Conditions = []plan.Condition{
			{Capability: "funds", Title: "实缴资本", Expression: "capital >= 1000"},
			{Capability: "management", Title: "成立满三年", Expression: "years >= 3"},
			{Capability: "technology", Title: "持有证书", Expression: `"ISO 27001" in certificates`},
			{Capability: "service", Title: "未失信", Expression: "!discredited"},
		}
	})
	r.draft(t, func(a *authorization.Application) {
		a.Standing = authorization.Standing{Capital: 999, Founded: "2023-01-06", Certificates: []string{"ISO 27001"}}
	})
	no := r.try(t, applicant, "submit", nil)
	if no == nil || len(no.Fields) != 2 || no.Fields[0].Params["condition"] != "实缴资本" || no.Fields[1].Params["condition"] != "成立满三年" || no.Fields[0].Path != "standing" {
		t.Fatalf("%+v", no)
	}
	r.do(t, applicant, "edit", func() authorization.Application {
		a := application()
		a.Standing = authorization.Standing{Capital: 1000, Founded: "2023-01-05", Certificates: []string{"ISO 27001"}}
		return a
	}())
	r.do(t, applicant, "submit", nil)
}

func TestStandingIsChecked(t *testing.T) {
	for path, s := range map[string]authorization.Standing{
		"standing.capital not-negative":          {Capital: -1},
		"standing.security_level security-level": {SecurityLevel: 6},
		"standing.founded not-a-date":            {Founded: "soon"},
		"standing.founded date-in-future":        {Founded: "2030-01-01"},
		"standing.certificates[1] repeated":      {Certificates: []string{"a", "a"}},
		"standing.certificates too-many":         {Certificates: slices.Repeat([]string{"a"}, 51)},
		"standing.technical_staff not-negative":  {TechnicalStaff: -1},
		"standing.certificates[0] required":      {Certificates: []string{" "}},
	} {
		in := application()
		in.Standing = s
		no := newRun(national).try(t, applicant, "draft", authorization.DraftInput{Application: in})
		if no == nil || !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path+" "+f.Code == path }) {
			t.Errorf("%s: %+v", path, no)
		}
	}
}

// TestRegradingStopsWhatTheProfileSays, and lets it go on when what was lacking is there.
func TestRegradingStopsWhatTheProfileSays(t *testing.T) {
	lacking := regrading.Input{Resource: "resource-1", Number: 2, Grade: grading.Core, Lacks: []string{"not-core"}}
	cured := regrading.Input{Resource: "resource-1", Number: 3, Grade: grading.General}

	r := newRun(national).draft(t).submit(t)
	r.do(t, system, regrading.Command, lacking)
	r.refuse(t, officer, "accept", nil, refusal.StoppedByGrade)
	r.do(t, officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "resources", Text: "x"}}})
	r.do(t, system, regrading.Command, cured)
	if len(r.a.Regraded) > 0 {
		t.Error("still flagged")
	}

	// Without the resource the application goes on, and so does an agreement.
	r = newRun(national).draft(t).submit(t)
	r.do(t, system, regrading.Command, lacking)
	r.do(t, officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "resources", Text: "x"}}})
	smaller := application()
	smaller.Resources = []string{"resource-2"}
	r.do(t, applicant, "edit", smaller)
	r.do(t, applicant, "resubmit", nil)
	r.do(t, officer, "accept", nil)
	r.do(t, system, regrading.Command, lacking)
	if len(r.a.Regraded) > 0 {
		t.Error("flagged for a resource that it does not rest on")
	}
	r = drafting(t)
	r.do(t, system, regrading.Command, lacking)
	r.refuse(t, officer, "propose-agreement", r.agreement(), refusal.StoppedByGrade, "resources[0]")
	without := r.agreement()
	without.Resources = []string{"resource-2"}
	r.do(t, officer, "propose-agreement", without)
	r.do(t, applicant, "agree-text", authorization.HashInput{Hash: without.Hash()})

	r = operating(t)
	r.do(t, system, regrading.Command, lacking)
	if r.a.Access != authorization.AccessSuspended || len(r.a.Regraded) != 1 || !slices.ContainsFunc(r.notices, func(n lifecycle.Notice) bool { return n.Subject == "resource-regraded" }) {
		t.Errorf("access %s, flags %v", r.a.Access, r.a.Regraded)
	}
	r.refuse(t, applicant, "list-product", authorization.ListingInput{Product: "alerts", Price: "0"}, refusal.StoppedByGrade)
	r.suspend(t).resume(t)
	if r.a.Access != authorization.AccessSuspended {
		t.Error("resuming opened access to core data")
	}
	r.do(t, system, regrading.Command, cured)
	if r.a.Access != authorization.AccessOpen {
		t.Error("access is not open again")
	}
	r.do(t, applicant, "list-product", authorization.ListingInput{Product: "alerts", Price: "0"})

	r = operating(t)
	r.do(t, system, regrading.Command, regrading.Input{Resource: "resource-1", Number: 2, Grade: grading.Important, Lacks: []string{"risk-assessment"}})
	if r.a.Access != authorization.AccessOpen {
		t.Error("important data suspends access, which the profile does not say")
	}
	r.refuse(t, applicant, "list-product", authorization.ListingInput{Product: "alerts", Price: "0"}, refusal.StoppedByGrade)

	r = filed(t)
	r.do(t, system, regrading.Command, lacking)
	r.now = r.now.Add(time.Hour)
	r.started(t)
	if r.a.Access != authorization.AccessSuspended {
		t.Error("operation started with access to core data")
	}
}
