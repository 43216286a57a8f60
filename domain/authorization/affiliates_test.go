package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// TestAffiliates: operator, agency and supervisor list them, each time all that are known; what is no affiliate is refused and changes nothing.
func TestAffiliates(t *testing.T) {
	r := operating(t)
	code := identity.FictitiousCreditCode(7).String()
	listed := func(all ...authorization.Affiliate) authorization.AffiliatesInput {
		return authorization.AffiliatesInput{Affiliates: all}
	}
	daughter := authorization.Affiliate{Name: "a daughter", CreditCode: code, Relation: "held by the operator"}
	r.do(t, applicant, "list-affiliates", listed(daughter))
	if a := r.a.Affiliates; a == nil || !slices.Equal(a.List, []authorization.Affiliate{daughter}) || a.By.Person != applicant.Person {
		t.Fatalf("%+v", a)
	}
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
	r.do(t, auditor, "list-affiliates", listed())
	if a := r.a.Affiliates; a == nil || len(a.List) != 0 || a.By.Person != auditor.Person {
		t.Fatalf("%+v", a)
	}
}
