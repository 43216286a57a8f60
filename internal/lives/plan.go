package lives

import (
	"sync"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
)

// InForce is the plan on which the applications of the scripts rest.
var InForce = sync.OnceValues(func() (agreedplan.Spec, error) {
	days, err := policies.NationalCalendar()
	return agreedplan.Spec{
		ID: PlanID, Agency: Agency, Government: Government, Name: "公交数据授权运营实施方案(虚构)", Mode: "scenario", TermMonths: 300, Resources: []string{Resource.ID},
		Products: []plan.Product{agreedplan.Listed(productName, agreement.PublicBenefit, "API")},
		Grader:   identity.By{Person: "supply-reviewer", Organization: Supplier, Role: identity.SupplyReviewer},
		Begun:    time.Date(2025, 3, 3, 9, 0, 0, 0, calendar.China), Policy: policies.National(), Calendar: days,
	}, err
})

// Plan is one implementation plan being led through its life.
type Plan struct {
	*Director
	ID string
}

// Planned drafts a plan and hands it in for review.
func (d *Director) Planned(id string) *Plan {
	d.T.Helper()
	p := &Plan{Director: d, ID: id}
	p.As(Planner, "draft", plan.DraftInput{Content: p.Content(36)})
	p.As(Planner, "submit", plan.Nothing{})
	return p
}

// Content is a whole plan for a term of months.
func (p *Plan) Content(months int) plan.Content {
	p.T.Helper()
	spec, err := InForce()
	if err != nil {
		p.T.Fatal(err)
	}
	c := spec.Content()
	c.TermMonths = months
	return c
}

// As has a person give a command, which must be accepted.
func (p *Plan) As(person, command string, input any) {
	p.T.Helper()
	p.Do(person, plan.Machine, p.ID, command, input)
}

// Stands is the plan as it stands.
func (p *Plan) Stands() *plan.Plan {
	return p.Case(plan.Machine, p.ID).(*plan.Plan) //nolint:forcetypeassert // its own kind
}

// Reaches waits until the plan is in a state.
func (p *Plan) Reaches(state lifecycle.State, step time.Duration) {
	p.T.Helper()
	p.Until("the plan in "+string(state), step, func() bool { return p.Stands().State == state })
}

// Review has the open review of the name decided by whoever it is for; what the public said is taken up.
func (p *Plan) Review(name, outcome string) {
	p.T.Helper()
	stands := p.Stands()
	for _, t := range stands.Tasks {
		if t.Name != name || !t.Active() {
			continue
		}
		person := whoHolds(t)
		p.As(person, "claim", lifecycle.TaskInput{Task: t.ID})
		in := plan.ReviewInput{Input: review.Input{Task: t.ID, Outcome: outcome, Opinion: "意见"}}
		switch policies.National().Plan.Review.Finding(name) {
		case policy.RiskFinding:
			in.Risk = plan.Controllable
		case policy.CompetitionFinding:
			in.Conclusion = plan.Compliant
		case policy.CommentsFinding:
			for _, o := range stands.Comment.Opinions {
				in.Answers = append(in.Answers, plan.Answer{No: o.No, Summary: "归纳", Adopted: true, Text: "采纳"})
			}
		}
		p.As(person, "decide", in)
		return
	}
	p.T.Fatalf("%s has no open review %q", p.ID, name)
}

// Approve has every review approved, once the public has been heard.
func (p *Plan) Approve() {
	p.T.Helper()
	for _, name := range []string{"feasibility", "supplier", "experts", "risk"} {
		p.Review(name, review.Approve)
	}
	p.Until("the end of public comment", 24*time.Hour, func() bool { return p.Stands().Comment.Over })
	for _, name := range []string{"participation", "fair-competition", "legality"} {
		p.Review(name, review.Approve)
	}
}

// Decide has a meeting of the government decide on the plan.
func (p *Plan) Decide(meeting string, choice resolution.Choice) {
	p.T.Helper()
	m := p.Call(meeting, Government, resolution.Plan, p.ID)
	m.Open()
	m.Vote(resolution.ToAgree, choice)
	m.Close()
	p.Until("the resolution of "+meeting, time.Hour, func() bool { return p.Stands().Pending == nil })
}

// Publish files and publishes the plan and opens it to applications.
func (p *Plan) Publish() {
	p.T.Helper()
	p.As(Planner, "file", plan.FilingInput{On: calendar.DateOf(p.Now()).String(), With: "省数据局(虚构)", Receipt: "回执1"})
	p.As(Planner, "publish", plan.Nothing{})
	if p.Stands().Open == nil {
		p.As(Planner, "open-applications", plan.OpeningInput{Notice: "请提交申请(虚构)"})
	}
}

// Live leads a plan from its draft through a comment of the public, a major change that the government refuses and one that it agrees to, to its end.
func (d *Director) Live(id string) *Plan {
	d.T.Helper()
	p := d.Planned(id)
	p.As(Applicant, "comment", plan.CommentInput{Text: "建议开放接口(虚构)"})
	p.Approve()
	p.Decide(id+"-plan", resolution.For)
	p.Publish()
	p.change(48)
	p.Decide(id+"-refused", resolution.Against)
	p.Reaches(plan.Published, time.Hour)
	p.change(60)
	p.Decide(id+"-changed", resolution.For)
	p.Publish()
	p.As(Planner, "propose-end", plan.ReasonInput{Reason: "上位规定调整(虚构)"})
	p.As(Planner, "submit", plan.Nothing{})
	p.Approve()
	p.Decide(id+"-end", resolution.For)
	p.Reaches(plan.Ended, time.Hour)
	return p
}

// change hands a major change in and has its reviews approved.
func (p *Plan) change(months int) {
	p.T.Helper()
	p.As(Planner, "propose-change", plan.ReasonInput{Reason: "期限调整(虚构)"})
	p.As(Planner, "edit", p.Content(months))
	p.As(Planner, "submit", plan.Nothing{})
	p.Approve()
}
