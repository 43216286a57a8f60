package storetest

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// graded is a grading as the rules make one.
func graded(resource string, grade grading.Grade) grading.Grading {
	return grading.Grading{
		Resource: resource, Grade: grade, Standard: grading.Standard, Table: grading.TableVersion,
		Input: grading.Input{
			Sector: grading.Health, Attributes: grading.Attributes{Theme: "病历"}, Personal: true, Evidence: []string{"sha256:f"},
			Pairs: []grading.Pair{{Object: grading.SocialOrder, Degree: grading.Serious, Reason: "理由"}},
		},
		Sources: []grading.Source{{Resource: "res-source", Number: 3, Grade: grading.General}},
		By:      identity.By{Person: "officer", Organization: "agency", Role: identity.CaseOfficer},
	}
}

// grade adds a grading by the officer, as the request of the name.
func (f *fixture) grade(resource, request string, grade grading.Grade) grading.Grading {
	f.t.Helper()
	g, err := f.tryGrade(resource, request, grade)
	check(f.t, err)
	return g
}

func (f *fixture) tryGrade(resource, request string, grade grading.Grade) (g grading.Grading, err error) {
	err = f.InTx(f.t.Context(), func(tx *store.Tx) error {
		g, err = tx.AddGrading(store.Request{ID: request, Fingerprint: "f:" + request}, graded(resource, grade))
		return err
	})
	return g, err
}

func testGradings(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	f.city()
	f.person("officer", "agency", "case-officer")
	a, b := someResource("a", "甲"), someResource("b", "乙")
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{a, b}))
	if all := must[[]grading.Grading](t)(f.ListGradings(ctx, a.ID)); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	first := f.grade(a.ID, "r1", grading.General)
	want := graded(a.ID, grading.General)
	want.Number, want.At = 1, start
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	f.clock.Add(1000)
	second := f.grade(a.ID, "r2", grading.Core)
	other := f.grade(b.ID, "r3", grading.General)
	if second.Number != 2 || other.Number != 1 || !second.At.After(first.At) {
		t.Errorf("numbers %d and %d", second.Number, other.Number)
	}
	if diff := cmp.Diff([]grading.Grading{first, second}, must[[]grading.Grading](t)(f.ListGradings(ctx, a.ID))); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
	wanted := map[string]grading.Grading{a.ID: second, b.ID: other}
	for name, current := range map[string]func([]string) (map[string]grading.Grading, error){
		"a reader": func(ids []string) (map[string]grading.Grading, error) { return f.CurrentGradings(ctx, ids) },
		"a transaction": func(ids []string) (found map[string]grading.Grading, err error) {
			err = f.InTx(ctx, func(tx *store.Tx) error {
				found, err = tx.CurrentGradings(ids)
				return err
			})
			return found, err
		},
	} {
		if diff := cmp.Diff(wanted, must[map[string]grading.Grading](t)(current([]string{a.ID, b.ID, "none", "a\x00b"}))); diff != "" {
			t.Errorf("%s sees (-want +got):\n%s", name, diff)
		}
	}
	check(t, f.InTx(ctx, func(tx *store.Tx) error {
		g, fingerprint, known, err := tx.GradingOf("r2")
		if err != nil || !known || fingerprint != "f:r2" || g.Number != 2 {
			t.Errorf("%+v %q %v %v", g, fingerprint, known, err)
		}
		_, _, known, err = tx.GradingOf("none")
		if err != nil || known {
			t.Errorf("a request that brought nothing: %v %v", known, err)
		}
		return nil
	}))
	_, err := f.tryGrade("none", "r4", grading.Core)
	wantErr(t, err, store.ErrNotFound)
	_, err = f.tryGrade(b.ID, "r2", grading.Core)
	wantErr(t, err, store.ErrVersionConflict)
	if odd := must[[]grading.Grading](t)(f.ListGradings(ctx, "a\x00b")); len(odd) != 0 {
		t.Errorf("%+v", odd)
	}

	// A resource that is imported anew keeps its gradings, and none is changed or removed.
	a.Title = "甲，改名"
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{a}))
	if all := must[[]grading.Grading](t)(f.ListGradings(ctx, a.ID)); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	statements := []string{"UPDATE gradings SET grade = 'general'", "DELETE FROM gradings"}
	if d.Name != SQLite.Name {
		statements = append(statements, "TRUNCATE gradings")
	}
	for _, statement := range statements {
		if _, err := f.raw().ExecContext(ctx, statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// testRacingGradings grades one resource at once: whoever comes second is told so, and no number is given twice.
func testRacingGradings(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	r := someResource("a", "甲")
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), []catalogue.Resource{r}))
	var racers sync.WaitGroup
	for i := range 8 {
		racers.Go(func() {
			if _, err := f.tryGrade(r.ID, fmt.Sprint("r", i), grading.General); err != nil {
				wantErr(t, err, store.ErrVersionConflict)
			}
		})
	}
	racers.Wait()
	all := must[[]grading.Grading](t)(f.ListGradings(t.Context(), r.ID))
	for i, g := range all {
		if g.Number != int64(i+1) {
			t.Errorf("number %d comes as the %d.", g.Number, i+1)
		}
	}
	if len(all) == 0 {
		t.Error("nobody came first")
	}
}

// testGradingMeetsDecision has a decision rest on a grading while the resource is graded anew: whichever begins first, the other waits for its end.
func testGradingMeetsDecision(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	ctx := t.Context()
	r := someResource("a", "甲")
	must[[]catalogue.Stored](t)(f.PutResources(ctx, []catalogue.Resource{r}))
	decide := func(tx *store.Tx) (int64, error) {
		facts, err := tx.Facts(identity.System(), lifecycle.Needs{Gradings: []string{r.ID}}, nil)
		return facts.Gradings[r.ID].Number, err
	}
	grade := func(tx *store.Tx) (int64, error) {
		if err := tx.LockGrading(r.ID); err != nil {
			return 0, err
		}
		all, err := tx.CurrentGradings([]string{r.ID})
		if err != nil {
			return 0, err
		}
		before := all[r.ID].Number
		g := graded(r.ID, grading.General)
		g.By = identity.By{Person: "officer"}
		_, err = tx.AddGrading(store.Request{ID: fmt.Sprint("r", before)}, g)
		return before, err
	}
	for _, c := range []struct {
		name          string
		first, second func(tx *store.Tx) (int64, error)
		sees          int64 // the second one
	}{
		{"a decision, then a grading", decide, grade, 0},
		{"a grading, then a decision", grade, decide, 2},
		{"two gradings", grade, grade, 3},
	} {
		var ended atomic.Bool
		late := make(chan error)
		err := f.InTx(ctx, func(tx *store.Tx) error {
			if _, err := c.first(tx); err != nil {
				return err
			}
			go func() {
				late <- f.InTx(ctx, func(tx *store.Tx) error {
					saw, err := c.second(tx)
					if err == nil && (!ended.Load() || saw != c.sees) {
						t.Errorf("%s: the second saw %d, after the end of the first: %t", c.name, saw, ended.Load())
					}
					return err
				})
			}()
			time.Sleep(100 * time.Millisecond) // for the second to run into the first
			ended.Store(true)
			return nil
		})
		if err == nil {
			err = <-late
		}
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
	}
}

// testCasesByResource finds the cases that name a resource, as far as the actor sees them.
func testCasesByResource(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	f.open("a", opening{Agency: "agency", Files: []string{"d1"}})
	f.open("b", opening{Agency: "agency2", Files: []string{"d1", "d2"}})
	f.open("c", opening{Agency: "agency", Files: []string{"d2"}})
	for _, c := range []struct {
		actor    identity.Actor
		resource string
		want     []string
	}{
		{identity.System(), "d1", []string{"a", "b"}},
		{officer, "d1", []string{"a"}},
		{officer, "d2", []string{"c"}},
		{identity.System(), "none", nil},
	} {
		var got []string
		for _, found := range must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), c.actor, store.CaseFilter{Resource: c.resource})).Items {
			got = append(got, found.ID)
		}
		if len(got) > 1 && got[0] > got[1] {
			got[0], got[1] = got[1], got[0]
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.resource, diff)
		}
	}
}
