package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/finding"
	"datacharter/internal/town"
)

var numberShown = regexp.MustCompile(`rep-[a-z2-7]{16}-[a-z2-7]{26}`)

// TestComplainByPages: somebody without an account complains from the register's entry, follows his complaint by its number, and reads the answer.
func TestComplainByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	citizen := w.nobody()
	if entry := citizen.get("/register/" + of).wants(http.StatusOK).body; !strings.Contains(entry, "/complaints/new?authorization="+of) {
		t.Error("the entry does not lead to complaints")
	}
	form := citizen.get("/complaints/new?authorization=" + of).wants(http.StatusOK).form("/complaints/new")
	if form.values.Get("authorization") != of {
		t.Errorf("offered %v", form.values)
	}
	values := url.Values{"key": {form.values.Get("key")}, "about": {"operator"}, "authorization": {of}, "facts": {"超出约定场景使用"}, "name": {"周某"}}
	wrong := url.Values{"key": values["key"], "about": {"operator"}, "facts": {""}}
	if p := citizen.post("/complaints/new", wrong).wants(http.StatusUnprocessableEntity); numberShown.MatchString(p.body) {
		t.Error("it was lodged")
	}
	values.Set("key", "another")
	number := numberShown.FindString(citizen.post("/complaints/new", values).wants(http.StatusOK).body)
	if again := numberShown.FindString(citizen.post("/complaints/new", values).wants(http.StatusOK).body); number == "" || again != number {
		t.Fatalf("%q, and a repeat %q", number, again)
	}
	id, _, _ := complaint.Split(number)
	w.as(town.Applicant).get("/complaints/" + id).wants(http.StatusNotFound)
	w.as(town.Administrator).get("/complaints/" + id).wants(http.StatusNotFound)
	page := w.as(town.Officer).get("/complaints/" + id).wants(http.StatusOK).body
	if !strings.Contains(page, "周某") || strings.Contains(page, number) {
		t.Error("the officer is shown the number, or not who complained")
	}
	w.Complaint(town.Officer, id, "accept", town.Object{})
	if page = w.as(town.Officer).get("/complaints/" + id).wants(http.StatusOK).body; !strings.Contains(page, "/findings/new?") {
		t.Error("no finding can be raised upon it")
	}
	w.Complaint(town.Auditor, id, "answer", town.Object{"outcome": "upheld", "text": "经查属实"})
	page = citizen.post("/complaints/follow", url.Values{"number": {number}}).wants(http.StatusOK).body
	if !strings.Contains(page, "经查属实") || strings.Contains(page, "周某") {
		t.Error("the answer is not shown, or a name is")
	}
	citizen.post("/complaints/follow", url.Values{"number": {number + "x"}}).wants(http.StatusNotFound)
}

// TestComplainFromEverywhere: every page leads to complaints, once, and the form opened from an entry shows the title of its authorisation instead of asking for its ID,
// also after something was wrong; another ID is asked for.
func TestComplainFromEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	for _, path := range []string{"/", "/register", "/register/" + of, plansPath, "/sign-in"} {
		p := w.nobody().get(path)
		n := len(slices.DeleteFunc(p.links(), func(to string) bool { return to != complainPath }))
		if n != 1 {
			t.Errorf("%s leads to complaints %d times", path, n)
		}
	}
	asks := func(p *page) bool {
		return slices.ContainsFunc(p.form(complainPath).control("authorization"), func(n *html.Node) bool { return attr(n, "type") != "hidden" })
	}
	citizen := w.nobody()
	for language, words := range map[string]string{"zh": "改为投诉举报其他授权", "en": "Complain about another authorisation"} {
		p := citizen.speaking(language).get(complainURL(of)).wants(http.StatusOK)
		if asks(p) || !strings.Contains(p.text(), "气象数据授权运营") || !strings.Contains(p.text(), words) {
			t.Errorf("%s: the authorisation is not shown by its title, or asked for: %s", language, p.text())
		}
		p = p.form(complainPath).set("about", "operator").submit().wants(http.StatusUnprocessableEntity)
		if asks(p) || p.form(complainPath).values.Get("authorization") != of || !strings.Contains(p.text(), "气象数据授权运营") {
			t.Errorf("%s: the authorisation is lost with a fault: %s", language, p.text())
		}
	}
	for _, path := range []string{complainPath, complainURL("aut-none")} {
		if p := citizen.get(path).wants(http.StatusOK); !asks(p) || strings.Contains(p.text(), "气象数据授权运营") {
			t.Errorf("%s does not ask for the authorisation", path)
		}
	}
	filled := citizen.get(complainURL(of)).form(complainPath).set("about", "operator").set("facts", "超出约定场景使用")
	id, _, _ := complaint.Split(numberShown.FindString(filled.submit().wants(http.StatusOK).body))
	if c := w.Case(complaint.Kind, id).(*complaint.Complaint); c.Authorization != of { //nolint:forcetypeassert // its own kind
		t.Errorf("it is about %q", c.Authorization)
	}
}

// TestComplaintAndFinding: who handles a complaint gets from its page to the finding that follows from it and back; the operator, who does not see the complaint,
// reads on the finding that there was one, and has no way to it.
func TestComplaintAndFinding(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.ComplaintIn(complaint.Accepted)
	c := w.Case(complaint.Kind, id).(*complaint.Complaint) //nolint:forcetypeassert // its own kind
	at := "/complaints/" + id
	if p := w.as(town.Officer).get(at).wants(http.StatusOK); strings.Contains(p.text(), "据此提出的监督问题") {
		t.Errorf("findings before there is one: %s", p.text())
	}
	found := w.Do(town.Officer, finding.Kind, "", "raise", town.Object{
		"authorization": c.Authorization, "subject": "security", "found_by": "complaint", "facts": "经查属实（虚构）", "origin": "complaint/" + id,
	}).Case
	for _, person := range []string{town.Officer, town.Auditor} {
		if p := w.as(person).get(at).wants(http.StatusOK); !slices.Contains(p.links(), "/findings/"+found) || !strings.Contains(p.text(), "待处理") {
			t.Errorf("%s is not led to the finding: %v", person, p.links())
		}
		if p := w.as(person).get("/findings/" + found).wants(http.StatusOK); !slices.Contains(p.links(), at) {
			t.Errorf("%s is not led to the complaint: %v", person, p.links())
		}
	}
	for _, person := range []string{town.Applicant, town.Administrator} {
		if p := w.as(person).get("/findings/" + found).wants(http.StatusOK); slices.Contains(p.links(), at) || !strings.Contains(p.text(), "投诉举报") {
			t.Errorf("%s is led to the complaint, or not told of it: %v", person, p.links())
		}
	}
}
