package storetest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/store"
)

// put puts resources as a file of the name has them, and returns what was done with each, in one word.
func (f *fixture) put(file string, resources ...catalogue.Resource) string {
	f.t.Helper()
	var out []string
	for _, s := range must[[]catalogue.Stored](f.t)(f.ImportFrom(file)(f.t.Context(), resources)) {
		out = append(out, string(s))
	}
	return strings.Join(out, " ")
}

// compared is put as a dry run, with the fields that differ.
func (f *fixture) compared(resources ...catalogue.Resource) string {
	f.t.Helper()
	var out []string
	for _, c := range must[[]catalogue.Comparison](f.t)(f.CompareResources(f.t.Context(), resources)) {
		word := string(c.Stored)
		for _, d := range c.Differences {
			word += " " + d.Field + ":" + d.From + ">" + d.To
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

// register opens a case that keeps resources registered.
func (f *fixture) register(id string, resources ...catalogue.Resource) {
	f.t.Helper()
	var ids []string
	for _, r := range resources {
		ids = append(ids, r.ID)
	}
	f.open(id, opening{Applicant: "supplier", Body: "government", Files: ids})
	f.do(id, "", "note", noting{Notes: []string{"已登记"}})
}

// decide decides about the change of a resource that waits, by the officer, as the request of the name.
func (f *fixture) decide(resource, request string, outcome catalogue.Outcome) catalogue.Decision {
	f.t.Helper()
	d, err := f.tryDecide(resource, request, outcome)
	check(f.t, err)
	return d
}

func (f *fixture) tryDecide(resource, request string, outcome catalogue.Outcome) (d catalogue.Decision, err error) {
	err = f.InTx(f.t.Context(), func(tx *store.Tx) error {
		change, err := tx.HeldChange(resource)
		if err != nil {
			return err
		}
		if change == nil {
			return fmt.Errorf("nothing waits")
		}
		by := identity.By{Person: "officer", Organization: "agency", Role: identity.Registrar}
		d, err = tx.DecideHeld(store.Request{ID: request, Fingerprint: "f:" + request}, resource, catalogue.Decision{Outcome: outcome, Change: *change, Reason: "理由", By: by})
		return err
	})
	return d, err
}

func (f *fixture) versions(resource string) []catalogue.Version {
	f.t.Helper()
	return must[store.Page[catalogue.Version]](f.t)(f.ListResourceVersions(f.t.Context(), store.VersionFilter{Resource: resource})).Items
}

func (f *fixture) heldChange(resource string) *catalogue.HeldChange {
	f.t.Helper()
	return must[*catalogue.HeldChange](f.t)(f.HeldChange(f.t.Context(), resource))
}

func (f *fixture) says(resource string) string {
	f.t.Helper()
	return must[catalogue.Resource](f.t)(f.GetResource(f.t.Context(), resource)).Title
}

func titled(r catalogue.Resource, title string) catalogue.Resource {
	r.Title = title
	return r
}

func testResourceVersions(t *testing.T, d Database) {
	f := setup(t, d)
	a, b := someResource("a", "甲"), someResource("b", "乙")
	for _, c := range []struct {
		file string
		put  []catalogue.Resource
		want string
	}{
		{"1.csv", []catalogue.Resource{a, b}, "created created"},
		{"1.csv", []catalogue.Resource{a, b}, "unchanged unchanged"},
		{"2.csv", []catalogue.Resource{titled(a, "甲二"), b}, "changed unchanged"},
		{"3.csv", []catalogue.Resource{titled(a, "甲三"), titled(a, "甲二")}, "changed changed"}, // comes back to what it was: no version
		{"4.csv", []catalogue.Resource{titled(a, "甲四"), titled(a, "甲五")}, "changed changed"},
	} {
		f.pass(time.Hour)
		if got := f.put(c.file, c.put...); got != c.want {
			t.Errorf("%s: %s, want %s", c.file, got, c.want)
		}
	}
	want := []catalogue.Version{
		{Number: 3, At: start.Add(5 * time.Hour), File: "4.csv", Content: titled(a, "甲五"), Differences: []catalogue.Difference{{Field: "title", From: "甲二", To: "甲五"}}},
		{Number: 2, At: start.Add(3 * time.Hour), File: "2.csv", Content: titled(a, "甲二"), Differences: []catalogue.Difference{{Field: "title", From: "甲", To: "甲二"}}},
		{Number: 1, At: start.Add(time.Hour), File: "1.csv", Content: a},
	}
	if diff := cmp.Diff(want, f.versions(a.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := f.versions(b.ID); len(got) != 1 || got[0].Number != 1 {
		t.Errorf("%+v", got)
	}
	for _, none := range []string{"none", "a\x00"} {
		if got, err := f.ListResourceVersions(t.Context(), store.VersionFilter{Resource: none}); len(got.Items) != 0 {
			t.Errorf("%q: %+v %v", none, got, err)
		}
	}
	// Read in parts, a version is still compared with the one before it.
	var parts []catalogue.Version
	for cursor, more := "", true; more; more = cursor != "" {
		p := must[store.Page[catalogue.Version]](t)(f.ListResourceVersions(t.Context(), store.VersionFilter{Resource: a.ID, Limit: 1, Cursor: cursor}))
		parts, cursor = append(parts, p.Items...), p.Next
	}
	if diff := cmp.Diff(want, parts); diff != "" {
		t.Errorf("in parts (-want +got):\n%s", diff)
	}
	statements := []string{"UPDATE resource_versions SET file = 'x'", "DELETE FROM resource_versions"}
	if d.Name != SQLite.Name {
		statements = append(statements, "TRUNCATE resource_versions")
	}
	for _, statement := range statements {
		if _, err := f.raw().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// testHeldChanges: what is registered is never overwritten, whatever a source says and however often.
func testHeldChanges(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	a, b := someResource("a", "甲"), someResource("b", "乙")
	f.put("1.csv", a, b)
	f.open("applied", opening{Applicant: "supplier", Files: []string{a.ID}}) // names it, and has not registered it
	if got := f.put("1.csv", titled(a, "甲一")); got != "changed" {
		t.Errorf("a resource that a case only names: %s", got)
	}
	a = titled(a, "甲一")
	f.register("registered", a)
	asked := []string{a.ID, "res-none", "\x00"}
	if got := must[map[string]bool](t)(f.Registered(t.Context(), asked)); !got[a.ID] || len(got) != 1 {
		t.Errorf("registered are %v", got)
	}
	if got := must[map[string]catalogue.Resource](t)(f.Resources(t.Context(), asked)); got[a.ID].Provider != a.Provider || len(got) != 1 {
		t.Errorf("found %v", got)
	}
	step := func(file, want string, resources ...catalogue.Resource) {
		t.Helper()
		f.pass(time.Hour)
		var dry []string
		for one := range strings.SplitSeq(f.compared(resources...), ", ") {
			word, _, _ := strings.Cut(one, " ")
			dry = append(dry, word)
		}
		if got := f.put(file, resources...); got != want || strings.Join(dry, " ") != want {
			t.Errorf("%s: %s, dry %v, want %s", file, got, dry, want)
		}
	}
	if got := f.compared(titled(a, "甲二"), titled(b, "乙二")); got != "held title:甲一>甲二, changed title:乙>乙二" {
		t.Errorf("dry: %s", got)
	}
	if f.heldChange(a.ID) != nil {
		t.Error("a dry run holds a change")
	}
	step("2.csv", "held changed", titled(a, "甲二"), titled(b, "乙二"))
	since := f.now()
	want := &catalogue.HeldChange{
		Digest: titled(a, "甲二").Digest(), Since: since, File: "2.csv", Content: titled(a, "甲二"), Differences: []catalogue.Difference{{Field: "title", From: "甲一", To: "甲二"}},
	}
	holds := func(when string) {
		t.Helper()
		if diff := cmp.Diff(want, f.heldChange(a.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
		if f.says(a.ID) != "甲一" || f.search("甲二") != "" || len(f.versions(a.ID)) != 2 {
			t.Errorf("%s: the catalogue says %s, versions %d", when, f.says(a.ID), len(f.versions(a.ID)))
		}
	}
	holds("first")
	step("3.csv", "held", titled(a, "甲二"))
	holds("again")
	step("4.csv", "held", titled(a, "甲三"))
	want.Digest, want.Since, want.File, want.Content = titled(a, "甲三").Digest(), f.now(), "4.csv", titled(a, "甲三")
	want.Differences[0].To = "甲三"
	holds("another one")
	step("5.csv", "held held unchanged", titled(a, "甲四"), titled(a, "甲五"), a) // the last row of a resource counts
	want = nil
	holds("taken back")
	step("6.csv", "held", titled(a, "甲六"))
	f.do("registered", "", "finish", nil)
	step("7.csv", "changed", titled(a, "甲六"))
	if f.heldChange(a.ID) != nil || f.says(a.ID) != "甲六" {
		t.Error("a resource that is registered no longer is held back")
	}
}

func testHeldDecisions(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	a := someResource("a", "甲")
	f.put("1.csv", a)
	f.register("registered", a)
	if got := must[[]catalogue.InForce](t)(f.RegistrationsInForce(t.Context(), officer, a.ID)); len(got) != 1 || got[0] != (catalogue.InForce{Case: "registered", Registrant: "supplier", Registry: "government"}) {
		t.Errorf("%+v", got)
	}
	f.put("2.csv", titled(a, "甲二"))
	f.pass(time.Hour)
	dismissed := f.decide(a.ID, "r1", catalogue.WasDismissed)
	if dismissed.Number != 1 || !dismissed.At.Equal(f.now()) || dismissed.Change.Content.Title != "甲二" || dismissed.Reason != "理由" || f.heldChange(a.ID) != nil || f.says(a.ID) != "甲" {
		t.Errorf("%+v", dismissed)
	}
	// The same change is not held again, and is not taken over silently either.
	if dry, got := f.compared(titled(a, "甲二")), f.put("3.csv", titled(a, "甲二")); dry != "dismissed title:甲>甲二" || got != "dismissed" || f.heldChange(a.ID) != nil || f.says(a.ID) != "甲" {
		t.Errorf("after dismissal: dry %s, %s", dry, got)
	}
	if got := f.put("4.csv", titled(a, "甲三")); got != "held" {
		t.Errorf("another change after dismissal: %s", got)
	}
	if got := f.put("5.csv", titled(a, "甲二")); got != "dismissed" || f.heldChange(a.ID) != nil {
		t.Errorf("back to the change dismissed: %s, %+v", got, f.heldChange(a.ID))
	}
	f.put("6.csv", titled(a, "甲三"))
	f.pass(time.Hour)
	adopted := f.decide(a.ID, "r2", catalogue.WasAdopted)
	latest := f.versions(a.ID)[0]
	if f.says(a.ID) != "甲三" || f.search("甲三") != "a" || f.search("甲") != "a" || f.heldChange(a.ID) != nil {
		t.Errorf("the catalogue says %s", f.says(a.ID))
	}
	if latest.Number != 2 || latest.File != "6.csv" || latest.Decision == nil || cmp.Diff(adopted, *latest.Decision) != "" || !latest.At.Equal(f.now()) || latest.Decision.By.Person != "officer" {
		t.Errorf("%+v", latest)
	}
	// What was dismissed was dismissed of what was registered then.
	if got := f.put("7.csv", titled(a, "甲三"), titled(a, "甲二")); got != "unchanged held" {
		t.Errorf("after adoption: %s", got)
	}
	if got := must[[]catalogue.Decision](t)(f.ListDecisions(t.Context(), a.ID)); cmp.Diff([]catalogue.Decision{dismissed, adopted}, got) != "" {
		t.Errorf("%+v", got)
	}
	_, err := f.tryDecide(a.ID, "r2", catalogue.WasAdopted)
	wantErr(t, err, store.ErrVersionConflict)
	_, err = f.tryDecide("none", "r3", catalogue.WasAdopted)
	wantErr(t, err, store.ErrNotFound)
	check(t, f.InTx(t.Context(), func(tx *store.Tx) error {
		got, fingerprint, known, err := tx.DecisionOf("r2")
		if err != nil || !known || fingerprint != "f:r2" || got.Number != 2 {
			t.Errorf("%+v %q %v %v", got, fingerprint, known, err)
		}
		_, _, known, err = tx.DecisionOf("none")
		if err != nil || known {
			t.Errorf("a request that brought nothing: %v %v", known, err)
		}
		return nil
	}))
	// Nobody decides about a registration in which he has an interest.
	f.do("registered", "officer", "declare", nil)
	if got := must[[]catalogue.InForce](t)(f.RegistrationsInForce(t.Context(), officer, a.ID)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	for _, statement := range []string{"UPDATE resource_decisions SET outcome = 'adopted'", "DELETE FROM resource_decisions"} {
		if _, err := f.raw().ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// testRacingImports imports the same resources at once: none fails, and no version is given twice.
func testRacingImports(t *testing.T, d Database) {
	f := setup(t, d)
	var all []catalogue.Resource
	for i := range 20 {
		all = append(all, someResource(fmt.Sprint(i), "甲"))
	}
	var racers sync.WaitGroup
	for i := range 6 {
		racers.Go(func() {
			own := make([]catalogue.Resource, len(all))
			for n := range all {
				own[n] = titled(all[(n*7+i)%len(all)], fmt.Sprint("甲", i))
			}
			if _, err := f.ImportFrom(fmt.Sprint(i))(t.Context(), own); err != nil {
				t.Error(err)
			}
		})
	}
	racers.Wait()
	for _, r := range all {
		versions := f.versions(r.ID)
		for i, v := range versions {
			if v.Number != int64(len(versions)-i) {
				t.Errorf("version %d comes as the %d. from the last of %d", v.Number, i, len(versions))
			}
		}
		if len(versions) == 0 || versions[0].Content.Title != f.says(r.ID) {
			t.Errorf("%s: the last of %d versions is not what the catalogue says", r.ID, len(versions))
		}
	}
}

// testFirstVersions: what the catalogue said before it kept versions is the first one of each resource, and what was derived from what is known.
func testFirstVersions(t *testing.T, d Database) {
	ctx := t.Context()
	url := d.Empty(t)
	must[[]store.Migration](t)(store.MigrateUp(ctx, url))
	f := reopen(t, d, url)
	f.city()
	f.person("officer", "agency", "case-officer")
	a, source := someResource("a", "甲"), someResource("source", "源")
	f.put("1.csv", a, source)
	f.pass(time.Hour)
	f.put("2.csv", titled(a, "甲二"))
	at := f.now()
	f.grade(a.ID, "r1", grading.General)
	check(t, f.Close())
	must[[]store.Migration](t)(store.MigrateDown(ctx, url, 8))
	must[[]store.Migration](t)(store.MigrateUp(ctx, url))
	f = reopen(t, d, url)
	want := []catalogue.Version{{Number: 1, At: at, Content: titled(a, "甲二")}}
	if diff := cmp.Diff(want, f.versions(a.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if sources := f.dump("grading_sources"); len(sources) != 1 || !strings.Contains(sources[0], "res-source") || !strings.Contains(sources[0], a.ID) {
		t.Errorf("%v", sources)
	}
	f.put("3.csv", titled(a, "甲三"))
	if got := f.versions(a.ID); len(got) != 2 || got[0].Number != 2 || got[0].File != "3.csv" {
		t.Errorf("%+v", got)
	}
}
