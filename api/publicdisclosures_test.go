package api

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/internal/town"
)

const disclosuresPath = base + "/register/disclosures"

// Anybody reads what was disclosed, every version of it and its tombstone, and nothing that was not meant for the public (27号 Art. 18–19).
func TestRequirement55PublicDisclosures(t *testing.T) {
	w := newWorld(t)
	id := w.DisclosedBy(authorization.AgencySide, disclosure.Published)
	other := w.DisclosedBy(authorization.OperatorSide, disclosure.Published)
	read := func(query string) []PublicDisclosure {
		t.Helper()
		return into[list[PublicDisclosure]](t, w.get("", disclosuresPath+query)).Items
	}
	if all := read(""); len(all) != 1 || all[0].Disclosure != id || all[0].Told.Version != 1 || all[0].Told.Content.Email != town.Disclosed()["email"] || len(all[0].Told.Content.Authorizations) != 1 {
		t.Errorf("of agencies: %+v", all)
	}
	if of := read("?side=operator"); len(of) != 1 || of[0].Disclosure != other {
		t.Errorf("of operators: %+v", of)
	}
	w.AfterYear(w.Case(disclosure.Kind, id).(*disclosure.Disclosure).Year, func() { //nolint:forcetypeassert // its own kind
		w.SetNow(w.Now().AddDate(0, 0, 1))
		w.Disclosing(town.Administrator, id, "withdraw", town.Object{"public_reason": "核实中", "records": "内部原因"})
	})
	if both := read("?disclosure=" + id); len(both) != 2 || both[0].Told.Withdrawn == nil || both[1].Told.Content == nil {
		t.Errorf("all that was published of one: %+v", both)
	}
	if body := string(w.get("", disclosuresPath+"?current=true").body); strings.Contains(body, "内部原因") || strings.Contains(body, `"content"`) || !strings.Contains(body, "核实中") {
		t.Errorf("the tombstone: %s", body)
	}
	w.get("", disclosuresPath+"?side=nobody").wants(t, http.StatusUnprocessableEntity, "invalid-input")
}

// An organisation's disclosure is its own: others do not see its draft, and who prepared it does not publish it.
func TestDisclosureOverTheAPI(t *testing.T) {
	w := newWorld(t)
	id := w.DisclosedBy(authorization.OperatorSide, disclosure.Drafting)
	at := base + "/disclosures/" + id
	w.do(theApplicant, at+"/submit", object{})
	for _, person := range []string{town.OtherApplicant, town.Reader} {
		w.get(person, at).wants(t, http.StatusNotFound, "not-found")
	}
	w.post(theApplicant, at+"/publish", object{}).wants(t, http.StatusForbidden, "prepared-by-him")
	w.AfterYear(w.Case(disclosure.Kind, id).(*disclosure.Disclosure).Year, func() { w.do(town.Signatory, at+"/publish", object{}) }) //nolint:forcetypeassert // its own kind
	w.Stands(disclosure.Kind, id, disclosure.Published)
}
