package town

import (
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/registration"
)

// Registrar is the nth person of the registry: each acts in one step of a case.
func Registrar(n int) string { return PersonID(Registry, identity.Registrar, n) }

// RegistrationContent is a complete application of the agency for the town's resource.
func (w *Town) RegistrationContent(name string) Object {
	w.t.Helper()
	said := func(text string) Object { return Object{"text": text} }
	risk := said("风险可控")
	risk["attachments"] = []string{w.Evidence(Registrant, "assessment of "+name)}
	return Object{
		"object": "resource", "name": name, "brief": "全市气象站逐小时观测值", "registry": Registry, "resource": Resource, "reviewed": "业务科室审核通过", "agent": Object{},
		"materials": Object{
			"registrant": said("某市数据局"), "source": said("依职责采集"), "resource": said("结构化数据，逐小时更新"), "product": said("尚无"), "scenario": said("出行服务"), "risk": risk,
			"preservation": Object{
				"text": "已在存证平台留存", "keeper": "某市存证平台（虚构）", "digest": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
			},
		},
	}
}

// Registration gives a person's command on a registration.
func (w *Town) Registration(person, id, command string, input Object) {
	w.t.Helper()
	w.Do(person, registration.Kind, id, command, input)
}

// RegistrationIn makes a registration in the state and returns its ID.
func (w *Town) RegistrationIn(state lifecycle.State) string {
	w.t.Helper()
	id := w.Do(Registrant, registration.Kind, "", "draft", w.RegistrationContent("气象观测数据")).Case
	if state == registration.Draft {
		return id
	}
	if state == registration.Deleted {
		w.Registration(Registrant, id, "delete-draft", Object{})
		return w.Stands(registration.Kind, id, state)
	}
	w.Registration(Registrant, id, "submit", Object{})
	for _, turn := range w.registrationBranches() {
		if turn.state == state {
			w.registrationTo(id, turn.after)
			turn.take(id)
			return w.Stands(registration.Kind, id, state)
		}
	}
	w.registrationTo(id, state)
	return w.Stands(registration.Kind, id, state)
}

// registrationTo brings a registration that was submitted along the way to a state.
func (w *Town) registrationTo(id string, state lifecycle.State) {
	w.t.Helper()
	for _, s := range []step{
		{registration.Submitted, func(string) {}},
		{registration.Reviewing, func(id string) { w.OnRegistration(Registrar(1), id, "accept", Object{}) }},
		{registration.Noticed, func(id string) {
			w.OnRegistration(Registrar(2), id, "pass-review", Object{"opinion": "材料齐全、形式合规"})
		}},
		{registration.Coding, func(id string) { w.Later(30, registration.Kind, id) }},
		{registration.Registered, func(id string) {
			w.OnRegistration(Registrar(3), id, "record-code", Object{
				"code": "虚构查询码" + id[len(id)-4:], "confirmation": "虚构确认单", "on": calendar.DateOf(w.Now()).String(),
			})
		}},
	} {
		s.take(id)
		if s.state == state {
			return
		}
	}
	w.t.Fatalf("no way leads to %s", state)
}

// turn leads off the way.
type turn struct {
	state, after lifecycle.State
	take         func(id string)
}

func (w *Town) registrationBranches() []turn {
	object := func(id string) {
		w.Registration(Reader, id, "object", Object{"name": "王某（虚构）", "statement": "来源与事实不符", "evidence": []string{w.Evidence(Reader, "against "+id)}})
	}
	reason := Object{"reason": "材料不属实"}
	end := func(id string) {
		w.Registration(Registrar(1), id, "open-deregistration", Object{"ground": "registrant-ended", "statement": "机构撤并", "attachments": []string{w.Evidence(Registrar(1), "end of "+id)}})
	}
	return []turn{
		{registration.Returned, registration.Submitted, func(id string) {
			w.OnRegistration(Registrar(1), id, "return", Object{"missing": []Object{{"path": "materials.source.text", "text": "请补充采集依据"}}})
		}},
		{registration.Withdrew, registration.Submitted, func(id string) { w.Registration(Registrant, id, "withdraw", reason) }},
		{registration.Refused, registration.Submitted, func(id string) { w.OnRegistration(Registrar(1), id, "refuse", reason) }},
		{registration.Rechecking, registration.Noticed, func(id string) { object(id); w.Later(30, registration.Kind, id) }},
		{registration.Terminated, registration.Noticed, func(id string) {
			object(id)
			w.OnRegistration(Registrar(4), id, "uphold", Object{"reasons": "经核验属实"})
		}},
		{registration.Deregistering, registration.Registered, end},
		{registration.Deregistered, registration.Registered, func(id string) { end(id); w.OnRegistration(Registrar(4), id, "deregister", Object{}) }},
		{registration.Revoked, registration.Registered, func(id string) {
			w.Registration(Registrar(1), id, "report-misconduct", Object{"ground": "false-material", "facts": "材料系伪造", "evidence": []string{w.Evidence(Registrar(1), "facts of "+id)}})
			w.Registration(Registrar(5), id, "revoke", Object{"finding": 1, "reasons": "经核实"})
		}},
	}
}

// OnRegistration claims the task that waits and gives a command on it.
func (w *Town) OnRegistration(person, id, command string, input Object) {
	w.t.Helper()
	c := w.Case(registration.Kind, id)
	tasks := c.Head().Tasks
	i := slices.IndexFunc(tasks, func(t lifecycle.Task) bool { return t.Active() })
	if i < 0 {
		w.t.Fatalf("%s has no task for %s", id, command)
	}
	if tasks[i].State == lifecycle.TaskOpen {
		w.onTask(person, c, registration.Kind, tasks[i].ID, "claim", Object{})
	}
	w.onTask(person, c, registration.Kind, tasks[i].ID, command, input)
}
