package web

import (
	"reflect"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/content"
	"datacharter/web/form"
	"datacharter/web/words"
)

var findingType = reflect.TypeFor[plan.Finding]()

// findingWords names what a review found in one of its fields.
func findingWords(field, value string) text.Text {
	if w, ok := words.FieldChoice(findingType, field, value); ok {
		return w
	}
	return both(value)
}

var planCase = reflect.TypeFor[plan.Plan]()

// outcomeOf names how a plan, or a change of it, ended.
func outcomeOf(outcome string) text.Text {
	if w, ok := words.FieldChoice(planCase, "outcome", outcome); ok {
		return w
	}
	return both(outcome)
}

// planConditions are the conditions that a reviewer of a plan attaches.
var planConditions = form.Shape{Kind: form.Lines, Hint: text.Text{
	ZH: "每行一项；只能附于同意结论，随方案提交集体决策。", EN: "One a line; for an approval only. They are laid before the meeting with the plan.",
}}

// summaryHint says how opinions are summed up.
var summaryHint = func() text.Text {
	w, _ := words.Field(reflect.TypeFor[plan.Answer](), "summary")
	return w.Hint
}()

// shapeFindings asks of a review what it must find, and nothing that another one finds.
func shapeFindings(a *act, p *plan.Plan, suggested map[string][]string) {
	asks := a.view.Policy.Plan.Review.Finding(a.task.Name)
	omit := func(unless string, fields ...string) {
		for _, f := range fields {
			if asks != unless {
				a.shapes[f] = form.Shape{Omit: true}
			}
		}
	}
	omit(policy.RiskFinding, "risk")
	omit(policy.CommentsFinding, "answers")
	omit(policy.CompetitionFinding, "conclusion", "ground", "alternatives", "until")
	a.shapes["conditions"] = planConditions
	switch asks {
	case policy.RiskFinding:
		a.shapes["risk"] = form.Shape{Needed: true}
	case policy.CompetitionFinding:
		a.shapes["conclusion"] = form.Shape{Needed: true}
		a.shapes["ground"] = form.Shape{Kind: form.Select, Choices: groundChoices(a.view.Policy.Plan.Exceptions)}
	case policy.CommentsFinding:
		n := 0
		if p.Comment != nil {
			n = len(p.Comment.Opinions)
		}
		a.shapes["answers"] = form.Shape{Fixed: n, Omit: n == 0}
		a.shapes["answers[].no"] = form.Shape{Kind: form.Hidden}
		a.shapes["answers[].summary"] = form.Shape{Needed: true}
		a.hints = map[string]text.Text{}
		for i := range n {
			said, about := p.Comment.Opinions[i].Text, summaryHint
			a.hints[refusal.In("answers", i, "summary")] = text.Text{ZH: "意见原文：" + said + "\n" + about.ZH, EN: "The opinion: " + said + "\n" + about.EN}
			suggested[refusal.In("answers", i, "no")] = []string{strconv.Itoa(i + 1)}
		}
	}
}

// planRule is what a review of a plan is for, as the profile says; nil when that does not know it.
func planRule(p *taskPage) *taskRule {
	for _, r := range p.view.Policy.Plan.Review.Reviews {
		if r.Name == p.task.Name {
			round, stage := strconv.Itoa(p.task.Round), strconv.Itoa(p.task.Stage)
			return &taskRule{words: r.Rule, article: source(r.Source), place: text.Text{
				ZH: "第" + round + "轮审查，第" + stage + "阶段", EN: "round " + round + " of the reviews, stage " + stage,
			}}
		}
	}
	return nil
}

// planReview is what a review of a plan is about: its content, what changed against the version in force, what the public said, what other reviews found,
// and what else rests on the same resources.
type planReview struct {
	*taskPage
	p        *plan.Plan
	items    []planItem
	changes  []content.Difference // against the version in force
	findings []reviewFinding
	beside   *overlap
	rounds   []roundOf
}

func (s *server) planMaterial(page *taskPage, p *plan.Plan) (templ.Component, error) {
	m := planReview{taskPage: page, p: p, findings: findingsOf(p, page.view.Policy.Plan), rounds: page.reviewsBeside()}
	contents := []plan.Content{p.Drafted}
	if v := p.InForce(); v != nil {
		contents = append(contents, v.Content)
	}
	k, err := s.knownOfPlan(page.visit, page.view.Policy, contents...)
	if err != nil {
		return nil, err
	}
	parts := content.Of(p.Drafted, k.names)
	m.items = itemsOf(page.view.Policy.Plan, parts)
	if v := p.InForce(); v != nil {
		m.changes = content.Changes(content.Compare(content.Of(v.Content, k.names), parts))
	}
	m.beside, err = s.overlapOf(page.visit, page.view.Policy, p.ID, p.ResourceIDs(), p.Drafted.Exclusive)
	return planReviewPage(m), err
}

// roundLabel names the table of a round's other reviews.
func (m planReview) roundLabel(no int) string {
	return m.T("第"+strconv.Itoa(no)+"轮的其他审查意见", "Opinions of round "+strconv.Itoa(no))
}

// hears reports whether the review answers the public.
func (m planReview) hears() bool {
	return m.view.Policy.Plan.Review.Finding(m.task.Name) == policy.CommentsFinding
}
