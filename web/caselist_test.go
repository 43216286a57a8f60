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
	"datacharter/internal/town"
)

func TestCaseList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft := "/authorizations/" + w.AuthorizationIn(authorization.Draft)
	submitted := "/authorizations/" + w.AuthorizationIn(authorization.Submitted)
	reviewing := "/authorizations/" + w.AuthorizationIn(authorization.Reviewing)
	withdrawn := "/authorizations/" + w.AuthorizationIn(authorization.Withdrawn)
	for _, c := range []struct {
		person, query string
		want          []string
		not           []string
	}{
		{town.Applicant, "", []string{draft, submitted, reviewing, withdrawn, "/authorizations/new"}, nil},
		{town.Officer, "", []string{submitted, reviewing, withdrawn}, []string{draft, "/authorizations/new"}},
		{town.OtherApplicant, "", nil, []string{draft, submitted, reviewing, withdrawn}},
		{town.Officer, "?q=气象", []string{submitted, reviewing}, nil},
		{town.Officer, "?q=水利", nil, []string{submitted, reviewing}},
		{town.Officer, "?stage=authorization.review", []string{reviewing}, []string{submitted, withdrawn}},
		{town.Officer, "?stage=authorization.application.submitted", []string{submitted}, []string{reviewing}},
		{town.Officer, "?kind=meeting", nil, []string{submitted, reviewing}},
		{town.Officer, "?status=closed", []string{withdrawn}, []string{submitted}},
		{town.Officer, "?status=open", []string{submitted}, []string{withdrawn}},
		{town.Applicant, "?status=draft", []string{draft}, []string{submitted}},
		{town.Applicant, "?own=1", []string{draft, submitted}, nil},
		{town.Officer, "?own=1", nil, []string{submitted}},
		{town.PersonID(town.Agency, "security-reviewer", 1), "?waiting=1", []string{reviewing}, []string{submitted}},
		{town.Officer, "?sort=due", []string{submitted}, []string{withdrawn}},
		{town.Officer, "?sort=opened&stage=nothing.at.all&kind=none&status=x", []string{submitted, withdrawn}, nil},
	} {
		links := w.as(c.person).get("/cases" + c.query).wants(http.StatusOK).links()
		for _, want := range c.want {
			if !slices.Contains(links, want) {
				t.Errorf("%s%s: %s is missing", c.person, c.query, want)
			}
		}
		for _, not := range c.not {
			if slices.Contains(links, not) {
				t.Errorf("%s%s: %s is there", c.person, c.query, not)
			}
		}
	}
	w.as(town.Officer).get("/cases?cursor=nonsense").wants(http.StatusNotFound)
	if title := w.as(town.Applicant).speaking("en").get("/cases").heading(); title != "My cases" {
		t.Error(title)
	}
}

func TestCaseListIsPaged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := map[string]bool{}
	for range 53 {
		want["/authorizations/"+w.Drafted()] = true
	}
	applicant, at := w.as(town.Applicant), "/cases?status=draft"
	for range 3 {
		next := ""
		for _, link := range applicant.get(at).wants(http.StatusOK).links() {
			delete(want, link)
			if strings.Contains(link, "cursor=") {
				next = link
			}
		}
		if next == "" {
			break
		}
		if !strings.Contains(next, "status=draft") {
			t.Errorf("the next page forgets the filter: %s", next)
		}
		at = next
	}
	if len(want) > 0 {
		t.Errorf("%d cases are on no page", len(want))
	}
}

func TestCaseExport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.InForce()
	dangerous := town.Application()
	dangerous["title"] = "=1+1"
	w.Do(town.Applicant, authorization.Kind, "", "draft", dangerous)
	id := w.AuthorizationIn(authorization.Submitted)
	applicant := w.as(town.Applicant)
	p := applicant.get("/cases/export/csv").wants(http.StatusOK)
	raw, marked := strings.CutPrefix(p.body, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(raw)).ReadAll()
	if err != nil || !marked || len(rows) != 3 || rows[0][0] != "编号" || !strings.Contains(p.header.Get("Content-Disposition"), ".csv") {
		t.Fatalf("%v %v %q", err, marked, rows)
	}
	titles := []string{rows[1][1], rows[2][1]}
	slices.Sort(titles)
	if titles[0] != "'=1+1" {
		t.Errorf("a title can be taken for a formula: %q", titles)
	}
	p = applicant.speaking("en").get("/cases/export/xlsx?q=" + id).wants(http.StatusOK)
	book, err := excelize.OpenReader(bytes.NewReader([]byte(p.body)))
	w.Must(err)
	sheet, err := book.GetRows("Sheet1")
	if err != nil || len(sheet) != 2 || sheet[0][1] != "Title" || sheet[1][0] != id || sheet[1][4] != "awaiting completeness check" {
		t.Errorf("%v %q", err, sheet)
	}
	applicant.get("/cases/export/pdf").wants(http.StatusNotFound)
	if p := w.as(town.OtherApplicant).get("/cases/export/csv").wants(http.StatusOK); strings.Contains(p.body, id) {
		t.Error("others' cases are exported")
	}
	w.nobody().steadfast().get("/cases/export/csv").wants(http.StatusSeeOther)
}

func TestSearch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	officer := w.as(town.Officer)
	p := officer.get("/search?q=气象").wants(http.StatusOK)
	for _, want := range []string{"/authorizations/" + id, "/resources/" + town.Resource} {
		if !slices.Contains(p.links(), want) {
			t.Errorf("%s is not found: %q", want, p.links())
		}
	}
	if !strings.Contains(p.text(), "某市气象局") {
		t.Errorf("the organisation is not found: %.2000s", p.text())
	}
	straight := officer.steadfast()
	for sent, to := range map[string]string{
		id: "/authorizations/" + id, strings.ToUpper(id): "/authorizations/" + id, " " + town.Resource + " ": "/resources/" + town.Resource,
	} {
		if p := straight.get("/search?q=" + strings.ReplaceAll(sent, " ", "+")).wants(http.StatusSeeOther); p.header.Get("Location") != to {
			t.Errorf("%q leads to %s", sent, p.header.Get("Location"))
		}
	}
	for _, query := range []string{"", "?q=", "?q=。。", "?q=不存在的东西", "?q=" + strings.Repeat("长", 500), "?q=aut-none"} {
		officer.get("/search" + query).wants(http.StatusOK)
	}
	if p := w.as(town.OtherApplicant).get("/search?q=" + id).wants(http.StatusOK); slices.Contains(p.links(), "/authorizations/"+id) {
		t.Error("another's case is found")
	}
	if p := officer.speaking("en").get("/search?q=气象&of=organizations").wants(http.StatusOK); !strings.Contains(p.text(), "某市气象局") || p.heading() != "Search organisations" {
		t.Errorf("%.1000s", p.text())
	}
	officer.get("/search?q=气象&of=organizations&cursor=x").wants(http.StatusNotFound)
}
