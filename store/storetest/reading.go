package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

func testFacts(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer", "agency", "member")
	f.person("chair", "agency", "chair", "government", "chair")
	f.person("secretary", "government", "secretary")
	f.person("left", "government", "member")
	check(t, f.ClosePerson(t.Context(), "left"))
	check(t, f.CloseOrganization(t.Context(), "operator2"))
	resource := someResource("r1", "道路交通流量")
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), []catalogue.Resource{resource}))
	for _, organization := range []string{"agency2", "agency", "operator"} {
		check(t, f.PutAttachment(t.Context(), lifecycle.Attachment{Digest: "d1", Name: "of " + organization, MediaType: "application/pdf", Size: 7, Organization: organization}, "officer"))
	}
	f.open("e1", opening{Title: "other"})

	var facts lifecycle.Facts
	check(t, f.InTx(t.Context(), func(tx *store.Tx) (err error) {
		facts, err = tx.Facts(officer, lifecycle.Needs{
			Organizations: []string{"operator2", "agency", "nowhere", "a\x00"}, Resources: []string{resource.ID, "res-none", "\x00"}, Attachments: []string{"d1", "d9", "\x00"},
			Cases: []string{"e1", "e9", "\x00"}, Rosters: []string{"agency", "government", "public", "\x00"},
		}, find)
		return err
	}))
	want := lifecycle.Facts{
		Organizations: map[string]lifecycle.Organization{
			"agency":    {ID: "agency", Name: "机构 agency", Kind: identity.Agency},
			"operator2": {ID: "operator2", Name: "机构 operator2", Kind: identity.Operator, Closed: true},
		},
		Resources:   map[string]lifecycle.Resource{resource.ID: {ID: resource.ID, Title: resource.Title, Provider: resource.Provider, Digest: resource.Digest()}},
		Attachments: map[string]lifecycle.Attachment{"d1": {Digest: "d1", Name: "of agency", MediaType: "application/pdf", Size: 7, Organization: "agency"}},
		Cases:       facts.Cases,
		Rosters: map[string][]lifecycle.Seat{
			"agency": {
				{Person: "chair", Role: identity.Chair, Organizations: []string{"agency", "government"}},
				{Person: "officer", Role: identity.Member, Organizations: []string{"agency"}},
			},
			"government": {
				{Person: "chair", Role: identity.Chair, Organizations: []string{"agency", "government"}},
				{Person: "secretary", Role: identity.Secretary, Organizations: []string{"government"}},
			},
		},
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if len(facts.Cases) != 1 || facts.Cases["e1"].Head().Title != "other" {
		t.Errorf("cases: %v", facts.Cases)
	}

	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		none := must[lifecycle.Facts](t)(tx.Facts(officer, lifecycle.Needs{}, find))
		if diff := cmp.Diff(lifecycle.Facts{}, none); diff != "" {
			t.Errorf("facts without needs (-want +got):\n%s", diff)
		}
		if _, err := tx.Facts(officer, lifecycle.Needs{Cases: []string{"e1"}}, func(lifecycle.Kind) lifecycle.Definition { return nil }); err == nil {
			t.Error("a case of an unknown kind was read")
		}
		return nil
	}))
}

func testCaseAt(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.do("e1", "", "note", noting{Notes: []string{"a", "b", "c"}})
	def := find(errandKind)
	for version, notes := range map[int64]int{1: 0, 2: 1, 4: 3} {
		c := must[lifecycle.Case](t)(f.CaseAt(t.Context(), def, "e1", version)).(*errand)
		if c.Version != version || len(c.Notes) != notes {
			t.Errorf("version %d came as version %d with %d notes", version, c.Version, len(c.Notes))
		}
	}
	for _, version := range []int64{-1, 0, 5} {
		_, err := f.CaseAt(t.Context(), def, "e1", version)
		wantErr(t, err, store.ErrNotFound)
	}
	for _, id := range []string{"e2", "e\x00"} {
		_, err := f.CaseAt(t.Context(), def, id, 1)
		wantErr(t, err, store.ErrNotFound)
	}
	_, err := f.CaseAt(t.Context(), find(gatheringKind), "e1", 1)
	wantErr(t, err, store.ErrNotFound)
}

func testEvents(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.do("e1", "", "note", noting{Notes: strings.Split("abcdefg", "")})
	var seqs []int64
	for after := int64(0); ; {
		events := must[[]store.RecordedEvent](t)(f.Events(t.Context(), identity.System(), "e1", after, 3))
		if len(events) == 0 {
			break
		}
		for _, e := range events {
			seqs = append(seqs, e.Seq)
			after = e.Seq
		}
	}
	if diff := cmp.Diff([]int64{1, 2, 3, 4, 5, 6, 7, 8}, seqs); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	for _, id := range []string{"e2", "e\x00"} {
		_, err := f.Events(t.Context(), identity.System(), id, 0, 10)
		wantErr(t, err, store.ErrNotFound)
	}
}

// testReadModels follows one case through its life in every table that is read.
func testReadModels(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	f.do("e1", "", "open", opening{Title: "草稿", Applicant: "operator", Draft: true})
	sees := func() store.CaseSummary {
		view := must[store.CaseView](t)(f.GetCase(t.Context(), identity.System(), errandKind, "e1"))
		return view.CaseSummary
	}
	want := store.CaseSummary{
		ID: "e1", Kind: errandKind, Version: 1, State: drafted, Phase: "before", Title: "草稿", Applicant: "operator", PolicyHash: "sha256:testing",
		Draft: true, OpenedAt: f.now(), ChangedAt: f.now(),
	}
	if diff := cmp.Diff(want, sees()); diff != "" {
		t.Errorf("draft (-want +got):\n%s", diff)
	}

	f.pass(time.Hour)
	f.do("e1", "", "submit", nil)
	f.do("e1", "", "change", changing{Title: "正式", Agency: "agency", Body: "government"})
	c := f.do("e1", "officer", "ask", asking{Name: "review", Kind: identity.Agency, Role: identity.CaseOfficer, Days: 3})
	wake, _ := c.WakeAt()
	want.Version, want.State, want.Phase, want.Title, want.Draft = c.Version, running, "during", "正式", false
	want.Agency, want.Body, want.ChangedAt, want.WakeAt = "agency", "government", f.now(), &wake
	if diff := cmp.Diff(want, sees()); diff != "" {
		t.Errorf("running (-want +got):\n%s", diff)
	}
	task := func() store.TaskView { return must[store.TaskView](t)(f.GetTask(t.Context(), officer, "e1.1")) }
	due := c.Deadlines[0].Due.At
	wantTask := store.TaskView{
		ID: "e1.1", Case: "e1", CaseKind: errandKind, CaseTitle: "正式", Applicant: "operator", Agency: "agency", Name: "review", Title: words("review"),
		Kind: identity.Agency, Role: identity.CaseOfficer, Step: "answering", State: lifecycle.TaskOpen,
		Deadline: "reviewa", Due: &due, Provisional: true, OpenedAt: f.now(),
	}
	if diff := cmp.Diff(wantTask, task()); diff != "" {
		t.Errorf("open task (-want +got):\n%s", diff)
	}

	f.pass(time.Hour)
	f.do("e1", "officer", "claim", lifecycle.TaskInput{Task: "e1.1"})
	f.do("e1", "officer", "answer", lifecycle.TaskInput{Task: "e1.1"})
	now := f.now()
	wantTask.State, wantTask.Claimant, wantTask.DoneAt, wantTask.Outcome = lifecycle.TaskDone, "officer", &now, "fine"
	if diff := cmp.Diff(wantTask, task()); diff != "" {
		t.Errorf("done task (-want +got):\n%s", diff)
	}

	f.do("e1", "", "finish", nil)
	got := sees()
	if !got.Closed || got.State != done || got.Phase != "after" || got.WakeAt != nil || got.ClosedAt == nil || !got.ClosedAt.Equal(f.now()) {
		t.Errorf("closed: %+v", got)
	}
	f.pass(time.Hour)
	if _, refused, err := f.apply(t.Context(), order{caseID: "e1", name: "note"}); err != nil || refused == nil {
		t.Errorf("a closed case goes on: %v", err)
	}
}

// testClocks checks that lists show due times only while a clock is running.
func testClocks(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	f.open("e1", opening{Agency: "agency"})
	f.do("e1", "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Days: 3, Also: 1})
	f.do("e1", "", "ask", asking{Name: "u", Kind: identity.Agency, Role: identity.CaseOfficer})
	due := func() string {
		var out []string
		tasks := must[store.Page[store.TaskView]](t)(f.ListTasks(t.Context(), officer, store.TaskFilter{}))
		for _, task := range tasks.Items {
			at := "never"
			if task.Due != nil {
				at = task.Due.Format(time.DateOnly)
			}
			out = append(out, task.Name+" "+at)
		}
		limits := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), officer, store.DeadlineFilter{Case: "e1"}))
		for _, l := range limits.Items {
			out = append(out, fmt.Sprintf("%s %s %s %v %v", l.Name, l.Due.On, l.Held, l.Passed, l.Ended))
		}
		return strings.Join(out, "; ")
	}
	expect := func(when, want string) {
		t.Helper()
		if got := due(); got != want {
			t.Errorf("%s:\n got %s\nwant %s", when, got, want)
		}
	}
	expect("running", "t 2026-01-08; u never; ta 2026-01-08  false false; tb 2026-01-09  false false")
	f.pass(24 * time.Hour)
	f.do("e1", "", "hold", nil)
	held := due()
	if !strings.HasPrefix(held, "t never; u never; ") || !strings.Contains(held, "working_days") {
		t.Errorf("held: %s", held)
	}
	f.pass(24 * time.Hour)
	f.do("e1", "", "resume", nil)
	expect("resumed", "t 2026-01-09; u never; ta 2026-01-09  false false; tb 2026-01-12  false false")
	f.pass(4 * 24 * time.Hour)
	f.do("e1", "", "tick", nil)
	expect("passed", "t 2026-01-09; u never; ta 2026-01-09  true false; tb 2026-01-12  false false")
	limits := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), officer, store.DeadlineFilter{Open: true}))
	if len(limits.Items) != 1 || limits.Items[0].Name != "tb" {
		t.Errorf("open limits: %+v", limits.Items)
	}
}

// testOddText stores what databases like to stumble over.
func testOddText(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	for i, odd := range []string{"", "'; DROP TABLE cases; --", `back\slash "quote"`, "𠮷野家 😀 é", strings.Repeat("长", 100_000), "line\nline\ttab", "a\x00b"} {
		id := fmt.Sprintf("odd-%d", i)
		c := f.do(id, "", "open", opening{Title: odd, Files: []string{strings.Trim(odd[:min(len(odd), 30)], "a\x00b") + "x"}})
		view := must[store.CaseView](t)(f.GetCase(t.Context(), identity.System(), errandKind, id))
		if want := strings.ReplaceAll(odd, "\x00", ""); view.Title != want {
			t.Errorf("title %.40q came back as %.40q", want, view.Title)
		}
		state := must[lifecycle.Case](t)(find(errandKind).Decode(view.Data))
		if got, want := string(must[[]byte](t)(json.Marshal(state))), string(must[[]byte](t)(json.Marshal(c))); got != want {
			t.Errorf("state of %.40q came back changed", odd)
		}
		must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), identity.System(), store.CaseFilter{Text: odd}))
	}
	nul := "a\x00"
	_, err := f.GetCase(t.Context(), identity.System(), errandKind, nul)
	wantErr(t, err, store.ErrNotFound)
	_, err = f.GetTask(t.Context(), identity.System(), nul)
	wantErr(t, err, store.ErrNotFound)
	_, err = f.GetResource(t.Context(), nul)
	wantErr(t, err, store.ErrNotFound)
	_, err = f.GetOrganization(t.Context(), nul)
	wantErr(t, err, store.ErrNotFound)
	_, err = f.GetPolicy(t.Context(), nul)
	wantErr(t, err, store.ErrNotFound)
	wantErr(t, f.CloseOrganization(t.Context(), nul), store.ErrNotFound)
	_, _, err = f.apply(t.Context(), order{caseID: nul, name: "open"})
	wantErr(t, err, store.ErrNotFound)
	if _, refused, err := f.apply(t.Context(), order{caseID: "odd-0", name: nul}); err != nil || refused == nil {
		t.Errorf("an odd command: %v", err)
	}
	wantErr(t, f.Grant(t.Context(), nul, nul, identity.Chair), store.ErrNotFound)
	sound(t, f)
}
