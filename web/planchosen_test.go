package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/plan"
	"datacharter/internal/town"
)

// TestApplyFromThePlan: the public page of a plan that takes applications leads through signing in to an application that rests on it already.
func TestApplyFromThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.parkingPlan()
	told, begin := "/register/plans/"+id, applyOnURL(id)
	stranger := w.nobody()
	if links := stranger.get(told).wants(http.StatusOK).links(); !slices.Contains(links, begin) {
		t.Fatalf("the page of the plan leads to %q", links)
	}
	entrance := stranger.get(begin).wants(http.StatusOK)
	if back := entrance.at.Query().Get("return"); entrance.at.Path != "/sign-in" || back != begin {
		t.Fatalf("who is not signed in is led to %s", entrance.at)
	}
	draft := stranger.post("/sign-in", url.Values{"person": {town.Applicant}, "return": {begin}}).wants(http.StatusOK)
	text := draft.text()
	if draft.at.RequestURI() != begin || !strings.Contains(text, "停车数据授权运营实施方案") || !strings.Contains(text, "不超过 36个月") && !strings.Contains(text, "不超过36个月") {
		t.Errorf("after signing in one is at %s: %.900s", draft.at, text)
	}
	blank := draft.form(begin)
	if blank.values.Get("plan") != id || blank.values.Get("agency") != town.Agency {
		t.Errorf("the form begins with %v", blank.values)
	}
	again := blank.set("title", "").submit().wants(http.StatusUnprocessableEntity).form(begin)
	if again.values.Get("plan") != id {
		t.Errorf("after a fault the form has %v", again.values)
	}
	first := again.set("title", "停车指数运营").submit().wants(http.StatusOK)
	made, _, _ := strings.Cut(strings.TrimPrefix(first.at.Path, "/authorizations/"), "/")
	if got := w.application(made).Application.Plan; got != id {
		t.Errorf("the application rests on %q", got)
	}
	w.as(town.Planner).get(begin).wants(http.StatusForbidden)
}

// TestNoApplicationOnClosedPlan: a plan that takes no applications leads to none, and an ID of no plan changes nothing.
func TestNoApplicationOnClosedPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.InForce()
	w.Planned(town.Planner, town.Plan, "close-applications", town.Object{"reason": "受理期满"})
	if links := w.nobody().get("/register/plans/" + town.Plan).wants(http.StatusOK).links(); slices.Contains(links, applyOnURL(town.Plan)) {
		t.Errorf("a plan that is closed leads to %q", links)
	}
	reviewed := w.in(plan.Kind, plan.Reviewing)
	c := w.as(town.Applicant)
	for _, id := range []string{town.Plan, reviewed, "none", "", "'; drop", "🙂", strings.Repeat("x", 2000)} {
		p := c.get(applyOnURL(id)).wants(http.StatusOK)
		if blank := p.form("/authorizations/new"); slices.Contains(blank.controls(), "plan") {
			t.Errorf("%.20q is offered as a plan", id)
		}
	}
}

// TestLastDayOfApplications: the last day announced counts, and no day after it.
func TestLastDayOfApplications(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.InForce()
	w.Planned(town.Planner, town.Plan, "close-applications", town.Object{"reason": "改期"})
	today := w.server.today()
	w.Planned(town.Planner, town.Plan, "open-applications", town.Object{"notice": "请申请", "until": today.String()})
	for days, open := range []bool{true, false} {
		w.SetNow(w.Now().AddDate(0, 0, days))
		if links := w.nobody().get("/register/plans/" + town.Plan).wants(http.StatusOK).links(); slices.Contains(links, applyOnURL(town.Plan)) != open {
			t.Errorf("%d days later the page leads to %q", days, links)
		}
	}
}
