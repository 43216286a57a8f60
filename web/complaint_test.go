package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
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
