package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"go.temporal.io/api/serviceerror"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/internal/town"
	"datacharter/store"
	"datacharter/web/words"
)

// TestPeople: a person is added once, given a role and loses it again; what is wrong changes nothing.
func TestPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	admin := w.as(town.Administrator)
	list := admin.get(peopleURL).wants(http.StatusOK)
	if got := list.form(peopleURL).set("name", "  ").submit().wants(http.StatusUnprocessableEntity).faults(); len(got) != 1 {
		t.Errorf("a blank name: %q", got)
	}
	form := list.form(peopleURL).set("name", "虚构新人")
	first := form.submit().wants(http.StatusOK)
	if again := form.submit().wants(http.StatusOK); again.at.Path != first.at.Path || first.heading() != "虚构新人" {
		t.Errorf("%s %q, then %s", first.at.Path, first.heading(), again.at.Path)
	}
	form.set("name", "另一人").submit().wants(http.StatusUnprocessableEntity) // the key names another request
	id := strings.TrimPrefix(first.at.Path, peopleURL+"/")
	grants := func() []identity.Grant {
		g, err := w.Store.Grants(t.Context(), id)
		w.Must(err)
		return g
	}

	grant := first.at.Path + "/grant"
	give := admin.get(first.at.Path + "?role=member").form(grant)
	give.submit().wants(http.StatusUnprocessableEntity)
	admin.post(grant, url.Values{formKey: {"k1"}, "role": {"member"}, "organization": {"org-none"}}).wants(http.StatusUnprocessableEntity)
	admin.post(grant, url.Values{formKey: {"k2"}, "role": {"member"}, "organization": {town.Operator}}).wants(http.StatusUnprocessableEntity) // an operator has none
	admin.post(grant, url.Values{formKey: {"k3"}, "role": {"king"}, "organization": {town.Agency}}).wants(http.StatusUnprocessableEntity)
	admin.post(grant, url.Values{"role": {"member"}, "organization": {town.Agency}}).wants(http.StatusOK) // no key: asked again
	if len(grants()) != 0 {
		t.Fatalf("%+v", grants())
	}
	given := give.set("organization", town.Agency).submit().wants(http.StatusOK)
	if g := grants(); len(g) != 1 || g[0].Role != identity.Member || g[0].Organization != town.Agency {
		t.Fatalf("%+v", g)
	}
	given.form(first.at.Path + "/revoke").submit().wants(http.StatusOK)
	if len(grants()) != 0 {
		t.Errorf("%+v", grants())
	}
	admin.get(peopleURL + "/per-nobody").wants(http.StatusNotFound)
	admin.post(peopleURL+"/per-nobody/grant", url.Values{formKey: {"k4"}, "role": {"member"}, "organization": {town.Agency}}).wants(http.StatusNotFound)
	admin.get(peopleURL + "?cursor=none").wants(http.StatusNotFound)
}

// TestOrganizations: an organisation is added once, its credit code checked.
func TestOrganizations(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	admin := w.as(town.Administrator).speaking("en")
	count := func() int {
		page, err := w.Store.ListOrganizations(t.Context(), store.OrganizationFilter{Limit: store.MaxLimit})
		w.Must(err)
		return len(page.Items)
	}
	before := count()
	form := admin.get(organizationsURL).wants(http.StatusOK).form(organizationsURL)
	if got := form.submit().wants(http.StatusUnprocessableEntity).faults(); len(got) != 2 {
		t.Errorf("an empty form: %q", got)
	}
	form.set("name", "虚构第三家有限公司").set("kind", "operator").set("credit_code", "91310000MA1K000000")
	form.submit().wants(http.StatusUnprocessableEntity)
	form.set("credit_code", identity.FictitiousCreditCode(3).String()).submit().wants(http.StatusUnprocessableEntity) // another's
	if count() != before {
		t.Fatal("what was refused was added")
	}
	form.set("credit_code", identity.FictitiousCreditCode(9).String())
	form.submit().wants(http.StatusOK)
	form.submit().wants(http.StatusOK)
	if count() != before+1 {
		t.Errorf("%d organisations", count()-before)
	}
	if page := admin.get(organizationsURL + "?kind=operator"); !strings.Contains(page.text(), "虚构第三家有限公司") || strings.Contains(page.text(), "某市审计局") {
		t.Error("the list does not keep to the kind")
	}
}

// amended moves what ends on Thursday, 8 January 2026, to the day after.
const amended = `{"year": 2026, "notice": "（测试）更正通知", "days": [{"date": "2026-01-01", "isOffDay": true}, {"name": "临时", "date": "2026-01-07", "isOffDay": true}]}`

// TestCalendars: a notice is checked and looked at before it is kept, kept once, and moves due dates when the recount is confirmed.
func TestCalendars(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	admin := w.as(town.Administrator)
	before, err := w.server.keeper.InForce(t.Context())
	w.Must(err)
	unchanged := func() {
		t.Helper()
		now, err := w.server.keeper.InForce(t.Context())
		w.Must(err)
		if now.Version != before.Version {
			t.Fatal("the calendar was changed")
		}
	}
	upload := calendarsURL + "/preview"
	blank := func() *blank { return admin.get(calendarsURL).wants(http.StatusOK).form(upload) }
	blank().submit().wants(http.StatusUnprocessableEntity)
	blank().attach(formNoticeFile, "2026.json", "application/json", []byte("{")).submit().wants(http.StatusBadRequest)
	bad := strings.Replace(amended, "2026-01-07", "2026-02-30", 1)
	refused := blank().attach(formNoticeFile, "2026.json", "application/json", []byte(bad)).submit().wants(http.StatusUnprocessableEntity)
	if got := strings.Join(refused.faults(), " "); !strings.Contains(got, "第 2 项：日期") {
		t.Errorf("the fault is not named in words: %q", got)
	}
	if got := refused.form(upload).values.Get(formNotice); got != bad {
		t.Errorf("the notice is not there to be corrected: %q", got)
	}
	look := refused.form(upload).set(formNotice, amended).submit().wants(http.StatusOK)
	for _, shown := range []string{id, "2026-01-08", "2026-01-09", "推后 1 天"} {
		if !strings.Contains(look.text(), shown) {
			t.Errorf("the preview does not show %q", shown)
		}
	}
	unchanged()
	admin.post(calendarsURL, url.Values{formNotice: {amended}}).wants(http.StatusOK) // no key
	unchanged()
	keep := look.form(calendarsURL)
	kept := keep.submit().wants(http.StatusOK)
	keep.submit().wants(http.StatusOK)
	if uploads, err := w.server.keeper.Uploads(t.Context()); err != nil || len(uploads) != 1 || uploads[0].AddedBy != town.Administrator {
		t.Fatalf("%+v %v", uploads, err)
	}
	due := func() string { return w.Case(authorization.Kind, id).Head().Deadlines[0].Due.On.String() }
	if kept.at.Path != recountURL || !strings.Contains(kept.text(), "推后 1 天") || due() != "2026-01-08" || len(w.begun) != 0 {
		t.Fatalf("%s, due %s, begun %d", kept.at.Path, due(), len(w.begun))
	}
	old := kept.form(recountURL).values
	old.Set(formCalendar, before.Version)
	admin.post(recountURL, old).wants(http.StatusPreconditionFailed)
	start := kept.form(recountURL)
	running := start.submit().wants(http.StatusOK)
	start.submit().wants(http.StatusOK)
	if len(w.begun) != 1 || !strings.Contains(running.text(), "正在重新计算") || !strings.Contains(running.text(), "0 / 1") {
		t.Errorf("begun %d: %s", len(w.begun), running.text())
	}
	part := admin.send(http.MethodGet, recountURL, nil, "HX-Request", "true")
	if part.status != http.StatusOK || strings.Contains(part.body, "<html") {
		t.Errorf("a script that looks again got %d %.100s", part.status, part.body)
	}
	again := blank().set(formNotice, amended).submit().wants(http.StatusOK)
	again.form(calendarsURL).submit().wants(http.StatusConflict) // it is the one in force
}

// TestRepair: a case whose workflow is missing is found and repaired once for a key.
func TestRepair(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	admin := w.as(town.Administrator)
	if page := admin.get(disagreementsURL).wants(http.StatusOK); !strings.Contains(page.text(), "全部一致") {
		t.Error(page.text())
	}
	w.flows.lose(id)
	found := admin.get(disagreementsURL).wants(http.StatusOK)
	if !strings.Contains(found.text(), "没有工作流") || !strings.Contains(found.text(), id) {
		t.Error(found.text())
	}
	at := disagreementsURL + "/" + id + "/repair"
	admin.post(at, url.Values{}).wants(http.StatusOK) // no key
	if len(w.flows.started) != 0 {
		t.Fatal("repaired without a key")
	}
	repair := found.form(at)
	if told := repair.submit().wants(http.StatusOK); !strings.Contains(told.text(), "已修复") {
		t.Error(told.text())
	}
	repair.submit().wants(http.StatusOK)
	if len(w.flows.started) != 1 || w.flows.started[0] != id {
		t.Errorf("started %q", w.flows.started)
	}
	admin.post(disagreementsURL+"/aut-none/repair", url.Values{formKey: {"k"}}).wants(http.StatusNotFound)
	w.flows.away = serviceerror.NewUnavailable("away")
	admin.get(disagreementsURL).wants(http.StatusServiceUnavailable)
	w.log.take()
}

// TestRules: everybody who is signed in reads every figure with its article and mark.
func TestRules(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	reader := w.as(town.Reader)
	national, ok := w.Desk.Policies.Newest("national")
	if !ok {
		t.Fatal("no national profile")
	}
	if list := reader.get("/policies").wants(http.StatusOK); !strings.Contains(list.text(), national.Title.ZH) {
		t.Error(list.text())
	}
	if r := national.Registration; r == nil || !strings.Contains(reader.get("/policies/national").text(), r.Recheck.Rule.ZH) {
		t.Error("the rules of registration are not there")
	}
	holds, byDefault := *national, national.OfConcerns()
	holds.Concerns = &byDefault
	raw, err := json.Marshal(holds)
	w.Must(err)
	if marked, counted := bytes.Count(raw, []byte(`"mark":`)), len(marksOf(national)); marked != counted || counted == 0 {
		t.Errorf("%d marks stand in the profile, %d are counted", marked, counted)
	}
	if !strings.Contains(reader.get("/policies/national").text(), byDefault.Answer.Rule.ZH) {
		t.Error("the default limit of answers is not there")
	}
	for _, ref := range []string{"national", national.Hash} {
		page := reader.get("/policies/" + ref).wants(http.StatusOK)
		if !strings.Contains(page.text(), national.Exit.Statement.Rule.ZH) || !strings.Contains(page.text(), national.Exit.Steps[1].Title.ZH) {
			t.Error("not all rules are there")
		}
		shown := map[policy.Mark]int{}
		for _, m := range marks {
			shown[m] = strings.Count(page.body, ">"+words.Value(m).ZH+"<")
		}
		for m, n := range countMarks(national) {
			if shown[m] < n {
				t.Errorf("%s stands %d times on the page, %d times in the profile", m, shown[m], n)
			}
		}
	}
	for _, ref := range []string{"none", "sha256:none"} {
		reader.get("/policies/" + ref).wants(http.StatusNotFound)
	}
}
