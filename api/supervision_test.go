package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/competition"
	"datacharter/domain/finding"
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

// TestRequirement50IndicatorsOfCompetition: the operator as the taker of its own product shows at once in the ledger's sums; operator, agency and supervisor read it with
// its figures and article, nobody else does, and nothing follows until a person raises the finding.
func TestRequirement50IndicatorsOfCompetition(t *testing.T) {
	w := newWorld(t)
	id := w.inOperation()
	r := w.reporting(id, ed25519Key)
	at := base + "/authorizations/" + id + "/competition"
	shows := func(c Competition, code string) competition.Shown {
		t.Helper()
		i := slices.IndexFunc(c.Indicators, func(s competition.Shown) bool { return s.Code == code })
		if i < 0 {
			t.Fatalf("no %q among %+v", code, c.Indicators)
		}
		return c.Indicators[i]
	}
	r.report(r.batch("b-1", r.event("e1")))
	before := into[Competition](t, w.get(theOfficer, at))
	if before.Facts.Takers != 1 || shows(before, "re-development").Shows {
		t.Errorf("%+v", before.Facts)
	}
	operator, err := w.Store.GetOrganization(t.Context(), w.Case(authorization.Kind, id).Head().Applicant)
	w.Must(err)
	r.report(r.batch("b-2", r.event("e2", "taker", object{"name": operator.Name, "code": operator.CreditCode})))
	w.Must(w.Deliver(t.Context()))
	for _, person := range []string{theOfficer, theAuditor, theApplicant} {
		got := into[Competition](t, w.get(person, at))
		if s := shows(got, "re-development"); !s.Shows || s.Article != "27号 Art. 6" || got.Facts.OwnTakers != 1 || got.Facts.Takers != 1 {
			t.Errorf("%s: %+v of %+v", person, s, got.Facts)
		}
	}
	w.get(town.OtherApplicant, at).wants(t, http.StatusNotFound, "not-found")
	for _, f := range w.findingsOn(id) {
		if f.Origin != "" {
			t.Errorf("a finding on an indicator by itself: %+v", f)
		}
	}
	raise := object{"authorization": id, "subject": "re-development", "found_by": "audit", "facts": "台账显示取用方为运营机构", "origin": "indicator/re-development"}
	w.do(theOfficer, base+"/findings", raise)
	w.Must(w.Deliver(t.Context()))
	named := func(f authorization.FindingKnown) bool { return f.Origin == finding.FromIndicator+"/re-development" }
	if known := w.findingsOn(id); !slices.ContainsFunc(known, named) {
		t.Errorf("%+v", known)
	}
}
