package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/internal/town"
)

// turnOn is what a page lists of a case in which it is the visitor's turn; empty when it does not.
func (p *page) turnOn(url string) string {
	for _, section := range all(p.document(), func(n *html.Node) bool { return attr(n, "aria-labelledby") == "turns" }) {
		for _, line := range all(section, tag("li")) {
			if slices.ContainsFunc(all(line, tag("a")), func(a *html.Node) bool { return attr(a, "href") == url }) {
				return textOf(line)
			}
		}
	}
	return ""
}

// TestComplaintsWait: a complaint stands on the first page, in the inbox and in the list of what waits of whoever handles it, with its limit, until it is
// answered; and of nobody else.
func TestComplaintsWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	operators, _ := w.Complained(complaint.LodgeInput{About: complaint.AboutOperator, Authorization: of, Facts: "超出约定场景使用（虚构）"})
	agencys, _ := w.Complained(complaint.LodgeInput{About: complaint.AboutAgency, Authorization: of, Facts: "推诿不办（虚构）"})
	waits := func(person, id string) {
		t.Helper()
		due := w.Case(complaint.Kind, id).Head().Deadlines
		day := due[len(due)-1].Due.On.String()
		for _, path := range []string{"/", "/inbox", "/inbox?tab=all"} {
			if line := w.as(person).get(path).wants(http.StatusOK).turnOn("/complaints/" + id); !strings.Contains(line, day) {
				t.Errorf("%s: %s lists %q, due on %s", person, path, line, day)
			}
		}
		if list := w.as(person).get("/cases?waiting=1&sort=due").wants(http.StatusOK); !slices.Contains(list.links(), "/complaints/"+id) || !strings.Contains(list.text(), day) {
			t.Errorf("%s: what waits does not name it with its day: %s", person, list.text())
		}
	}
	never := func(person, id string) {
		t.Helper()
		for _, path := range []string{"/", "/inbox"} {
			if line := w.as(person).get(path).wants(http.StatusOK).turnOn("/complaints/" + id); line != "" {
				t.Errorf("%s: %s lists %q", person, path, line)
			}
		}
		if list := w.as(person).get("/cases?waiting=1").wants(http.StatusOK); strings.Contains(list.body, id) {
			t.Errorf("%s: what waits names %s", person, id)
		}
	}
	waits(town.Officer, operators)
	waits(town.Auditor, operators)
	waits(town.Auditor, agencys)
	never(town.Officer, agencys)
	w.Complaint(town.Officer, operators, "accept", town.Object{})
	waits(town.Officer, operators)
	waits(town.Auditor, operators)
	w.Complaint(town.Officer, operators, "answer", town.Object{"outcome": "upheld", "text": "经查属实（虚构）"})
	for _, person := range []string{town.Officer, town.Auditor, town.Applicant, town.Administrator, town.OtherApplicant, town.Reader} {
		never(person, operators)
	}
}

// TestComplaintsOverdue: a complaint that nobody accepted in time is among what is overdue of supervision, with the day on which it was due; administrators
// see it neither there nor counted by name.
func TestComplaintsOverdue(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ComplaintIn(complaint.Received)
	due := w.Case(complaint.Kind, id).Head().Deadlines[0].Due.On.String()
	w.Later(30, complaint.Kind, id)
	for _, path := range []string{supervisionPath, limitsPath + "?show=missed", limitsPath + "?show=missed&kind=complaint"} {
		p := w.as(town.Auditor).get(path).wants(http.StatusOK)
		if !slices.Contains(p.links(), "/complaints/"+id) || !strings.Contains(p.text(), due) || !strings.Contains(p.text(), "受理投诉举报") {
			t.Errorf("%s does not name it with %s: %s", path, due, p.text())
		}
		if p := w.as(town.Administrator).get(path).wants(http.StatusOK); strings.Contains(p.body, id) {
			t.Errorf("%s names it to an administrator", path)
		}
	}
	if csv := w.as(town.Auditor).get(limitsPath + "/export/csv?show=missed").wants(http.StatusOK).body; !strings.Contains(csv, id) || !strings.Contains(csv, due) {
		t.Errorf("the list to take away lacks it: %s", csv)
	}
}
