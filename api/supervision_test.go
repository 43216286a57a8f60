package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/internal/town"
)

// TestResponsibilities: every party of an authorisation is told the same of who answers for what; who is no party finds nothing there.
func TestResponsibilities(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	at := base + "/authorizations/" + id + "/responsibilities"
	got := into[Responsibilities](t, w.get(town.Applicant, at))
	held := map[identity.Kind]bool{}
	for _, s := range got.Stages {
		for _, d := range s.Duties {
			for _, p := range d.Held {
				held[p.Kind] = true
				if p.Name == "" || !slices.Contains(d.Parties, p.Kind) {
					t.Errorf("%s is held by %+v", d.Code, p)
				}
			}
		}
	}
	for _, k := range []identity.Kind{identity.Agency, identity.Operator, identity.DataSupplier, identity.Supervisor, identity.Registry} {
		if !held[k] {
			t.Errorf("no %s answers for anything", k)
		}
	}
	first := w.get(town.Applicant, at)
	for _, person := range []string{town.Officer, town.Auditor, town.Signatory, theAdmin} {
		if r := w.get(person, at); r.status != http.StatusOK || string(r.body) != string(first.body) {
			t.Errorf("%s: %d %s", person, r.status, r.body)
		}
	}
	w.get(town.OtherApplicant, at).wants(t, http.StatusNotFound, "not-found")
}
