package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/internal/town"
)

const (
	reportAt  = base + "/resources/" + town.Resource + "/quality-reports"
	reportsAt = base + "/quality-reports"
	demandsAt = base + "/demands"
)

var wrong = object{"field": "updated", "wrong": "日期早于首次发布"}

func demanded(title string) object { return object{"title": title, "data": "泊位", "use": "导航"} }

// raise sends an input that raises a concern, and returns where it stands.
func (w *world) raise(person, path string, input object) ConcernStands {
	w.t.Helper()
	r := w.post(person, path, input)
	if r.status != http.StatusCreated {
		w.t.Fatalf("%s: %d %s", path, r.status, r.body)
	}
	return into[ConcernStands](w.t, r)
}

// subjects are those of a person's unread notices about one thing, the oldest first.
func (w *world) subjects(person, about string) []string {
	w.t.Helper()
	var out []string
	for _, n := range into[list[Notice]](w.t, w.get(person, base+"/notices")).Items {
		if n.Case == about {
			out = append(out, n.Subject)
			if w.get(person, n.CaseHref).status != http.StatusOK {
				w.t.Errorf("%s of %s leads to nothing", n.CaseHref, person)
			}
		}
	}
	slices.Reverse(out)
	return out
}

// TestReportsGoToTheHolder: who holds a resource answers for it, not who supplies it; here the holder is nobody of the system, so that case officers may.
func TestReportsGoToTheHolder(t *testing.T) {
	w := newWorld(t)
	_, err := w.Store.PutResources(t.Context(), []catalogue.Resource{{
		ID: "res-held", Source: catalogue.Shanghai, SourceKey: "held", Title: "气象灾害预警数据", Provider: "某市气象局", Holder: "某市应急管理局",
		Frequency: catalogue.Daily, Access: catalogue.Open,
	}})
	if err != nil {
		t.Fatal(err)
	}
	raised := w.raise(theReader, base+"/resources/res-held/quality-reports", object{"field": "holder", "wrong": "应为某市防汛办"})
	for person, want := range map[string]int{theSupplier: 3, theOfficer: 3} {
		if got := into[QualityReport](t, w.get(person, raised.Href)); len(got.Answers) != want || got.FieldWords.ZH != "持有单位" {
			t.Errorf("%s: %+v", person, got)
		}
	}
	of := w.raise(theReader, demandsAt, object{"title": "预警信号", "data": "全部", "use": "研究", "resource": "res-held"})
	if got := into[DataDemand](t, w.get(theOfficer, of.Href)); len(got.Answers) != 3 {
		t.Errorf("%+v", got)
	}
}

// TestAnswersFallDue: a report or demand is to be answered within the limit of the profile, explained as every limit is; what is overdue is listed, the
// longest first, to who answers and to supervision.
func TestAnswersFallDue(t *testing.T) {
	w := newWorld(t)
	first := w.raise(theReader, reportAt, wrong)
	got := into[QualityReport](t, w.get(theReader, first.Href))
	due := got.Due
	if due == nil || due.Due.String() != "2026-02-02" || due.State != "running" || got.Overdue || due.Span != "20 working_days" || due.Mark != "default" || !due.Rule.Complete() || due.Calendar == "" || due.Provisional {
		t.Fatalf("%+v", due)
	}
	w.SetNow(w.Now().AddDate(0, 0, 7))
	second := w.raise(theReader, reportAt, wrong)
	listed := func(person, query string) (ids []string) {
		for _, r := range into[list[QualityReport]](t, w.get(person, reportsAt+query)).Items {
			ids = append(ids, r.ID)
		}
		return ids
	}
	for query, want := range map[string][]string{"": {second.ID, first.ID}, "?to_answer=true": {first.ID, second.ID}, "?overdue=true": nil} {
		if diff := cmp.Diff(want, listed(theSupplier, query)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
	w.SetNow(due.DueAt)
	if got := into[QualityReport](t, w.get(theSupplier, first.Href)); !got.Overdue || got.Due.State != "passed" {
		t.Errorf("%+v %+v", got.Overdue, got.Due)
	}
	for _, person := range []string{theSupplier, theAuditor} {
		if diff := cmp.Diff([]string{first.ID}, listed(person, "?overdue=true")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", person, diff)
		}
	}
	into[ConcernStands](t, w.post(theSupplier, first.Href+"/answer", object{"outcome": "confirmed", "reason": "属实"}))
	if got := into[QualityReport](t, w.get(theSupplier, first.Href)); got.Overdue || got.Due.State != "met" || listed(theAuditor, "?overdue=true") != nil {
		t.Errorf("answered, and due: %+v", got.Due)
	}
}

// TestQualityReport: from the report of a member of the public to the mended resource, and what becomes of its score.
func TestQualityReport(t *testing.T) {
	w := newWorld(t)
	raised := w.raise(theReader, reportAt, wrong)
	at := reportsAt + "/" + raised.ID
	if raised.State != concern.Open || raised.Number != 1 || raised.Href != at {
		t.Errorf("%+v", raised)
	}
	accuracy := func() (score int, faults int) {
		q := into[ResourceQuality](t, w.get(theRival, base+"/resources/"+town.Resource+"/quality"))
		if p := q.Parts[2]; p.Score != nil {
			score = *p.Score
		} else {
			score = -1
		}
		return score, len(q.Faults)
	}
	if s, n := accuracy(); s != -1 || n != 0 {
		t.Errorf("an open report counts: %d, %d faults", s, n)
	}
	if diff := cmp.Diff([]string{"report-raised"}, w.subjects(theSupplier, raised.ID)); diff != "" {
		t.Error(diff)
	}
	mine := into[QualityReport](t, w.get(theReader, at))
	if mine.Person != theReader || mine.Wrong != wrong["wrong"] || mine.Title != "气象观测数据" || mine.Answers != nil || len(mine.History) != 1 || !mine.FieldWords.Complete() {
		t.Errorf("%+v", mine)
	}
	if seen := into[QualityReport](t, w.get(theSupplier, at)); seen.Person != theReader || len(seen.Answers) != 3 {
		t.Errorf("%+v", seen)
	}

	answer := func(outcome string) object { return object{"outcome": outcome, "reason": "核实：日期写反了"} }
	wantField(t, w.post(theSupplier, at+"/answer", object{"outcome": "confirmed"}), "reason", "required")
	wantField(t, w.post(theSupplier, at+"/answer", answer("declined")), "outcome", "not-a-choice")
	w.SetNow(w.Now().AddDate(0, 0, 1))
	if done := into[ConcernStands](t, w.post(theSupplier, at+"/answer", answer("confirmed"))); done.State != concern.Confirmed || done.Number != 2 {
		t.Errorf("%+v", done)
	}
	if s, n := accuracy(); s != 80 || n != 1 {
		t.Errorf("after it was confirmed: %d, %d faults", s, n)
	}
	fault := into[ResourceQuality](t, w.get(theRival, base+"/resources/"+town.Resource+"/quality")).Faults[0]
	if fault.Field != "updated" || fault.Answer != "核实：日期写反了" || !fault.At.Equal(w.Now()) {
		t.Errorf("%+v", fault)
	}
	w.post(theReader, at+"/withdraw", nil).wants(t, http.StatusConflict, "not-in-state")
	w.post(theSupplier, at+"/answer", answer("mended"))
	if s, n := accuracy(); s != 100 || n != 0 {
		t.Errorf("after it was mended: %d, %d faults", s, n)
	}
	w.post(theSupplier, at+"/answer", answer("mended")).wants(t, http.StatusConflict, "not-in-state")
	if diff := cmp.Diff([]string{"report-confirmed", "report-mended"}, w.subjects(theReader, raised.ID)); diff != "" {
		t.Error(diff)
	}
	history := into[QualityReport](t, w.get(theReader, at)).History
	var states []concern.State
	for _, e := range history {
		states = append(states, e.State)
	}
	if !slices.Equal(states, []concern.State{concern.Open, concern.Confirmed, concern.Mended}) || history[1].By.Organization != town.Supplier || history[1].Answer.Reason == "" {
		t.Errorf("%+v", history)
	}

	other := w.raise(theReader, reportAt, object{"wrong": "数值有误"})
	w.post(theReader, reportsAt+"/"+other.ID+"/withdraw", nil)
	if s, n := accuracy(); s != 100 || n != 0 {
		t.Errorf("what was withdrawn counts: %d, %d faults", s, n)
	}
	w.post(theReader, base+"/resources/none/quality-reports", wrong).wants(t, http.StatusNotFound, "not-found")
	wantField(t, w.post(theReader, reportAt, object{"wrong": "x", "field": "id"}), "field", "not-a-choice")
	wantField(t, w.post(theReader, reportAt, object{"wrong": "x", "evidence": []string{"sha256:none"}}), "evidence[0]", "unknown-reference")
}

// TestQualityReportIsNotForOthers: only who reported, who may answer and supervisors see a report; to the others it is not there, and nobody answers but who may.
func TestQualityReportIsNotForOthers(t *testing.T) {
	w := newWorld(t)
	at := reportsAt + "/" + w.raise(theApplicant, reportAt, wrong).ID // of a resource of the supplier's
	see := []string{theApplicant, theSupplier, theAdmin, theAuditor}
	answer := object{"outcome": "not-confirmed", "reason": "数据无误"}
	for _, post := range town.Posts {
		person := post.ID(1)
		sees := slices.Contains(see, person)
		if status := w.get(person, at).status; (status == http.StatusOK) != sees || !sees && status != http.StatusNotFound {
			t.Errorf("%s reads: %d", person, status)
		}
		if listed := into[list[QualityReport]](t, w.get(person, reportsAt)).Items; (len(listed) == 1) != sees {
			t.Errorf("%s is listed %d", person, len(listed))
		}
		if person != theSupplier {
			if r := w.post(person, at+"/answer", answer); r.status != http.StatusForbidden && r.status != http.StatusNotFound {
				t.Errorf("%s answers: %d %s", person, r.status, r.body)
			}
		}
		if person != theApplicant {
			if r := w.post(person, at+"/withdraw", nil); r.status != http.StatusForbidden && r.status != http.StatusNotFound {
				t.Errorf("%s withdraws: %d %s", person, r.status, r.body)
			}
		}
	}
	if done := into[ConcernStands](t, w.post(theApplicant, at+"/withdraw", nil)); done.State != concern.Withdrawn {
		t.Errorf("%+v", done)
	}
	w.get(theReader, reportsAt+"/none").wants(t, http.StatusNotFound, "not-found")
	w.get(theApplicant, strings.Replace(at, "quality-reports", "demands", 1)).wants(t, http.StatusNotFound, "not-found")
}

// TestNobodyAnswersHimself: who reports may hold the role that answers. A colleague answers, or, where nobody knows the supplier, a case officer.
func TestNobodyAnswersHimself(t *testing.T) {
	w := newWorld(t)
	w.fillCatalogue(1)
	at := reportsAt + "/" + w.raise(theSupplier, base+"/resources/"+catalogue.ResourceID(catalogue.Jiangsu, "0")+"/quality-reports", wrong).ID
	answer := object{"outcome": "not-confirmed", "reason": "数据无误"}
	w.post(theSupplier, at+"/answer", answer).wants(t, http.StatusForbidden, "own-concern")
	if got := into[QualityReport](t, w.get(theSupplier, at)); got.Answers != nil {
		t.Errorf("is offered %v", got.Answers)
	}
	if got := into[list[QualityReport]](t, w.get(theSupplier, reportsAt+"?to_answer=true")).Items; len(got) != 0 {
		t.Errorf("is to answer %+v", got)
	}
	if got := into[ConcernStands](t, w.post(theOfficer, at+"/answer", answer)); got.State != concern.Dismissed {
		t.Errorf("%+v", got)
	}
}

// TestSupplierAnswers: where the provider of a resource is an organisation of the system, its reviewers alone answer for it; once it is closed, the others do.
func TestSupplierAnswers(t *testing.T) {
	w := newWorld(t)
	r := catalogue.Resource{ID: "res-theirs", Source: catalogue.Shanghai, SourceKey: "2", Title: "路灯", Provider: "某区城管局", Frequency: catalogue.Static, Access: catalogue.Open}
	_, err := w.Store.PutResources(t.Context(), []catalogue.Resource{r})
	w.Must(err)
	w.Must(w.Store.CreateOrganization(t.Context(), lifecycle.Organization{ID: "org-lamps", Name: r.Provider, Kind: identity.DataSupplier}))
	w.Must(w.Store.Grant(t.Context(), theGuard, "org-lamps", identity.SupplyReviewer))
	id := w.raise(theReader, base+"/resources/res-theirs/quality-reports", object{"wrong": "缺一盏"}).ID
	for person, status := range map[string]int{theGuard: http.StatusOK, theSupplier: http.StatusNotFound, theOfficer: http.StatusNotFound} {
		if got := w.get(person, reportsAt+"/"+id).status; got != status {
			t.Errorf("%s reads: %d", person, got)
		}
		if n := len(w.subjects(person, id)); (n == 1) != (status == http.StatusOK) {
			t.Errorf("%s was told %d times", person, n)
		}
	}
	input := demanded("路灯位置")
	input["resource"] = "res-theirs"
	demand := w.raise(theReader, demandsAt, input).ID
	w.post(theSupplier, demandsAt+"/"+demand+"/answer", object{"outcome": "declined", "reason": "x"}).wants(t, http.StatusForbidden, "not-entitled")
	w.Must(w.Store.CloseOrganization(t.Context(), "org-lamps"))
	if got := into[list[QualityReport]](t, w.get(theOfficer, reportsAt+"?to_answer=true")).Items; len(got) != 1 || got[0].ID != id || len(got[0].Answers) != 3 {
		t.Errorf("%+v", got)
	}
	if got := into[ConcernStands](t, w.post(theSupplier, reportsAt+"/"+id+"/answer", object{"outcome": "mended", "reason": "已补"})); got.State != concern.Mended {
		t.Errorf("%+v", got)
	}
}

// TestDemand: raised, supported, put off, supplied; and who is told.
func TestDemand(t *testing.T) {
	w := newWorld(t)
	input := demanded("停车泊位")
	input["by"], input["resource"] = "2026-06-30", town.Resource
	raised := w.raise(theApplicant, demandsAt, input)
	at := demandsAt + "/" + raised.ID
	first := into[DataDemand](t, w.get(theReader, at))
	if first.Title != "停车泊位" || first.Data != "泊位" || first.By != "2026-06-30" || first.Resource != town.Resource || first.Person != "" || first.Supported || first.Answers != nil || first.History[0].By.Person != "" {
		t.Errorf("%+v", first)
	}
	if mine := into[DataDemand](t, w.get(theApplicant, at)); mine.Person != theApplicant {
		t.Errorf("%+v", mine)
	}
	for person, n := range map[string]int{theReader: 1, theRival: 2} {
		if got := into[ConcernStands](t, w.post(person, at+"/support", nil)); got.State != concern.Open || got.Supports > 2 {
			t.Errorf("%s, %d.: %+v", person, n, got)
		}
	}
	w.post(theReader, at+"/support", nil).wants(t, http.StatusConflict, "supported-before")
	w.post(theApplicant, at+"/support", nil).wants(t, http.StatusForbidden, "own-concern")
	if seen := into[DataDemand](t, w.get(theReader, at)); seen.Supports != 2 || !seen.Supported || len(seen.History) != 1 {
		t.Errorf("%+v", seen)
	}
	w.post(theReader, at+"/answer", object{"outcome": "declined", "reason": "x"}).wants(t, http.StatusForbidden, "not-entitled")
	w.post(theReader, at+"/withdraw", nil).wants(t, http.StatusForbidden, "not-entitled")
	wantField(t, w.post(theSupplier, at+"/answer", object{"outcome": "promised"}), "day", "required")
	wantField(t, w.post(theSupplier, at+"/answer", object{"outcome": "available", "resource": "none"}), "resource", "unknown-reference")
	w.post(theSupplier, at+"/answer", object{"outcome": "promised", "day": "2026-05-01"})
	if got := into[ConcernStands](t, w.post(theSupplier, at+"/answer", object{"outcome": "available", "resource": town.Resource})); got.State != concern.Available || got.Supports != 2 {
		t.Errorf("%+v", got)
	}
	told := []string{"demand-promised", "demand-available"}
	for person, want := range map[string][]string{theApplicant: told, theReader: told, theRival: told, theSupplier: {"demand-raised"}, theOfficer: nil, theAdmin: nil} {
		if diff := cmp.Diff(want, w.subjects(person, raised.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", person, diff)
		}
	}
	w.post(theApplicant, at+"/withdraw", nil).wants(t, http.StatusConflict, "not-in-state")

	second := w.raise(theReader, demandsAt, demanded("路灯"))
	w.post(theRival, second.Href+"/support", nil)
	w.post(theReader, second.Href+"/withdraw", nil)
	if diff := cmp.Diff([]string{"demand-withdrawn"}, w.subjects(theRival, second.ID)); diff != "" {
		t.Error(diff)
	}
	for query, want := range map[string]int{"": 2, "?state=withdrawn": 1, "?state=open": 0, "?mine=true": 1, "?resource=" + town.Resource: 1, "?to_answer=true": 0, "?limit=1": 1} {
		if got := into[list[DataDemand]](t, w.get(theReader, demandsAt+query)); len(got.Items) != want || (got.Next != "") != strings.Contains(query, "limit") {
			t.Errorf("%q: %d", query, len(got.Items))
		}
	}
	w.get(theReader, demandsAt+"?state=confirmed").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	wantField(t, w.get(theReader, demandsAt+"?cursor=x"), "query.cursor", "bad-cursor")
}

// TestConcernsOnce: a repeat under the same key changes nothing and is answered alike, whatever happened since; with something else it is refused.
func TestConcernsOnce(t *testing.T) {
	w := newWorld(t)
	send := func(person, path string, input object, key string) reply {
		return w.send(person, http.MethodPost, path, canonical(&input), "Idempotency-Key", key)
	}
	first := send(theApplicant, demandsAt, demanded("甲"), "k")
	at := into[ConcernStands](t, first).Href
	supported := send(theReader, at+"/support", object{}, "s")
	answered := send(theSupplier, at+"/answer", object{"outcome": "declined", "reason": "x"}, "a")
	for name, r := range map[string][2]reply{
		"raised":    {first, send(theApplicant, demandsAt, demanded("甲"), "k")},
		"supported": {supported, send(theReader, at+"/support", object{}, "s")},
		"answered":  {answered, send(theSupplier, at+"/answer", object{"outcome": "declined", "reason": "x"}, "a")},
	} {
		if r[0].status != r[1].status || string(r[0].body) != string(r[1].body) {
			t.Errorf("%s: %s, then %s", name, r[0].body, r[1].body)
		}
	}
	send(theApplicant, demandsAt, demanded("乙"), "k").wants(t, 422, "idempotency-key-reused")
	send(theApplicant, reportAt, wrong, "k").wants(t, 422, "idempotency-key-reused")
	send(theSupplier, at+"/answer", object{"outcome": "declined", "reason": "y"}, "a").wants(t, 422, "idempotency-key-reused")
	if got := into[DataDemand](t, w.get(theReader, at)); got.Supports != 1 || len(got.History) != 2 {
		t.Errorf("%+v", got)
	}
	if n := len(into[list[DataDemand]](t, w.get(theReader, demandsAt)).Items); n != 1 {
		t.Errorf("%d demands", n)
	}
}

// TestConcernsAreBounded: one person has no more than so many open; what was answered or withdrawn makes room, and of the other kind he has as many.
func TestConcernsAreBounded(t *testing.T) {
	w := newWorld(t)
	var last ConcernStands
	for i := range concern.MaxOpen {
		last = w.raise(theReader, demandsAt, demanded(fmt.Sprint("需求", i)))
	}
	p := w.post(theReader, demandsAt, demanded("再一件")).wants(t, http.StatusConflict, "too-many-open")
	if !strings.Contains(p.Detail, fmt.Sprint(concern.MaxOpen)) {
		t.Error(p.Detail)
	}
	w.raise(theReader, reportAt, wrong)
	w.raise(theApplicant, demandsAt, demanded("另一人"))
	w.post(theReader, last.Href+"/withdraw", nil)
	w.raise(theReader, demandsAt, demanded("再一件"))
}

// TestReportEvidence: the evidence of a report is for who reported it and for who answers, and for nobody else.
func TestReportEvidence(t *testing.T) {
	w := newWorld(t)
	w.Must(w.Store.CreatePerson(t.Context(), "neighbour", "虚构邻居"))
	w.Must(w.Store.Grant(t.Context(), "neighbour", town.Citizens, identity.Reader))
	secret, _, err := w.Store.IssueToken(t.Context(), "neighbour", "test", w.Now().AddDate(1, 0, 0))
	w.Must(err)
	w.secrets["neighbour"] = secret
	up := w.send(theReader, http.MethodPost, base+"/attachments?name=a.txt", []byte("截图"), "Content-Type", "text/plain", "Idempotency-Key", "up")
	digest := into[Attachment](t, up).Digest
	file := base + "/attachments/" + digest
	if w.get(theSupplier, file).status != http.StatusNotFound {
		t.Error("it is seen before it is sent")
	}
	input := object{"wrong": "见附件", "evidence": []string{digest}}
	w.raise(theReader, reportAt, input)
	for person, status := range map[string]int{theReader: 200, theSupplier: 200, theOfficer: 404, theAuditor: 200, "neighbour": 404, theApplicant: 404, theGuard: 404} {
		if got := w.get(person, file).status; got != status {
			t.Errorf("%s: %d", person, got)
		}
	}
}
