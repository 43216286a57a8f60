package authorization_test

import (
	"fmt"
	"sync"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
)

// The organisations and cases of the tests, all fictitious.
const (
	agency        = "org-agency"
	otherAgency   = "org-other-agency"
	government    = "org-government"
	supplier      = "org-supplier"
	operator      = "org-operator"
	otherOperator = "org-other-operator"
	supervisor    = "org-supervisor"
	public        = "org-public"

	caseID       = "authorization-1"
	planID       = "plan-1"
	operatorFile = "sha256:operator"
	agencyFile   = "sha256:agency"
)

// kindOf is the kind of every organisation of the tests.
var kindOf = map[string]identity.Kind{
	agency: identity.Agency, otherAgency: identity.Agency, government: identity.Government, supplier: identity.DataSupplier,
	operator: identity.Operator, otherOperator: identity.Operator, supervisor: identity.Supervisor, public: identity.Public,
}

// organizations lists them in order.
var organizations = []string{agency, otherAgency, government, supplier, operator, otherOperator, supervisor, public}

// The people who act in the tests, by the capacity in which they do.
var (
	applicant     = holds("applicant", operator, identity.Applicant)
	signatory     = holds("signatory", operator, identity.OperatorSignatory)
	officer       = holds("officer", agency, identity.CaseOfficer)
	agencySigns   = holds("agency-signatory", agency, identity.AgencySignatory)
	administrator = holds("administrator", agency, identity.Administrator)
	system        = identity.System()
)

// reviewers are the people who do the reviews, by the review's name.
var reviewers = map[string]identity.Actor{
	"business":         holds("business-reviewer", agency, identity.BusinessReviewer),
	"supplier":         holds("supply-reviewer", supplier, identity.SupplyReviewer),
	"security":         holds("security-reviewer", agency, identity.SecurityReviewer),
	"finance":          holds("finance-reviewer", agency, identity.FinanceReviewer),
	"fair-competition": holds("competition-reviewer", government, identity.FairCompetition),
	"legality":         holds("legal-reviewer", government, identity.LegalReviewer),
}

func holds(person, organization string, roles ...identity.Role) identity.Actor {
	a := identity.Actor{Person: person}
	for _, role := range roles {
		a.Grants = append(a.Grants, identity.Grant{Organization: organization, Kind: kindOf[organization], Role: role})
	}
	return a
}

// also adds what another actor holds.
func also(a, b identity.Actor) identity.Actor {
	return identity.Actor{Person: a.Person + "+" + b.Person, Grants: append(append([]identity.Grant{}, a.Grants...), b.Grants...)}
}

// world is all that is outside of the case.
func world() lifecycle.Facts {
	f := lifecycle.Facts{
		Organizations: map[string]lifecycle.Organization{}, Resources: map[string]lifecycle.Resource{},
		Attachments: map[string]lifecycle.Attachment{
			operatorFile: {Digest: operatorFile, Organization: operator}, agencyFile: {Digest: agencyFile, Organization: agency},
		},
		Cases: map[string]lifecycle.Case{planID: thePlan()}, Gradings: map[string]grading.Grading{},
	}
	for i, id := range organizations {
		f.Organizations[id] = lifecycle.Organization{ID: id, Name: id, Kind: kindOf[id]}
		if kindOf[id] == identity.Operator {
			o := f.Organizations[id]
			o.CreditCode = identity.FictitiousCreditCode(i + 1).String()
			f.Organizations[id] = o
		}
	}
	for i := range 4 {
		id := fmt.Sprintf("resource-%d", i+1)
		f.Resources[id] = lifecycle.Resource{ID: id, Title: id, Provider: supplier}
		f.Gradings[id] = grading.Grading{Resource: id, Number: 1, Grade: grading.General}
	}
	return f
}

var thePlan = sync.OnceValue(inForce)

// inForce is the plan that applications rest on: all of the town's resources, and the products that tests ask for.
func inForce() *plan.Plan {
	p, _ := agreedplan.Lead(agreedplan.Spec{
		ID: planID, Agency: agency, Government: government, Name: "某市交通数据授权运营实施方案", Mode: "scenario", TermMonths: 300,
		Resources: []string{"resource-1", "resource-2", "resource-3", "resource-4"},
		Products: []plan.Product{
			agreedplan.Listed("flow", agreement.Industry, "API"), agreedplan.Listed("alerts", agreement.PublicBenefit, "data set"),
		},
		Begun: monday.AddDate(0, -6, 0), Policy: policies.National(), Calendar: days,
	})
	return p
}

// asked is what a command asked for, and nothing else: what it did not ask for is not there.
func asked(all lifecycle.Facts, needs lifecycle.Needs) lifecycle.Facts {
	return lifecycle.Facts{
		Organizations: only(all.Organizations, needs.Organizations), Resources: only(all.Resources, needs.Resources),
		Attachments: only(all.Attachments, needs.Attachments), Cases: only(all.Cases, needs.Cases), Gradings: only(all.Gradings, needs.Gradings),
	}
}

func only[V any](all map[string]V, ids []string) map[string]V {
	out := map[string]V{}
	for _, id := range ids {
		if v, ok := all[id]; ok {
			out[id] = v
		}
	}
	return out
}

var (
	byCase   = policies.National() // products and services are cases of their own
	national = older()
	days     = mustCalendar()
	monday   = time.Date(2026, 1, 5, 9, 0, 0, 0, calendar.China).UTC() // the first working Monday of 2026
)

// older is the national profile as it was when authorisations listed their products themselves.
func older() *policy.Profile {
	p := *policies.National()
	p.Product = nil
	return &p
}

func mustCalendar() calendar.Calendar {
	c, err := policies.NationalCalendar()
	if err != nil {
		panic(err)
	}
	return c
}

// profile is the national profile, changed.
func profile(change func(*policy.Profile)) *policy.Profile {
	p := *national
	change(&p)
	return &p
}

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
