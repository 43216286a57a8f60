package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
	"datacharter/internal/town"
	"datacharter/web/form"
)

// reviewed does every open review of the stage of a plan in the browser, each reviewer in another language by turns.
func (w *world) reviewed(id string) {
	w.t.Helper()
	for i, t := range w.Case(plan.Kind, id).Head().Tasks {
		if !t.Active() {
			continue
		}
		at := "/tasks/" + url.PathEscape(t.ID)
		reviewer := w.as(w.Reviewer(t)).speaking([]string{"zh", "en"}[i%2])
		reviewer.get(at).wants(http.StatusOK).form(at + "/claim").submit()
		task := reviewer.get(at).wants(http.StatusOK)
		if text := task.text(); !strings.Contains(text, "气象数据授权运营实施方案") || !strings.Contains(text, t.Title.ZH) && !strings.Contains(text, t.Title.EN) {
			w.t.Errorf("%s does not show what else rests on the resources: %.900s", t.Name, text)
		}
		decide := task.form(at+"/decide").set("outcome", "approve").set("opinion", "同意")
		wants := map[string]string{"risk": "risk", "participation": "answers[0].text", "fair-competition": "conclusion"}
		for name, control := range wants {
			if has := slices.Contains(decide.controls(), control); has != (name == t.Name) {
				w.t.Errorf("%s asks for %s: %v", t.Name, control, has)
			}
		}
		if control := wants[t.Name]; control != "" {
			p := decide.submit()
			if p.status != http.StatusUnprocessableEntity {
				w.t.Errorf("%s passes without what it must find: %d", t.Name, p.status)
			}
			decide = p.form(at + "/decide")
		}
		switch t.Name {
		case "risk":
			decide.set("risk", plan.Controllable)
		case "participation":
			if text := task.text(); strings.Contains(text, "意见归纳（选填）") || strings.Contains(text, "summary of the opinion (optional)") {
				w.t.Errorf("the summary looks optional: %.900s", text)
			}
			if !strings.Contains(task.text(), "请缩短期限") {
				w.t.Errorf("the opinion is not there: %.900s", task.text())
			}
			decide.set("answers[0].summary", "建议缩短运营期限").set("answers[0].text", "期限已缩短").set("answers[0].adopted", "true")
		case "fair-competition":
			decide.set("conclusion", plan.Compliant)
		}
		decide.submit().wants(http.StatusOK)
	}
}

// TestPlanByPages: a planner, reviewers, the public and the government's secretary lead a plan from its first word to applications, in the browser
// and without scripts; then an applicant chooses it.
func TestPlanByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.InForce()
	planner := w.as(town.Planner)
	if home := planner.get("/"); !strings.Contains(home.text(), "起草实施方案") {
		t.Error("the first page does not lead to a plan")
	}
	from := "/plans/new?resource=" + town.Resource
	if !slices.Contains(planner.get("/resources/"+town.Resource).links(), from) {
		t.Error("the page of a resource does not lead to a plan")
	}
	begun := planner.get(from).form("/plans/new").set("name", "交通数据授权运营实施方案").submit().wants(http.StatusOK)
	id := strings.TrimSuffix(strings.TrimPrefix(begun.at.Path, "/plans/"), "/do/edit")
	do := func(command string) string { return "/plans/" + id + "/do/" + command }

	refused := planner.get(do("submit")).form(do("submit")).submit().wants(http.StatusUnprocessableEntity)
	if text := refused.text(); !strings.Contains(text, "必要性：必填") || !strings.Contains(text, "须涵盖资金、管理、技术、服务和安全能力") || !strings.Contains(text, "capital >= 1000") {
		t.Errorf("an incomplete plan is refused with %.900s", text)
	}
	content := w.PlanContent("交通数据授权运营实施方案")
	content.Conditions[0].Expression = "capital >="
	filled := planner.get(do("edit")).form(do("edit"))
	for i, c := range content.Conditions {
		at := refusal.In("conditions", i)
		filled.set(at+".capability", c.Capability).set(at+".title", c.Title)
		filled = filled.press("add", "conditions").wants(http.StatusOK).form(do("edit"))
	}
	for name, values := range form.Values(content) {
		filled.set(name, values...)
	}
	wrong := filled.submit().wants(http.StatusUnprocessableEntity)
	if !strings.Contains(wrong.text(), "表达式无法使用") {
		t.Errorf("a wrong expression: %.600s", wrong.text())
	}
	wrong.form(do("edit")).set("conditions[0].expression", "capital >= 1000 && !discredited").submit().wants(http.StatusOK)
	for language, words := range map[string]string{"zh": "必要性和可行性论证", "en": "argument of necessity and feasibility"} {
		if text := w.as(town.Planner).speaking(language).get("/plans/" + id).wants(http.StatusOK).text(); !strings.Contains(text, words) {
			t.Errorf("the items in %s: %.900s", language, text)
		}
	}
	planner.get(do("submit")).form(do("submit")).submit().wants(http.StatusOK)
	w.Stands(plan.Kind, id, plan.Reviewing)

	told := "/register/plans/" + id
	if list := w.nobody().get("/register/plans/heard").wants(http.StatusOK); !slices.Contains(list.links(), told) || !strings.Contains(list.text(), "征求意见中") {
		t.Errorf("the public is not told: %.600s", list.text())
	}
	comment := "/plans/" + id + "/outside/comment"
	if page := w.nobody().get(told).wants(http.StatusOK); !slices.Contains(page.links(), comment) || strings.Contains(page.text(), content.PreReview) {
		t.Errorf("the public page: %.900s", page.text())
	}
	reader := w.as(town.Reader)
	reader.get("/plans/" + id).wants(http.StatusNotFound)
	reader.get(comment).form(comment).submit().wants(http.StatusUnprocessableEntity)
	for language, words := range map[string]string{"zh": "不公开您的姓名，也不公开您的原文", "en": "neither your name nor your own words"} {
		if text := w.as(town.Reader).speaking(language).get(comment).text(); !strings.Contains(text, words) {
			t.Errorf("who comments is not told what is published: %.900s", text)
		}
	}
	reader = w.as(town.Reader)
	if after := reader.get(comment).form(comment).set("text", "请缩短期限").submit().wants(http.StatusOK); after.at.Path != told {
		t.Errorf("after commenting one is at %s", after.at)
	}
	if text := planner.get("/plans/" + id + "?tab=comment").text(); !strings.Contains(text, "请缩短期限") {
		t.Errorf("the planner sees %.600s", text)
	}
	for !w.Case(plan.Kind, id).(*plan.Plan).Comment.Over {
		w.Later(5, plan.Kind, id)
	}
	w.as(town.Reader).get(comment).wants(http.StatusNotFound)
	w.reviewed(id) // stage 1
	w.reviewed(id) // stage 2
	w.Stands(plan.Kind, id, plan.AwaitingDecision)
	if text := w.as(town.Planner).get("/plans/" + id).text(); !strings.Contains(text, "风险可控") || !strings.Contains(text, "符合公平竞争审查标准") {
		t.Errorf("the findings are not there: %.1200s", text)
	}
	if text := w.as(town.Reader).get("/notices").text(); !strings.Contains(text, "已有答复") {
		t.Errorf("who commented is not told: %.600s", text)
	}

	secretary := w.as(town.Secretary)
	call := secretary.get("/meetings/new").wants(http.StatusOK).form("/meetings/new")
	if call.values.Get("decision") != "plan" || len(call.control("items")) != 1 {
		t.Errorf("the secretary is offered %v", call.values)
	}
	meeting := w.Decided(town.Government, "plan", id, "agree")
	w.Minuted(meeting, town.Government)
	if text := w.as(town.Secretary).get("/meetings/" + meeting).text(); !strings.Contains(text, "打开会议材料") {
		t.Errorf("the material of the item: %.900s", text)
	}
	if page := w.as(town.Planner).get("/resolutions/" + meeting + "/1").wants(http.StatusOK); !slices.Contains(page.links(), "/plans/"+id) {
		t.Errorf("the resolution leads to %v", page.links())
	}

	planner = w.as(town.Planner)
	planner.get(do("file")).form(do("file")).set("on", w.Now().Format(time.DateOnly)).set("with", "省数据局").set("receipt", "示例1号").submit().wants(http.StatusOK)
	planner.get(do("publish")).form(do("publish")).submit().wants(http.StatusOK)
	planner.get(do("open-applications")).form(do("open-applications")).set("notice", "请通过本系统提交申请").submit().wants(http.StatusOK)
	if text := planner.get("/plans/" + id).text(); !strings.Contains(text, "现行版本") || !strings.Contains(text, "正在受理") || !strings.Contains(text, "示例1号") {
		t.Errorf("the plan in force: %.900s", text)
	}
	if text := w.nobody().get(told).wants(http.StatusOK).text(); !strings.Contains(text, "请通过本系统提交申请") || !strings.Contains(text, "第1版") {
		t.Errorf("the public page: %.900s", text)
	}
	for language, words := range map[string][]string{"zh": {"共收到意见1条", "建议缩短运营期限", "期限已缩短", "采纳"}, "en": {"1 opinion came in", "taken up"}} {
		text := w.nobody().speaking(language).get(told).wants(http.StatusOK).text()
		for _, word := range words {
			if !strings.Contains(text, word) {
				t.Errorf("the public page lacks %s: %.1200s", word, text)
			}
		}
		if strings.Contains(text, "请缩短期限") {
			t.Error("somebody's own words are published")
		}
	}
	w.as(town.Planner).speaking("en").get(do("amend")).wants(http.StatusOK).form(do("amend")).set("rights.others", "数据使用者依约使用").set("reason", "补充义务").submit().wants(http.StatusOK)
	if text := w.as(town.Planner).get("/plans/" + id + "?tab=changes").text(); !strings.Contains(text, "其他参与方的权利义务") || !strings.Contains(text, "非重大变更") {
		t.Errorf("what changed: %.900s", text)
	}
	major := w.as(town.Planner).get(do("amend")).form(do("amend")).set("term_months", "12").set("reason", "缩短").submit()
	if !strings.Contains(major.text(), "按原程序重新决策") {
		t.Errorf("a major change passes: %.600s", major.text())
	}

	applicant := w.as(town.Applicant)
	draft := w.in(authorization.Kind, authorization.Draft)
	basics := applicant.get("/authorizations/" + draft + "/apply/basics").wants(http.StatusOK)
	if text := basics.form("/authorizations/"+draft+"/apply/basics").find("plan", "").text(); !strings.Contains(text, "交通数据授权运营实施方案") || !strings.Contains(text, "气象数据授权运营实施方案") {
		t.Errorf("an applicant can choose from %s", text)
	}
	standing := applicant.get("/authorizations/" + draft + "/apply/capabilities").wants(http.StatusOK)
	if text := standing.text(); !strings.Contains(text, "具备相应的资金能力(虚构)") || !strings.Contains(text, "未列入失信名单") || !strings.Contains(text, "实缴注册资本") {
		t.Errorf("the conditions are not beside the statements: %.900s", text)
	}
}

// TestRegisterLeadsToPlan: the public entry of an authorisation names its plan and leads there.
func TestRegisterLeadsToPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	entry := w.nobody().get("/register/" + w.AuthorizationIn(authorization.Operating)).wants(http.StatusOK)
	to := "/register/plans/" + town.Plan
	if !slices.Contains(entry.links(), to) || !strings.Contains(entry.text(), "气象数据授权运营实施方案") {
		t.Errorf("the entry leads to %v", entry.links())
	}
	w.nobody().get(to).wants(http.StatusOK)
	w.nobody().get("/register/plans/none").wants(http.StatusNotFound)
}

// TestRegradedIsShown: who sees a case whose resource was graded anew learns what it lacks, what stops and by which rule.
func TestRegradedIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	note := regrading.Input{Resource: town.Resource, Number: 9, Grade: grading.Core, Lacks: []string{grading.NotCore.Code}}
	for kind, of := range map[lifecycle.Kind]struct {
		id, person string
	}{
		authorization.Kind: {w.AuthorizationIn(authorization.Operating), town.Officer}, plan.Kind: {w.PlanIn(plan.Published), town.Planner},
	} {
		at := w.server.placeOf(kind).href(of.id)
		if strings.Contains(w.as(of.person).get(at).text(), "资源重新定级") {
			t.Errorf("%s is flagged before", kind)
		}
		w.System(kind, of.id, regrading.Command, note)
		for language, words := range map[string][]string{"zh": {"资源重新定级", "核心数据", "停止受理申请", "暂停数据访问"}, "en": {"Resources graded anew", "access is suspended"}} {
			text := w.as(of.person).speaking(language).get(at).text()
			for _, word := range words {
				if !strings.Contains(text, word) {
					t.Errorf("%s lacks %s: %.900s", kind, word, text)
				}
			}
		}
	}
}

// TestOverlapKeepsSecrets: who may not see a case that names the same resource learns that there is one, and nothing else of it.
func TestOverlapKeepsSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.AuthorizationIn(authorization.Submitted)
	id := w.PlanIn(plan.AwaitingDecision)
	for person, sees := range map[string]bool{town.Planner: true, town.Secretary: false} {
		page := w.as(person).get("/plans/" + id).wants(http.StatusOK)
		shown, hidden := slices.Contains(page.links(), "/authorizations/"+other), strings.Contains(page.text(), "您无权查看")
		if shown != sees || hidden == sees {
			t.Errorf("%s sees it: %v, is told that there is more: %v", person, shown, hidden)
		}
	}
	if !strings.Contains(w.as(town.Planner).get("/plans/"+id).text(), "公平竞争审查条例") {
		t.Error("the rule of fair competition is not beside it")
	}
}

// TestFactsOfConditions: the form names every fact that a condition may speak of, and no other.
func TestFactsOfConditions(t *testing.T) {
	t.Parallel()
	var named []string
	for _, f := range applicantFacts {
		named = append(named, f.name)
		if !f.words.Complete() || !f.of.Complete() {
			t.Errorf("%s has no words", f.name)
		}
	}
	facts := policy.ApplicantFacts{}.Map()
	for name := range facts {
		if !slices.Contains(named, name) {
			t.Errorf("%s is not named", name)
		}
	}
	if len(named) != len(facts) {
		t.Errorf("%d facts are named, there are %d", len(named), len(facts))
	}
}

// TestPlanGroups: every field of a plan stands in one group of its form and its page, and the groups are the items of the rules.
func TestPlanGroups(t *testing.T) {
	t.Parallel()
	in := map[string]int{"reason": 1} // of a change alone
	for _, g := range planGroups {
		for _, f := range g.fields {
			in[f]++
		}
	}
	for _, f := range form.Build(planType, url.Values{}, nil).Fields {
		if in[f.Name] != 1 {
			t.Errorf("%s stands in %d groups", f.Name, in[f.Name])
		}
	}
	for i, key := range policy.PlanItems {
		if planGroups[i].key != key {
			t.Errorf("group %d is %s, item %s", i, planGroups[i].key, key)
		}
	}
}
