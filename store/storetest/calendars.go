package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// upload puts a year's notice, as the request of the same name.
func (f *fixture) upload(year int, request string) store.Calendar {
	f.t.Helper()
	return must[store.Calendar](f.t)(f.PutCalendar(f.t.Context(), request, func([]store.Calendar) (store.Calendar, error) {
		return store.Calendar{
			Year: year, Notice: "国办发明电〔2025〕7号", Issued: "2025-11-04", Digest: "sha256:" + request, Content: []byte(`{"notice":"` + request + `"}`), AddedBy: "ada",
		}, nil
	}))
}

func testCalendars(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	check(t, f.CreatePerson(ctx, "ada", "Ada"))
	if n := must[int64](t)(f.CalendarVersion(ctx)); n != 0 || len(must[[]store.Calendar](t)(f.Calendars(ctx))) != 0 {
		t.Errorf("version %d of no calendar", n)
	}
	first := f.upload(2027, "r1")
	want := store.Calendar{
		Version: 1, Year: 2027, Notice: "国办发明电〔2025〕7号", Issued: "2025-11-04", Digest: "sha256:r1", Content: []byte(`{"notice":"r1"}`), Request: "r1",
		AddedAt: start, AddedBy: "ada",
	}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := f.upload(2027, "r1"); again.Version != 1 {
		t.Errorf("a repeated request brought version %d", again.Version)
	}
	f.upload(2026, "r2")
	f.upload(2027, "r3")
	check(t, f.InTx(ctx, func(tx *store.Tx) error {
		if n := must[int64](t)(tx.CalendarVersion()); n != 3 {
			t.Errorf("version %d", n)
		}
		var got []string
		for _, c := range must[[]store.Calendar](t)(tx.Calendars()) {
			got = append(got, fmt.Sprint(c.Year, " ", c.Version, " ", string(c.Content)))
		}
		if diff := cmp.Diff([]string{`2026 2 {"notice":"r2"}`, `2027 3 {"notice":"r3"}`}, got); diff != "" {
			t.Errorf("newest (-want +got):\n%s", diff)
		}
		return nil
	}))
	var versions []int64
	for _, c := range must[[]store.Calendar](t)(f.ListCalendars(ctx)) {
		versions = append(versions, c.Version)
		if len(c.Content) > 0 {
			t.Error("the list has contents")
		}
	}
	if diff := cmp.Diff([]int64{3, 2, 1}, versions); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	no := errors.New("no")
	_, err := f.PutCalendar(ctx, "r4", func(newest []store.Calendar) (store.Calendar, error) {
		if len(newest) != 2 || newest[1].Version != 3 {
			t.Errorf("%+v", newest)
		}
		return store.Calendar{}, no
	})
	wantErr(t, err, no)
	statements := []string{"UPDATE calendars SET year = 1", "DELETE FROM calendars"}
	if d.Name != SQLite.Name {
		statements = append(statements, "TRUNCATE calendars")
	}
	for _, statement := range statements {
		if _, err := f.raw().ExecContext(ctx, statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// testRacingCalendars uploads at once: each upload gets a version of its own, and of one request there is one.
func testRacingCalendars(t *testing.T, d Database) {
	f := setup(t, d)
	check(t, f.CreatePerson(t.Context(), "ada", "Ada"))
	var uploads sync.WaitGroup
	for i := range 8 {
		uploads.Go(func() { f.upload(2027, fmt.Sprint("r", i/2)) })
	}
	uploads.Wait()
	if all := must[[]store.Calendar](t)(f.ListCalendars(t.Context())); len(all) != 4 || all[0].Version != 4 {
		t.Errorf("%+v", all)
	}
}

func testRecounts(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	check(t, f.CreatePerson(ctx, "ada", "Ada"))
	if _, known := must2(t)(f.LastRecount(ctx)); known {
		t.Error("there is a recount that nobody began")
	}
	_, err := f.GetRecount(ctx, "abc")
	wantErr(t, err, store.ErrNotFound)
	begun := must[store.Recount](t)(f.BeginRecount(ctx, "abc", "ada"))
	if diff := cmp.Diff(store.Recount{Calendar: "abc", Round: 1, StartedAt: start, StartedBy: "ada"}, begun); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	on := begun
	on.Total, on.Checked, on.Recounted, on.Failed, on.Reached = 0, 5, 2, 1, "case-5"
	check(t, f.NoteRecount(ctx, on))
	if diff := cmp.Diff(on, must[store.Recount](t)(f.BeginRecount(ctx, "abc", "ada"))); diff != "" {
		t.Errorf("one under way goes on (-want +got):\n%s", diff)
	}
	over := start.Add(time.Minute)
	on.FinishedAt = &over
	check(t, f.NoteRecount(ctx, on))
	wantErr(t, f.NoteRecount(ctx, on), store.ErrVersionConflict)
	if diff := cmp.Diff(on, must[store.Recount](t)(f.GetRecount(ctx, "abc"))); diff != "" {
		t.Errorf("finished (-want +got):\n%s", diff)
	}
	again := must[store.Recount](t)(f.BeginRecount(ctx, "abc", "ada"))
	if again.Round != 2 || again.Checked != 0 || again.Reached != "" || again.FinishedAt != nil {
		t.Errorf("begun again: %+v", again)
	}
	wantErr(t, f.NoteRecount(ctx, on), store.ErrVersionConflict)
	f.clock.Add(1)
	must[store.Recount](t)(f.BeginRecount(ctx, "def", "ada"))
	if last, known := must2(t)(f.LastRecount(ctx)); !known || last.Calendar != "def" {
		t.Errorf("last: %+v", last)
	}
}

func must2(t *testing.T) func(store.Recount, bool, error) (store.Recount, bool) {
	return func(r store.Recount, known bool, err error) (store.Recount, bool) {
		t.Helper()
		check(t, err)
		return r, known
	}
}

// testWalk walks the cases in parts: all that are open, all others, and those with a running limit.
func testWalk(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	check(t, f.CreatePerson(ctx, "ada", "Ada"))
	for _, id := range []string{"e1", "e2", "e3", "e4", "e5"} {
		f.open(id, opening{})
	}
	f.open("draft", opening{Draft: true})
	for _, id := range []string{"e2", "e4", "e5"} {
		f.do(id, "", "ask", asking{Name: "x", Kind: identity.Agency, Role: identity.CaseOfficer, Days: 3})
	}
	f.do("e5", "", "finish", nil)
	walk := func(part func(after string) []string) (all []string) {
		for after := ""; len(all) < 20; {
			ids := part(after)
			if len(ids) == 0 {
				break
			}
			all = append(all, ids...)
			after = ids[len(ids)-1]
		}
		return all
	}
	summaries := func(open bool) []string {
		return walk(func(after string) (ids []string) {
			for _, c := range must[[]store.CaseSummary](t)(f.CasesAfter(ctx, after, 2, open)) {
				ids = append(ids, c.ID)
			}
			return ids
		})
	}
	limited := walk(func(after string) (ids []string) {
		for _, c := range must[[]store.CaseView](t)(f.LimitedCases(ctx, after, 1)) {
			ids = append(ids, c.ID)
			if subject := must[lifecycle.Case](t)(find(errandKind).Decode(c.Data)); subject == nil || len(c.Data) == 0 {
				t.Errorf("%s has no state", c.ID)
			}
		}
		return ids
	})
	for name, diff := range map[string]string{
		"open":    cmp.Diff([]string{"e1", "e2", "e3", "e4"}, summaries(true)),
		"others":  cmp.Diff([]string{"draft", "e5"}, summaries(false)),
		"limited": cmp.Diff([]string{"e2", "e4"}, limited),
	} {
		if diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if r := must[store.Recount](t)(f.BeginRecount(ctx, "abc", "ada")); r.Total != 2 {
		t.Errorf("%+v", r)
	}
	if c := must[store.CaseSummary](t)(f.CaseByID(ctx, "e5")); !c.Closed || c.Kind != errandKind {
		t.Errorf("%+v", c)
	}
	_, err := f.CaseByID(ctx, "none")
	wantErr(t, err, store.ErrNotFound)
}
