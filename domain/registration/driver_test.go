package registration_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
	"datacharter/policies"
)

const (
	agency   = "agency"
	operator = "operator"
	registry = "registry"
	charter  = "aut-1"
	theCase  = "reg-1"
	digest   = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var nationalDays = must(policies.NationalCalendar())

var people = map[string]identity.Actor{
	"registrant": holder("registrant", agency, identity.Agency, identity.Registrant),
	"operator":   holder("operator", operator, identity.Operator, identity.Registrant),
	"registrar":  holder("registrar", registry, identity.Registry, identity.Registrar),
	"reviewer":   holder("reviewer", registry, identity.Registry, identity.Registrar),
	"rechecker":  holder("rechecker", registry, identity.Registry, identity.Registrar),
	"coder":      holder("coder", registry, identity.Registry, identity.Registrar),
	"ender":      holder("ender", registry, identity.Registry, identity.Registrar),
	"elsewhere":  holder("elsewhere", "registry-2", identity.Registry, identity.Registrar),
	"citizen":    holder("citizen", "public", identity.Public, identity.Reader),
	"officer":    holder("officer", agency, identity.Agency, identity.CaseOfficer),
	"admin":      holder("admin", agency, identity.Agency, identity.Administrator),
	"supervisor": holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"agent":      holder("agent", "agent-co", identity.Operator, identity.Registrant),
	"partner":    holder("partner", "partner-co", identity.DataSupplier, identity.Registrant),
	"nobody":     {Person: "nobody"},
	"system":     identity.System(),
}

// run is one registration being driven.
type run struct {
	r       *registration.Registration
	env     lifecycle.Env
	effects []lifecycle.Effect
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func at(day string) time.Time {
	return must(calendar.ParseDate(day)).Start().Add(9 * time.Hour)
}

func newRun(day string) *run {
	file := func(name, organization string) lifecycle.Attachment {
		return lifecycle.Attachment{Digest: name, Organization: organization}
	}
	org := func(id string, kind identity.Kind) lifecycle.Organization {
		return lifecycle.Organization{ID: id, Kind: kind}
	}
	r := &registration.Registration{}
	r.ID, r.Kind = theCase, registration.Kind
	return &run{r: r, env: lifecycle.Env{
		Now: at(day), Policy: policies.National(), Calendar: nationalDays,
		Facts: lifecycle.Facts{
			Organizations: map[string]lifecycle.Organization{
				agency: org(agency, identity.Agency), operator: org(operator, identity.Operator), registry: org(registry, identity.Registry),
				"agent-co": org("agent-co", identity.Operator), "partner-co": org("partner-co", identity.DataSupplier),
			},
			Resources: map[string]lifecycle.Resource{"res-1": {ID: "res-1"}, "res-9": {ID: "res-9"}},
			Attachments: map[string]lifecycle.Attachment{
				"file-a": file("file-a", agency), "file-o": file("file-o", operator), "file-r": file("file-r", registry),
				"file-c": file("file-c", "public"), "file-s": file("file-s", "watch"), "file-elsewhere": file("file-elsewhere", "registry-2"),
				"file-agent": file("file-agent", "agent-co"), "file-partner": file("file-partner", "partner-co"),
				"file-operator": file("file-operator", operator), "file-officer": file("file-officer", agency), "file-admin": file("file-admin", agency),
			},
			Cases: map[string]lifecycle.Case{charter: granted("2026-01-01", "2027-12-31")},
		},
	}}
}

// granted is an authorisation whose agreement is filed.
func granted(from, to string) *authorization.Authorization {
	a := &authorization.Authorization{}
	a.ID, a.Kind, a.State, a.Applicant, a.Agency = charter, authorization.Kind, authorization.Operating, operator, agency
	a.Submissions = []authorization.Submission{{}}
	a.Versions = []authorization.Version{{Content: agreement.Agreement{
		Resources: []string{"res-1"}, Products: []agreement.Product{{Name: "客流接口"}},
		Term: agreement.Term{From: must(calendar.ParseDate(from)), To: must(calendar.ParseDate(to))},
	}}}
	a.Filing = &authorization.Filing{}
	return a
}

// resource is a complete application for a resource, product one for a product.
func resource() registration.Application {
	m := registration.Material{Text: "说明", Attachments: []string{"file-a"}}
	return registration.Application{
		Object: registration.Resource, Name: "公交到站数据", Brief: "全市公交到站时刻", Registry: registry, Resource: "res-1", Authorization: charter, Reviewed: "业务科审核通过",
		Materials: registration.Materials{
			Registrant: m, Source: m, Resource: m, Product: m, Scenario: m, Risk: m,
			Preservation: registration.Preservation{Material: m, Digest: digest, Keeper: "存证平台"},
		},
	}
}

func product() registration.Application {
	a := resource()
	a.Object, a.Resource, a.Product, a.Name = registration.Product, "", "客流接口", "客流接口服务"
	m := registration.Material{Text: "说明", Attachments: []string{"file-o"}}
	a.Materials = registration.Materials{
		Registrant: m, Source: m, Resource: m, Product: m, Scenario: m, Risk: m,
		Preservation: registration.Preservation{Material: m, Digest: digest, Keeper: "存证平台"},
	}
	return a
}

// entrusted is an application that an agent may lead as far as its powers go, shared one of two registrants.
func entrusted(powers ...registration.Power) registration.Application {
	a := resource()
	a.Agent = registration.Agent{Name: "代理公司（虚构）", Mandate: []string{"file-agent"}, Organization: "agent-co", Powers: powers}
	return a
}

func shared() registration.Application {
	a := resource()
	a.Joint = []string{"partner-co"}
	return a
}

func command(who, name string, input any) lifecycle.Command {
	raw := must(json.Marshal(input))
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: raw}
}

// try gives a command; when it is not refused it is folded, and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from := string(must(json.Marshal(r.r))), r.r.State
	events, refused := registration.Machine.Decide(r.r, cmd, r.env)
	if after := string(must(json.Marshal(r.r))); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		return refused
	}
	effects, err := registration.Machine.Apply(r.r, events)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Name, err)
	}
	r.effects = append(r.effects, slices.Concat(effects...)...)
	row, _ := registration.Machine.Row(cmd.Name)
	if from != "" && !slices.Contains(row.From, from) || cmd.Name != lifecycle.Tick && !slices.Contains(row.To, r.r.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", cmd.Name, from, r.r.State)
	}
	for _, e := range events {
		if shared := len(e.Type) > 5 && (e.Type[:5] == "task-" || len(e.Type) > 9 && e.Type[:9] == "deadline-"); !shared && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", cmd.Name, e.Type)
		}
	}
	again, err := registration.Machine.Decode(must(json.Marshal(r.r)))
	if err != nil {
		t.Fatalf("%v", err)
	}
	if diff := cmp.Diff(string(must(json.Marshal(r.r))), string(must(json.Marshal(again)))); diff != "" {
		t.Fatalf("%s: the case does not survive JSON: %s", cmd.Name, diff)
	}
	return nil
}

func (r *run) do(t fataler, who, name string, input any) {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.r.State, refused.Code, refused.Fields)
	}
}

func (r *run) refuse(t fataler, who, name string, input any, code refusal.Code) *refusal.Refusal {
	t.Helper()
	refused := r.try(t, command(who, name, input))
	if refused == nil || refused.Code != code.Name {
		t.Fatalf("%s by %s in %q: want %q, got %v", name, who, r.r.State, code.Name, refused)
	}
	return refused
}

// on claims the one open task and gives a command on it.
func (r *run) on(t fataler, who, name string, input func(task lifecycle.TaskInput) any) {
	t.Helper()
	task := lifecycle.TaskInput{Task: r.task(t)}
	if r.r.Task(task.Task).State == lifecycle.TaskOpen {
		r.do(t, who, "claim", task)
	}
	r.do(t, who, name, input(task))
}

func (r *run) task(t fataler) string {
	t.Helper()
	i := slices.IndexFunc(r.r.Tasks, lifecycle.Task.Active)
	if i < 0 {
		t.Fatalf("no task is open in %q", r.r.State)
	}
	return r.r.Tasks[i].ID
}

func bare(task lifecycle.TaskInput) any { return task }

func opinion(task lifecycle.TaskInput) any {
	return registration.OpinionInput{TaskInput: task, Opinion: "无误"}
}

func reasoned(task lifecycle.TaskInput) any {
	return registration.TaskReasonInput{TaskInput: task, Reason: "理由"}
}

func answer(task lifecycle.TaskInput) any {
	return registration.AnswerInput{TaskInput: task, Reasons: "经核验"}
}

func (r *run) code(task lifecycle.TaskInput) any {
	return registration.CodeInput{TaskInput: task, Code: "opaque-1", Confirmation: "confirmed-1", On: calendar.DateOf(r.env.Now).String()}
}

func objection(file string) registration.ObjectionInput {
	return registration.ObjectionInput{Name: "张三（虚构）", Statement: "来源有误", Evidence: []string{file}}
}

// tick lets the earliest due time of the case come.
func (r *run) tick(t fataler) {
	t.Helper()
	when, ok := r.r.WakeAt()
	if !ok {
		t.Fatalf("nothing is due in %q", r.r.State)
	}
	if when.After(r.env.Now) {
		r.env.Now = when
	}
	r.do(t, "system", lifecycle.Tick, nil)
}

// pass lets time go by to the morning of a day, ticking on the way.
func (r *run) pass(t fataler, day string) {
	t.Helper()
	for {
		when, ok := r.r.WakeAt()
		if !ok || when.After(at(day)) {
			break
		}
		r.tick(t)
	}
	r.env.Now = at(day)
}

// noticeOver lets the notice end, reminders on the way.
func (r *run) noticeOver(t fataler) {
	t.Helper()
	for r.r.State == registration.Noticed {
		r.tick(t)
	}
}

func (r *run) submitted(t fataler, who string, a registration.Application) {
	t.Helper()
	r.do(t, who, "draft", registration.DraftInput{Application: a})
	r.do(t, who, "submit", registration.Nothing{})
}

func (r *run) accepted(t fataler)     { t.Helper(); r.on(t, "registrar", "accept", bare) }
func (r *run) reviewed(t fataler)     { t.Helper(); r.on(t, "reviewer", "pass-review", opinion) }
func (r *run) coded(t fataler)        { t.Helper(); r.on(t, "coder", "record-code", r.code) }
func (r *run) state() lifecycle.State { return r.r.State }

// registered is a registration in force since a day.
func registered(t testing.TB, day, who string, a registration.Application) *run {
	t.Helper()
	r := newRun(day)
	r.submitted(t, who, a)
	r.accepted(t)
	r.reviewed(t)
	r.noticeOver(t)
	r.coded(t)
	if r.state() != registration.Registered {
		t.Fatalf("in %q", r.state())
	}
	return r
}

func (r *run) limit(name string) string { return r.r.Deadline(name).Due.On.String() }

// told lists the notices, commands and publications that went out, in order.
func (r *run) told() []string {
	var out []string
	for _, e := range r.effects {
		switch {
		case e.Notice != nil:
			out = append(out, e.Notice.Subject)
		case e.Send != nil:
			out = append(out, "send "+e.Send.Command)
		case e.Publication != nil:
			out = append(out, "publish "+e.Publication.Subject)
		}
	}
	return out
}
