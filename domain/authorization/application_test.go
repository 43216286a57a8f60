package authorization_test

import (
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

func TestDraft(t *testing.T) {
	r := newRun(national)
	r.refuse(t, officer, "draft", application(), refusal.NotEntitled)
	r.draft(t, func(a *authorization.Application) {
		*a = authorization.Application{Title: "only a title", Agency: agency}
	})
	if h := r.a.Header; h.Title != "only a title" || h.Applicant != operator || h.Agency != agency || h.Policy.Hash != national.Hash {
		t.Errorf("%+v", h)
	}
	r.do(t, applicant, "edit", application())
	if r.a.Title != application().Title {
		t.Errorf("the title is still %q", r.a.Title)
	}
	r.do(t, applicant, "delete-draft", nil)
	r.want(t, authorization.Deleted)
}

// Who drafts for several organisations says for which; nobody drafts for one whose applicant he is not.
func TestDraftForOneOfSeveral(t *testing.T) {
	both := also(holds("a", otherOperator, identity.Applicant), holds("b", operator, identity.Applicant))
	in := authorization.DraftInput{Application: application()}
	newRun(national).refuse(t, both, "draft", in, refusal.Required, "applicant")
	in.Applicant = operator
	r := newRun(national)
	r.do(t, both, "draft", in)
	if r.a.Applicant != operator || r.events[0].By.Organization != operator {
		t.Errorf("drafted for %s by %+v", r.a.Applicant, r.events[0].By)
	}
	in.Applicant = otherOperator
	newRun(national).refuse(t, applicant, "draft", in, refusal.NotEntitled)
}

func TestFaultsOfTheApplication(t *testing.T) {
	type A = authorization.Application
	long := strings.Repeat("长", 4001)
	for want, change := range map[string]func(*A){
		"title required":                         func(a *A) { a.Title = " " },
		"title too-long":                         func(a *A) { a.Title = long },
		"agency required":                        func(a *A) { a.Agency = "" },
		"agency unknown-reference":               func(a *A) { a.Agency = "org-none" },
		"agency unknown-reference (kind)":        func(a *A) { a.Agency = government },
		"mode not-a-choice":                      func(a *A) { a.Mode = "all" },
		"plan unknown-reference":                 func(a *A) { a.Plan = "plan-none" },
		"plan unknown-reference (no plan)":       func(a *A) { a.Plan = caseID },
		"purpose too-long":                       func(a *A) { a.Purpose = long },
		"term_months not-negative":               func(a *A) { a.TermMonths = -1 },
		"term_months term-too-long":              func(a *A) { a.TermMonths = 61 },
		"term_months term-too-long (absolutely)": func(a *A) { a.TermMonths, a.TermReason = 301, "forever" },
		"term_reason too-long":                   func(a *A) { a.TermReason = long },
		"capabilities.finance too-long":          func(a *A) { a.Capabilities.Finance = long },
		"resources[2] unknown-reference":         func(a *A) { a.Resources = []string{"resource-1", "resource-2", "resource-9"} },
		"resources[1] repeated":                  func(a *A) { a.Resources = []string{"resource-1", "resource-1"} },
		"resources too-many":                     func(a *A) { a.Resources = make([]string, 501) },
		"products[0].name required":              func(a *A) { a.Products[0].Name = "" },
		"products[1].name repeated":              func(a *A) { a.Products[1].Name = a.Products[0].Name },
		"products[0].class not-a-choice":         func(a *A) { a.Products[0].Class = "" },
		"products[0].form required":              func(a *A) { a.Products[0].Form = "" },
		"products[0].scenario too-long":          func(a *A) { a.Products[0].Scenario = long },
		"products too-many":                      func(a *A) { a.Products = make([]authorization.Intended, 101) },
		"attachments[1] unknown-reference":       func(a *A) { a.Attachments = []string{operatorFile, "sha256:none"} },
		"attachments[0] unknown-reference":       func(a *A) { a.Attachments = []string{agencyFile} },
		"attachments[1] repeated":                func(a *A) { a.Attachments = []string{operatorFile, operatorFile} },
		"attachments too-many":                   func(a *A) { a.Attachments = make([]string, national.Application.Attachments.MaxFiles+1) },
		"renews unknown-reference":               func(a *A) { a.Renews = "authorization-9" },
		"renews unknown-reference (another's)":   func(a *A) { a.Renews = "authorization-of-others" },
		"renews unknown-reference (itself)":      func(a *A) { a.Renews = caseID },
	} {
		t.Run(want, func(t *testing.T) {
			r := newRun(national)
			r.facts.Cases["authorization-of-others"] = &authorization.Authorization{Header: lifecycle.Header{Applicant: otherOperator}}
			r.facts.Cases[caseID] = &authorization.Authorization{Header: lifecycle.Header{Applicant: operator}}
			in := application()
			in.Products = slices.Clone(in.Products)
			change(&in)
			path, code, _ := strings.Cut(want, " ")
			code, _, _ = strings.Cut(code, " (")
			r.refuse(t, applicant, "draft", in, refusal.Code{Name: code}, path)
			r.draft(t)
			r.refuse(t, applicant, "edit", in, refusal.Code{Name: code}, path)
		})
	}
}

func TestWhatSubmittingNeeds(t *testing.T) {
	type A = authorization.Application
	for path, change := range map[string]func(*A){
		"plan": func(a *A) { a.Plan = "" }, "mode": func(a *A) { a.Mode = "" }, "resources": func(a *A) { a.Resources = nil },
		"products": func(a *A) { a.Products = nil }, "term_months": func(a *A) { a.TermMonths = 0 },
		"capabilities.management": func(a *A) { a.Capabilities.Management = "" }, "capabilities.technology": func(a *A) { a.Capabilities.Technology = " " },
		"capabilities.security": func(a *A) { a.Capabilities.Security = "" },
	} {
		newRun(national).draft(t, change).refuse(t, applicant, "submit", nil, refusal.Required, path)
	}
	newRun(national).draft(t, func(a *A) { a.Purpose = "" }).submit(t)
}

// The applicant is a legal person with a valid credit code (27号 Art. 3, GB 32100), at the moment of handing in.
func TestApplicantIsALegalPerson(t *testing.T) {
	for name, change := range map[string]func(*lifecycle.Organization){
		"no code": func(o *lifecycle.Organization) { o.CreditCode = "" }, "a wrong code": func(o *lifecycle.Organization) { o.CreditCode = "91350100M000100Y4Z" },
		"closed": func(o *lifecycle.Organization) { o.Closed = true }, "no operator": func(o *lifecycle.Organization) { o.Kind = identity.Public },
	} {
		r := newRun(national).draft(t)
		o := r.facts.Organizations[operator]
		change(&o)
		r.facts.Organizations[operator] = o
		r.refuse(t, applicant, "submit", nil, refusal.ApplicantNotLegalPerson)
		if r.a.State != authorization.Draft {
			t.Errorf("%s: %s", name, r.a.State)
		}
	}
	r := newRun(national).draft(t)
	o := r.facts.Organizations[agency]
	o.Closed = true
	r.facts.Organizations[agency] = o
	r.refuse(t, applicant, "submit", nil, refusal.UnknownReference, "agency")
}

// A longer term than the profile allows in principle goes with a documented reason alone, all the way into the agreement.
func TestTermOverFiveYears(t *testing.T) {
	long := func(a *authorization.Application) {
		a.TermMonths, a.TermReason = 72, "a platform that pays off in six years"
	}
	r := newRun(national).draft(t, long).submit(t).accept(t).reviewed(t).agreed(t)
	undocumented := r.agreement()
	undocumented.Term.Exception = ""
	r.refuse(t, officer, "propose-agreement", undocumented, refusal.TermTooLong, "term.to")
	r.propose(t, officer).agreeText(t).agreed(t).sign(t).file(t).started(t)
	r.wantDue(t, "expiry", "2032-02-29")
	strict := profile(func(p *policy.Profile) { p.Agreement.TermException = false })
	in := application()
	long(&in)
	newRun(strict).refuse(t, applicant, "draft", in, refusal.TermTooLong, "term_months")
}
