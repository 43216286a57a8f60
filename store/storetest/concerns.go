package storetest

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/domain/quality"
	"datacharter/store"
)

// reported is a blank report of a resource.
func reported(id, person, resource, supplier string) concern.Concern {
	return concern.Concern{
		ID: id, Kind: concern.Report, Resource: resource, Title: "甲", Supplier: supplier, Person: person,
		Report: &concern.ReportInput{Field: "updated", Wrong: "日期不对", Evidence: []string{"d1", "d1"}},
	}
}

func demanded(id, person string) concern.Concern {
	return concern.Concern{ID: id, Kind: concern.Demand, Title: "停车", Person: person, Demand: &concern.DemandInput{Title: "停车", Data: "泊位", Use: "导航"}}
}

// add makes the next entry of a concern; the state stays when it is empty.
func (f *fixture) add(c concern.Concern, person string, action concern.Action, state concern.State) concern.Concern {
	f.t.Helper()
	after, err := f.tryAdd(c.ID, c, person, action, state)
	check(f.t, err)
	return after
}

func (f *fixture) tryAdd(request string, c concern.Concern, person string, action concern.Action, state concern.State) (after concern.Concern, err error) {
	err = f.InTx(f.t.Context(), func(tx *store.Tx) error {
		if action != concern.Raise {
			if c, err = tx.Concern(c.ID); err != nil {
				return err
			}
		}
		e := concern.Entry{Number: c.Number + 1, Action: action, State: c.State, Supports: c.Supports, By: identity.By{Person: person}}
		if state != "" {
			e.State = state
		}
		switch action {
		case concern.Support:
			e.Supports++
		case concern.Answer:
			e.Answer = &concern.AnswerInput{Outcome: state, Reason: "核实：" + string(state)}
		case concern.Raise, concern.Withdraw:
		}
		after, err = tx.AddConcernEntry(store.Request{ID: fmt.Sprint(request, "/", e.Number, "/", person), Fingerprint: "f"}, c, e)
		return err
	})
	return after, err
}

func testConcerns(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	reader := f.person("reader", "public", "reader")
	supplier := f.person("supplier", "supplier", "supply-reviewer")
	officer := f.person("officer", "agency", "case-officer")
	auditor := f.person("auditor", "supervisor", "supervisor")
	a := someResource("a", "甲")
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{a}))

	blank := reported("qr-1", "reader", a.ID, "supplier")
	raised := f.add(blank, "reader", concern.Raise, concern.Open)
	want := blank
	want.State, want.Number, want.At, want.Changed = concern.Open, 1, start, start
	if diff := cmp.Diff(want, raised); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	f.pass(time.Second)
	orphan := f.add(reported("qr-2", "reader", a.ID, ""), "reader", concern.Raise, concern.Open)
	for _, c := range []struct {
		who  identity.Actor
		want []string
	}{{reader, []string{"qr-2", "qr-1"}}, {supplier, []string{"qr-2", "qr-1"}}, {officer, []string{"qr-2"}}, {auditor, []string{"qr-2", "qr-1"}}, {identity.Actor{Person: "x"}, nil}} {
		if diff := cmp.Diff(c.want, f.concerns(c.who, store.ConcernFilter{Kind: concern.Report})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.who.Person, diff)
		}
	}
	if diff := cmp.Diff(raised, must[concern.Concern](t)(f.GetConcern(ctx, reader, concern.Report, "qr-1"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, id := range []string{"none", "a\x00b", "qr-1"} {
		_, err := f.GetConcern(ctx, officer, concern.Report, id)
		wantErr(t, err, store.ErrNotFound)
		_, err = f.GetConcern(ctx, reader, concern.Demand, id)
		wantErr(t, err, store.ErrNotFound)
	}

	f.pass(time.Second)
	f.add(raised, "supplier", concern.Answer, concern.Confirmed)
	f.add(orphan, "officer", concern.Answer, concern.Dismissed)
	if got := must[quality.Found](t)(f.ReportsFound(ctx, a.ID)); got != (quality.Found{Answered: 2, Confirmed: 1}) {
		t.Errorf("%+v", got)
	}
	faults := must[[]store.Fault](t)(f.Faults(ctx, a.ID))
	if diff := cmp.Diff([]store.Fault{{Field: "updated", Answer: "核实：confirmed", At: f.now()}}, faults); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	history := must[[]concern.Entry](t)(f.ConcernEntries(ctx, "qr-1"))
	if len(history) != 2 || history[0].Action != concern.Raise || !history[0].At.Equal(start) || history[1].Answer.Outcome != concern.Confirmed || history[1].By.Person != "supplier" {
		t.Errorf("%+v", history)
	}
	// Once its organisation is closed, a concern is for those who answer what is nobody's.
	check(t, f.CloseOrganization(ctx, "supplier"))
	toAnswer := store.ConcernFilter{Kind: concern.Report, ToAnswer: true}
	if diff := cmp.Diff([]string{"qr-1"}, f.concerns(officer, toAnswer)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c := must[concern.Concern](t)(f.GetConcern(ctx, officer, concern.Report, "qr-1")); c.Supplier != "" {
		t.Errorf("answered by %q", c.Supplier)
	}
	f.add(raised, "officer", concern.Answer, concern.Mended)
	if got := f.concerns(officer, toAnswer); got != nil || len(must[[]store.Fault](t)(f.Faults(ctx, a.ID))) != 0 {
		t.Errorf("%v", got)
	}
	if n := must[int64](t)(f.CountConcerns(ctx, auditor, store.ConcernFilter{Kind: concern.Report, State: concern.Mended, Resource: a.ID})); n != 1 {
		t.Errorf("%d", n)
	}

	statements := []string{"UPDATE concern_entries SET person = 'x'", "DELETE FROM concern_entries"}
	if d.Name != SQLite.Name {
		statements = append(statements, "TRUNCATE concern_entries")
	}
	for _, statement := range statements {
		if _, err := f.raw().ExecContext(ctx, statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// testConcernsDue: what waits for its first answer is listed by when it is due; once it has one, nothing is due.
func testConcernsDue(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	f.person("reader", "public", "reader")
	officer := f.person("officer", "agency", "case-officer")
	auditor := f.person("auditor", "supervisor", "supervisor")
	days := func(n int) *lifecycle.Deadline {
		on := calendar.DateOf(start).AddDays(n)
		return &lifecycle.Deadline{Name: concern.Limit, Span: "1 working_days", From: calendar.DateOf(start), Due: calendar.Due{On: on, At: on.End(), Calendar: "c"}}
	}
	var raised []concern.Concern
	for i, limit := range []*lifecycle.Deadline{nil, days(9), days(3), days(3)} {
		c := demanded(fmt.Sprint("dd-", i), "reader")
		c.Limit = limit
		raised = append(raised, f.add(c, "reader", concern.Raise, concern.Open))
		f.pass(time.Second)
	}
	toAnswer, overdue := store.ConcernFilter{Kind: concern.Demand, ToAnswer: true}, store.ConcernFilter{Kind: concern.Demand, Overdue: true}
	lists := func(when string, actor identity.Actor, filter store.ConcernFilter, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, f.concerns(actor, filter)); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", when, actor.Person, diff)
		}
		if n := must[int64](t)(f.CountConcerns(ctx, actor, filter)); n != int64(len(want)) {
			t.Errorf("%s, %s: counted %d", when, actor.Person, n)
		}
	}
	lists("in time", officer, toAnswer, "dd-2", "dd-3", "dd-1", "dd-0")
	lists("in time", auditor, overdue)
	if got := must[concern.Concern](t)(f.GetConcern(ctx, officer, concern.Demand, "dd-1")); !reflect.DeepEqual(got.Limit, days(9)) {
		t.Errorf("%+v", got.Limit)
	}
	f.pass(4 * 24 * time.Hour)
	lists("four days later", auditor, overdue, "dd-2", "dd-3")
	f.add(raised[2], "officer", concern.Answer, concern.Promised)
	f.add(raised[3], "reader", concern.Withdraw, concern.Withdrawn)
	lists("answered and withdrawn", auditor, overdue)
	lists("answered and withdrawn", officer, toAnswer, "dd-1", "dd-0", "dd-2")
	f.pass(30 * 24 * time.Hour)
	lists("a month later", officer, overdue, "dd-1")
	if c := must[concern.Concern](t)(f.GetConcern(ctx, officer, concern.Demand, "dd-2")); c.Overdue(f.now()) || !c.Due().Ended {
		t.Errorf("what was answered is due: %+v", c.Due())
	}
}

// concerns are the IDs of those that the actor is listed, part by part.
func (f *fixture) concerns(actor identity.Actor, filter store.ConcernFilter) (ids []string) {
	f.t.Helper()
	for filter.Limit = 1; ; {
		page := must[store.Page[concern.Concern]](f.t)(f.ListConcerns(f.t.Context(), actor, filter))
		for _, c := range page.Items {
			ids = append(ids, c.ID)
		}
		if filter.Cursor = page.Next; page.Next == "" {
			return ids
		}
	}
}

// testConcernRequests: a request brings one entry; what came first stays.
func testConcernRequests(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("reader", "public", "reader")
	f.person("friend", "public", "reader")
	demand := f.add(demanded("dd-1", "reader"), "reader", concern.Raise, concern.Open)
	f.add(demand, "friend", concern.Support, "")
	_, err := f.tryAdd("dd-1", demanded("dd-1", "reader"), "reader", concern.Raise, concern.Open)
	wantErr(t, err, store.ErrVersionConflict)
	_, err = f.tryAdd("dd-1", demanded("dd-2", "reader"), "reader", concern.Raise, concern.Open)
	wantErr(t, err, store.ErrVersionConflict)
	_, err = f.tryAdd("x", concern.Concern{ID: "none"}, "reader", concern.Withdraw, concern.Withdrawn)
	wantErr(t, err, store.ErrNotFound)
	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		id, e, fingerprint, known, err := tx.ConcernEntryOf("dd-1/2/friend")
		if err != nil || !known || id != "dd-1" || fingerprint != "f" || e.Number != 2 || e.Supports != 1 {
			t.Errorf("%q %+v %q %v %v", id, e, fingerprint, known, err)
		}
		if _, _, _, known, err := tx.ConcernEntryOf("none"); known || err != nil {
			t.Errorf("%v %v", known, err)
		}
		for person, want := range map[string]bool{"friend": true, "reader": false} {
			if got, err := tx.Supports("dd-1", person); err != nil || got != want {
				t.Errorf("%s supports it: %v %v", person, got, err)
			}
		}
		for kind, want := range map[concern.Kind]int{concern.Demand: 1, concern.Report: 0} {
			if n, err := tx.OpenConcerns("reader", kind); err != nil || n != want {
				t.Errorf("%s: %d %v", kind, n, err)
			}
		}
		return nil
	}))
	if entries := must[[]concern.Entry](t)(f.ConcernEntries(t.Context(), "dd-1")); len(entries) != 1 {
		t.Errorf("%+v", entries)
	}
	if yes := must[bool](t)(f.Supports(t.Context(), "dd-1", "friend")); !yes {
		t.Error("who supports it is not known")
	}
}

// testSupplierOf: who answers for a resource is its holder, or its provider where none is named; a name leads to a supplier only when it is one's alone.
func testSupplierOf(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	provided, held, nobodys := someResource("a", "甲"), someResource("b", "乙"), someResource("c", "丙")
	provided.Provider = "某市水务局"
	held.Provider, held.Holder = "某市水务局", "某市河长办"
	nobodys.Provider, nobodys.Holder = "某市水务局", "无此单位" // who supplies it does not answer for what somebody else holds
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{provided, held, nobodys}))
	is := func(when string, want map[string]string) {
		t.Helper()
		check(t, f.InTx(ctx, func(tx *store.Tx) error {
			for id, supplier := range want {
				if got, err := tx.SupplierOf(id); err != nil || got != supplier {
					t.Errorf("%s: for %s answers %q, %v", when, id, got, err)
				}
			}
			_, err := tx.SupplierOf("none")
			wantErr(t, err, store.ErrNotFound)
			return nil
		}))
	}
	organization := func(id, name string, kind identity.Kind) {
		t.Helper()
		check(t, f.CreateOrganization(ctx, lifecycle.Organization{ID: id, Name: name, Kind: kind}))
	}
	is("nobody here", map[string]string{provided.ID: "", held.ID: ""})
	organization("water", "某市水务局", identity.DataSupplier)
	organization("rivers", "某市河长办", identity.DataSupplier)
	organization("namesake", "某市河长办", identity.Agency)
	is("each its own", map[string]string{provided.ID: "water", held.ID: "rivers", nobodys.ID: ""})
	organization("waters", "某市水务局", identity.DataSupplier)
	is("two of the name", map[string]string{provided.ID: "", held.ID: "rivers"})
	check(t, f.CloseOrganization(ctx, "waters"))
	check(t, f.CloseOrganization(ctx, "rivers"))
	is("one closed", map[string]string{provided.ID: "water", held.ID: ""})
}

// testRacingSupports: everybody who supports a demand at once is counted, each once.
func testRacingSupports(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("reader", "public", "reader")
	demand := f.add(demanded("dd-1", "reader"), "reader", concern.Raise, concern.Open)
	const n = 8
	for i := range n {
		f.person(fmt.Sprint("p", i), "public", "reader")
	}
	var racers sync.WaitGroup
	for i := range n {
		racers.Go(func() {
			if _, err := f.tryAdd("r", demand, fmt.Sprint("p", i), concern.Support, ""); err != nil {
				t.Error(err)
			}
		})
	}
	racers.Wait()
	if c := must[concern.Concern](t)(f.GetConcern(t.Context(), identity.Actor{}, concern.Demand, "dd-1")); c.Supports != n || c.Number != n+1 {
		t.Errorf("%+v", c)
	}
}

// testConcernNotices: who is to know is told once, unless he does not want to or did it himself.
func testConcernNotices(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	f.person("reader", "public", "reader")
	f.person("friend", "public", "reader")
	f.person("deaf", "public", "reader")
	f.person("supplier", "supplier", "supply-reviewer", "agency", "case-officer") // told once
	f.person("clerk", "agency", "business-reviewer")
	check(t, f.PutPreferences(ctx, "deaf", store.Preferences{Unwanted: []notice.Group{notice.Resources}}))
	demand := f.add(demanded("dd-1", "reader"), "reader", concern.Raise, concern.Open)
	f.add(demand, "friend", concern.Support, "")
	f.add(demand, "deaf", concern.Support, "")
	f.add(demand, "supplier", concern.Answer, concern.Declined)
	for person, want := range map[string][]string{"reader": {"demand-declined"}, "friend": {"demand-declined"}, "deaf": nil, "supplier": {"demand-raised"}, "clerk": nil} {
		var got []string
		for _, n := range must[store.Page[store.NoticeView]](t)(f.ListNotices(ctx, person, store.NoticeFilter{})).Items {
			got = append(got, n.Subject)
			if n.Case != "dd-1" || string(n.CaseKind) != string(concern.Demand) || n.Params["title"] != "停车" {
				t.Errorf("%+v", n)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", person, diff)
		}
	}
}

// testReportAttachments: who may see a report may have its evidence.
func testReportAttachments(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	reader := f.person("reader", "public", "reader")
	supplier := f.person("supplier", "supplier", "supply-reviewer")
	auditor := f.person("auditor", "supervisor", "supervisor")
	others := []identity.Actor{f.person("neighbour", "public", "reader"), f.person("officer", "agency", "case-officer"), f.person("applicant", "operator", "applicant")}
	a := someResource("a", "甲")
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{a}))
	check(t, f.PutAttachment(ctx, lifecycle.Attachment{Digest: "d1", Name: "a.txt", MediaType: "text/plain", Size: 1, Organization: "public"}, "reader"))
	f.add(reported("qr-1", "reader", a.ID, "supplier"), "reader", concern.Raise, concern.Open)
	for _, actor := range []identity.Actor{reader, supplier, auditor} {
		must[store.AttachmentView](t)(f.GetAttachment(ctx, actor, "d1"))
	}
	for _, actor := range others {
		_, err := f.GetAttachment(ctx, actor, "d1")
		wantErr(t, err, store.ErrNotFound)
	}
}
