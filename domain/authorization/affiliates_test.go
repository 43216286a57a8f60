package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// TestAffiliates: operator, agency and supervisor list them, each time all that they know of; none takes away what another listed, and what is no affiliate is
// refused and changes nothing.
func TestAffiliates(t *testing.T) {
	r := operating(t)
	code := identity.FictitiousCreditCode(7).String()
	listed := func(all ...authorization.Affiliate) authorization.AffiliatesInput {
		return authorization.AffiliatesInput{Affiliates: all}
	}
	daughter := authorization.Affiliate{Name: "a daughter", CreditCode: code, Relation: "held by the operator"}
	r.do(t, applicant, "list-affiliates", listed(daughter))
	r.do(t, auditor, "list-affiliates", listed(daughter, authorization.Affiliate{Name: "a sister", Relation: "held by the same"}))
	for _, bad := range []struct {
		in   authorization.AffiliatesInput
		code refusal.Code
		path string
	}{
		{listed(authorization.Affiliate{Relation: "held"}), refusal.Required, "affiliates[0].name"},
		{listed(authorization.Affiliate{Name: "a"}), refusal.Required, "affiliates[0].relation"},
		{listed(authorization.Affiliate{Name: "a", Relation: "held", CreditCode: "1"}), refusal.BadCreditCode, "affiliates[0].credit_code"},
		{listed(daughter, daughter), refusal.Repeated, "affiliates[1]"},
		{listed(make([]authorization.Affiliate, 201)...), refusal.TooMany, "affiliates"},
	} {
		r.refuse(t, auditor, "list-affiliates", bad.in, bad.code, bad.path)
	}
	r.do(t, applicant, "list-affiliates", listed()) // takes back its own alone
	if all := r.a.Affiliates; len(all) != 2 || len(all[0].List) != 0 || all[0].By.Person != applicant.Person || len(all[1].List) != 2 || all[1].By.Person != auditor.Person {
		t.Fatalf("%+v", all)
	}
	r.do(t, officer, "list-affiliates", listed(daughter))
	r.do(t, auditor, "list-affiliates", listed())
	if all := r.a.Affiliates; len(all) != 3 || len(all[1].List) != 0 || !slices.Equal(all[2].List, []authorization.Affiliate{daughter}) {
		t.Fatalf("%+v", all)
	}
}

// A profile without indicators of fair competition asks for no affiliates.
func TestAffiliatesNotRuled(t *testing.T) {
	r := operating(t)
	rules, supervision := *r.policy, *r.policy.Supervision
	supervision.Competition = nil
	rules.Supervision = &supervision
	r.policy = &rules
	r.refuse(t, officer, "list-affiliates", authorization.AffiliatesInput{}, refusal.SupervisionNotRuled)
}
