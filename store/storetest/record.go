package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
)

func testRecord(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	f.order(order{id: "k1", caseID: "e1", name: "open", in: opening{Title: "申请 α", Applicant: "operator", Agency: "agency"}})
	f.pass(time.Hour)
	after := f.order(order{id: "k2", caseID: "e1", person: "officer", name: "note", in: noting{Notes: []string{"一", "二"}}})

	var known store.CommandRecord
	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		if !tx.Now().Equal(f.now()) {
			t.Errorf("the transaction's time is %v, want %v", tx.Now(), f.now())
		}
		stored, err := tx.Case(find(errandKind), "e1")
		check(t, err)
		if diff := cmp.Diff(after, stored); diff != "" {
			t.Errorf("the case comes back changed (-recorded +loaded):\n%s", diff)
		}
		record, ok, err := tx.Command("k2")
		check(t, err)
		if !ok {
			t.Error("the command is not known")
		}
		known = record
		_, ok, err = tx.Command("k3")
		check(t, err)
		if ok {
			t.Error("a command is known that was never given")
		}
		return nil
	}))
	want := store.CommandRecord{
		ID: "k2", Case: "e1", Kind: errandKind, Name: "note", Person: "officer", Fingerprint: "f:k2", Version: 3, Events: 2, At: f.now(),
	}
	if diff := cmp.Diff(want, known); diff != "" {
		t.Errorf("command (-want +got):\n%s", diff)
	}

	events := must[[]store.RecordedEvent](t)(f.Events(t.Context(), identity.System(), "e1", 0, 10))
	if len(events) != 3 {
		t.Fatalf("%d events, want 3", len(events))
	}
	last := events[2].Event
	wantEvent := lifecycle.Event{
		Case: "e1", Seq: 3, Type: "noted", Schema: 1, At: f.now(),
		By:        identity.By{Person: "officer", Organization: "agency", Role: identity.CaseOfficer},
		CommandID: "k2", Data: []byte(`{"note":"二"}`),
	}
	if diff := cmp.Diff(wantEvent, last); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if events[0].PrevHash != strings.Repeat("0", 64) || events[1].PrevHash != events[0].Hash || events[2].PrevHash != events[1].Hash {
		t.Error("the events are not chained")
	}
}

func testRecordTimes(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	for _, at := range []time.Time{
		time.Date(1970, 1, 1, 0, 0, 0, 1000, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC), time.Date(2026, 3, 1, 7, 0, 0, 0, time.FixedZone("", 8*60*60)),
	} {
		f.clock.Store(at.UnixMicro())
		c := f.do("e1", "", "note", noting{Notes: []string{"n"}})
		view := must[store.CaseView](t)(f.GetCase(t.Context(), identity.System(), errandKind, "e1"))
		if !view.ChangedAt.Equal(at) || view.ChangedAt.Location() != time.UTC || !c.ChangedAt.Equal(at) {
			t.Errorf("changed at %v, want %v in UTC", view.ChangedAt, at)
		}
	}
}

func testRecordMisuse(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	def := find(errandKind)
	event := func(seq int64, change func(*lifecycle.Event)) lifecycle.Event {
		e := lifecycle.Event{Case: "e1", Seq: seq, Type: "noted", Schema: 1, At: f.now(), CommandID: "k", Data: []byte(`{"note":"n"}`)}
		change(&e)
		return e
	}
	for name, bad := range map[string]lifecycle.Event{
		"other case":    event(2, func(e *lifecycle.Event) { e.Case = "e2" }),
		"other number":  event(3, func(*lifecycle.Event) {}),
		"other command": event(2, func(e *lifecycle.Event) { e.CommandID = "l" }),
		"nanoseconds":   event(2, func(e *lifecycle.Event) { e.At = e.At.Add(1) }),
	} {
		t.Run(name, func(t *testing.T) {
			err := f.InTx(t.Context(), func(tx *store.Tx) error {
				c := must[lifecycle.Case](t)(tx.Case(def, "e1"))
				check(t, def.Evolve(c, event(2, func(*lifecycle.Event) {})))
				return tx.Record(store.Change{Definition: def, Case: c, Events: []lifecycle.Event{bad}, Command: store.CommandRecord{ID: "k", Case: "e1"}})
			})
			if err == nil {
				t.Error("it was recorded")
			}
		})
	}
	err := f.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.Record(store.Change{Definition: def, Case: def.Blank("e9"), Command: store.CommandRecord{ID: "k9", Case: "e9"}})
	})
	if err == nil {
		t.Error("a case was recorded that was not loaded")
	}
	wantErr(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Case(find(gatheringKind), "e1")
		return err
	}), store.ErrNotFound)
	if events := must[[]store.RecordedEvent](t)(f.Events(t.Context(), identity.System(), "e1", 0, 10)); len(events) != 1 {
		t.Errorf("%d events, want 1", len(events))
	}
}

func testRefusal(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	for _, caseID := range []string{"e1", "none"} {
		_, refused, err := f.apply(t.Context(), order{id: "k-" + caseID, caseID: caseID, name: "refuse"})
		check(t, err)
		check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
			record, ok, err := tx.Command("k-" + caseID)
			check(t, err)
			if !ok || record.Events != 0 {
				t.Errorf("the refusal is not known: %+v", record)
			}
			if diff := cmp.Diff(refused, record.Refusal); diff != "" {
				t.Errorf("refusal (-given +kept):\n%s", diff)
			}
			return nil
		}))
	}
	c := must[lifecycle.Case](t)(f.Case(t.Context(), find(errandKind), "e1"))
	if c.Head().Version != 1 {
		t.Errorf("a refusal changed the case to version %d", c.Head().Version)
	}
	_, err := f.Case(t.Context(), find(errandKind), "none")
	wantErr(t, err, store.ErrNotFound)
}

func testDuplicateCommand(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.order(order{id: "k", caseID: "e1", name: "note", in: noting{Notes: []string{"n"}}})
	_, _, err := f.apply(t.Context(), order{id: "k", caseID: "e1", name: "note", in: noting{Notes: []string{"n"}}})
	wantErr(t, err, store.ErrDuplicateCommand)
	_, _, err = f.apply(t.Context(), order{id: "k", caseID: "e2", name: "refuse"})
	wantErr(t, err, store.ErrDuplicateCommand)

	// Who does not pass the error on cannot commit what came with it.
	err = f.InTx(t.Context(), func(tx *store.Tx) error {
		if err := tx.RecordRefusal(store.CommandRecord{ID: "l", Case: "e1", Refusal: refusal.NotInState.With()}); err != nil {
			t.Error(err)
		}
		if err := tx.RecordRefusal(store.CommandRecord{ID: "k", Case: "e1", Refusal: refusal.NotInState.With()}); err == nil {
			t.Error("a command was recorded twice")
		}
		return nil
	})
	wantErr(t, err, store.ErrDuplicateCommand)
	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		_, ok, err := tx.Command("l")
		if ok {
			t.Error("a failed transaction was committed")
		}
		return err
	}))

	// The same command ten times at once is recorded once.
	var fresh, repeats int
	var mu sync.Mutex
	together(10, func(int) {
		_, _, err := f.apply(t.Context(), order{id: "race", caseID: "e1", name: "note", in: noting{Notes: []string{"once"}}})
		mu.Lock()
		defer mu.Unlock()
		switch {
		case err == nil:
			fresh++
		case errors.Is(err, store.ErrDuplicateCommand):
			repeats++
		default:
			t.Error(err)
		}
	})
	if fresh != 1 || repeats != 9 {
		t.Errorf("recorded %d times, refused %d times", fresh, repeats)
	}
}

func testVersionConflict(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	def := find(errandKind)
	var stale lifecycle.Case
	check(t, f.InTx(t.Context(), func(tx *store.Tx) (err error) {
		stale, err = tx.Case(def, "e1")
		return err
	}))
	f.do("e1", "", "note", noting{Notes: []string{"first"}})
	err := f.InTx(t.Context(), func(tx *store.Tx) error {
		must[lifecycle.Case](t)(tx.Case(def, "e1"))
		e := lifecycle.Event{Case: "e1", Seq: 2, Type: "noted", Schema: 1, At: tx.Now(), CommandID: "k", Data: []byte(`{"note":"second"}`)}
		check(t, def.Evolve(stale, e))
		return tx.Record(store.Change{Definition: def, Case: stale, Events: []lifecycle.Event{e}, Command: store.CommandRecord{ID: "k", Case: "e1"}})
	})
	wantErr(t, err, store.ErrVersionConflict)
	now := must[lifecycle.Case](t)(f.Case(t.Context(), def, "e1")).(*errand)
	if diff := cmp.Diff([]string{"first"}, now.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// together calls f n times at once.
func together(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

func testRacingWriters(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.open("e2", opening{})
	second := reopen(t, d, f.url) // another program
	const writers, each = 8, 10
	together(writers, func(w int) {
		program := f
		if w >= writers/2 {
			program = second
		}
		for i := range each {
			for {
				_, refused, err := program.apply(t.Context(), order{
					id: fmt.Sprintf("w%d-%d", w, i), caseID: fmt.Sprintf("e%d", w%2+1), name: "note", in: noting{Notes: []string{fmt.Sprintf("%d-%d", w, i)}},
				})
				if errors.Is(err, store.ErrVersionConflict) {
					continue
				}
				if err != nil || refused != nil {
					t.Error(err, refused)
				}
				break
			}
		}
	})
	for _, id := range []string{"e1", "e2"} {
		c := must[lifecycle.Case](t)(f.Case(t.Context(), find(errandKind), id)).(*errand)
		if got, want := c.Version, int64(writers/2*each+1); got != want || len(c.Notes) != int(want)-1 {
			t.Errorf("%s has version %d and %d notes, want version %d", id, got, len(c.Notes), want)
		}
	}
	sound(t, f)
}

func testRacingCreators(t *testing.T, d Database) {
	f := setup(t, d)
	for round := range 5 {
		id := fmt.Sprintf("e%d", round)
		var created int
		var mu sync.Mutex
		together(4, func(i int) {
			_, refused, err := f.apply(t.Context(), order{id: fmt.Sprintf("%s-%d", id, i), caseID: id, name: "open", in: opening{Title: id}})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil && refused == nil:
				created++
			case err != nil && !errors.Is(err, store.ErrVersionConflict):
				t.Error(err)
			}
		})
		if created != 1 {
			t.Errorf("%s was created %d times", id, created)
		}
	}
	sound(t, f)
}

func testRollback(t *testing.T, d Database) {
	f := setup(t, d)
	failure := errors.New("after all not")
	def := find(errandKind)
	err := f.InTx(t.Context(), func(tx *store.Tx) error {
		c := must[lifecycle.Case](t)(tx.Case(def, "e1"))
		e := lifecycle.Event{Case: "e1", Seq: 1, Type: "opened", Schema: 1, At: tx.Now(), CommandID: "k", Data: []byte(`{"title":"t"}`)}
		check(t, def.Evolve(c, e))
		check(t, tx.Record(store.Change{Definition: def, Case: c, Events: []lifecycle.Event{e}, Command: store.CommandRecord{ID: "k", Case: "e1"}}))
		return failure
	})
	wantErr(t, err, failure)
	_, err = f.Case(t.Context(), def, "e1")
	wantErr(t, err, store.ErrNotFound)

	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err = f.apply(gone, order{caseID: "e1", name: "open", in: opening{}})
	wantErr(t, err, context.Canceled)
	f.open("e1", opening{}) // the connection is whole
}

func testAppendOnly(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	db := f.raw()
	statements := []string{
		"UPDATE case_events SET data = '{}'", "DELETE FROM case_events", "UPDATE commands SET person = 'x'", "DELETE FROM commands",
	}
	switch d.Name {
	case SQLite.Name:
		statements = append(statements, "PRAGMA recursive_triggers = 1; INSERT OR REPLACE INTO case_events SELECT * FROM case_events")
	default:
		statements = append(statements, "TRUNCATE case_events", "TRUNCATE commands")
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	sound(t, f)
}

// sound fails the test unless Verify finds nothing wrong.
func sound(t *testing.T, f *fixture) {
	t.Helper()
	report := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {}))
	if len(report.Findings) > 0 {
		t.Errorf("the record is not whole: %+v", report.Findings)
	}
}
