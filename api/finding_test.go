package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/use"
	"datacharter/internal/town"
)

// findingsOn lists the findings on an authorisation as its own record has them.
func (w *world) findingsOn(id string) []authorization.FindingKnown {
	w.t.Helper()
	return w.Case(authorization.Kind, id).(*authorization.Authorization).Findings //nolint:forcetypeassert // its own kind
}

// TestRequirement49LedgerRaisesFindings: what lies beyond the scope opens one finding an authorisation, reason and product; repeats of a batch add nothing, more of
// the sort is gathered, and after it was closed the next opens.
func TestRequirement49LedgerRaisesFindings(t *testing.T) {
	w := newWorld(t)
	id := w.inOperation()
	r := w.reporting(id, ed25519Key)
	stray := func(event string) object { return r.event(event, "resources", []string{resource, "res-other"}) }
	body := r.batch("b-1", stray("e1"), r.event("e2"), r.event("e3", "resources", []string{"res-other", "res-third"}), r.event("e4", "product", "未列产品"))
	r.report(body)
	r.report(body)
	w.Must(w.Deliver(t.Context()))
	first := finding.LedgerID(id, string(use.OtherResource), town.ProductName, 1)
	at := func(id string) *finding.Finding {
		return w.Case(finding.Kind, id).(*finding.Finding) //nolint:forcetypeassert // its own kind
	}
	if f := at(first); f.Uses.Events != 2 || f.State != finding.Raised || f.Authorization != id || f.Found != finding.ByLedger {
		t.Fatalf("%+v", f)
	}
	if f := at(finding.LedgerID(id, string(use.OtherProduct), "", 1)); f.Uses.Events != 1 || f.Uses.Product != "" {
		t.Errorf("a product that was never agreed on: %+v", f.Uses)
	}
	if known := w.findingsOn(id); len(known) != 2 {
		t.Errorf("the authorisation knows of %+v", known)
	}
	r.report(r.batch("b-2", stray("e5")))
	w.Must(w.Deliver(t.Context()))
	if f := at(first); f.Uses.Events != 3 || len(w.findingsOn(id)) != 2 {
		t.Errorf("%+v", f.Uses)
	}
	if got := w.subjects(theOfficer, first); !slices.Contains(got, "finding-raised") {
		t.Errorf("the officer is told %v", got)
	}

	r.report(r.batch("b-3", stray("e6"))) // on its way while the finding is closed
	w.do(theOfficer, base+"/findings/"+first+"/dismiss", object{"reason": "平台时钟误差"})
	r.report(r.batch("b-4", stray("e7")))
	w.Must(w.Deliver(t.Context()))
	next := at(finding.LedgerID(id, string(use.OtherResource), town.ProductName, 2))
	if closed := at(first); closed.Uses.Events+next.Uses.Events != 5 || next.State != finding.Raised {
		t.Errorf("%d uses in the closed finding and %d in the next", closed.Uses.Events, next.Uses.Events)
	}
}

// TestFindingsOverTheAPI: the agency and supervisors raise findings, each deals with its own, and another agency or operator sees nothing of them.
func TestFindingsOverTheAPI(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	raised := w.post(theAuditor, base+"/findings", object{"authorization": id, "subject": "price", "found_by": "audit", "facts": "未公示收费标准"})
	if raised.status != 201 {
		t.Fatalf("%d %s", raised.status, raised.body)
	}
	list := into[list[object]](t, w.get(theOfficer, base+"/findings"))
	if len(list.Items) != 1 {
		t.Fatalf("%+v", list)
	}
	at := base + "/findings/" + list.Items[0]["id"].(string)
	if r := w.post(theOfficer, at+"/order", object{"measures": "公示"}); r.status != 403 {
		t.Errorf("the agency deals with a supervisor's finding: %d %s", r.status, r.body)
	}
	w.do(theAuditor, at+"/order", object{"measures": "公示收费标准"})
	if r := w.get(town.OtherApplicant, at); r.status != 404 {
		t.Errorf("another operator reads it: %d", r.status)
	}
	if r := w.get("", registerPath+"/"+id); r.status != 200 || strings.Contains(string(r.body), "未公示") || strings.Contains(string(r.body), "fnd-") {
		t.Errorf("the public reads of it: %d %s", r.status, r.body)
	}
	w.do(theApplicant, at+"/hand-in", object{"statement": "已公示", "evidence": []string{w.Evidence(theApplicant, "published")}})
	w.do(theAuditor, at+"/propose-exit", object{"ground": "beyond-scope", "opinion": "仍未改正"})
	w.do(town.Administrator, at+"/decline-consequence", object{"reason": "情节轻微"})
	w.do(theAuditor, at+"/lift", object{"opinion": "已改正"})
	if known := w.findingsOn(id); len(known) != 1 || !known[0].Over || known[0].State != finding.Lifted {
		t.Errorf("%+v", known)
	}
}

// TestFindingsEndWithTheAuthorization: a finding that is open when its operator leaves is concluded, the authorisation knows it, and nobody can act on it any more.
func TestFindingsEndWithTheAuthorization(t *testing.T) {
	w := newWorld(t)
	id := w.FindingIn(finding.Ended)
	f := w.Case(finding.Kind, id).(*finding.Finding) //nolint:forcetypeassert // its own kind
	if known := w.findingsOn(f.Authorization); len(known) != 1 || !known[0].Over || known[0].State != finding.Ended || f.End == nil || f.End.Exit == "" {
		t.Errorf("%+v, %+v", known, f.End)
	}
	if told := w.subjects(theApplicant, id); !slices.Contains(told, "finding-concluded") {
		t.Errorf("the operator is told %v", told)
	}
	w.post(theOfficer, base+"/findings/"+id+"/dismiss", object{"reason": "证据不足"}).wants(t, http.StatusConflict, "case-closed")
}
