package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/registration"
	"datacharter/internal/town"
)

// onTask opens the task of a registration that waits, claims it and returns its page.
func (w *world) onTask(person, id string) (*page, string) {
	w.t.Helper()
	for _, t := range w.Case(registration.Kind, id).Head().Tasks {
		if !t.Active() {
			continue
		}
		at := "/tasks/" + url.PathEscape(t.ID)
		if t.State == lifecycle.TaskOpen {
			w.as(person).get(at).form(at + "/claim").submit()
		}
		return w.as(person).get(at).wants(http.StatusOK), at
	}
	w.t.Fatalf("no task of %s waits", id)
	return nil, ""
}

// TestRegistrationByPages: a registrant, the registry's people, the public and somebody who objects do all of a registration in the browser, without scripts.
func TestRegistrationByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	registrant := w.as(town.Registrant)
	if home := registrant.get("/"); !strings.Contains(home.text(), "申请登记") {
		t.Error("the first page does not lead to a registration")
	}
	from := "/registrations/new?resource=" + town.Resource
	if !slices.Contains(registrant.get("/resources/"+town.Resource).links(), from) {
		t.Error("the page of a resource does not lead to its registration")
	}
	registrant.get("/registrations/new?resource=none").wants(http.StatusNotFound)
	begun := registrant.get(from).form("/registrations/new").set("registry", town.Registry).submit()
	id := strings.TrimPrefix(begun.wants(http.StatusOK).at.Path, "/registrations/")
	do := func(command string) string { return "/registrations/" + id + "/do/" + command }

	refused := registrant.get(do("submit")).form(do("submit")).submit().wants(http.StatusUnprocessableEntity)
	if text := refused.text(); !strings.Contains(text, "存证摘要：必填") || !strings.Contains(text, "数据合法合规性来源·说明：必填") {
		t.Errorf("an incomplete application is refused with %.600s", text)
	}
	edit := registrant.get(do("edit")).form(do("edit")).set("brief", "全市气象站逐小时观测值").set("reviewed", "业务科室审核通过").
		set("materials.preservation.digest", "sha256:"+strings.Repeat("0a", 32)).set("materials.preservation.keeper", "某市存证平台（虚构）").
		attach("materials.risk.attachments#file", "assessment.txt", "text/plain", []byte("风险可控"))
	for _, group := range []string{"registrant", "source", "resource", "preservation", "product", "scenario", "risk"} {
		edit.set("materials."+group+".text", "说明"+group)
	}
	edit.submit().wants(http.StatusOK)
	registrant.get(do("submit")).form(do("submit")).submit().wants(http.StatusOK)

	returned := w.RegistrationIn(registration.Returned)
	if text := w.as(town.Registrant).get("/registrations/" + returned).text(); !strings.Contains(text, "数据合法合规性来源·说明") {
		t.Errorf("what is missing is not named: %.900s", text)
	}
	task, at := w.onTask(town.Registrar(1), id)
	if text := task.text(); !strings.Contains(text, "3个工作日") || !strings.Contains(text, "说明source") || !strings.Contains(text, "退回补正") {
		t.Errorf("the task of acceptance lacks its rule, the material or the other ways: %.900s", text)
	}
	task.form(at + "/accept").submit().wants(http.StatusOK)
	task, at = w.onTask(town.Registrar(2), id)
	task.form(at+"/pass-review").set("opinion", "形式合规").submit().wants(http.StatusOK)

	list := w.nobody().get("/register/registrations").wants(http.StatusOK)
	if text := list.text(); !strings.Contains(text, "全市气象站逐小时观测值") || !strings.Contains(text, "公示中") || strings.Contains(text, "说明source") {
		t.Errorf("the public notice: %.600s", text)
	}
	notice := "/register/registrations/" + id
	if text := w.nobody().get(notice).text(); !strings.Contains(text, "提出异议") {
		t.Errorf("the notice does not say how to object: %.600s", text)
	}
	objection := "/registrations/" + id + "/outside/object"
	reader := w.as(town.Reader)
	reader.get("/registrations/" + id).wants(http.StatusNotFound)
	form := reader.get(objection).form(objection).set("name", "王某（虚构）").set("statement", "来源与事实不符")
	form.submit().wants(http.StatusUnprocessableEntity)
	told := reader.get(objection).form(objection).set("name", "王某（虚构）").set("statement", "来源与事实不符").attach("evidence#file", "proof.txt", "text/plain", []byte("照片")).submit()
	if told.wants(http.StatusOK).at.Path != notice {
		t.Errorf("after objecting one is at %s", told.at)
	}

	w.Later(30, registration.Kind, id)
	w.nobody().get("/registrations/" + id + "/outside/object")
	reader = w.as(town.Reader)
	reader.get(objection).wants(http.StatusNotFound) // the notice is over
	task, at = w.onTask(town.Registrar(4), id)
	if text := task.text(); !strings.Contains(text, "王某") {
		t.Errorf("the re-check does not show the objection: %.600s", text)
	}
	task.form(at+"/dismiss").set("reasons", "经核验与事实相符").submit().wants(http.StatusOK)
	task, at = w.onTask(town.Registrar(3), id)
	task.form(at+"/record-code").set("code", "虚构查询码").set("confirmation", "虚构确认单").set("on", w.Now().Format(time.DateOnly)).submit().wants(http.StatusOK)

	if text := w.nobody().get("/register/registrations/results").text(); !strings.Contains(text, "虚构查询码") {
		t.Errorf("the results: %.600s", text)
	}
	w.Stands(registration.Kind, id, registration.Registered)
	if text := w.as(town.Registrant).get("/registrations/" + id).text(); !strings.Contains(text, "虚构查询码") || !strings.Contains(text, "有效期") {
		t.Errorf("the registrant sees %.900s", text)
	}
}

// TestRegisteredInTheRegister: the public entry of an authorisation says of each resource whether it is registered or still to be (已登记 / 拟登记, 26号 Art. 9(1)).
func TestRegisteredInTheRegister(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	of := w.AuthorizationIn(authorization.Operating)
	if text := w.nobody().get("/register/" + of).text(); !strings.Contains(text, "拟登记") || strings.Contains(text, "已登记") {
		t.Errorf("before: %.900s", text)
	}
	content := w.RegistrationContent("授权范围内的气象观测数据")
	content["authorization"], content["supplied"] = of, w.Now().Format(time.DateOnly)
	id := w.Do(town.Registrant, registration.Kind, "", "draft", content).Case
	w.Registration(town.Registrant, id, "submit", town.Object{})
	w.OnRegistration(town.Registrar(1), id, "accept", town.Object{})
	w.OnRegistration(town.Registrar(2), id, "pass-review", town.Object{})
	w.Later(30, registration.Kind, id)
	w.OnRegistration(town.Registrar(3), id, "record-code", town.Object{"code": "虚构查询码", "confirmation": "虚构确认单", "on": w.Now().Format(time.DateOnly)})
	entry := w.nobody().get("/register/" + of)
	if text := entry.text(); !strings.Contains(text, "已登记") || strings.Contains(text, "拟登记") {
		t.Errorf("after: %.900s", text)
	}
	if !slices.Contains(entry.links(), "/register/registrations/"+id) {
		t.Errorf("the entry does not lead to the registration: %v", entry.links())
	}
	if d := w.Case(authorization.Kind, of).Head().Deadline("register-resources"); d == nil || d.Open() {
		t.Errorf("the limit of registration: %+v", d)
	}
}

// TestAgentByPages: an agent drafts for a registrant in the browser and finds the case waiting at home; the registrant sees how far the mandate goes, and
// withdraws it.
func TestAgentByPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clerk := town.PersonID(town.Operator, identity.Registrant, 1)
	agent := w.as(clerk)
	begun := agent.get("/registrations/new").form("/registrations/new").set("object", "resource").set("name", "代办的数据").set("registry", town.Registry).set("for", town.Agency).
		set("agent.organization", town.Operator).set("agent.powers", "application").attach("agent.mandate#file", "mandate.txt", "text/plain", []byte("委托书")).submit().wants(http.StatusOK)
	at := begun.at.Path
	if !slices.Contains(begun.links(), at+"/do/edit") || slices.Contains(begun.links(), at+"/do/withdraw-mandate") {
		t.Errorf("the agent may do: %q", begun.links())
	}
	if home := agent.get("/"); !slices.Contains(home.links(), at) {
		t.Errorf("at home nothing waits for the agent: %q", home.links())
	}
	for language, says := range map[string][]string{"zh": {"在系统中办理的代理人", "起草、提交和补正申请"}, "en": {"Agent who acts in the system", "draft, hand in and complete applications"}} {
		text := w.as(town.Registrant).speaking(language).get(at + "?tab=registration").wants(http.StatusOK).text()
		for _, words := range says {
			if !strings.Contains(text, words) {
				t.Errorf("the page does not say %q: %s", words, text)
			}
		}
	}
	w.as(town.Registrant).get(at + "/do/withdraw-mandate").form(at + "/do/withdraw-mandate").submit().wants(http.StatusOK)
	agent.get(at).wants(http.StatusNotFound)
}
