package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// ReviewInput is one reviewer's decision on his task, with what his review must find beside its outcome.
type ReviewInput struct {
	review.Input
	Risk         string   `json:"risk,omitempty" enum:"controllable,uncontrollable" doc:"of the risk assessment (713号令 Art. 24)"`
	Answers      []Answer `json:"answers,omitempty" maxItems:"1000" doc:"of public participation: what was done about each opinion"`
	Conclusion   string   `json:"conclusion,omitempty" enum:"compliant,exception,violation" doc:"of the fair-competition review (公平竞争审查条例 Art. 17)"`
	Ground       string   `json:"ground,omitempty" doc:"of an exception: one of the policy profile's (公平竞争审查条例 Art. 12)"`
	Alternatives string   `json:"alternatives,omitempty" maxLength:"2000" doc:"of an exception: why nothing less restrictive would do"`
	Until        string   `json:"until,omitempty" maxLength:"2000" doc:"of an exception: its end, as a date or a condition"`
}

// The choices of the findings.
const (
	Controllable   = "controllable"
	Uncontrollable = "uncontrollable"
	Compliant      = "compliant"
	Exceptional    = "exception"
	Violation      = "violation"
)

// Finding is what a review found beside its outcome.
type Finding struct {
	Review       string   `json:"review"`
	Risk         string   `json:"risk,omitempty"`
	Answers      []Answer `json:"answers,omitempty"`
	Conclusion   string   `json:"conclusion,omitempty"`
	Ground       string   `json:"ground,omitempty"`
	Alternatives string   `json:"alternatives,omitempty"`
	Until        string   `json:"until,omitempty"`
}

func decideReview(p *Plan, in ReviewInput, env lifecycle.Env) (contents, refused) {
	name := p.Task(in.Task).Name
	finding := env.Policy.Plan.Review.Finding(name)
	if finding == policy.CommentsFinding && in.Outcome == review.Approve && (p.Comment == nil || !p.Comment.Over) {
		return nil, refusal.PlanCommentOpen.With()
	}
	found, r := in.found(p, name, finding, env)
	if r != nil {
		return nil, r
	}
	course := p.course(env)
	out, verdict, r := course.Decide(in.Input, env)
	if r != nil {
		return nil, r
	}
	if finding != "" {
		out = append(contents{Found{Finding: found}}, out...)
	}
	switch verdict {
	case policy.StageRejected:
		out = append(out, p.fail(WasRejected, in.Opinion, *p.Task(in.Task))...)
	case policy.StageReturned:
		out = append(out, ReviewsReturned{}, env.Limit(completion, env.Policy.Plan.Review.Completion, p.planners(), p.administrators()))
	case policy.StagePassed:
		findings := p.Findings
		if finding != "" {
			findings = append(slices.Clone(findings), found)
		}
		out = append(out, ReviewsPassed{Pending: p.pending(course.With(in.Input).Opinions(), findings, env)}, p.decisionLimit(env))
	}
	return out, nil
}

// found checks what the review must find. What another review finds is not asked of this one, and is refused.
func (in ReviewInput) found(p *Plan, name, finding string, env lifecycle.Env) (Finding, refused) {
	var f refusal.Faults
	approves := in.Outcome == review.Approve
	out := Finding{Review: name}
	if finding == policy.RiskFinding {
		refusal.Choice(&f, "risk", in.Risk, Controllable, Uncontrollable)
		f.Unless(!approves || in.Risk != Uncontrollable, refusal.PlanRisk.At("risk"))
		out.Risk = in.Risk
	}
	if finding == policy.CommentsFinding && approves {
		in.checkAnswers(&f, p.Comment.Opinions)
		out.Answers = in.Answers
	}
	if finding == policy.CompetitionFinding {
		in.checkCompetition(&f, p, approves, env)
		out.Conclusion = in.Conclusion
		if in.Conclusion == Exceptional {
			out.Ground, out.Alternatives, out.Until = in.Ground, in.Alternatives, in.Until
		}
	}
	return out, f.Refusal()
}

// checkAnswers wants each opinion of the public answered once (713号令 Art. 18).
func (in ReviewInput) checkAnswers(f *refusal.Faults, opinions []Opinion) {
	if !f.Count("answers", len(in.Answers), maxOpinions) {
		return
	}
	numbers := make([]string, len(in.Answers))
	for i, a := range in.Answers {
		numbers[i] = fmt.Sprint(a.No)
		f.Unless(a.No >= 1 && a.No <= len(opinions), refusal.UnknownReference.At(refusal.In("answers", i, "no")))
		f.Text(refusal.In("answers", i, "summary"), a.Summary, maxSummary)
		f.Text(refusal.In("answers", i, "text"), a.Text, maxPart)
		if a.No >= 1 && a.No <= len(opinions) {
			a.checkNames(f, i, opinions[a.No-1].Name)
		}
	}
	f.Distinct(numbers, func(i int) string { return refusal.In("answers", i, "no") })
	for _, o := range opinions {
		if !slices.Contains(numbers, fmt.Sprint(o.No)) {
			f.Add(refusal.PlanUnanswered.At("answers"))
			return
		}
	}
}

// checkNames keeps the name that somebody gave out of what is published about his opinion. A single character may be part of any word.
func (a Answer) checkNames(f *refusal.Faults, i int, name string) {
	if utf8.RuneCountInString(name) < 2 { //nolint:mnd // as said
		return
	}
	f.Unless(!strings.Contains(a.Summary, name), refusal.PlanNamesSomebody.At(refusal.In("answers", i, "summary")))
	f.Unless(!strings.Contains(a.Text, name), refusal.PlanNamesSomebody.At(refusal.In("answers", i, "text")))
}

// checkCompetition wants a conclusion; an exception its ground, that nothing less restrictive would do, and its end (公平竞争审查条例 Art. 12, 17).
// Exclusive terms restrict competition by themselves: nothing but an exception lets them pass (Art. 8).
func (in ReviewInput) checkCompetition(f *refusal.Faults, p *Plan, approves bool, env lifecycle.Env) {
	refusal.Choice(f, "conclusion", in.Conclusion, Compliant, Exceptional, Violation)
	f.Unless(!approves || in.Conclusion != Violation, refusal.PlanViolation.At("conclusion"))
	exclusive := strings.TrimSpace(p.Drafted.Exclusive.Terms) != ""
	f.Unless(!approves || !exclusive || in.Conclusion != Compliant, refusal.PlanExclusive.At("conclusion"))
	if in.Conclusion == Exceptional {
		refusal.Choice(f, "ground", in.Ground, codes(env.Policy.Plan.Exceptions)...)
		f.Text("alternatives", in.Alternatives, maxPart)
		f.Text("until", in.Until, maxPart)
	}
}

// dossier is exactly what the government decides on: the plan as reviewed, what the reviews said and found, and whether it is to end.
type dossier struct {
	Case     string           `json:"case"`
	Plan     string           `json:"plan"` // hash of the content
	Cancels  bool             `json:"cancels,omitempty"`
	Opinions []review.Opinion `json:"opinions"`
	Findings []Finding        `json:"findings,omitempty"`
}

// pending is the decision that the plan waits for: a government's, never the agency's own (27号 Art. 11).
func (p *Plan) pending(opinions []review.Opinion, findings []Finding, env lifecycle.Env) lifecycle.Pending {
	d := dossier{Case: p.ID, Plan: p.Submitted.Hash, Cancels: p.Change != nil && p.Change.Cancels, Opinions: opinions, Findings: findings}
	return lifecycle.Pending{
		Decision: resolution.Plan, ContentHash: lifecycle.ContentHash(d), BodyKind: env.Policy.Plan.Decision.BodyKind, NotBody: p.Agency,
	}
}

func (p *Plan) decisionLimit(env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(awaited, env.Policy.Plan.Decision.Limit, p.planners(), p.administrators())
}
