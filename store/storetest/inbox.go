package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// taskNames reads every part of a list of tasks, a few at a time.
func (f *fixture) taskIDs(actor identity.Actor, filter store.TaskFilter) []string {
	f.t.Helper()
	filter.Limit = 3
	var ids []string
	for {
		p := must[store.Page[store.TaskView]](f.t)(f.ListTasks(f.t.Context(), actor, filter))
		for _, task := range p.Items {
			ids = append(ids, task.ID)
		}
		if filter.Cursor = p.Next; p.Next == "" {
			return ids
		}
	}
}

func testInbox(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	f.person("colleague", "agency", "case-officer")
	officer := f.person("officer", "agency", "case-officer", "agency", "security-reviewer", "agency", "administrator")
	ask := func(id, name string, role identity.Role, days int, step string) {
		f.do(id, "", "ask", asking{Name: name, Kind: identity.Agency, Role: role, Days: days, Step: step})
		f.pass(time.Minute)
	}
	f.open("a", opening{Title: "公交数据", Applicant: "operator", Agency: "agency"})
	ask("a", "late", identity.CaseOfficer, 5, "")
	ask("a", "soon", identity.CaseOfficer, 2, "")
	ask("a", "other-step", identity.SecurityReviewer, 1, "security")
	f.open("b", opening{Title: "停车数据", Applicant: "operator2", Agency: "agency2"})
	ask("b", "security", identity.SecurityReviewer, 3, "security")
	ask("b", "stepless", identity.CaseOfficer, 0, "-")
	ask("b", "legal", identity.LegalReviewer, 1, "legal")
	f.open("c", opening{Title: "公交站点", Applicant: "operator", Agency: "agency"})
	ask("c", "done", identity.CaseOfficer, 0, "")
	f.do("c", "officer", "claim", lifecycle.TaskInput{Task: "c.1"})
	f.do("c", "officer", "answer", lifecycle.TaskInput{Task: "c.1"})
	f.pass(time.Minute)
	ask("c", "done-later", identity.CaseOfficer, 0, "")
	f.do("c", "officer", "claim", lifecycle.TaskInput{Task: "c.2"})
	f.do("c", "officer", "answer", lifecycle.TaskInput{Task: "c.2"})
	ask("c", "acted-before", identity.SecurityReviewer, 1, "security")
	f.do("a", "officer", "claim", lifecycle.TaskInput{Task: "a.1"})
	f.do("a", "colleague", "claim", lifecycle.TaskInput{Task: "a.2"})
	f.open("d", opening{Title: "草稿", Agency: "agency", Draft: true})
	ask("d", "of-a-draft", identity.CaseOfficer, 1, "")
	for _, test := range []struct {
		name   string
		filter store.TaskFilter
		want   string
	}{
		{"waiting", store.TaskFilter{Scope: store.Waiting}, "b.1 a.1 b.2"},
		{"mine", store.TaskFilter{Scope: store.Claimed}, "a.1"},
		{"claimable", store.TaskFilter{Scope: store.Claimable}, "b.1 b.2"}, // holds another of a, acted before in c
		{"claimable by opening", store.TaskFilter{Scope: store.Claimable, Sort: store.ByTurn}, "b.1 b.2"},
		{"taken", store.TaskFilter{Scope: store.Elsewhere}, "a.2"},
		{"finished", store.TaskFilter{Scope: store.Finished, Sort: store.ByEnd}, "c.2 c.1"},
		{"agency", store.TaskFilter{Scope: store.Waiting, Agency: "agency"}, "a.1"},
		{"organization", store.TaskFilter{Scope: store.Waiting, Organization: "operator2"}, "b.1 b.2"},
		{"text", store.TaskFilter{Scope: store.Waiting, Text: "公交"}, "a.1"},
		{"text of none", store.TaskFilter{Scope: store.Waiting, Text: "水利"}, ""},
		{"kind", store.TaskFilter{Scope: store.Waiting, CaseKind: gatheringKind}, ""},
		{"name", store.TaskFilter{Scope: store.Waiting, Name: "security"}, "b.1"},
		{"due by then", store.TaskFilter{Scope: store.Waiting, DueUntil: calendar.NewDate(2026, 1, 8).End()}, "b.1"},
		{"due before then", store.TaskFilter{Scope: store.Waiting, DueBefore: calendar.NewDate(2026, 1, 8).End()}, ""},
		{"due after then", store.TaskFilter{Scope: store.Waiting, DueAfter: calendar.NewDate(2026, 1, 8).End(), DueUntil: calendar.NewDate(2026, 2, 8).End()}, "a.1"},
		{"all by end", store.TaskFilter{Sort: store.ByEnd}, "c.2 c.1"},
		{"claimed by anybody", store.TaskFilter{States: []lifecycle.TaskState{lifecycle.TaskClaimed, lifecycle.TaskClaimed}}, "a.2 a.1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, strings.Join(f.taskIDs(officer, test.filter), " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	// Many grants need more lanes than one statement takes.
	var grants []string
	for i := range 150 {
		id := fmt.Sprintf("agency-%03d", i)
		f.organization(id, identity.Agency)
		grants = append(grants, id, "security-reviewer")
	}
	if got := f.taskIDs(f.person("busy", grants...), store.TaskFilter{Scope: store.Claimable}); strings.Join(got, " ") != "a.3 c.3 b.1" {
		t.Errorf("with many grants: %v", got)
	}
}

// mingle gives people random commands on a few cases, in which they belong to all sides.
func (f *fixture) mingle(seed uint64) []identity.Actor {
	f.t.Helper()
	f.city()
	actors := []identity.Actor{
		f.person("officer", "agency", "case-officer", "agency", "security-reviewer"),
		f.person("colleague", "agency2", "case-officer", "agency", "case-officer"),
		f.person("insider", "operator", "applicant", "supplier", "supply-reviewer"),
		f.person("auditor", "supervisor", "supervisor"),
		f.person("chief", "agency", "administrator", "agency", "security-reviewer"),
		f.person("nobody"),
	}
	// A body of the operator's kind gives its people tasks of their own.
	f.organization("operator3", identity.Operator)
	actors = append(actors, f.person("both", "operator3", "applicant", "operator", "applicant"))
	r := rand.New(rand.NewPCG(seed, 2))
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	for i := range 250 {
		f.pass(time.Duration(r.IntN(8)) * time.Hour)
		id := fmt.Sprintf("w%d", r.IntN(9))
		o := order{id: fmt.Sprintf("mingle-%d", i), caseID: id, person: actors[r.IntN(len(actors))].Person}
		task := lifecycle.TaskInput{Task: fmt.Sprintf("%s.%d", id, r.IntN(7)+1)}
		switch r.IntN(10) {
		case 0, 1:
			o.name, o.in = "open", opening{Title: id, Applicant: pick("operator", "operator2", ""), Agency: pick("agency", "agency2", "operator"), Draft: r.IntN(8) == 0}
		case 2, 3, 4:
			in := asking{Name: fmt.Sprintf("t%d", i), Days: r.IntN(6), Step: pick("", "-", "security", "supply")}
			switch r.IntN(3) {
			case 0:
				in.Kind, in.Role, in.Organization = identity.Agency, pickRole(r, identity.CaseOfficer, identity.SecurityReviewer), pick("", "agency", "agency2")
			case 1:
				in.Kind, in.Role, in.Organization = identity.DataSupplier, identity.SupplyReviewer, pick("", "supplier")
			default:
				in.Kind, in.Role, in.Organization = identity.Operator, identity.Applicant, pick("", "operator", "operator3")
			}
			o.name, o.in, o.person = "ask", in, ""
		case 5, 6, 7:
			o.name, o.in = "claim", task
		case 8:
			o.name, o.in = "answer", task
		default:
			o.name = pick("submit", "declare", "note", "note")
		}
		_, _, err := f.apply(f.t.Context(), o)
		check(f.t, err)
	}
	return actors
}

func pickRole(r *rand.Rand, all ...identity.Role) identity.Role { return all[r.IntN(len(all))] }

// testInboxAgrees checks that those tasks are claimable on which the state table offers the command, and no others.
func testInboxAgrees(t *testing.T, d Database) {
	offered := 0
	for seed := range uint64(3) {
		f := setup(t, d)
		for _, actor := range f.mingle(seed) {
			var want []string
			for _, c := range must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), identity.System(), store.CaseFilter{})).Items {
				def := find(c.Kind)
				for _, a := range def.Allowed(must[lifecycle.Case](t)(f.Case(t.Context(), def, c.ID)), actor, lifecycle.Env{Now: f.now()}) {
					if a.Command == "claim" {
						want = append(want, a.Task)
					}
				}
			}
			offered += len(want)
			slices.Sort(want)
			got := f.taskIDs(actor, store.TaskFilter{Scope: store.Claimable})
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("claimable by %s (-rules +list):\n%s", actor.Person, diff)
			}
		}
	}
	if offered < 20 {
		t.Errorf("only %d tasks were claimable", offered)
	}
}

// testInboxCounts checks that the counts are those of the lists, up to their bound.
func testInboxCounts(t *testing.T, d Database) {
	f := setup(t, d)
	actors := f.mingle(7)
	counted := store.InboxCounts{}
	for _, actor := range actors {
		today := calendar.DateOf(f.now())
		at := store.InboxTimes{Now: f.now(), Today: today.AddDays(1).End(), Week: today.AddDays(5).End()}
		got := must[store.InboxCounts](t)(f.InboxCounts(t.Context(), actor, at))
		n := func(filter store.TaskFilter) int { return len(f.taskIDs(actor, filter)) }
		want := store.InboxCounts{
			Mine: n(store.TaskFilter{Scope: store.Claimed}), Claimable: n(store.TaskFilter{Scope: store.Claimable}),
			Overdue: n(store.TaskFilter{Scope: store.Waiting, DueUntil: at.Now}),
			Today:   n(store.TaskFilter{Scope: store.Waiting, DueAfter: at.Now, DueUntil: at.Today}),
			Week:    n(store.TaskFilter{Scope: store.Waiting, DueAfter: at.Now, DueUntil: at.Week}),
		}
		if n := must[int](t)(f.ClaimedCount(t.Context(), actor)); n != want.Mine {
			t.Errorf("%s claimed %d, want %d", actor.Person, n, want.Mine)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-lists +counts):\n%s", actor.Person, diff)
		}
		counted.Mine += got.Mine
		counted.Claimable += got.Claimable
		counted.Overdue += got.Overdue
		counted.Today += got.Today
		counted.Week += got.Week
	}
	if counted.Mine*counted.Claimable*counted.Overdue*counted.Today*counted.Week == 0 {
		t.Errorf("the test leaves a count at nothing: %+v", counted)
	}
	f.open("many", opening{Agency: "agency"})
	for range store.MostCounted + 5 {
		f.do("many", "", "ask", asking{Name: "t", Kind: identity.Agency, Role: identity.CaseOfficer, Organization: "agency"})
	}
	got := must[store.InboxCounts](t)(f.InboxCounts(t.Context(), actors[1], store.InboxTimes{Now: f.now(), Today: f.now(), Week: f.now()}))
	if got.Claimable != store.MostCounted+1 || got.Today != 0 {
		t.Errorf("of many: %+v", got)
	}
}
