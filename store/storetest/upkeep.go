package storetest

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// dump is every row of the tables as text, sorted.
func (f *fixture) dump(tables ...string) []string {
	f.t.Helper()
	db := f.raw()
	var all []string
	for _, table := range tables {
		rows, err := db.QueryContext(f.t.Context(), "SELECT * FROM "+table)
		check(f.t, err)
		columns, err := rows.Columns()
		check(f.t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			check(f.t, rows.Scan(values...))
			var b strings.Builder
			b.WriteString(table)
			for i, v := range values {
				v := *v.(*any)
				if raw, ok := v.([]byte); ok {
					v = hex.EncodeToString(raw)
				}
				fmt.Fprintf(&b, " %s=%v", columns[i], v)
			}
			all = append(all, b.String())
		}
		check(f.t, rows.Err())
		check(f.t, rows.Close())
	}
	slices.Sort(all)
	return all
}

// readModels are the tables that can be made anew.
var readModels = []string{"cases", "tasks", "deadlines", "case_parties", "case_interests", "case_acts", "case_attachments", "case_resources", "case_terms", "resource_terms", "resource_title_terms", "resource_counts", "organization_terms", "register_entries", "register_products", "register_terms", "register_product_terms"}

// wander gives n random commands to a few cases; what a case refuses is part of it.
func (f *fixture) wander(n int, seed uint64) {
	f.t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	people := []string{"officer", "colleague", ""}
	organizations := []string{"", "agency", "agency2", "government"}
	for i := range n {
		if r.IntN(3) == 0 {
			f.pass(time.Duration(r.IntN(40)) * time.Hour)
		}
		o := order{caseID: fmt.Sprintf("w%02d", r.IntN(12)), person: people[r.IntN(len(people))], id: fmt.Sprintf("wander-%d-%d", seed, i)}
		task := lifecycle.TaskInput{Task: fmt.Sprintf("%s.%d", o.caseID, r.IntN(4)+1)}
		pick := func() string { return organizations[r.IntN(len(organizations))] }
		switch r.IntN(16) {
		case 0, 1:
			o.name, o.in = "open", opening{Title: "随机事项 " + o.caseID, Applicant: "operator", Agency: pick(), Files: []string{"d1", "d2"}[:r.IntN(3)], Draft: r.IntN(3) == 0}
		case 2:
			o.name = "submit"
		case 3, 4, 5:
			o.name, o.in = "ask", asking{
				Name: fmt.Sprintf("t%d", i), Kind: identity.Agency, Role: identity.CaseOfficer, Organization: []string{"", "agency"}[r.IntN(2)], Days: r.IntN(5), Also: r.IntN(3),
			}
		case 6, 7:
			o.name, o.in = "claim", task
		case 8:
			o.name, o.in = "answer", task
		case 9:
			o.name, o.in = "change", changing{Title: fmt.Sprintf("改名 %d", r.IntN(5)), Agency: pick(), Body: pick()}
		case 10:
			o.name = []string{"hold", "resume"}[r.IntN(2)]
		case 11:
			o.name = lifecycle.Tick
			o.person = ""
		case 12:
			o.name = "declare"
		case 13:
			o.name = []string{"drop", "refuse", "finish"}[r.IntN(3)]
		default:
			o.name, o.in = "note", noting{Notes: []string{"n", "m"}[:r.IntN(3)], Publish: r.IntN(2) == 0}
		}
		_, _, err := f.apply(f.t.Context(), o)
		check(f.t, err)
	}
}

func testRebuild(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("officer", "agency", "case-officer")
	f.person("colleague", "agency2", "case-officer")
	f.wander(400, 1)
	f.open("acted", opening{Agency: "agency"})
	f.do("acted", "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Days: 3})
	f.do("acted", "officer", "claim", lifecycle.TaskInput{Task: "acted.1"})
	f.do("acted", "officer", "answer", lifecycle.TaskInput{Task: "acted.1"})
	var resources []catalogue.Resource
	for i := range 150 {
		resources = append(resources, someResource(fmt.Sprint(i), fmt.Sprintf("资源 %d", i)))
	}
	must[[]catalogue.Stored](t)(f.PutResources(t.Context(), resources))
	f.grade(resources[0].ID, "r1", grading.Important)
	f.add(reported("qr-1", "officer", resources[0].ID, ""), "officer", concern.Raise, concern.Open)
	f.register("registered", resources[1], resources[2])
	for _, r := range resources[1:3] {
		r.Title = "改名"
		must[[]catalogue.Stored](t)(f.PutResources(t.Context(), []catalogue.Resource{r}))
	}
	f.decide(resources[1].ID, "r2", catalogue.WasDismissed)
	everything := append(slices.Clone(readModels), "case_events", "commands", "outbox", "resources", "resource_versions", "resource_held", "resource_decisions", "gradings", "grading_sources", "concerns", "concern_entries", "concern_attachments", "organizations", "people", "grants")
	before := f.dump(everything...)
	for _, table := range readModels {
		if !slices.ContainsFunc(before, func(row string) bool { return strings.HasPrefix(row, table+" ") }) {
			t.Fatalf("the test puts nothing into %s", table)
		}
	}
	rebuild := func(when string) {
		t.Helper()
		var last, of int64
		check(t, f.Rebuild(t.Context(), find, func(done, all int64) { last, of = done, all }))
		if last != of || of == 0 {
			t.Errorf("%s: %d of %d cases done", when, last, of)
		}
		if diff := cmp.Diff(before, f.dump(everything...)); diff != "" {
			t.Errorf("%s (-before +after):\n%s", when, diff)
		}
	}
	rebuild("untouched")
	db := f.raw()
	for _, statement := range []string{
		"DELETE FROM tasks", "UPDATE cases SET title = 'x', version = 99, head_hash = prev_hash FROM case_events WHERE cases.id = 'w01'",
		"INSERT INTO case_interests (case_id, person) VALUES ('w01', 'intruder'), ('ghost', 'intruder')", "DELETE FROM case_terms WHERE case_id = 'w02'",
		"UPDATE deadlines SET passed = NOT passed, over_at = NULL, length_days = 0", "DELETE FROM case_acts", "DELETE FROM organization_terms", "DELETE FROM case_parties", "DELETE FROM resource_terms", "DELETE FROM resource_title_terms", "UPDATE resource_counts SET n = 7",
		"DELETE FROM register_terms", "DELETE FROM register_product_terms", "UPDATE register_entries SET title = 'x'", "DELETE FROM register_products",
		"INSERT INTO case_attachments (case_id, digest) VALUES ('w03', 'd9')", "DELETE FROM case_resources WHERE case_id <> 'registered'", "UPDATE case_resources SET registered = NOT registered", "DELETE FROM cases WHERE id = 'w04'",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	rebuild("spoilt")
	sound(t, f)
	f.wander(50, 2) // and the work goes on
	sound(t, f)
}

func testRebuildFails(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("e1", opening{})
	f.order(order{kind: gatheringKind, caseID: "e2", name: "open", in: opening{Title: "t"}})
	before := f.dump(readModels...)
	onlyErrands := func(kind lifecycle.Kind) lifecycle.Definition {
		if kind == errandKind {
			return find(kind)
		}
		return nil
	}
	if err := f.Rebuild(t.Context(), onlyErrands, func(int64, int64) {}); err == nil {
		t.Error("cases of an unknown kind were made anew")
	}
	if diff := cmp.Diff(before, f.dump(readModels...)); diff != "" {
		t.Errorf("a rebuild that failed left (-before +after):\n%s", diff)
	}
}

// testRebuildWhileWriting rebuilds again and again while commands go on, new cases among them.
func testRebuildWhileWriting(t *testing.T, d Database) {
	f := setup(t, d)
	const writers, each = 3, 15
	together(writers+1, func(w int) {
		if w == writers {
			for range 5 {
				if err := f.Rebuild(t.Context(), find, func(int64, int64) {}); err != nil {
					t.Error(err)
				}
			}
			return
		}
		for i := range each {
			o := order{id: fmt.Sprintf("w%d-%d", w, i), caseID: fmt.Sprintf("e%d-%d", w, i/5), name: "note", in: noting{Notes: []string{"n"}, Publish: true}}
			if i%5 == 0 {
				o.name, o.in = "open", opening{Title: o.caseID, Applicant: "operator"}
			}
			if _, refused, err := f.apply(t.Context(), o); err != nil || refused != nil {
				t.Error(err, refused)
			}
		}
	})
	sound(t, f)
	before := f.dump(readModels...)
	check(t, f.Rebuild(t.Context(), find, func(int64, int64) {}))
	if diff := cmp.Diff(before, f.dump(readModels...)); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if all := must[[]store.CaseSummary](t)(f.OpenCases(t.Context())); len(all) != writers*each/5 {
		t.Errorf("%d cases", len(all))
	}
}

func testVerifySound(t *testing.T, d Database) {
	f := setup(t, d)
	empty := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {}))
	if diff := cmp.Diff(store.Report{}, empty); diff != "" {
		t.Errorf("empty (-want +got):\n%s", diff)
	}
	f.city()
	f.person("officer", "agency", "case-officer")
	f.person("colleague", "agency2", "case-officer")
	f.wander(200, 3)
	var done, all int64
	report := must[store.Report](t)(f.Verify(t.Context(), func(d, a int64) { done, all = d, a }))
	if len(report.Findings) > 0 || report.Commands != 200 || report.Events < 100 || report.Cases < 5 || done != all || all != report.Events {
		t.Errorf("report %+v, progress %d of %d", report, done, all)
	}
}

func testVerifyTampering(t *testing.T, d Database) {
	insert := func(caseID string, seq int, command string) string {
		return fmt.Sprintf(`INSERT INTO case_events SELECT '%s', %d, kind, type, schema, at, person, organization, role, '%s', data, prev_hash, hash
			FROM case_events WHERE case_id = 'e1' AND seq = 3`, caseID, seq, command)
	}
	for _, test := range []struct {
		name string
		sql  string
		want string
	}{
		{"data", "UPDATE case_events SET data = '{\"note\":\"!\"}' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"time", "UPDATE case_events SET at = at + 1 WHERE case_id = 'e1' AND seq = 4", "event-changed e1/4"},
		{"person", "UPDATE case_events SET person = 'x' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"capacity", "UPDATE case_events SET organization = 'x', role = 'y' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"moved text", "UPDATE case_events SET organization = 'a', role = 'gencycase-officer' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"type", "UPDATE case_events SET type = 'finished' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"schema", "UPDATE case_events SET schema = 2 WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"kind", "UPDATE case_events SET kind = 'gathering' WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2"},
		{"command of an event", "UPDATE case_events SET command_id = 'k2' WHERE case_id = 'e1' AND seq = 1", "command-without-events e1 k1; command-without-events e1 k2; event-changed e1/1"},
		{"hash", "UPDATE case_events SET hash = prev_hash WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2; event-unlinked e1/3"},
		{"link", "UPDATE case_events SET prev_hash = hash WHERE case_id = 'e1' AND seq = 2", "event-changed e1/2; event-unlinked e1/2"},
		{
			"exchanged", "UPDATE case_events SET seq = CASE seq WHEN 2 THEN 30 ELSE 2 END WHERE case_id = 'e1' AND seq IN (2, 3); UPDATE case_events SET seq = 3 WHERE case_id = 'e1' AND seq = 30",
			"event-changed e1/2; event-changed e1/3; event-unlinked e1/2; event-unlinked e1/3; event-unlinked e1/4",
		},
		{"removed first", "DELETE FROM case_events WHERE case_id = 'e1' AND seq = 1", "command-without-events e1 k1; event-missing e1/1"},
		{"removed between", "DELETE FROM case_events WHERE case_id = 'e1' AND seq IN (2, 3)", "command-without-events e1 k2; event-missing e1/2-3"},
		{"removed last", "DELETE FROM case_events WHERE case_id = 'e1' AND seq = 5", "command-without-events e1 k3; event-missing e1/5"},
		{"removed last and its trace in the case", `DELETE FROM case_events WHERE case_id = 'e1' AND seq = 5;
			UPDATE cases SET version = 4, head_hash = (SELECT hash FROM case_events WHERE case_id = 'e1' AND seq = 4) WHERE id = 'e1'`, "command-without-events e1 k3"},
		{"removed case", "DELETE FROM case_events WHERE case_id = 'e2'", "case-unfounded e2; command-without-events e2 l1"},
		{"removed row of a case", "DELETE FROM cases WHERE id = 'e2'", "case-missing e2"},
		{"inserted last", insert("e1", 6, "k3"), "command-without-events e1 k3; event-changed e1/6; event-unexpected e1/6; event-unlinked e1/6"},
		{"inserted far off", insert("e1", 1_000_000_000, "none"), "event-changed e1/1000000000; event-missing e1/6-999999999; event-unexpected e1/6-1000000000; event-without-command e1/1000000000 none"},
		{"inserted case", insert("e3", 1, "none"), "case-missing e3; event-changed e3/1; event-unlinked e3/1; event-without-command e3/1 none"},
		{"another case's command", insert("e2", 2, "k3"), "event-changed e2/2; event-unexpected e2/2; event-unlinked e2/2; event-without-command e2/2 k3"},
		{"removed command", "DELETE FROM commands WHERE id = 'k2'", "event-without-command e1/2 k2; event-without-command e1/3 k2; event-without-command e1/4 k2"},
		{"refused afterwards", "UPDATE commands SET refusal = '{}' WHERE id = 'k3'", "event-without-command e1/5 k3"},
		{"invented command", "UPDATE commands SET events = 4 WHERE id = 'k2'", "command-without-events e1 k2"},
		{"head of the case", "UPDATE cases SET head_hash = (SELECT hash FROM case_events WHERE case_id = 'e2') WHERE id = 'e1'", "head-changed e1/5"},
		{"version of the case", "UPDATE cases SET version = 7 WHERE id = 'e1'", "event-missing e1/6-7"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, d)
			f.city()
			f.person("officer", "agency", "case-officer")
			f.order(order{id: "k1", caseID: "e1", name: "open", in: opening{Title: "一"}})
			f.order(order{id: "k2", caseID: "e1", person: "officer", name: "note", in: noting{Notes: []string{"a", "b", "c"}}})
			f.order(order{id: "k3", caseID: "e1", name: "note", in: noting{Notes: []string{"d"}}})
			f.order(order{id: "l1", caseID: "e2", name: "open", in: opening{Title: "二"}})
			sound(t, f)
			db := f.raw()
			for _, statement := range append(slices.Clone(d.untie), test.sql) {
				if _, err := db.ExecContext(t.Context(), statement); err != nil {
					t.Fatalf("%s: %v", statement, err)
				}
			}
			report := must[store.Report](t)(f.Verify(t.Context(), func(int64, int64) {}))
			if diff := cmp.Diff(test.want, findings(report)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// findings writes findings in one sorted line.
func findings(report store.Report) string {
	var all []string
	for _, f := range report.Findings {
		s := string(f.Problem) + " " + f.Case
		if f.Seq > 0 {
			s += fmt.Sprint("/", f.Seq)
		}
		if f.Last > f.Seq {
			s += fmt.Sprint("-", f.Last)
		}
		if f.Command != "" {
			s += " " + f.Command
		}
		all = append(all, s)
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}
