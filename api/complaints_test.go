package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/finding"
	"datacharter/domain/identity"
	"datacharter/internal/town"
)

const complaintsAt = base + "/complaints"

func (w *world) complained(t testing.TB, input object) string {
	t.Helper()
	r := w.post("", complaintsAt, input)
	if r.status != http.StatusCreated {
		t.Fatalf("%d %s", r.status, r.body)
	}
	return into[ComplaintLodged](t, r).Number
}

func (w *world) followed(t testing.TB, number string) complaint.Standing {
	t.Helper()
	r := w.post("", complaintsAt+"/follow", object{"number": number})
	if r.status != http.StatusOK {
		t.Fatalf("%d %s", r.status, r.body)
	}
	return into[complaint.Standing](t, r)
}

// TestComplaintsByAnyone: somebody without an account complains of an operator, follows it by its number and reads the answer; a finding can follow from it.
func TestComplaintsByAnyone(t *testing.T) {
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	number := w.complained(t, object{"about": "operator", "authorization": of, "facts": "超出约定场景使用", "name": "周某", "contact": "zhou@example.org"})
	if s := w.followed(t, number); s.State != complaint.Received || len(s.Limits) != 1 || s.Limits[0].State != "running" {
		t.Errorf("%+v", s)
	}
	id, _, _ := complaint.Split(number)
	if len(number) < len(id)+27 {
		t.Errorf("the number %d characters", len(number))
	}
	at := complaintsAt + "/" + id
	for _, person := range []string{theApplicant, theSignatory, theReader, theAdmin, town.Registrar(1)} {
		w.get(person, at).wants(t, http.StatusNotFound, "not-found")
		w.get(person, at+"/events").wants(t, http.StatusNotFound, "not-found")
		w.post(person, at+"/accept", object{}).wants(t, http.StatusNotFound, "not-found")
	}
	raise := object{"authorization": of, "subject": "security", "found_by": "complaint", "facts": "经查属实", "origin": "complaint/" + id}
	w.post(theOfficer, base+"/findings", raise).wants(t, http.StatusUnprocessableEntity, "invalid-input") // it is not accepted yet
	w.do(theOfficer, at+"/accept", object{})
	raised := w.do(theOfficer, base+"/findings", raise)
	if f := w.Case(finding.Kind, raised.ID).(*finding.Finding); f.Origin != finding.Origin("complaint/"+id) { //nolint:forcetypeassert // its own kind
		t.Errorf("it follows from %q", f.Origin)
	}
	w.do(theAuditor, at+"/answer", object{"outcome": "upheld", "text": "经查属实，已责令整改。"})
	if s := w.followed(t, number); s.State != complaint.Answered || s.Answer == "" || s.Outcome != complaint.Upheld {
		t.Errorf("%+v", s)
	}
	if log := w.log.String(); strings.Contains(log, "周某") || strings.Contains(log, "example.org") || strings.Contains(log, number) {
		t.Error("the log tells who complained")
	}
}

// TestAgencyHasNoPart: a complaint about an agency is not there for its people, administrators among them; supervisors handle it.
func TestAgencyHasNoPart(t *testing.T) {
	w := newWorld(t)
	number := w.complained(t, object{"about": "agency", "authorization": w.AuthorizationIn(authorization.Operating), "facts": "推诿不办"})
	id, _, _ := complaint.Split(number)
	at := complaintsAt + "/" + id
	for _, person := range []string{theOfficer, theAdmin, theApplicant} {
		w.get(person, at).wants(t, http.StatusNotFound, "not-found")
		w.post(person, at+"/accept", object{}).wants(t, http.StatusNotFound, "not-found")
		if list := w.get(person, complaintsAt); list.status != http.StatusOK || strings.Contains(string(list.body), id) {
			t.Errorf("%s is shown %s", person, list.body)
		}
	}
	if list := w.get(theAuditor, complaintsAt); !strings.Contains(string(list.body), id) {
		t.Errorf("the auditor is shown %s", list.body)
	}
	w.Must(w.Store.Grant(t.Context(), theAuditor, town.Agency, identity.LegalReviewer))
	w.get(theAuditor, at).wants(t, http.StatusNotFound, "not-found") // he has come to the agency
}

// TestComplaintsOnce: a repeat with the same key lodges nothing more and gets the same number; with something else it is refused.
func TestComplaintsOnce(t *testing.T) {
	w := newWorld(t)
	body, err := json.Marshal(object{"about": "other", "facts": "网站数据未更新"})
	w.Must(err)
	send := func(body []byte) reply {
		return w.send("", http.MethodPost, complaintsAt, body, "Idempotency-Key", "a-key")
	}
	first := into[ComplaintLodged](t, send(body))
	if again := into[ComplaintLodged](t, send(body)); again != first || first.Number == "" {
		t.Errorf("a repeat gets another number")
	}
	send([]byte(`{"about":"other","facts":"别的"}`)).wants(t, http.StatusUnprocessableEntity, "idempotency-key-reused")
	if list := into[list[CaseSummary]](t, w.get(theAuditor, complaintsAt)); len(list.Items) != 1 {
		t.Errorf("%d complaints", len(list.Items))
	}
	w.send("", http.MethodPost, complaintsAt, body).wants(t, http.StatusUnprocessableEntity, "invalid-input") // without a key
}

// TestComplaintsGoneWrong: what is wrong is said by field, a number that is none opens nothing, and who sends too often waits.
func TestComplaintsGoneWrong(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("字", 4001)
	for path, input := range map[string]object{
		"about": {"about": "x", "facts": "x"}, "facts": {"about": "other", "facts": long}, "name": {"about": "other", "facts": "x", "name": long},
		"contact": {"about": "other", "facts": "x", "contact": long}, "authorization": {"about": "operator", "facts": "x"}, "secret": {"about": "other", "facts": "x", "secret": "mine"},
	} {
		p := w.post("", complaintsAt, input).wants(t, http.StatusUnprocessableEntity, "invalid-input")
		if len(p.Errors) != 1 || p.Errors[0].Path != path {
			t.Errorf("%s: %+v", path, p.Errors)
		}
	}
	draft := w.AuthorizationIn(authorization.Draft)
	w.post("", complaintsAt, object{"about": "operator", "authorization": draft, "facts": "x"}).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	number := w.complained(t, object{"about": "other", "facts": "x\x00y"})
	id, secret, _ := complaint.Split(number)
	w.SetNow(w.Now().Add(sendsAtOnce * sendsEvery))
	for _, wrong := range []string{id, id + "-", "rep-", "-", "x", strings.TrimSuffix(number, string(secret)) + strings.Repeat("a", len(secret)), draft, "rep-\x00-x", "rep-aaaaaaaaaaaaaaaa-" + string(secret)} {
		w.post("", complaintsAt+"/follow", object{"number": wrong}).wants(t, http.StatusNotFound, "not-found")
	}
	w.SetNow(w.Now().Add(sendsAtOnce * sendsEvery))
	for range sendsAtOnce {
		w.post("", complaintsAt+"/follow", object{"number": "x"}).wants(t, http.StatusNotFound, "not-found")
	}
	r := w.post("", complaintsAt+"/follow", object{"number": number})
	if r.wants(t, http.StatusTooManyRequests, "too-many-requests"); r.header.Get("Retry-After") == "" {
		t.Error("he is not told when to ask again")
	}
	w.SetNow(w.Now().Add(sendsEvery))
	w.followed(t, number)
}
