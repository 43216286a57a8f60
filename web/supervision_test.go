package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/meeting"
	"datacharter/domain/registration"
	"datacharter/internal/town"
	"datacharter/store"
	"datacharter/web/ui"
)

var supervisionPaths = []string{
	supervisionPath, tasksPath, tasksPath + "?show=waiting", tasksPath + "?show=done&kind=authorization&q=气象", limitsPath, limitsPath + "?show=missed",
	limitsPath + "?show=running&kind=exit", tasksPath + "/export/csv", limitsPath + "/export/xlsx",
}

func TestSupervisionIsForSupervisors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, person := range []string{town.Applicant, town.Officer, town.Reader, town.Chair} {
		for _, path := range supervisionPaths {
			w.as(person).get(path).wants(http.StatusForbidden)
		}
	}
	for _, person := range []string{town.Auditor, town.Administrator} {
		for _, path := range supervisionPaths {
			w.as(person).get(path).wants(http.StatusOK)
		}
	}
	for _, path := range supervisionPaths {
		w.nobody().steadfast().get(path).wants(http.StatusSeeOther)
	}
}

// late makes cases of every kind, some closed, and lets their limits run out.
func (w *world) late() (id string) {
	w.CaseIn(exit.Kind, exit.Closed)
	w.CaseIn(meeting.Kind, meeting.Signed)
	w.CaseIn(authorization.Kind, authorization.Withdrawn)
	id = w.AuthorizationIn(authorization.Reviewing)
	w.Later(60, authorization.Kind, id)
	return id
}

func TestSupervision(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.late()
	for language, says := range map[string][]string{
		"zh": {"逾期未办的任务", "各环节用时和期限", "退出决定", "完整性审核", "退出办结", "已撤回", "中位 0，九成 0，期限"},
		"en": {"tasks overdue", "Time spent in each stage", "decision on the exit", "completeness check", "withdrawn", "median 0, 90 % 0, limit", "days overdue"},
	} {
		p := w.as(town.Auditor).speaking(language).get(supervisionPath).wants(http.StatusOK)
		for _, words := range says {
			if !strings.Contains(p.text(), words) {
				t.Errorf("%s: it does not say %q: %s", language, words, p.text())
			}
		}
		if !slices.Contains(p.links(), "/authorizations/"+id) {
			t.Errorf("what is late is not linked: %q", p.links())
		}
		// Every chart has a name, tells how to be read, and has a table beside it; no style stands in the page.
		charts := all(p.document(), tag("svg"))
		if len(charts) < 5 {
			t.Errorf("%d charts", len(charts))
		}
		for _, c := range charts {
			if len(all(c, tag("title"))) != 1 || len(all(c, tag("desc"))) != 1 || attr(c, "role") != "img" {
				t.Errorf("a chart without title or description: %s", textOf(c))
			}
			if len(all(c.Parent.Parent, tag("table"))) != 1 {
				t.Errorf("%s has no table beside it", textOf(c))
			}
		}
		if strings.Contains(p.body, "style=") {
			t.Error("a style stands in the page")
		}
		for _, cell := range all(p.document(), class("dc-num")) {
			if strings.HasPrefix(textOf(cell), "-") {
				t.Errorf("something took %s days", textOf(cell))
			}
		}
		// Supervisors change nothing here.
		for _, form := range all(p.document(), tag("form")) {
			if action := attr(form, "action"); strings.EqualFold(attr(form, "method"), "post") && action != "/language" && action != "/sign-out" {
				t.Errorf("a form is sent to %s", action)
			}
		}
	}
}

// Every limit that a case can have is named, and is a date that was agreed on when it is said to be one.
func TestLimitsHaveWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.late()
	for l, err := range w.Store.ExportDeadlines(t.Context(), w.Actor(town.Auditor), store.DeadlineFilter{}) {
		w.Must(err)
		if words := w.server.inRound(l.Name); !words.Complete() || words.ZH == l.Name || words.ZH == words.EN {
			t.Errorf("%s has no words: %+v", l.Name, words)
		}
	}
	for _, id := range []string{id, w.CaseIn(authorization.Kind, authorization.Operating), w.CaseIn(authorization.Kind, authorization.Suspended)} {
		for _, d := range w.Case(authorization.Kind, id).Head().Deadlines {
			if d.Exact != slices.Contains(agreed, d.Name) {
				t.Errorf("%s is agreed on: %v", d.Name, d.Exact)
			}
		}
	}
	for _, d := range w.Case(registration.Kind, w.CaseIn(registration.Kind, registration.Registered)).Head().Deadlines {
		if d.Exact != slices.Contains(agreed, d.Name) && d.Name != "notice" { // a notice runs out: nobody misses its end
			t.Errorf("%s is agreed on: %v", d.Name, d.Exact)
		}
	}
	if got := w.server.inRound("review:legality:2"); got.EN == "" || !strings.HasSuffix(got.EN, "(round 2)") {
		t.Errorf("%+v", got)
	}
	if got := w.server.limitWords("of another program"); got.ZH != "of another program" {
		t.Errorf("%+v", got)
	}
}

func TestWatchedLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.late()
	auditor := w.as(town.Auditor)
	at := "/authorizations/" + id
	for path, found := range map[string]bool{
		tasksPath: true, tasksPath + "?kind=authorization": true, tasksPath + "?kind=meeting": false, tasksPath + "?q=气象": true, tasksPath + "?q=医疗": false,
		tasksPath + "?show=waiting": true, tasksPath + "?show=done": false, tasksPath + "?show=nonsense&kind=nonsense": true,
		limitsPath: true, limitsPath + "?kind=exit": false, limitsPath + "?show=missed": true, limitsPath + "?show=running&kind=meeting": false,
	} {
		if p := auditor.get(path).wants(http.StatusOK); slices.Contains(p.links(), at) != found {
			t.Errorf("%s: %q", path, p.links())
		}
	}
	auditor.get(tasksPath + "?cursor=x").wants(http.StatusNotFound)
	auditor.get(limitsPath + "?cursor=x").wants(http.StatusNotFound)
	auditor.get(limitsPath + "/export/pdf").wants(http.StatusNotFound)
}

func TestWatchedExports(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.InForce()
	dangerous := town.Application()
	dangerous["title"] = "=1+1"
	id := w.Do(town.Applicant, authorization.Kind, "", "draft", dangerous).Case
	w.Authorization(town.Applicant, id, "submit", town.Object{})
	w.Authorization(town.Officer, id, "accept", town.Object{})
	w.Later(30, authorization.Kind, id)
	auditor := w.as(town.Auditor)
	for path, title := range map[string]int{tasksPath: 2, limitsPath: 1} {
		p := auditor.get(path + "/export/csv").wants(http.StatusOK)
		raw, marked := strings.CutPrefix(p.body, "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(raw)).ReadAll()
		rows = slices.DeleteFunc(rows, func(row []string) bool { return slices.Contains(row, town.Plan) })
		if err != nil || !marked || len(rows) < 3 || rows[0][title] != "案件" || rows[1][title] != "'=1+1" || rows[1][title+1] != id || len(rows[0]) != len(rows[1]) {
			t.Errorf("%s: %v %v %q", path, err, marked, rows)
		}
		p = auditor.speaking("en").get(path + "/export/xlsx").wants(http.StatusOK)
		book, err := excelize.OpenReader(bytes.NewReader([]byte(p.body)))
		w.Must(err)
		sheet, err := book.GetRows("Sheet1")
		sheet = slices.DeleteFunc(sheet, func(row []string) bool { return slices.Contains(row, town.Plan) })
		if err != nil || len(sheet) < 3 || sheet[0][title] != "Case" || sheet[1][title] != "'=1+1" || !strings.Contains(p.header.Get("Content-Disposition"), ".xlsx") {
			t.Errorf("%s: %v %q", path, err, sheet)
		}
		auditor.speaking("zh")
	}
}

// A file that was cut says so in its last row.
func TestExportSaysThatItWasCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := &visit{page: &ui.Page{Language: "en"}}
	list := sheetOf[int]{
		headings: []string{"N"},
		items: func(yield func(int, error) bool) {
			for n := range store.MaxLimit + 1 {
				if !yield(n, nil) {
					return
				}
			}
			yield(0, store.ErrCut)
		},
		rows: func(batch []int) ([][]any, error) {
			rows := make([][]any, len(batch))
			for i, n := range batch {
				rows[i] = []any{n}
			}
			return rows, nil
		},
	}
	var out bytes.Buffer
	w.Must(list.write(v, "csv", &out))
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != store.MaxLimit+3 || !strings.HasPrefix(rows[len(rows)-1][0], "Cut: ") {
		t.Errorf("%v, %d rows, the last %q", err, len(rows), rows[len(rows)-1])
	}
}
