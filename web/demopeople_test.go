package web

import (
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/identity"
	"datacharter/internal/town"
)

func TestDeeds(t *testing.T) {
	for _, r := range identity.Roles {
		if d := deeds[r.Role]; !d.Complete() {
			t.Errorf("%s: nobody learns what he does", r.Role)
		}
	}
}

func TestDemoPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ *world, o *Options) {
		o.Demo = []DemoPerson{
			{ID: town.Officer, Name: "丁一（虚构）", Organization: town.Agency, Roles: []identity.Role{identity.CaseOfficer}},
			{ID: town.Applicant, Name: "甲一（虚构）", Organization: town.Operator, Roles: []identity.Role{identity.Applicant}},
			{ID: town.PersonID(town.Agency, identity.Member, 1), Name: "戊三（虚构）", Organization: town.Agency, Roles: []identity.Role{identity.Member}},
			{ID: town.PersonID(town.Agency, identity.Member, 2), Name: "戊四（虚构）", Organization: town.Agency, Roles: []identity.Role{identity.Member}},
		}
	})
	w.account(town.Officer) // local accounts do not keep the fictitious people out
	p := w.nobody().get("/sign-in").wants(http.StatusOK)
	if houses, desks := all(p.document(), class("dc-house")), all(p.document(), class("dc-desk")); len(houses) != 2 || len(desks) != 3 || !strings.Contains(textOf(houses[0]), "运营机构") {
		t.Errorf("%d organisations, %d roles: %s", len(houses), len(desks), p.text())
	}
	if c := w.nobody(); c.get("/sign-in").enterAs(town.Officer) == nil || !c.inside() {
		t.Error("nobody is let in")
	}
	w.nobody().post("/sign-in", map[string][]string{"person": {town.Administrator}}).wants(http.StatusNotFound) // he is none of them
}
