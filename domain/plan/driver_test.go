package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/policies"
)

const (
	agency     = "agency"
	government = "government"
	supplier   = "supplier"
	theCase    = "pln-1"
)

func holder(person, organization string, kind identity.Kind, role identity.Role) identity.Actor {
	return identity.Actor{Person: person, Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}}}
}

var people = map[string]identity.Actor{
	"planner":     holder("planner", agency, identity.Agency, identity.Planner),
	"business":    holder("business", agency, identity.Agency, identity.BusinessReviewer),
	"expert":      holder("expert", agency, identity.Agency, identity.Expert),
	"security":    holder("security", agency, identity.Agency, identity.SecurityReviewer),
	"officer":     holder("officer", agency, identity.Agency, identity.CaseOfficer),
	"admin":       holder("admin", agency, identity.Agency, identity.Administrator),
	"supply":      holder("supply", supplier, identity.DataSupplier, identity.SupplyReviewer),
	"competition": holder("competition", government, identity.Government, identity.FairCompetition),
	"legal":       holder("legal", government, identity.Government, identity.LegalReviewer),
	"secretary":   holder("secretary", government, identity.Government, identity.Secretary),
	"elsewhere":   holder("elsewhere", "agency-2", identity.Agency, identity.Planner),
	"operator":    holder("operator", "operator", identity.Operator, identity.Applicant),
	"citizen":     holder("citizen", "public", identity.Public, identity.Reader),
	"supervisor":  holder("supervisor", "watch", identity.Supervisor, identity.Auditor),
	"nobody":      {Person: "nobody"},
	"system":      identity.System(),
}

// reviewers are who does each review.
var reviewers = map[string]string{
	"feasibility": "business", "supplier": "supply", "experts": "expert", "risk": "security", "participation": "officer", "fair-competition": "competition", "legality": "legal",
}

var nationalDays = must(policies.NationalCalendar())

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

// run is one plan being driven.
type run struct {
	p        *plan.Plan
	env      lifecycle.Env
	effects  []lifecycle.Effect
	meetings int
}

func at(day string) time.Time {
	return must(calendar.ParseDate(day)).Start().Add(9 * time.Hour)
}

func graded(id string, g grading.Grade, change ...func(*grading.Input)) grading.Grading {
	in := grading.Input{}
	for _, c := range change {
		c(&in)
	}
	return grading.Grading{Resource: id, Number: 1, Grade: g, Input: in}
}

func newRun(day string) *run {
	p := &plan.Plan{}
	p.ID, p.Kind = theCase, plan.Kind
	return &run{p: p, env: lifecycle.Env{
		Now: at(day), Policy: policies.National(), Calendar: nationalDays, Compile: policies.ApplicantCondition,
		Facts: lifecycle.Facts{
			Resources: map[string]lifecycle.Resource{"res-1": {ID: "res-1"}, "res-2": {ID: "res-2"}, "res-9": {ID: "res-9"}},
			Gradings: map[string]grading.Grading{
				"res-1": graded("res-1", grading.General), "res-2": graded("res-2", grading.General),
			},
			Attachments: map[string]lifecycle.Attachment{"file": {Digest: "file", Organization: agency}, "other": {Digest: "other", Organization: supplier}},
		},
	}}
}

// content is a complete plan for one resource.
func content() plan.Content {
	return plan.Content{
		Name: "交通数据授权运营", Necessity: "必要", Feasibility: plan.Feasibility{Service: "全周期", Demand: "有需求", Market: "一千万元", Effect: "便民", Risk: "可控"},
		Conditions: []plan.Condition{
			{Capability: "funds", Title: "实缴资本不少于1000万元", Expression: "capital >= 1000"},
			{Capability: "management", Title: "未列入失信名单", Expression: "!discredited && !insolvent"},
			{Capability: "technology", Title: "技术人员不少于20人", Expression: "technical_staff >= 20"},
			{Capability: "service", Title: "有服务团队"},
			{Capability: "security", Title: "系统达到等保三级", Expression: "security_level >= 3"},
		},
		Method: "open-tender", Mode: "scenario", Extent: "出行服务", TermMonths: 36,
		Resources:   []plan.Resource{{ID: "res-1", Frequency: "每天", Quality: "完整率99%"}},
		Undertaking: plan.Undertaking{Construction: "平台", Support: "驻场", Schedule: "半年", Evaluation: "年度评价", Exit: "评价不合格退出", Assets: "归属机构"},
		Products: []plan.Product{
			{Name: "到站查询", Class: agreement.PublicBenefit, Form: "API"}, {Name: "客流分析", Class: agreement.Industry, Form: "报告"},
		},
		Accounting: plan.Accounting{Costs: "分账", Income: "分账", Sharing: "按比例", Shares: []agreement.Share{{Party: "财政", BasisPoints: 3000}, {Party: "运营机构", BasisPoints: 7000}}},
		Protection: plan.Protection{Security: "原始数据不出域", Personal: "不含个人信息", Emergency: "预案"},
		Rights:     plan.Rights{Agency: "监督", Operator: "运营"}, Oversight: plan.Oversight{Supervision: "季度检查", Assessment: "年度考核"},
		Other: "无", PreReview: "未排除、限制竞争",
	}
}

func with(change func(*plan.Content)) plan.Content {
	c := content()
	change(&c)
	return c
}

func command(who, name string, input any) lifecycle.Command {
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: must(json.Marshal(input))}
}

// asked leaves of the facts only what a command asked for.
func (r *run) asked(cmd lifecycle.Command) lifecycle.Env {
	needs, env := plan.Machine.Needs(r.p, cmd), r.env
	env.Facts = lifecycle.Facts{
		Resources: only(r.env.Facts.Resources, needs.Resources), Gradings: only(r.env.Facts.Gradings, needs.Gradings), Attachments: only(r.env.Facts.Attachments, needs.Attachments),
	}
	return env
}

func only[V any](all map[string]V, ids []string) map[string]V {
	out := map[string]V{}
	for _, id := range ids {
		if v, ok := all[id]; ok {
			out[id] = v
		}
	}
	return out
}

// try gives a command; when it is not refused it is folded, and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from := string(must(json.Marshal(r.p))), r.p.State
	events, refused := plan.Machine.Decide(r.p, cmd, r.asked(cmd))
	if after := string(must(json.Marshal(r.p))); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		return refused
	}
	effects, err := plan.Machine.Apply(r.p, events)
	if err != nil {
		t.Fatalf("%s: %v", cmd.Name, err)
	}
	r.effects = append(r.effects, slices.Concat(effects...)...)
	row, _ := plan.Machine.Row(cmd.Name)
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.p.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", cmd.Name, from, r.p.State)
	}
	for _, e := range events {
		shared := strings.HasPrefix(e.Type, "task-") || strings.HasPrefix(e.Type, "deadline-")
		if !shared && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", cmd.Name, e.Type)
		}
	}
	again := must(plan.Machine.Decode(must(json.Marshal(r.p))))
	if string(must(json.Marshal(r.p))) != string(must(json.Marshal(again))) {
		t.Fatalf("%s: the case does not survive JSON", cmd.Name)
	}
	return nil
}

func (r *run) do(t fataler, who, name string, input any) {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.p.State, refused.Code, refused.Fields)
	}
}

// refuse wants a refusal, or a fault of a field when a path is given.
func (r *run) refuse(t fataler, who, name string, input any, code refusal.Code, path ...string) {
	t.Helper()
	no := r.try(t, command(who, name, input))
	switch {
	case no == nil:
		t.Fatalf("%s by %s in %q passes, want %s", name, who, r.p.State, code.Name)
	case len(path) == 0 && no.Code != code.Name:
		t.Fatalf("%s by %s in %q: want %s, got %s %v", name, who, r.p.State, code.Name, no.Code, no.Fields)
	case len(path) > 0 && !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == path[0] && f.Code == code.Name }):
		t.Fatalf("%s by %s in %q: want %s at %s, got %s %v", name, who, r.p.State, code.Name, path[0], no.Code, no.Fields)
	}
}

// open is the open task of a review.
func (r *run) open(t fataler, name string) lifecycle.Task {
	t.Helper()
	for _, task := range r.p.Tasks {
		if task.Name == name && task.Active() {
			return task
		}
	}
	t.Fatalf("no open review %q in %q", name, r.p.State)
	return lifecycle.Task{}
}

// answer is a decision on a review with what it must find.
func (r *run) answer(task lifecycle.Task, outcome string) plan.ReviewInput {
	in := plan.ReviewInput{Input: review.Input{Task: task.ID, Outcome: outcome, Opinion: "意见"}}
	switch task.Name {
	case "risk":
		in.Risk = plan.Controllable
	case "fair-competition":
		in.Conclusion = plan.Compliant
	case "participation":
		if r.p.Comment != nil {
			for _, o := range r.p.Comment.Opinions {
				in.Answers = append(in.Answers, plan.Answer{No: o.No, Summary: "归纳", Adopted: true, Text: "采纳"})
			}
		}
	}
	return in
}

func (r *run) claim(t fataler, name string) lifecycle.Task {
	t.Helper()
	task := r.open(t, name)
	if task.State == lifecycle.TaskOpen {
		r.do(t, reviewers[name], "claim", lifecycle.TaskInput{Task: task.ID})
	}
	return task
}

func (r *run) review(t fataler, name, outcome string, change ...func(*plan.ReviewInput)) {
	t.Helper()
	task := r.claim(t, name)
	in := r.answer(task, outcome)
	for _, c := range change {
		c(&in)
	}
	r.do(t, reviewers[name], "decide", in)
}

// tick lets the earliest due time of the case come.
func (r *run) tick(t fataler) {
	t.Helper()
	when, ok := r.p.WakeAt()
	if !ok {
		t.Fatalf("nothing is due in %q", r.p.State)
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
		when, ok := r.p.WakeAt()
		if !ok || when.After(at(day)) {
			break
		}
		r.tick(t)
	}
	r.env.Now = at(day)
}

// heard lets public comment end.
func (r *run) heard(t fataler) {
	t.Helper()
	for !r.p.Comment.Over {
		r.tick(t)
	}
}

func (r *run) want(t fataler, state lifecycle.State) {
	t.Helper()
	if r.p.State != state {
		t.Fatalf("the plan is in %q, want %q", r.p.State, state)
	}
}

func submitted(t fataler, day string, c plan.Content) *run {
	t.Helper()
	r := newRun(day)
	r.do(t, "planner", "draft", plan.DraftInput{Content: c})
	r.do(t, "planner", "submit", plan.Nothing{})
	return r
}

// reviewed has every review of the round approved.
func (r *run) reviewed(t fataler, change ...func(*plan.ReviewInput)) *run {
	t.Helper()
	for _, name := range []string{"feasibility", "supplier", "experts", "risk"} {
		r.review(t, name, review.Approve)
	}
	r.heard(t)
	r.review(t, "participation", review.Approve)
	r.review(t, "fair-competition", review.Approve, change...)
	r.review(t, "legality", review.Approve)
	r.want(t, plan.AwaitingDecision)
	return r
}

var seats = []string{"member-1", "member-2", "member-3", "chair"}

// resolved is a resolution of the government on what the plan waits for. Votes are f for, a against, - abstention, in the order of the seats.
func (r *run) resolved(proposal resolution.Proposal, votes string) resolution.Resolution {
	r.meetings++
	rules, _ := resolution.Rules(r.env.Policy, resolution.Plan)
	out := resolution.Resolution{
		Meeting: fmt.Sprintf("meeting-%d", r.meetings), Item: 1, Body: government, BodyKind: identity.Government, Decision: resolution.Plan,
		Case: theCase, ContentHash: r.p.Pending.ContentHash, Proposal: proposal, DecidedOn: r.env.Now,
	}
	out.ID = resolution.ID(out.Meeting, out.Item)
	for i, person := range seats {
		role := identity.Member
		if person == "chair" {
			role = identity.Chair
		}
		choice := map[byte]resolution.Choice{'f': resolution.For, 'a': resolution.Against, '-': resolution.Abstain}[votes[i]]
		out.Members = append(out.Members, lifecycle.Seat{Person: person, Role: role})
		out.Present = append(out.Present, person)
		out.Votes = append(out.Votes, resolution.Vote{Person: person, Role: role, Vote: choice, Words: "意见"})
	}
	out.Outcome, out.Count = resolution.Tally(rules, proposal, out.Roll)
	switch out.Outcome {
	case resolution.Amended:
		out.Directions = "缩小范围"
	case resolution.Deferred, resolution.Refused:
		out.Reason = "理由"
	}
	return out
}

func (r *run) resolve(t fataler, proposal resolution.Proposal, votes string) *run {
	t.Helper()
	r.do(t, "system", "record-resolution", r.resolved(proposal, votes))
	return r
}

func (r *run) filed(t fataler) *run {
	t.Helper()
	r.do(t, "planner", "file", plan.FilingInput{On: calendar.DateOf(r.env.Now).String(), With: "省数据局", Receipt: "回执1"})
	return r
}

func (r *run) published(t fataler) *run {
	t.Helper()
	r.filed(t)
	r.do(t, "planner", "publish", plan.Nothing{})
	return r
}

// inForce is a plan in force that takes applications.
func inForce(t testing.TB, day string, c plan.Content) *run {
	t.Helper()
	r := submitted(t, day, c).reviewed(t).resolve(t, resolution.ToAgree, "ffff").published(t)
	r.do(t, "planner", "open-applications", plan.OpeningInput{Notice: "请提交申请"})
	r.want(t, plan.Published)
	return r
}

// copy is the same case, to be driven on its own.
func (r *run) copy() *run {
	again := must(plan.Machine.Decode(must(json.Marshal(r.p))))
	return &run{p: again.(*plan.Plan), env: r.env, meetings: r.meetings} //nolint:forcetypeassert // its own kind
}

// told lists the notices and publications that went out, in order.
func (r *run) told() []string {
	var out []string
	for _, e := range r.effects {
		switch {
		case e.Notice != nil:
			out = append(out, e.Notice.Subject)
		case e.Publication != nil:
			out = append(out, "publish "+e.Publication.Subject)
		}
	}
	return out
}
