// Package agreedplan makes an implementation plan that is in force and takes applications, by the rules themselves and in no time, for the demonstration
// and for tests of what rests on one. Everybody who took part in it is fictitious and takes part in nothing else.
package agreedplan

import (
	"encoding/json"
	"fmt"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/policies"
)

// Spec says which plan, and whose. Resources must be in the catalogue; they count as general data.
type Spec struct {
	ID, Agency, Government string
	Name                   string
	Mode                   string
	Resources              []string
	Products               []plan.Product
	TermMonths             int
	Grader                 identity.By // of the resources; needed by Record alone
	Begun                  time.Time   // drafting; it is in force two months later at most. Record takes half a year ago when it is zero
	Policy                 *policy.Profile
	Calendar               calendar.Calendar
}

// Content is the whole plan of a spec.
func (s Spec) Content() plan.Content {
	c := plan.Content{
		Name: s.Name, Necessity: "必要(虚构)", Feasibility: plan.Feasibility{Service: "全周期管理", Demand: "有需求", Market: "已测算", Effect: "便民惠企", Risk: "可控"},
		Method: "open-tender", Mode: s.Mode, Extent: "出行与民生(虚构)", TermMonths: s.TermMonths, TermReason: "建设周期长(虚构)", Products: s.Products,
		Undertaking: plan.Undertaking{Construction: "平台", Support: "驻场", Schedule: "分期", Evaluation: "年度评价", Exit: "评价不合格的退出", Assets: "归属明确"},
		Accounting:  plan.Accounting{Costs: "单独核算", Income: "单独核算", Sharing: "按协议约定"},
		Protection:  plan.Protection{Security: "原始数据不出域", Personal: "不含个人信息", Emergency: "有预案"},
		Rights:      plan.Rights{Agency: "监督管理", Operator: "依约运营"}, Oversight: plan.Oversight{Supervision: "季度检查", Assessment: "年度考核"},
		Other: "无", PreReview: "不排除、不限制竞争",
	}
	for _, capability := range s.Policy.Plan.Capabilities {
		c.Conditions = append(c.Conditions, plan.Condition{Capability: capability.Code, Title: "具备相应的" + capability.Title.ZH + "(虚构)"})
	}
	c.Conditions = append(c.Conditions, plan.Condition{Capability: "management", Title: "未列入失信名单且未资不抵债(虚构)", Expression: "!discredited && !insolvent"})
	for _, id := range s.Resources {
		c.Resources = append(c.Resources, plan.Resource{ID: id, Frequency: "每天", Quality: "完整率99%"})
	}
	if len(s.Resources) > 1 {
		c.Association = &grading.Association{NoHarm: true, NoHarmReason: "汇聚后不增加风险(虚构)"}
	}
	return c
}

// Listed is a product of a plan.
func Listed(name string, class agreement.Class, form string) plan.Product {
	return plan.Product{Name: name, Class: class, Form: form}
}

// Lead leads the plan through its whole route and returns it with its events. It panics when the rules refuse, which is a mistake in the spec.
func Lead(s Spec) (*plan.Plan, []lifecycle.Event) {
	p := &plan.Plan{}
	p.ID, p.Kind = s.ID, plan.Kind
	l := &leading{spec: s, plan: p, now: s.Begun}
	l.do("draft", plan.DraftInput{Content: s.Content()})
	l.do("submit", plan.Nothing{})
	for !p.Comment.Over {
		at, ok := p.WakeAt()
		if !ok {
			panic("public comment has no end")
		}
		l.now = at
		l.give(identity.System(), lifecycle.Tick, nil)
	}
	for p.State == plan.Reviewing {
		for _, t := range p.Tasks {
			if t.Active() {
				l.review(t)
			}
		}
	}
	l.give(identity.System(), "record-resolution", l.resolution())
	l.do("file", plan.FilingInput{On: calendar.DateOf(l.now).String(), With: "省数据局(虚构)", Receipt: "备案回执(虚构)"})
	l.do("publish", plan.Nothing{})
	l.do("open-applications", plan.OpeningInput{Notice: "请通过本系统提交申请"})
	return p, l.events
}

type leading struct {
	spec   Spec
	plan   *plan.Plan
	now    time.Time
	events []lifecycle.Event
}

// person is somebody of the plan's own who holds the role, and nothing else.
func (l *leading) person(role identity.Role, kind identity.Kind) identity.Actor {
	organization := map[identity.Kind]string{identity.Agency: l.spec.Agency, identity.Government: l.spec.Government}[kind]
	if organization == "" {
		organization = l.spec.ID + "-supplier"
	}
	return identity.Actor{
		Person: fmt.Sprintf("%s-%s", l.spec.ID, role), Grants: []identity.Grant{{Organization: organization, Kind: kind, Role: role}},
	}
}

// do has the planner give a command.
func (l *leading) do(command string, input any) {
	l.give(l.person(identity.Planner, identity.Agency), command, input)
}

func (l *leading) review(t lifecycle.Task) {
	actor := l.person(t.Role, t.Kind)
	l.give(actor, "claim", lifecycle.TaskInput{Task: t.ID})
	in := plan.ReviewInput{Input: review.Input{Task: t.ID, Outcome: review.Approve, Opinion: "同意(虚构)"}}
	switch l.spec.Policy.Plan.Review.Finding(t.Name) {
	case policy.RiskFinding:
		in.Risk = plan.Controllable
	case policy.CompetitionFinding:
		in.Conclusion = plan.Compliant
	}
	l.give(actor, "decide", in)
}

func (l *leading) give(actor identity.Actor, command string, input any) {
	raw, err := json.Marshal(input)
	if err != nil {
		panic(err)
	}
	cmd := lifecycle.Command{ID: fmt.Sprintf("%s-%d", l.spec.ID, len(l.events)), Name: command, Actor: actor, Data: raw}
	facts := lifecycle.Facts{Resources: map[string]lifecycle.Resource{}, Gradings: map[string]grading.Grading{}}
	for _, id := range l.spec.Resources {
		facts.Resources[id], facts.Gradings[id] = lifecycle.Resource{ID: id}, grading.Grading{Resource: id, Number: 1, Grade: grading.General}
	}
	env := lifecycle.Env{Now: l.now, Policy: l.spec.Policy, Calendar: l.spec.Calendar, Facts: facts, Compile: policies.ApplicantCondition}
	events, refused := plan.Machine.Decide(l.plan, cmd, env)
	if refused != nil {
		panic(fmt.Sprintf("%s is refused: %s %v", command, refused.Code, refused.Fields))
	}
	if _, err := plan.Machine.Apply(l.plan, events); err != nil {
		panic(err)
	}
	l.events = append(l.events, events...)
}

// resolution is that of a meeting in which three fictitious members and a chair agree.
func (l *leading) resolution() resolution.Resolution {
	meeting := l.spec.ID + "-meeting"
	out := resolution.Resolution{
		ID: resolution.ID(meeting, 1), Meeting: meeting, Item: 1, Body: l.spec.Government, BodyKind: identity.Government, Decision: resolution.Plan, Case: l.spec.ID,
		ContentHash: l.plan.Pending.ContentHash, Policy: l.plan.Policy, Proposal: resolution.ToAgree, DecidedOn: l.now.UTC(),
	}
	for i := range 4 {
		seat := lifecycle.Seat{Person: fmt.Sprintf("%s-member-%d", l.spec.ID, i+1), Role: identity.Member}
		if i == 3 {
			seat.Role = identity.Chair
		}
		out.Members, out.Present = append(out.Members, seat), append(out.Present, seat.Person)
		out.Votes = append(out.Votes, resolution.Vote{Person: seat.Person, Role: seat.Role, Vote: resolution.For, Words: "同意(虚构)"})
	}
	rules, _ := resolution.Rules(l.spec.Policy, resolution.Plan)
	out.Outcome, out.Count = resolution.Tally(rules, out.Proposal, out.Roll)
	return out
}
