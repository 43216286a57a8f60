package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// peopleOfTheCity are one person for each relation to a case, with the grants held.
var peopleOfTheCity = []struct {
	id     string
	grants []string
}{
	{"applicant", []string{"operator", "applicant"}},
	{"signatory", []string{"operator", "operator-signatory"}},
	{"rival", []string{"operator2", "applicant"}},
	{"officer", []string{"agency", "case-officer"}},
	{"business", []string{"agency", "business-reviewer"}},
	{"security2", []string{"agency2", "security-reviewer"}},
	{"security3", []string{"government", "security-reviewer"}},
	{"member", []string{"government", "member"}},
	{"supplier", []string{"supplier", "supply-reviewer"}},
	{"administrator", []string{"agency2", "administrator"}},
	{"auditor", []string{"supervisor", "supervisor"}},
	{"reader", []string{"public", "reader"}},
	{"closed", []string{"operator", "applicant"}},
	{"nobody", nil},
}

// populate fills a store with the people and with cases in every relation to them.
func populate(f *fixture) map[string]identity.Actor {
	f.t.Helper()
	f.city()
	actors := map[string]identity.Actor{"system": identity.System(), "unknown": {Person: "unknown"}}
	for _, p := range peopleOfTheCity {
		actors[p.id] = f.person(p.id, p.grants...)
	}
	check(f.t, f.ClosePerson(f.t.Context(), "closed"))
	actors["closed"] = must[identity.Actor](f.t)(f.Actor(f.t.Context(), "closed"))

	whole := opening{Applicant: "operator", Agency: "agency"}
	draft := whole
	draft.Draft = true
	f.open("plain", whole)
	f.open("draft", draft)
	f.open("represented", opening{Applicant: "operator", Agent: "operator2", Joint: []string{"supplier"}, Draft: true})
	f.open("bodied", opening{Body: "government"})
	f.open("orphan", opening{})
	security := asking{Name: "security", Kind: identity.Agency, Role: identity.SecurityReviewer}
	f.open("tasked", whole)
	f.do("tasked", "", "ask", security)
	f.open("tasked-done", opening{})
	f.do("tasked-done", "", "ask", security)
	f.do("tasked-done", "security2", "claim", lifecycle.TaskInput{Task: "tasked-done.1"})
	f.do("tasked-done", "security2", "answer", lifecycle.TaskInput{Task: "tasked-done.1"})
	f.open("tasked-dropped", opening{})
	f.do("tasked-dropped", "", "ask", security)
	f.do("tasked-dropped", "", "drop", nil)
	f.open("tasked-there", opening{})
	f.do("tasked-there", "", "ask", asking{Name: "supply", Kind: identity.DataSupplier, Role: identity.SupplyReviewer, Organization: "supplier", Days: 5})
	f.open("tasked-elsewhere", opening{})
	f.do("tasked-elsewhere", "", "ask", asking{Name: "security", Kind: identity.Agency, Role: identity.SecurityReviewer, Organization: "agency"})
	f.open("tasked-draft", draft)
	f.do("tasked-draft", "", "ask", security)
	f.open("declared", opening{Applicant: "operator", Agency: "agency", Body: "government"})
	f.do("declared", "", "ask", security)
	for _, person := range []string{"applicant", "officer", "member", "security2", "auditor", "administrator"} {
		f.do("declared", person, "declare", nil)
	}
	return actors
}

// visible is who sees which case, one line per case.
const visible = `
plain            applicant signatory officer business administrator auditor
draft            applicant signatory
represented      applicant signatory rival supplier
bodied           security3 member administrator auditor
orphan           administrator auditor
tasked           applicant signatory officer business security2 administrator auditor
tasked-done      security2 administrator auditor
tasked-dropped   administrator auditor
tasked-there     supplier administrator auditor
tasked-elsewhere administrator auditor
tasked-draft     applicant signatory
declared         signatory business security3
`

func testScopes(t *testing.T, d Database) {
	f := setup(t, d)
	actors := populate(f)
	for line := range strings.Lines(strings.TrimPrefix(visible, "\n")) {
		words := strings.Fields(line)
		for name, actor := range actors {
			want := name == "system" || slices.Contains(words[1:], name)
			_, err := f.GetCase(t.Context(), actor, errandKind, words[0])
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				t.Fatal(err)
			}
			if got := err == nil; got != want {
				t.Errorf("%s sees %s: %v, want %v", name, words[0], got, want)
			}
		}
	}
	_, err := f.GetCase(t.Context(), identity.System(), gatheringKind, "plain")
	wantErr(t, err, store.ErrNotFound)
}

// visibleTasks is whose list holds which tasks.
const visibleTasks = `
tasked.1           security2 administrator auditor
tasked-done.1      security2 administrator auditor
tasked-dropped.1   administrator auditor
tasked-there.1     supplier administrator auditor
tasked-elsewhere.1 administrator auditor
tasked-draft.1
declared.1
`

// testScopesAgree checks that every way to read shows the same cases.
func testScopesAgree(t *testing.T, d Database) {
	f := setup(t, d)
	actors := populate(f)
	everything := must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), identity.System(), store.CaseFilter{}))
	for name, actor := range actors {
		seen := map[string]bool{}
		for _, c := range everything.Items {
			_, err := f.GetCase(t.Context(), actor, errandKind, c.ID)
			seen[c.ID] = err == nil
			_, err = f.Events(t.Context(), actor, c.ID, 0, 1)
			if got := err == nil; got != seen[c.ID] {
				t.Errorf("%s sees %s: %v, its events: %v", name, c.ID, seen[c.ID], got)
			}
			limits := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), actor, store.DeadlineFilter{Case: c.ID}))
			if want := seen[c.ID] && c.ID == "tasked-there"; (len(limits.Items) > 0) != want {
				t.Errorf("%s sees %d limits of %s", name, len(limits.Items), c.ID)
			}
		}
		listed := map[string]bool{}
		for _, c := range must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), actor, store.CaseFilter{})).Items {
			listed[c.ID] = true
		}
		for id, sees := range seen {
			if sees != listed[id] {
				t.Errorf("%s sees %s: %v, in the list: %v", name, id, sees, listed[id])
			}
		}
		limits := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), actor, store.DeadlineFilter{}))
		if (len(limits.Items) > 0) != seen["tasked-there"] {
			t.Errorf("%s: limits %+v", name, limits.Items)
		}
		tasks := map[string]bool{}
		for _, task := range must[store.Page[store.TaskView]](t)(f.ListTasks(t.Context(), actor, store.TaskFilter{})).Items {
			tasks[task.ID] = true
		}
		for line := range strings.Lines(strings.TrimPrefix(visibleTasks, "\n")) {
			words := strings.Fields(line)
			want := name == "system" || slices.Contains(words[1:], name)
			_, err := f.GetTask(t.Context(), actor, words[0])
			if got := err == nil; got != want || tasks[words[0]] != want {
				t.Errorf("%s sees task %s: %v, in the list: %v, want %v", name, words[0], got, tasks[words[0]], want)
			}
		}
	}
}

func testListCases(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	for i, in := range []opening{
		{Title: "交通数据授权", Applicant: "operator", Agency: "agency"},
		{Title: "医疗数据授权", Applicant: "operator2", Agency: "agency", Body: "government"},
		{Title: "Traffic data 交通", Applicant: "operator", Agency: "agency2"},
		{Title: "草稿", Applicant: "operator", Draft: true},
	} {
		f.open(fmt.Sprintf("ERR-2026-%d", i), in)
		f.pass(time.Second)
	}
	f.order(order{kind: gatheringKind, caseID: "gathering-1", name: "open", in: opening{Title: "会议", Body: "government"}})
	f.pass(time.Second)
	f.do("ERR-2026-1", "", "finish", nil)
	yes, no := true, false
	for _, test := range []struct {
		name   string
		filter store.CaseFilter
		want   string
	}{
		{"all", store.CaseFilter{}, "1 g 3 2 0"},
		{"by opening", store.CaseFilter{Sort: store.ByOpening}, "g 3 2 1 0"},
		{"kind", store.CaseFilter{Kind: gatheringKind}, "g"},
		{"state", store.CaseFilter{State: running}, "g 2 0"},
		{"phase", store.CaseFilter{Phase: "after"}, "1"},
		{"applicant", store.CaseFilter{Applicant: "operator"}, "3 2 0"},
		{"agency", store.CaseFilter{Agency: "agency"}, "1 0"},
		{"body", store.CaseFilter{Body: "government"}, "1 g"},
		{"closed", store.CaseFilter{Closed: &yes}, "1"},
		{"not closed", store.CaseFilter{Closed: &no}, "g 3 2 0"},
		{"draft", store.CaseFilter{Draft: &yes}, "3"},
		{"no draft", store.CaseFilter{Draft: &no}, "1 g 2 0"},
		{"word", store.CaseFilter{Text: "交通"}, "2 0"},
		{"word, by opening", store.CaseFilter{Text: "交通", Sort: store.ByOpening}, "2 0"},
		{"two words", store.CaseFilter{Text: "交通 TRAFFIC"}, "2"},
		{"phrase", store.CaseFilter{Text: "数据授权"}, "1 0"},
		{"one character", store.CaseFilter{Text: "疗"}, "1"},
		{"ID", store.CaseFilter{Text: "gathering-1"}, "g"},
		{"no word", store.CaseFilter{Text: "!?"}, "1 g 3 2 0"},
		{"nothing", store.CaseFilter{Text: "水利"}, ""},
		{"together", store.CaseFilter{Kind: errandKind, Applicant: "operator", Text: "交通", Agency: "agency"}, "0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range must[store.Page[store.CaseSummary]](t)(f.ListCases(t.Context(), identity.System(), test.filter)).Items {
				got = append(got, strings.TrimSuffix(strings.TrimPrefix(c.ID, "ERR-2026-"), "athering-1"))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func testListTasks(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	colleague := f.person("colleague", "agency2", "case-officer")
	both := f.person("both", "agency", "case-officer", "agency", "administrator")
	f.open("e1", opening{Agency: "agency"})
	f.open("e2", opening{Agency: "agency2"})
	ask := func(id, name string, days int, organization string) {
		f.do(id, "", "ask", asking{Name: name, Kind: identity.Agency, Role: identity.CaseOfficer, Organization: organization, Days: days})
		f.pass(time.Second)
	}
	ask("e1", "late", 9, "")
	ask("e1", "soon", 2, "")
	ask("e2", "whenever", 0, "")
	ask("e2", "theirs", 3, "agency2")
	f.do("e2", "", "ask", asking{Name: "legal", Kind: identity.Government, Role: identity.LegalReviewer, Days: 1})
	f.do("e1", "officer", "claim", lifecycle.TaskInput{Task: "e1.1"})
	f.do("e1", "officer", "answer", lifecycle.TaskInput{Task: "e1.1"})
	f.do("e2", "officer", "claim", lifecycle.TaskInput{Task: "e2.1"})
	for _, test := range []struct {
		name   string
		actor  identity.Actor
		filter store.TaskFilter
		want   string
	}{
		{"all", officer, store.TaskFilter{}, "soon late whenever"},
		{"by opening", officer, store.TaskFilter{Sort: store.ByTurn}, "late soon whenever"},
		{"colleague", colleague, store.TaskFilter{}, "soon theirs late whenever"},
		{"administrator", both, store.TaskFilter{}, "legal soon theirs late whenever"},
		{"administrator's inbox", both, store.TaskFilter{Inbox: true}, "soon late whenever"},
		{"waiting", officer, store.TaskFilter{States: []lifecycle.TaskState{lifecycle.TaskOpen, lifecycle.TaskClaimed}}, "soon whenever"},
		{"done", officer, store.TaskFilter{States: []lifecycle.TaskState{lifecycle.TaskDone}}, "late"},
		{"mine", officer, store.TaskFilter{Mine: true}, "late whenever"},
		{"colleague's", colleague, store.TaskFilter{Mine: true}, ""},
		{"name", officer, store.TaskFilter{Name: "soon"}, "soon"},
		{"case", officer, store.TaskFilter{Case: "e2"}, "whenever"},
		{"kind", officer, store.TaskFilter{CaseKind: gatheringKind}, ""},
		{"due", officer, store.TaskFilter{DueBefore: start.AddDate(0, 0, 5)}, "soon"},
		{"system", identity.System(), store.TaskFilter{DueBefore: start.AddDate(0, 0, 5)}, "legal soon theirs"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, task := range must[store.Page[store.TaskView]](t)(f.ListTasks(t.Context(), test.actor, test.filter)).Items {
				got = append(got, task.Name)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func testListDeadlines(t *testing.T, d Database) {
	f := setup(t, d)
	f.city()
	officer := f.person("officer", "agency", "case-officer")
	f.open("e1", opening{Title: "一", Agency: "agency"})
	f.open("e2", opening{Title: "二", Agency: "agency"})
	f.open("e3", opening{Agency: "agency2"})
	for id, days := range map[string]int{"e1": 2, "e2": 1, "e3": 1} {
		f.do(id, "", "ask", asking{Name: "n", Kind: identity.Agency, Role: identity.BusinessReviewer, Days: days, Also: 2})
	}
	f.pass(3 * 24 * time.Hour)
	f.do("e2", "", "tick", nil)
	for _, test := range []struct {
		name   string
		filter store.DeadlineFilter
		want   string
	}{
		{"all", store.DeadlineFilter{}, "e2/na e1/na e2/nb e1/nb e2/nc e1/nc"},
		{"case", store.DeadlineFilter{Case: "e1"}, "e1/na e1/nb e1/nc"},
		{"case not seen", store.DeadlineFilter{Case: "e3"}, ""},
		{"passed", store.DeadlineFilter{Passed: true}, "e2/na e2/nb"},
		{"open", store.DeadlineFilter{Open: true}, "e1/na e1/nb e2/nc e1/nc"},
		{"kind", store.DeadlineFilter{Passed: true, Kind: errandKind}, "e2/na e2/nb"},
		{"another kind", store.DeadlineFilter{Kind: gatheringKind}, ""},
		{"but some", store.DeadlineFilter{Passed: true, Not: []string{"na", "nc"}}, "e2/nb"},
		{"of open cases", store.DeadlineFilter{Passed: true, CaseOpen: true}, "e2/na e2/nb"},
		{"due", store.DeadlineFilter{Open: true, DueBefore: start.AddDate(0, 0, 3)}, "e1/na"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, l := range must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), officer, test.filter)).Items {
				got = append(got, l.Case+"/"+l.Name)
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	c := must[lifecycle.Case](t)(f.Case(t.Context(), find(errandKind), "e1"))
	want := c.Head().Deadlines[0]
	got := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), officer, store.DeadlineFilter{Case: "e1"})).Items[0]
	if got.CaseTitle != "一" || got.Rule != want.Rule || got.Article != want.Article || got.Mark != want.Mark || got.Span != want.Span || got.From != want.From ||
		got.Due.On != want.Due.On || !got.Due.At.Equal(want.Due.At) || got.Due.Provisional != want.Due.Provisional || got.Due.Calendar != want.Due.Calendar {
		t.Errorf("limit %+v, want %+v", got, want)
	}
	f.do("e2", "", "finish", nil)
	if got := must[store.Page[store.DeadlineView]](t)(f.ListDeadlines(t.Context(), officer, store.DeadlineFilter{Passed: true, CaseOpen: true})).Items; len(got) != 0 {
		t.Errorf("limits of a closed case: %+v", got)
	}
}

func testOpenCases(t *testing.T, d Database) {
	f := setup(t, d)
	f.open("b", opening{})
	f.open("a", opening{})
	f.open("c", opening{})
	f.open("draft", opening{Draft: true})
	f.do("c", "", "finish", nil)
	var got []string
	for _, c := range must[[]store.CaseSummary](t)(f.OpenCases(t.Context())) {
		got = append(got, fmt.Sprint(c.Kind, "/", c.ID, "/", c.Version))
	}
	if diff := cmp.Diff([]string{"errand/a/1", "errand/b/1"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
