package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/internal/agreedplan"
	"datacharter/internal/town"
	"datacharter/policies"
)

// application is the application of a case as it stands.
func (w *world) application(id string) *authorization.Authorization {
	w.t.Helper()
	return w.Case(authorization.Kind, id).(*authorization.Authorization)
}

// parkingPlan puts a plan in force on which an application for parking may rest, and returns its ID.
func (w *world) parkingPlan() string {
	w.t.Helper()
	days, err := w.Cases.Calendar(w.t.Context())
	w.Must(err)
	const id = "pln-parking"
	w.Must(agreedplan.Record(w.t.Context(), w.Store, agreedplan.Spec{
		ID: id, Agency: town.Agency, Government: town.Government, Name: "停车数据授权运营实施方案", Mode: "scenario", TermMonths: 36, Resources: []string{town.Resource},
		Products: []plan.Product{agreedplan.Listed("停车指数", agreement.Industry, "API"), agreedplan.Listed("停车地图", agreement.PublicBenefit, "模型")},
		Grader:   identity.By{Person: supplier, Organization: town.Supplier, Role: identity.SupplyReviewer}, Policy: policies.National(), Calendar: days,
	}))
	return id
}

// TestApply: an applicant drafts, fills in every step, sees what is missing until nothing is, and submits.
func TestApply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rests := w.parkingPlan()
	c := w.as(town.Applicant)
	first := c.get("/authorizations/new").wants(http.StatusOK).form("/authorizations/new").set("title", "停车数据授权运营").set("agency", town.Agency).submit().wants(http.StatusOK)
	id, _, _ := strings.Cut(strings.TrimPrefix(first.at.Path, "/authorizations/"), "/")
	at := "/authorizations/" + id + "/apply/"
	if first.at.Path != at+"basics" {
		t.Fatalf("the draft led to %s", first.at)
	}
	missing := c.get(at + "check").wants(http.StatusOK)
	for _, step := range []string{"basics#f-plan", "basics#f-mode", "resources#f-resources", "products#f-products", "term#f-term_months", "capabilities#f-capabilities-security"} {
		if !slices.Contains(missing.links(), at+step) {
			t.Errorf("the check does not lead to %s: %q", step, missing.links())
		}
	}
	if strings.Contains(missing.body, `action="/authorizations/`+id+`/do/submit"`) {
		t.Error("what is incomplete can be submitted")
	}
	next := first.form(at+"basics").set("mode", "scenario").set("plan", rests).set("purpose", "缓解停车难").press("then", "next").wants(http.StatusOK)
	if next.at.Path != at+"resources" {
		t.Errorf("the first step led to %s", next.at)
	}
	found := c.get(at + "resources?text=" + url.QueryEscape("气象")).wants(http.StatusOK)
	chosen := found.form("/resources/" + town.Resource + "/put").submit().wants(http.StatusOK)
	if chosen.at.Path != at+"resources" || !slices.Equal(w.application(id).Application.Resources, []string{town.Resource}) {
		t.Errorf("choosing led to %s with %v", chosen.at, w.application(id).Application.Resources)
	}
	more := c.get(at+"products").form(at+"products").set("products[0].name", "停车指数").set("products[0].class", "industry").set("products[0].form", "API").press(formAdd, "products").wants(http.StatusOK)
	if len(w.application(id).Application.Products) != 0 {
		t.Error("asking for another row saved")
	}
	more.form(at+"products").set("products[1].name", "停车地图").set("products[1].class", "public-benefit").set("products[1].form", "模型").press("then", "next").wants(http.StatusOK)
	c.get(at+"term").form(at+"term").set("term_months", "36").press("then", "next").wants(http.StatusOK)
	capable := c.get(at + "capabilities").form(at + "capabilities")
	for _, part := range []string{"management", "technology", "security"} {
		capable.set("capabilities."+part, "具备")
	}
	capable.press("then", "next").wants(http.StatusOK)
	last := c.get(at+"attachments").form(at+"attachments").attach("attachments#file", "方案.txt", "text/plain", []byte("实施方案")).press("then", "next").wants(http.StatusOK)
	if last.at.Path != at+"check" || !strings.Contains(last.text(), "方案.txt") || !strings.Contains(last.text(), "停车地图") || !strings.Contains(last.text(), "可以提交") {
		t.Errorf("%s: %s", last.at, last.text())
	}
	digest := w.application(id).Application.Attachments[0]
	if got := c.get("/attachments/" + digest).wants(http.StatusOK); got.body != "实施方案" {
		t.Errorf("the attachment came back as %q", got.body)
	}
	hand := last.form("/authorizations/" + id + "/do/submit")
	hand.submit().wants(http.StatusOK)
	hand.submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Submitted)
	if n := len(w.application(id).Submissions); n != 1 {
		t.Errorf("submitted %d times", n)
	}
	c.get(at + "basics").wants(http.StatusConflict)
}

// TestStepFaults: what is wrong with a step is told at its controls, what was typed stays, and nothing changes.
func TestStepFaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/"
	c := w.as(town.Applicant)
	version := w.Case(authorization.Kind, id).Head().Version
	for _, x := range []struct{ step, name, value, at string }{
		{"term", "term_months", "三年", "#f-term_months"},
		{"term", "term_months", "120", "#f-term_months"},
		{"basics", "title", "", "#f-title"},
		{"products", "products[0].name", strings.Repeat("长", 201), "#f-products-0-name"},
	} {
		got := c.get(at+x.step).form(at+x.step).set(x.name, x.value).press("then", "next").wants(http.StatusUnprocessableEntity)
		if !slices.Contains(got.links(), x.at) || got.form(at+x.step).values.Get(x.name) != x.value {
			t.Errorf("%s=%s: %q", x.name, x.value, got.faults())
		}
	}
	form := c.get(at+"basics").form(at+"basics").set("title", "新名称")
	form.values.Set(formResumed, "yes")
	if got := form.submit().wants(http.StatusOK); got.form(at+"basics").values.Get("title") != "新名称" {
		t.Error("what was typed before signing in again is lost")
	}
	if got := w.Case(authorization.Kind, id).Head().Version; got != version {
		t.Errorf("the case went from version %d to %d", version, got)
	}
	c.get(at + "nothing").wants(http.StatusNotFound)
	c.post(at+"nothing", url.Values{}).wants(http.StatusNotFound)
}

// TestStepChangedMeanwhile: a form older than the application is not saved at once; what was typed is kept, and saving it again keeps the other's change.
func TestStepChangedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/"
	c := w.as(town.Applicant)
	old := c.get(at+"term").form(at+"term").set("term_months", "24")
	c.get(at+"basics").form(at+"basics").set("title", "改过的名称").press("then", "next").wants(http.StatusOK)
	again := old.press("then", "next").wants(http.StatusPreconditionFailed)
	if got := w.application(id).Application.TermMonths; got != 12 {
		t.Errorf("an old form was saved: %d", got)
	}
	again.form(at+"term").press("then", "later").wants(http.StatusOK)
	if got := w.application(id).Application; got.TermMonths != 24 || got.Title != "改过的名称" {
		t.Errorf("%+v", got)
	}
}

// TestStepTwice: a step that is sent twice is saved once.
func TestStepTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/"
	form := w.as(town.Applicant).get(at+"term").form(at+"term").set("term_months", "24")
	form.press("then", "next").wants(http.StatusOK)
	version := w.Case(authorization.Kind, id).Head().Version
	if again := form.submit().wants(http.StatusOK); again.at.Path != at+"capabilities" {
		t.Errorf("sent again it led to %s", again.at)
	}
	if got := w.Case(authorization.Kind, id).Head().Version; got != version {
		t.Errorf("sent again, the case went from version %d to %d", version, got)
	}
}

// TestResubmit: a returned application shows at each step what was asked for, and in the end the differences.
func TestResubmit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, state := range []lifecycle.State{authorization.Returned, authorization.ReviewReturned, authorization.Amending} {
		id := w.AuthorizationIn(state)
		at := "/authorizations/" + id + "/apply/"
		for _, language := range []string{"zh", "en"} {
			c := w.as(town.Applicant).speaking(language)
			for _, step := range topics {
				got := c.get(at + step.name).wants(http.StatusOK)
				if asked := map[string]string{"zh": "需要补正、修改的内容", "en": "What you were asked to put right"}[language]; !strings.Contains(got.text(), asked) {
					t.Errorf("%s at %s: %s", state, step.name, got.text())
				}
			}
		}
		for _, person := range []string{town.Applicant, town.Officer} {
			if p := w.as(person).get("/authorizations/" + id).wants(http.StatusOK); !strings.Contains(p.text(), "退回要求补正、修改的内容") {
				t.Errorf("%s: the case page does not tell %s what it was returned for", state, person)
			}
		}
		c := w.as(town.Applicant)
		basics := c.get(at + "basics").form(at + "basics")
		if slices.Contains(basics.controls(), "agency") {
			t.Errorf("%s: the agency can be changed", state)
		}
		basics.set("purpose", "改过的用途").press("then", "next").wants(http.StatusOK)
		check := c.get(at + "check").wants(http.StatusOK)
		if !strings.Contains(check.text(), "与上次提交的不同") || !strings.Contains(check.text(), "〔删去〕 服务农业保险 〔新增〕 改过的用途") {
			t.Errorf("%s: %s", state, check.text())
		}
		check.form("/authorizations/" + id + "/do/resubmit").submit().wants(http.StatusOK)
		if n := len(w.application(id).Submissions); n < 2 {
			t.Errorf("%s: %d submissions", state, n)
		}
	}
}

// TestApplyRights: nobody but the applicant's own people sees or changes a draft, and only applicants begin one.
func TestApplyRights(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.Drafted()
	at := "/authorizations/" + id + "/apply/basics"
	returned := w.AuthorizationIn(authorization.Returned)
	for person, status := range map[string]int{town.OtherApplicant: http.StatusNotFound, town.Officer: http.StatusForbidden, town.Auditor: http.StatusForbidden, town.Reader: http.StatusForbidden} {
		c := w.as(person)
		c.get(at).wants(status)
		c.post(at, url.Values{"title": {"x"}}).wants(status)
		c.get("/authorizations/" + id + "/apply/check").wants(status)
		c.post("/resources/"+town.Resource+"/put", url.Values{"to": {returned}}).wants(status)
		if person != town.OtherApplicant {
			c.get("/authorizations/new").wants(http.StatusForbidden)
			c.post("/authorizations/new", url.Values{"title": {"x"}}).wants(http.StatusForbidden)
		}
		c.get("/resources").wants(http.StatusOK)
	}
	if got := w.nobody().steadfast().get(at); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/sign-in") {
		t.Errorf("nobody got %d", got.status)
	}
}
