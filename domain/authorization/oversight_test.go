package authorization_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/notice"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// leader concludes what the officer scored.
var leader = agencySigns

func scopeOfInspection() authorization.InspectionScope {
	return authorization.InspectionScope{Subject: "security", About: "logs of calls", Resources: []string{"resource-1"}, Products: []string{"flow"}, Who: "division of data security"}
}

func toInspect(on string) authorization.PlanInspectionInput {
	return authorization.PlanInspectionInput{On: on, InspectionScope: scopeOfInspection()}
}

func (r *run) held(outcome authorization.InspectionOutcome) authorization.Held {
	return authorization.Held{HeldOn: r.today().String(), Outcome: outcome, Report: "logs are missing"}
}

// scores gives every criterion its share of the points.
func (r *run) scores(percent int) authorization.EvaluateInput {
	in := authorization.EvaluateInput{Year: r.today().Year() - 1, Reasons: "by the records"}
	for _, c := range policiesOf(r).Criteria {
		in.Scores = append(in.Scores, authorization.Score{Criterion: c.Code, Points: c.Points * percent / 100})
	}
	return in
}

func policiesOf(r *run) *policy.Evaluation {
	if r.policy.Supervision != nil && r.policy.Supervision.Evaluation != nil {
		return r.policy.Supervision.Evaluation
	}
	return national.Supervision.Evaluation
}

func (r *run) audit(outcome authorization.AuditResult) authorization.AuditInput {
	in := authorization.AuditInput{Year: r.today().Year() - 1, Auditor: "an audit firm", Summary: "controls were tested", Outcome: outcome, Attachments: []string{operatorFile}}
	if outcome == authorization.AuditDefects {
		in.Defects = "access is not reviewed"
	}
	return in
}

func view() authorization.ViewInput {
	return authorization.ViewInput{View: "we served more than was asked"}
}

// evaluated has a year scored, the operator heard and the evaluation concluded.
func (r *run) evaluated(t fataler, percent int) *run {
	r.do(t, officer, "evaluate", r.scores(percent))
	r.do(t, applicant, "view-evaluation", view())
	r.do(t, leader, "conclude-evaluation", authorization.ConcludeInput{Opinion: "as scored"})
	return r
}

// A planned inspection is announced and has its day; a supervisor's is the supervisor's alone; and one that was not held in time shows as late.
func TestPlannedInspection(t *testing.T) {
	r := operating(t)
	on := r.today().AddDays(20)
	r.notices = nil
	r.do(t, auditor, "plan-inspection", toInspect(on.String()))
	if told := r.subjects(identity.Applicant); !slices.Equal(told, []string{"inspection-planned"}) {
		t.Errorf("the operator is told %v", told)
	}
	r.wantDue(t, "inspection:1", on.String())
	r.refuse(t, officer, "record-inspection", authorization.InspectionResultInput{Inspection: 1, Held: r.held(authorization.InspectionClean)}, refusal.NoInspection)
	r.refuse(t, auditor, "plan-inspection", toInspect(r.today().AddDays(-1).String()), refusal.DayInPast, "on")
	other := toInspect(on.String())
	other.Resources, other.Products, other.Subject = []string{"resource-9"}, []string{"nothing"}, "nonsense"
	r.refuse(t, auditor, "plan-inspection", other, refusal.UnknownReference, "resources[0]")
	r.refuse(t, auditor, "plan-inspection", other, refusal.UnknownReference, "products[0]")
	r.refuse(t, auditor, "plan-inspection", other, refusal.NotASubject, "subject")
	r.suspend(t) // supervision does not wait for operation
	r.wantDue(t, "inspection:1", on.String())
	if r.a.Inspections[0].Late(on) {
		t.Error("late on its day")
	}
	r.pass(t, on.AddDays(2).String())
	if !r.a.Inspections[0].Late(r.today()) || r.due("inspection:1") != "passed" {
		t.Errorf("%+v, %s", r.a.Inspections[0], r.due("inspection:1"))
	}
	ahead := authorization.InspectionResultInput{Inspection: 1, Held: r.held(authorization.InspectionFound)}
	ahead.HeldOn = r.today().AddDays(1).String()
	r.refuse(t, auditor, "record-inspection", ahead, refusal.DateInFuture, "held_on")
	early := ahead
	early.HeldOn = calendar.DateOf(*r.a.Started).AddDays(-1).String()
	r.refuse(t, auditor, "record-inspection", early, refusal.BeforeOperation, "held_on")
	r.do(t, auditor, "record-inspection", authorization.InspectionResultInput{Inspection: 1, Held: r.held(authorization.InspectionFound)})
	if i := r.a.Inspections[0]; i.Pending() || i.Late(r.today()) || i.Result.Outcome != authorization.InspectionFound {
		t.Errorf("%+v", i)
	}
	r.do(t, officer, "plan-inspection", toInspect(r.today().AddDays(5).String()))
	r.do(t, officer, "cancel-inspection", authorization.CancelInspectionInput{Inspection: 2, Reason: "another day"})
	r.wantDue(t, "inspection:2", "ended")
	r.refuse(t, officer, "cancel-inspection", authorization.CancelInspectionInput{Inspection: 2, Reason: "again"}, refusal.NoInspection)
}

// Nothing on the case tells of an unplanned inspection before it was held; nothing of any inspection is public.
func TestUnplannedInspectionIsNotAnnounced(t *testing.T) {
	r := operating(t)
	entry, _ := r.a.RegisterEntry()
	r.notices = nil
	r.do(t, officer, "record-unplanned-inspection", authorization.UnplannedInput{InspectionScope: scopeOfInspection(), Held: r.held(authorization.InspectionFound)})
	i := r.a.Inspections[0]
	if i.Planned || i.Result == nil || r.a.Deadline("inspection:1") != nil {
		t.Errorf("%+v", i)
	}
	if told := r.subjects(identity.Applicant); !slices.Equal(told, []string{"inspection-held"}) {
		t.Errorf("told %v", told)
	}
	if now, _ := r.a.RegisterEntry(); encode(now) != encode(entry) {
		t.Error("the public learns of it")
	}
}

// TestRequirement56EvaluationFeedsRenewal: a year is scored by the agency, the operator is heard in its time, another person concludes; who failed is not invited to
// renew, and what is missing is pointed out and stays with the answer, as the profile has it.
func TestRequirement56EvaluationFeedsRenewal(t *testing.T) {
	r := operating(t)
	r.wantDue(t, "evaluation-due", "2027-06-30")
	r.refuse(t, officer, "evaluate", r.scores(80), refusal.NoYearOver)
	r.pass(t, "2030-03-01")
	early := r.scores(80)
	early.Year++
	r.refuse(t, officer, "evaluate", early, refusal.NotAReportYear, "year")
	r.do(t, officer, "evaluate", r.scores(50))
	both := identity.Actor{Person: officer.Person, Grants: append(slices.Clone(officer.Grants), leader.Grants...)}
	r.refuse(t, both, "conclude-evaluation", authorization.ConcludeInput{Opinion: "mine"}, refusal.OwnEvaluation)
	r.refuse(t, leader, "conclude-evaluation", authorization.ConcludeInput{Opinion: "early"}, refusal.ViewPending)
	r.pass(t, "2030-03-20") // the operator lets its time go by
	r.refuse(t, applicant, "view-evaluation", view(), refusal.NothingToAnswer)
	r.do(t, leader, "conclude-evaluation", authorization.ConcludeInput{Opinion: "as scored"})
	if e := r.a.LastEvaluation(); e.Year != 2029 || !e.Conclusion.Grade.Failed || e.Points >= 60 {
		t.Errorf("%+v", e)
	}
	r.refuse(t, officer, "evaluate", r.scores(90), refusal.Repeated, "year")
	r.pass(t, "2031-01-05")
	r.do(t, applicant, "request-renewal", renewal())
	answer := authorization.AnswerInput{Answer: authorization.Invited, Text: "apply again"}
	r.refuse(t, officer, "answer-renewal", answer, refusal.RenewalBarred)
	declined := r.copy(t)
	declined.do(t, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Declined, Text: "failed"})
	if f := declined.a.Renewal.Flags; len(f) != 2 || f[0].On != policy.EvaluationFailed || f[0].Year != 2029 || f[1].On != policy.AuditMissing {
		t.Errorf("the answer keeps %+v", f)
	}
	r.evaluated(t, 95)
	r.do(t, applicant, "hand-in-audit", r.audit(authorization.AuditDefects))
	r.do(t, officer, "answer-renewal", answer)
	if f := r.a.Renewal.Flags; len(f) != 1 || f[0].On != policy.AuditDefects || f[0].Year != 2030 {
		t.Errorf("the answer keeps %+v", f)
	}
	if e := r.a.LastEvaluation(); e.Conclusion.Grade.Code != "excellent" {
		t.Errorf("%+v", e)
	}
}

// TestRequirement56EvaluationAndAuditFeedExit: an exit names the evaluations that were failed and the audits that found defects, with their evidence.
func TestRequirement56EvaluationAndAuditFeedExit(t *testing.T) {
	r := operating(t)
	r.pass(t, "2027-03-01")
	in := r.scores(40)
	in.Evidence = []string{agencyFile}
	r.do(t, officer, "evaluate", in)
	r.do(t, applicant, "view-evaluation", view())
	r.do(t, leader, "conclude-evaluation", authorization.ConcludeInput{Opinion: "as scored"})
	r.do(t, applicant, "hand-in-audit", r.audit(authorization.AuditDefects))
	r.refuse(t, applicant, "hand-in-audit", r.audit(authorization.AuditSound), refusal.Repeated, "year")
	r.wantDue(t, "evaluation-due", "2028-06-30")
	r.wantDue(t, "audit-due", "2028-06-30")
	r.do(t, administrator, "open-exit", authorization.ExitInput{Ground: "failed-evaluation", Statement: "failed", Evidence: []string{agencyFile}})
	got := r.a.ExitRequest().Judgements
	if len(got) != 2 || got[0].Of != exit.Evaluated || got[0].Year != 2026 || got[0].Points != 40 || !slices.Equal(got[0].Evidence, []string{agencyFile}) || got[1].Of != exit.Audited {
		t.Errorf("%+v", got)
	}
}

// Audits and evaluations that are late are looked after for the next year too; what the profile has no rules of is refused.
func TestYearlyLimits(t *testing.T) {
	r := operating(t)
	r.pass(t, "2027-07-10")
	r.wantDue(t, "evaluation-due", "2028-06-30")
	r.wantDue(t, "audit-due", "2028-06-30")
	r = operating(t)
	without := *national
	supervision := *national.Supervision
	supervision.Inspection, supervision.Evaluation, supervision.Audit = nil, nil, nil
	without.Supervision = &supervision
	r.policy = &without
	r.refuse(t, officer, "plan-inspection", toInspect(r.today().String()), refusal.SupervisionNotRuled)
	r.refuse(t, officer, "evaluate", r.scores(80), refusal.SupervisionNotRuled)
	r.refuse(t, applicant, "hand-in-audit", r.audit(authorization.AuditSound), refusal.SupervisionNotRuled)
}

// Whatever points are given, they are refused or add up, and have one grade.
func TestPointsAddUp(t *testing.T) {
	at := operating(t)
	at.pass(t, "2027-03-01")
	rapid.Check(t, func(rt *rapid.T) {
		r, in, sum, bad := at.copy(rt), at.scores(0), 0, false
		for i, c := range national.Supervision.Evaluation.Criteria {
			p := rapid.IntRange(-1, c.Points+1).Draw(rt, c.Code)
			in.Scores[i].Points = p
			sum, bad = sum+p, bad || p < 0 || p > c.Points
		}
		if drop := rapid.IntRange(0, 20).Draw(rt, "drop"); drop < len(in.Scores) {
			in.Scores, bad = slices.Delete(in.Scores, drop, drop+1), true
		}
		no := r.try(rt, officer, "evaluate", in)
		if (no != nil) != bad {
			rt.Fatalf("%+v: %v", in.Scores, no)
		}
		if no == nil && (r.a.OpenEvaluation().Points != sum || national.Supervision.Evaluation.GradeOf(sum).Failed != (sum < 60)) {
			rt.Fatalf("%d points of %d", r.a.OpenEvaluation().Points, sum)
		}
	})
}

// Everything that is told has words.
func TestOversightIsToldInWords(t *testing.T) {
	for _, subject := range []string{"inspection-planned", "inspection-held", "inspection-cancelled", "year-evaluated", "evaluation-viewed", "evaluation-concluded", "audit-handed-in"} {
		if words, known := notice.Words(subject, map[string]string{"case": "a"}); !known || !words.Complete() {
			t.Errorf("%s: %v", subject, words)
		}
	}
}
