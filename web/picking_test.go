package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/plan"
	"datacharter/domain/registration"
	"datacharter/internal/town"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// buttons are the values of the buttons of a name in the form.
func (b *blank) buttons(name string) []string {
	var out []string
	for _, n := range all(b.node, func(n *html.Node) bool { return n.Data == "button" && attr(n, "name") == name }) {
		out = append(out, attr(n, "value"))
	}
	return out
}

// find looks for something in the picker of a control.
func (b *blank) find(control, text string) *page {
	b.w.t.Helper()
	return b.set(form.FindName(control), text).press(formPick, form.PickValue(form.Find, control, "")).wants(http.StatusOK)
}

// TestPickResourcesOfPlan: a planner finds the resources of a plan in the catalogue, adds and removes them, and nothing that he typed is lost or saved.
func TestPickResourcesOfPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ids := w.resources(pickAtOnce + 2)
	id := w.PlanDrafted("交通数据授权运营实施方案")
	planner, edit := w.as(town.Planner), "/plans/"+id+"/do/edit"
	before := w.Case(plan.Kind, id).Head().Version
	take := func(id string) string { return form.PickValue(form.Take, "resources", id) }

	blank := planner.get(edit).wants(http.StatusOK).form(edit).set("necessity", "还没有写完")
	if n := len(all(blank.node, class("dc-finder__one"))); n != 1 {
		t.Errorf("%d of the resources are named", n)
	}
	none := blank.find("resources", "没有这样的资源")
	if !strings.Contains(none.text(), "没有找到") || none.form(edit).values.Get("necessity") != "还没有写完" {
		t.Errorf("%.900s", none.text())
	}
	many := none.form(edit).find("resources", "")
	if offered := many.form(edit).buttons(formPick); !strings.Contains(many.text(), fmt.Sprintf("只列出前 %d 项", pickAtOnce)) || len(offered) < pickAtOnce {
		t.Errorf("%d are offered: %.900s", len(offered), many.text())
	}
	wanted := ids[0]
	r, err := w.Store.GetResource(t.Context(), wanted)
	w.Must(err)
	found := many.form(edit).find("resources", r.Title)
	for language, words := range map[string][]string{"zh": {r.Provider, "未登记", "未定级", r.Access.Name().ZH}, "en": {"not registered", "not graded", r.Access.Name().EN}} {
		told := found
		if language == "en" {
			told = w.as(town.Planner).speaking("en").get(edit).form(edit).find("resources", r.Title)
		}
		for _, word := range words {
			if !strings.Contains(told.text(), word) {
				t.Errorf("what was found lacks %s: %.900s", word, told.text())
			}
		}
	}
	added := found.form(edit).press(formPick, take(wanted)).wants(http.StatusOK)
	twice := added.form(edit)
	if twice.values.Get("resources[1].id") != wanted || slices.Contains(twice.buttons(formPick), take(wanted)) || !strings.Contains(added.text(), "已选 2 项") {
		t.Errorf("adding made %v: %.600s", twice.values, added.text())
	}
	twice.values.Set(formPick, take(wanted)) // by hand
	if again := twice.submit().wants(http.StatusOK).form(edit); again.values.Has("resources[2].id") && again.values.Get("resources[2].id") != "" {
		t.Error("a resource is there twice")
	}
	twice.values.Del(formPick)
	less := twice.press(formPick, form.PickValue(form.Drop, "resources", "0")).wants(http.StatusOK).form(edit)
	if less.values.Get("resources[0].id") != wanted || less.values.Get("necessity") != "还没有写完" {
		t.Errorf("removing made %v", less.values)
	}
	if now := w.Case(plan.Kind, id).Head().Version; now != before {
		t.Errorf("picking gave %d commands", now-before)
	}
	bad := less.set("resources[0].id", "res-none").submit().wants(http.StatusUnprocessableEntity)
	if !slices.Contains(bad.links(), "#f-resources-0-id") {
		t.Errorf("the summary leads to %q", bad.links())
	}
	bad.form(edit).set("resources[0].id", wanted).set("resources[0].frequency", "每日").submit().wants(http.StatusOK)
	if got := w.Case(plan.Kind, id).(*plan.Plan).Drafted; len(got.Resources) != 1 || got.Resources[0].ID != wanted || got.Necessity != "还没有写完" {
		t.Errorf("%+v", got.Resources)
	}
}

// TestReturnKeyPicks: the return key in the box of a picker looks for what stands there; with nothing new there it saves as everywhere else.
func TestReturnKeyPicks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.PlanDrafted("交通数据授权运营实施方案")
	planner, edit := w.as(town.Planner), "/plans/"+id+"/do/edit"
	before := w.Case(plan.Kind, id).Head().Version
	blank := planner.get(edit).form(edit).set("necessity", "新的理由").set(form.FindName("resources"), "气象")
	found := blank.press(formPick, ui.PickEnter).wants(http.StatusOK)
	if w.Case(plan.Kind, id).Head().Version != before || !strings.Contains(found.text(), "找到") {
		t.Fatalf("%.900s", found.text())
	}
	if saved := found.form(edit).press(formPick, ui.PickEnter).wants(http.StatusOK); saved.at.Path != "/plans/"+id {
		t.Errorf("the second return led to %s: %.600s", saved.at, saved.text())
	}
}

// TestPickingKeepsTheVersion: who picks rests on the plan as he first saw it, so that another's change in between is not written over.
func TestPickingKeepsTheVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.PlanDrafted("交通数据授权运营实施方案")
	edit := "/plans/" + id + "/do/edit"
	mine := w.as(town.Planner).get(edit).form(edit)
	w.as(town.Planner).get(edit).form(edit).set("necessity", "同事的修改").submit().wants(http.StatusOK)
	mine = mine.find("resources", "气象").form(edit).press(formAdd, "conditions").wants(http.StatusOK).form(edit)
	mine.submit().wants(http.StatusPreconditionFailed)
	if got := w.Case(plan.Kind, id).(*plan.Plan).Drafted.Necessity; got != "同事的修改" {
		t.Errorf("a colleague's change became %q", got)
	}
}

// TestPickPlan: an applicant finds the plan on which his application rests among those that take applications, and no other.
func TestPickPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rests := w.parkingPlan()
	id := w.Drafted()
	c, at := w.as(town.Applicant), "/authorizations/"+id+"/apply/basics"
	blank := c.get(at).form(at)
	if slices.Contains(blank.buttons(formPick), form.PickValue(form.Take, "plan", rests)) {
		t.Error("plans are shown unasked beside one that is chosen")
	}
	dropped := blank.set("purpose", "改写中").press(formPick, form.PickValue(form.Drop, "plan", blank.values.Get("plan"))).wants(http.StatusOK)
	open := dropped.form(at)
	if buttons := open.buttons(formPick); open.values.Get("plan") != "" || !slices.Contains(buttons, form.PickValue(form.Take, "plan", rests)) || !slices.Contains(buttons, form.PickValue(form.Take, "plan", town.Plan)) {
		t.Errorf("with none chosen the form offers %q", buttons)
	}
	found := open.find("plan", "停车 数据局")
	if buttons := found.form(at).buttons(formPick); !slices.Contains(buttons, form.PickValue(form.Take, "plan", rests)) || slices.Contains(buttons, form.PickValue(form.Take, "plan", town.Plan)) {
		t.Errorf("looking for parking offers %q", buttons)
	}
	taken := found.form(at).press(formPick, form.PickValue(form.Take, "plan", rests)).wants(http.StatusOK).form(at)
	if taken.values.Get("plan") != rests || taken.values.Get("purpose") != "改写中" {
		t.Errorf("the form has %v", taken.values)
	}
	taken.press("then", "next").wants(http.StatusOK)
	if got := w.application(id).Application; got.Plan != rests || got.Purpose != "改写中" {
		t.Errorf("%+v", got)
	}
	w.Planned(town.Planner, rests, "close-applications", town.Object{"reason": "受理期满"})
	closed := c.get(at).wants(http.StatusOK)
	if !strings.Contains(closed.text(), "未受理申请") || slices.Contains(closed.form(at).find("plan", "停车").form(at).buttons(formPick), form.PickValue(form.Take, "plan", rests)) {
		t.Errorf("a plan that is closed: %.900s", closed.text())
	}
}

// TestPickElsewhere: registrations, demands, answers to them and gradings find resources in the catalogue, too.
func TestPickElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	take := func(control string) string { return form.PickValue(form.Take, control, town.Resource) }
	draft := w.CaseIn(registration.Kind, registration.Draft)
	for _, x := range []struct{ person, at, control string }{
		{town.Registrant, "/registrations/new", "resource"},
		{town.Registrant, "/registrations/" + draft + "/do/edit", "resource"},
		{town.Reader, demandsPath + "/new", "resource"},
		{supplier, "/resources/" + town.Resource + "/grading", "derived_from"},
	} {
		page := w.as(x.person).get(x.at).wants(http.StatusOK)
		blank := page.form(x.at).set(x.control, "")
		found := blank.find(x.control, "气象").form(x.at)
		if !slices.Contains(found.buttons(formPick), take(x.control)) {
			t.Errorf("%s offers %q", x.at, found.buttons(formPick))
			continue
		}
		taken := found.press(formPick, take(x.control)).wants(http.StatusOK).form(x.at)
		if taken.values.Get(x.control) != town.Resource {
			t.Errorf("%s: %v", x.at, taken.values)
		}
		dropped := taken.press(formPick, form.PickValue(form.Drop, x.control, town.Resource)).wants(http.StatusOK).form(x.at)
		if dropped.values.Get(x.control) != "" {
			t.Errorf("%s keeps %v", x.at, dropped.values)
		}
	}
}

// TestOddPicks: whatever is sent in place of a picker's button, nothing is carried out and nothing fails.
func TestOddPicks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.PlanDrafted("交通数据授权运营实施方案")
	planner, edit := w.as(town.Planner), "/plans/"+id+"/do/edit"
	before := w.Case(plan.Kind, id).Head().Version
	for _, value := range []string{"take", "take resources", "drop resources 99", "drop resources -1", "take name x", "find nothing", "x y z", "take resources \x00\xff", "take resources " + strings.Repeat("长", 5000)} {
		blank := planner.get(edit).form(edit).set("necessity", "不应保存")
		blank.values.Set(formPick, value)
		blank.values.Set(form.FindName("resources"), strings.Repeat("词", 500))
		if p := blank.submit().wants(http.StatusOK); p.form(edit).values.Get("necessity") != "不应保存" {
			t.Errorf("%.30q: what was typed is lost", value)
		}
	}
	if now := w.Case(plan.Kind, id).Head().Version; now != before {
		t.Errorf("%d commands were given", now-before)
	}
	w.as(town.Reader).post(edit, url.Values{formPick: {"find resources"}}).wants(http.StatusNotFound)
	other := town.PersonID(town.Agency, identity.BusinessReviewer, 1)
	w.as(other).post("/authorizations/"+w.Drafted()+"/apply/basics", url.Values{formPick: {"find plan"}}).wants(http.StatusForbidden)
	submitted := w.in(authorization.Kind, authorization.Operating)
	w.as(town.Applicant).post("/authorizations/"+submitted+"/apply/basics", url.Values{formPick: {"find plan"}, form.FindName("plan"): {"x"}}).wants(http.StatusOK)
}

// TestPickInTheBrowser: a resource is found and added by keyboard and mouse, with a script in the place where one is and without one on the page anew.
// What was typed elsewhere in the form stays in both.
func TestPickInTheBrowser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	title := "停车泊位 0"
	wanted := w.resources(1)[0]
	for _, scripts := range []bool{true, false} {
		id := w.PlanDrafted("交通数据授权运营实施方案")
		tab := w.open(town.Planner)
		tab.Scripts(scripts)
		tab.Visit(w.at + "/plans/" + id + "/do/edit")
		at := tab.Page()
		tab.Fill("必要性", "还没有写完")
		tab.Fill("在资源目录中查找", title)
		press := func(name, then string) {
			if scripts {
				tab.Click("button", name)
			} else {
				tab.Follow("button", name)
			}
			tab.WaitForText(then)
		}
		press("查找", "找到 1 项")
		if role, name := tab.Focused(); !strings.Contains(name, "找到 1 项") && role != "status" {
			t.Errorf("with scripts %v the focus is on %s %q", scripts, role, name)
		}
		tab.Axe()
		press("选用", "已选 2 项")
		tab.Axe()
		tab.Fits()
		if tab.Value("必要性") != "还没有写完" || (tab.Page() == at) != scripts {
			t.Errorf("with scripts %v what was typed became %q", scripts, tab.Value("必要性"))
		}
		tab.Follow("button", "保存")
		if got := w.Case(plan.Kind, id).(*plan.Plan).Drafted; len(got.Resources) != 2 || got.Resources[1].ID != wanted || got.Necessity != "还没有写完" {
			t.Errorf("with scripts %v the plan has %+v", scripts, got.Resources)
		}
	}
}
