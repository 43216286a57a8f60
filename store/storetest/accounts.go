package storetest

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

func testOrganizations(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	acme := lifecycle.Organization{ID: "acme", Name: "虚构数据公司", Kind: identity.Operator, CreditCode: "91310000TEST000001"}
	check(t, f.CreateOrganization(ctx, acme))
	check(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: "a", Name: "a", Kind: identity.Agency}))
	check(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: "b", Name: "no code either", Kind: identity.Agency}))
	wantErr(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: "acme", Name: "again", Kind: identity.Agency}), store.ErrTaken)
	wantErr(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: "other", Name: "same code", CreditCode: acme.CreditCode}), store.ErrTaken)
	if diff := cmp.Diff(acme, must[lifecycle.Organization](t)(f.GetOrganization(ctx, "acme"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := f.GetOrganization(ctx, "none")
	wantErr(t, err, store.ErrNotFound)

	check(t, f.CloseOrganization(ctx, "acme"))
	check(t, f.CloseOrganization(ctx, "acme"))
	wantErr(t, f.CloseOrganization(ctx, "none"), store.ErrNotFound)
	acme.Closed = true
	if diff := cmp.Diff(acme, must[lifecycle.Organization](t)(f.GetOrganization(ctx, "acme"))); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
	wantErr(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: "other", CreditCode: acme.CreditCode}), store.ErrTaken)
	yes, no := true, false
	for want, filter := range map[string]store.OrganizationFilter{
		"a acme b": {}, "acme": {Closed: &yes}, "a b": {Closed: &no}, "a  b": {Kind: identity.Agency}, "": {Kind: identity.Public},
	} {
		var got []string
		for _, o := range must[store.Page[lifecycle.Organization]](t)(f.ListOrganizations(ctx, filter)).Items {
			got = append(got, o.ID)
		}
		if strings.Join(got, " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%+v: %v, want %s", filter, got, want)
		}
	}
}

func testPeople(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	check(t, f.CreatePerson(ctx, "anna", "安娜"))
	wantErr(t, f.CreatePerson(ctx, "anna", "another"), store.ErrTaken)
	wantErr(t, f.CreatePerson(ctx, identity.SystemPerson, "system"), store.ErrTaken)
	want := store.Person{ID: "anna", Name: "安娜", CreatedAt: start}
	if diff := cmp.Diff(want, must[store.Person](t)(f.GetPerson(ctx, "anna"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := f.GetPerson(ctx, "none")
	wantErr(t, err, store.ErrNotFound)
	f.pass(time.Hour)
	closed := f.now()
	check(t, f.ClosePerson(ctx, "anna"))
	f.pass(time.Hour)
	check(t, f.ClosePerson(ctx, "anna"))
	want.ClosedAt = &closed
	if diff := cmp.Diff(want, must[store.Person](t)(f.GetPerson(ctx, "anna"))); diff != "" {
		t.Errorf("closed (-want +got):\n%s", diff)
	}
	wantErr(t, f.ClosePerson(ctx, "none"), store.ErrNotFound)
}

func testGrants(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	f.person("anna")
	grant := func(organization string, role identity.Role) error { return f.Grant(ctx, "anna", organization, role) }
	check(t, grant("agency", identity.CaseOfficer))
	check(t, grant("agency", identity.CaseOfficer))
	check(t, grant("agency2", identity.Chair))
	check(t, grant("government", identity.Member))
	wantErr(t, grant("agency", identity.Applicant), store.ErrRoleNotPossible)
	wantErr(t, grant("agency", "emperor"), store.ErrRoleNotPossible)
	wantErr(t, grant("operator", identity.Applicant), store.ErrSeparation)
	wantErr(t, grant("none", identity.Chair), store.ErrNotFound)
	wantErr(t, f.Grant(ctx, "none", "agency", identity.Chair), store.ErrNotFound)
	f.person("oper", "operator", "applicant")
	wantErr(t, f.Grant(ctx, "oper", "agency", identity.CaseOfficer), store.ErrSeparation)
	check(t, f.Grant(ctx, "oper", "operator2", identity.Applicant))

	all := []identity.Grant{
		{Organization: "agency", Kind: identity.Agency, Role: identity.CaseOfficer},
		{Organization: "agency2", Kind: identity.Agency, Role: identity.Chair},
		{Organization: "government", Kind: identity.Government, Role: identity.Member},
	}
	actor := func() []identity.Grant {
		outside := must[identity.Actor](t)(f.Actor(ctx, "anna"))
		check(t, f.InTx(ctx, func(tx *store.Tx) error {
			inside := must[identity.Actor](t)(tx.Actor("anna"))
			if diff := cmp.Diff(outside, inside); diff != "" {
				t.Errorf("(-outside +inside the transaction):\n%s", diff)
			}
			return nil
		}))
		return outside.Grants
	}
	expect := func(when string, want, got []identity.Grant) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	expect("held", all, actor())
	expect("given", all, must[[]identity.Grant](t)(f.Grants(ctx, "anna")))

	check(t, f.Revoke(ctx, "anna", "agency2", identity.Chair))
	wantErr(t, f.Revoke(ctx, "anna", "agency2", identity.Chair), store.ErrNotFound)
	expect("after revoking", []identity.Grant{all[0], all[2]}, actor())
	check(t, f.CloseOrganization(ctx, "agency"))
	expect("after closing the agency", all[2:], actor())
	expect("given", []identity.Grant{all[0], all[2]}, must[[]identity.Grant](t)(f.Grants(ctx, "anna")))
	wantErr(t, grant("agency", identity.Chair), store.ErrClosed)
	check(t, grant("operator", identity.Applicant)) // what a closed agency gave counts no longer
	check(t, f.ClosePerson(ctx, "anna"))
	expect("after closing the account", nil, actor())
	wantErr(t, grant("government", identity.Chair), store.ErrClosed)
	expect("of somebody unknown", nil, must[identity.Actor](t)(f.Actor(ctx, "none")).Grants)
}

func testRacingGrants(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("anna")
	var given int
	var mu sync.Mutex
	together(6, func(i int) {
		organization, role := "agency", identity.CaseOfficer
		if i%2 == 1 {
			organization, role = "operator", identity.Applicant
		}
		err := f.Grant(t.Context(), "anna", organization, role)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			given++
		case !errors.Is(err, store.ErrSeparation):
			t.Error(err)
		}
	})
	if grants := must[[]identity.Grant](t)(f.Grants(t.Context(), "anna")); len(grants) != 1 || given != 3 {
		t.Errorf("%d were given: %+v", given, grants)
	}
}

func testTokens(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	ctx := t.Context()
	anna := f.person("anna", "agency", "case-officer")
	f.person("bert")
	secret, token, err := f.IssueToken(ctx, "anna", "笔记本", start.Add(time.Hour))
	check(t, err)
	want := store.Token{ID: token.ID, Person: "anna", Label: "笔记本", CreatedAt: start, ExpiresAt: start.Add(time.Hour)}
	if diff := cmp.Diff(want, token); diff != "" || len(token.ID) != 16 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(secret) != len("dct_")+43 || strings.Contains(secret, token.ID) {
		t.Errorf("odd secret of %d characters", len(secret))
	}
	actor, known, err := f.Authenticate(ctx, secret)
	check(t, err)
	if diff := cmp.Diff(anna, actor); diff != "" {
		t.Errorf("actor (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(token, known); diff != "" {
		t.Errorf("token (-want +got):\n%s", diff)
	}
	for _, dump := range f.dump("tokens") {
		if strings.Contains(dump, secret[4:]) {
			t.Error("the secret is stored")
		}
	}

	unknown := func(secret string) {
		t.Helper()
		_, _, err := f.Authenticate(ctx, secret)
		wantErr(t, err, store.ErrNotFound)
	}
	unknown("")
	unknown("dct_")
	unknown(strings.TrimPrefix(secret, "dct_"))
	unknown(secret + "A")
	for _, last := range []string{"A", "B", "_"} { // one of 43 characters is wrong, or only bits that no secret has
		if !strings.HasSuffix(secret, last) {
			unknown(secret[:len(secret)-1] + last)
		}
	}
	unknown("dct_!")

	second, other, err := f.IssueToken(ctx, "anna", "", start.Add(2*time.Hour))
	check(t, err)
	f.pass(time.Hour)
	unknown(secret) // it expires on time
	_, _, err = f.Authenticate(ctx, second)
	check(t, err)
	wantErr(t, f.RevokeToken(ctx, "bert", other.ID), store.ErrNotFound)
	check(t, f.RevokeToken(ctx, "anna", other.ID))
	wantErr(t, f.RevokeToken(ctx, "anna", other.ID), store.ErrNotFound)
	unknown(second)
	tokens := must[[]store.Token](t)(f.Tokens(ctx, "anna"))
	if len(tokens) != 2 || len(must[[]store.Token](t)(f.Tokens(ctx, "bert"))) != 0 {
		t.Errorf("tokens: %+v", tokens)
	}

	third, _, err := f.IssueToken(ctx, "anna", "", f.now().Add(time.Hour))
	check(t, err)
	check(t, f.ClosePerson(ctx, "anna"))
	unknown(third)
	_, _, err = f.IssueToken(ctx, "anna", "", f.now().Add(time.Hour))
	wantErr(t, err, store.ErrClosed)
	_, _, err = f.IssueToken(ctx, "none", "", f.now().Add(time.Hour))
	wantErr(t, err, store.ErrNotFound)
}
