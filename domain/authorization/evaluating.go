package authorization

import (
	"slices"
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The names of the limits of the yearly evaluation and the yearly audit.
const (
	evaluationDue      = "evaluation-due"
	evaluationView     = "evaluation-view"
	evaluationConclude = "evaluation-conclusion"
	auditDue           = "audit-due"
)

// Evaluation is the evaluation of one year of operation (运营成效评价, 27号 Art. 14(9)): scored by an officer of the agency, seen by the operator, concluded by another.
type Evaluation struct {
	Year       int                   `json:"year"`
	Scores     []Score               `json:"scores"`
	Points     int                   `json:"points"` // of 100
	Reasons    string                `json:"reasons"`
	Evidence   []string              `json:"evidence,omitempty"`
	By         identity.By           `json:"by"` // scored it
	At         time.Time             `json:"at"`
	View       *Reasons              `json:"view,omitempty"`       // the operator's
	Conclusion *EvaluationConclusion `json:"conclusion,omitempty"` // nil while it is open
}

// Score is the points of one criterion of the profile.
type Score struct {
	Criterion string `json:"criterion" maxLength:"100" doc:"a criterion of the policy profile"`
	Points    int    `json:"points" minimum:"0" maximum:"100"`
	Reason    string `json:"reason,omitempty" maxLength:"1000"`
}

// EvaluationConclusion is what an evaluation came to, by the profile's grades.
type EvaluationConclusion struct {
	Grade   policy.Grade `json:"grade"`
	Opinion string       `json:"opinion"`
	By      identity.By  `json:"by"`
	At      time.Time    `json:"at"`
}

// The inputs of evaluations.
type (
	// EvaluateInput scores a year; given again before the conclusion it takes the place of what was scored.
	EvaluateInput struct {
		Year     int      `json:"year" minimum:"2000" maximum:"2200" doc:"a year of operation that is over"`
		Scores   []Score  `json:"scores" maxItems:"50" doc:"every criterion of the policy profile once"`
		Reasons  string   `json:"reasons" maxLength:"4000"`
		Evidence []string `json:"evidence,omitempty" doc:"digests of uploaded evidence"`
	}
	// ViewInput states the operator's view.
	ViewInput struct {
		View string `json:"view" maxLength:"4000"`
	}
	// ConcludeInput concludes the evaluation; the grade follows from the points.
	ConcludeInput struct {
		Opinion string `json:"opinion" maxLength:"4000" doc:"what is made of the operator's view, and the conclusion"`
	}
)

// The events of evaluations.
type (
	// YearEvaluated records the points of a year.
	YearEvaluated struct {
		Evaluation Evaluation `json:"evaluation"`
	}
	// EvaluationViewed records the operator's view.
	EvaluationViewed struct {
		View string `json:"view"`
	}
	// EvaluationConcluded records the grade.
	EvaluationConcluded struct {
		Year    int          `json:"year"`
		Grade   policy.Grade `json:"grade"`
		Opinion string       `json:"opinion"`
	}
)

// EventType implements lifecycle.Content.
func (YearEvaluated) EventType() string { return "year-evaluated" }

// EventType implements lifecycle.Content.
func (EvaluationViewed) EventType() string { return "evaluation-viewed" }

// EventType implements lifecycle.Content.
func (EvaluationConcluded) EventType() string { return "evaluation-concluded" }

// OpenEvaluation returns the evaluation that is not concluded, or nil.
func (a *Authorization) OpenEvaluation() *Evaluation {
	if n := len(a.Evaluations); n > 0 && a.Evaluations[n-1].Conclusion == nil {
		return &a.Evaluations[n-1]
	}
	return nil
}

// LastEvaluation returns the evaluation of the latest year that is concluded, or nil.
func (a *Authorization) LastEvaluation() *Evaluation {
	var last *Evaluation
	for i := range a.Evaluations {
		if e := &a.Evaluations[i]; e.Conclusion != nil && (last == nil || e.Year > last.Year) {
			last = e
		}
	}
	return last
}

var evaluationRuled = guard{
	Words: words("规则方案有成效评价的规定，且已开始运营", "the profile has rules of evaluation, and operation has started"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if env.Policy.Supervision == nil || env.Policy.Supervision.Evaluation == nil || a.Started == nil {
			return refusal.SupervisionNotRuled.With()
		}
		return nil
	},
}

// yearOver: a year of operation is over, of which there is something to say.
var yearOver = guard{
	Words: words("已有结束的运营年度", "a year of operation is over"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if calendar.DateOf(env.Now).Year() <= calendar.DateOf(*a.Started).Year() {
			return refusal.NoYearOver.With()
		}
		return nil
	},
}

// viewOpen: an evaluation waits for the operator's view, and the time for it has not run out.
var viewOpen = guard{
	Words: words("有待陈述意见的评价", "an evaluation waits for the operator's view"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if d := a.Deadline(evaluationView); a.OpenEvaluation() == nil || d == nil || !d.Open() || !env.Now.Before(d.Due.At) {
			return refusal.NothingToAnswer.With()
		}
		return nil
	},
}

// concludable: an evaluation is scored, by another person, and the operator has stated its view or had its time.
var concludable = guard{
	Words: words("已评分，运营机构已陈述意见或者陈述期已过，由评分人以外的人作出结论", "the year is scored by another person, and the operator has stated its view or had its time"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		e, d := a.OpenEvaluation(), a.Deadline(evaluationView)
		switch {
		case e == nil:
			return refusal.NothingToConclude.With()
		case e.By.Person == env.By.Person:
			return refusal.OwnEvaluation.With()
		case d != nil && d.Open() && env.Now.Before(d.Due.At):
			return refusal.ViewPending.With()
		default:
			return nil
		}
	},
}

func evaluate(a *Authorization, in EvaluateInput, env lifecycle.Env) (contents, refused) {
	rules := env.Policy.Supervision.Evaluation
	var f refusal.Faults
	f.Unless(in.Year < calendar.DateOf(env.Now).Year() && in.Year >= calendar.DateOf(*a.Started).Year(), refusal.NotAReportYear.At("year"))
	open := a.OpenEvaluation()
	f.Unless(open == nil || open.Year == in.Year, refusal.EvaluationOpen.At("year"))
	f.Unless(!slices.ContainsFunc(a.Evaluations, func(e Evaluation) bool { return e.Year == in.Year && e.Conclusion != nil }), refusal.Repeated.At("year"))
	points := in.points(&f, rules)
	f.Text("reasons", in.Reasons, maxStatement)
	env.CheckFiles(&f, "evidence", in.Evidence, a.Agency)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	e := Evaluation{Year: in.Year, Scores: in.Scores, Points: points, Reasons: in.Reasons, Evidence: in.Evidence, By: env.By, At: env.Now}
	out := append(contents{YearEvaluated{e}}, a.EndDeadlines(evaluationView, evaluationConclude)...)
	return append(out, env.Limit(evaluationView, rules.View, a.applicants(), a.officers())), nil
}

// points adds the scores up: every criterion of the profile once, none above its most.
func (in EvaluateInput) points(f *refusal.Faults, rules *policy.Evaluation) int {
	sum, seen := 0, map[string]bool{}
	for i, s := range in.Scores {
		at := func(field string) string { return refusal.In("scores", i, field) }
		k := slices.IndexFunc(rules.Criteria, func(c policy.Criterion) bool { return c.Code == s.Criterion })
		f.Unless(k >= 0, refusal.NotACriterion.At(at("criterion")))
		f.Unless(!seen[s.Criterion], refusal.Repeated.At(at("criterion")))
		f.Unless(s.Points >= 0 && (k < 0 || s.Points <= rules.Criteria[k].Points), refusal.PointsOutOfRange.At(at("points")))
		f.AtMost(at("reason"), s.Reason, maxMissingText)
		seen[s.Criterion] = true
		sum += s.Points
	}
	f.Unless(len(seen) >= len(rules.Criteria), refusal.Required.At("scores"))
	return sum
}

func viewEvaluation(a *Authorization, in ViewInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("view", in.View, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{EvaluationViewed(in)}, a.EndDeadlines(evaluationView)...)
	return append(out, a.toConclude(env)), nil
}

func (a *Authorization) toConclude(env lifecycle.Env) lifecycle.Content {
	return env.Limit(evaluationConclude, env.Policy.Supervision.Evaluation.Conclude, a.signatories(), supervisors)
}

// signatories are those who bind the agency, and conclude what its officers scored.
func (a *Authorization) signatories() lifecycle.Recipients {
	return lifecycle.Recipients{Organization: a.Agency, Role: identity.AgencySignatory}
}

func concludeEvaluation(a *Authorization, in ConcludeInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("opinion", in.Opinion, maxStatement)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	e := a.OpenEvaluation()
	out := append(contents{EvaluationConcluded{e.Year, env.Policy.Supervision.Evaluation.GradeOf(e.Points), in.Opinion}}, a.EndDeadlines(evaluationView, evaluationConclude)...)
	if d := a.Deadline(evaluationDue); d != nil && d.Open() && d.From.Year() == e.Year {
		out = append(append(out, lifecycle.DeadlineEnded{Name: evaluationDue}), a.yearlyOn(evaluationDue, e.Year+1, env)...)
	}
	return out, nil
}

// yearlyOn is the limit of the evaluation of a year, or of the report of its audit, counted from the last day of that year; none where the profile has no such rules.
func (a *Authorization) yearlyOn(name string, year int, env lifecycle.Env) contents {
	rules := env.Policy.Supervision
	env.Now = calendar.NewDate(year, time.December, 31).Start()
	switch {
	case rules == nil:
		return nil
	case name == evaluationDue && rules.Evaluation != nil:
		return contents{env.Limit(name, rules.Evaluation.Due, a.officers(), a.administrators())}
	case name == auditDue && rules.Audit != nil:
		return contents{env.Limit(name, rules.Audit.Due, a.applicants(), a.officers())}
	default:
		return nil
	}
}

// superviseYearly lets the yearly limits of supervision run from the start of operation.
func (a *Authorization) superviseYearly(env lifecycle.Env) contents {
	year := calendar.DateOf(env.Now).Year()
	return append(a.yearlyOn(evaluationDue, year, env), a.yearlyOn(auditDue, year, env)...)
}

// supervisionGoesOn reports whether a suspension of operation leaves the limit running: supervision does not wait for operation.
func supervisionGoesOn(name string) bool {
	return strings.HasPrefix(name, inspectionPrefix) || name == evaluationView || name == evaluationConclude
}

func evaluationRules() []rule {
	operated := from{Operating, Suspended, Exiting}
	return []rule{
		{
			Command: "evaluate", Words: words("年度成效评价评分", "score a year of operation"), From: operated, To: operated, By: lifecycle.By(officer), Guards: []guard{evaluationRuled, yearOver},
			Emits: lifecycle.Emits(YearEvaluated{}),
			Decide: lifecycle.Needing(lifecycle.Decide(evaluate), func(_ *Authorization, in EvaluateInput) lifecycle.Needs {
				return lifecycle.Needs{Attachments: in.Evidence}
			}),
		},
		{
			Command: "view-evaluation", Words: words("对评价陈述意见", "state a view of the evaluation"), From: operated, To: operated, By: lifecycle.By(applicant), Guards: []guard{viewOpen},
			Emits: lifecycle.Emits(EvaluationViewed{}), Decide: lifecycle.Decide(viewEvaluation),
		},
		{
			Command: "conclude-evaluation", Words: words("作出评价结论", "conclude the evaluation"), From: operated, To: operated, By: lifecycle.By(agencySigns), Guards: []guard{concludable},
			Emits: lifecycle.Emits(EvaluationConcluded{}), Decide: lifecycle.Decide(concludeEvaluation),
		},
	}
}

func evaluationEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e YearEvaluated, _ lifecycle.Event) {
				if a.OpenEvaluation() != nil {
					a.Evaluations = a.Evaluations[:len(a.Evaluations)-1]
				}
				a.Evaluations = append(a.Evaluations, e.Evaluation)
			}),
			func(a A, _ YearEvaluated, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "year-evaluated")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e EvaluationViewed, at lifecycle.Event) {
				a.OpenEvaluation().View = &Reasons{Text: e.View, By: at.By, At: at.At}
			}),
			func(a A, _ EvaluationViewed, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.signatories(), "evaluation-viewed")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e EvaluationConcluded, at lifecycle.Event) {
				a.OpenEvaluation().Conclusion = &EvaluationConclusion{Grade: e.Grade, Opinion: e.Opinion, By: at.By, At: at.At}
			}),
			func(a A, _ EvaluationConcluded, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "evaluation-concluded"), tell(a, a.officers(), "evaluation-concluded")...)
			}),
	}
}
