package exit_test

import (
	"testing"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/policies"
)

// full drives an exit under the national profile, by the ground of the code.
func full(t *testing.T, ground string) *run {
	t.Helper()
	r := newRun(policies.National(), ground)
	r.advance(t)
	return r
}

// past lets the named limit pass.
func past(t fataler, r *run, limit string) {
	t.Helper()
	for r.c.Deadline(limit).Open() {
		r.tick(t)
	}
}

// heard takes a defaulting operator from the notice of default to the decision, by way of a hearing.
func heardInFull(t *testing.T) *run {
	t.Helper()
	r := full(t, "breach")
	r.do(t, "applicant", "report-cure", exit.CureInput{Text: "put right", Attachments: []string{operatorFile}})
	r.do(t, "officer", "reject-cure", exit.ReasonInput{Reason: "it was not"})
	past(t, r, "cure")
	r.do(t, "applicant", "request-hearing", exit.HearingInput{})
	r.do(t, "applicant", "waive-defence", nil)
	r.refuse(t, "decider", "decide", decision(exit.Terminate, 0), refusal.NotInState)
	earliest := r.env.Calendar.Due(calendar.DateOf(r.env.Now), calendar.WorkingDays(7)).On
	call := exit.CallInput{Date: earliest.AddDays(-1).String(), Time: "9:00", Place: "hall"}
	r.refuse(t, "lawyer", "call-hearing", call, refusal.InvalidInput)
	call.Date = earliest.String()
	r.do(t, "lawyer", "call-hearing", call)
	record := exit.RecordInput{Record: agencyFile, Attended: []string{"both"}, Summary: "said"}
	r.refuse(t, "lawyer", "record-hearing", record, refusal.ExitHearingEarly)
	r.env.Now = earliest.End().Add(-1)
	r.do(t, "lawyer", "record-hearing", record)
	r.do(t, "applicant", "sign-record", nil)
	return r
}

func windingDownInFull(t *testing.T) *run {
	t.Helper()
	r := heardInFull(t)
	in := decision(exit.Terminate, 0)
	in.BanMonths = r.c.Intended.BanMonths + 1
	r.refuse(t, "decider", "decide", in, refusal.InvalidInput) // not graver than announced
	in.BanMonths--
	r.do(t, "decider", "decide", in)
	r.do(t, "officer", "serve-decision", r.service())
	r.do(t, "system", "begin-wind-down", nil)
	return r
}

// The pattern that a court upheld (Jingzhou): default with 60 days to cure, intention with 30, hearing on request, decision, effective on service.
func TestRequirement57CourtUpheldPattern(t *testing.T) {
	r := windingDownInFull(t)
	if d := r.c.Deadline("cure"); d.Span != "60 calendar_days" || r.c.Deadline("statement").Span != "30 calendar_days" {
		t.Errorf("cure %s", d.Span)
	}
	if r.c.Decision.Record != agencyFile || !r.c.Banned(r.c.Service.Date) {
		t.Errorf("record %q, ban %+v", r.c.Decision.Record, r.c.Ban)
	}
}

func TestRequirement58MoneyFollowsWayAndGround(t *testing.T) {
	want := map[string]policy.Money{
		"public-interest": policy.Compensation, "unlawful-grant": policy.Damages, "selection-fraud": policy.NoMoney, "serious-violation": policy.NoMoney,
		"breach": policy.NoMoney, "consent": policy.NoMoney, "term-expired": policy.NoMoney,
	}
	rules := policies.National().Exit
	for _, g := range rules.Grounds {
		if money, ok := want[g.Code]; ok && rules.Way(g.Way).Owed(g) != money {
			t.Errorf("%s: %s", g.Code, rules.Way(g.Way).Owed(g))
		}
	}
}

func TestRequirement59RemediesRunFromService(t *testing.T) {
	r := windingDownInFull(t)
	served := r.c.Service.Date
	if d := r.c.Deadline("reconsideration"); d.From != served || d.Due.On.Before(served.AddDays(60)) {
		t.Errorf("%+v", d)
	}
	if d := r.c.Deadline("suit"); d.Due.On.Before(served.AddMonths(6)) {
		t.Errorf("%+v", d)
	}
}

// take takes every step that is ready, the system's and people's, as long as more may be.
func take(t fataler, r *run, until func() bool) {
	t.Helper()
	for !until() {
		before := r.c.Version
		for _, s := range r.c.Ready() {
			if s.State == exit.StepPending {
				r.do(t, "system", "open-step", exit.StepInput{Step: s.Code})
			}
			if s.By == policy.BySystem {
				r.do(t, "system", "note-step", exit.StepResultInput{Step: s.Code, Result: "done"})
			} else {
				r.finish(t)
			}
			if until() {
				return
			}
		}
		if r.c.Version == before {
			t.Fatalf("nothing is ready, and left are %+v", r.c.StepsLeft())
		}
	}
}

func TestRequirement60NothingIsForgotten(t *testing.T) {
	r := windingDownInFull(t)
	r.refuse(t, "system", "close", nil, refusal.ExitStepsLeft)
	r.refuse(t, "system", "open-step", exit.StepInput{Step: "return-or-delete-data"}, refusal.ExitStepOrder)
	take(t, r, func() bool { return len(r.c.StepsLeft()) == 0 })
	r.do(t, "system", "close", nil)
	if r.c.State != exit.Surviving || len(r.c.Duties) == 0 {
		t.Fatalf("%s with %d duties", r.c.State, len(r.c.Duties))
	}
	for r.c.State == exit.Surviving {
		r.tick(t)
	}
	if r.c.State != exit.Closed {
		t.Errorf("it ends as %s", r.c.State)
	}
}

func TestStayAndReinstatement(t *testing.T) {
	r := windingDownInFull(t)
	today := calendar.DateOf(r.env.Now).String()
	take(t, r, func() bool { return len(r.c.StepsLeft()) < len(r.c.Steps) })
	r.do(t, "officer", "note-review", exit.ReviewInput{Kind: exit.Suit, Body: "court", Number: "1", Date: today})
	r.do(t, "officer", "stay-effect", exit.StayInput{Review: 1, Body: "court", Reason: "harm", Proof: agencyFile})
	r.refuse(t, "system", "open-step", exit.StepInput{Step: "delist-products"}, refusal.ExitStayed)
	r.do(t, "officer", "note-review-result", exit.ReviewResultInput{Review: 1, Result: exit.Annulled, Date: today, Document: "2", Proof: agencyFile})
	r.do(t, "decider", "reinstate", exit.CarryInput{Review: 1, Reference: "3", Reasons: "the judgment"})
	for _, m := range r.c.ToUndo() {
		r.do(t, "system", "note-undone", exit.UndoneInput{Measure: m, Result: "undone"})
	}
	r.do(t, "system", "conclude-stop", nil)
	if r.c.Outcome != exit.OutcomeReinstated || r.c.Banned(calendar.DateOf(r.env.Now)) {
		t.Errorf("%s, ban %+v", r.c.Outcome, r.c.Ban)
	}
}

func TestAnnulledTooLateIsMoney(t *testing.T) {
	r := windingDownInFull(t)
	today := calendar.DateOf(r.env.Now).String()
	take(t, r, func() bool { return r.c.NoReturn() != nil })
	r.do(t, "officer", "note-review", exit.ReviewInput{Kind: exit.Reconsideration, Body: "government", Number: "1", Date: today})
	r.do(t, "officer", "note-review-result", exit.ReviewResultInput{Review: 1, Result: exit.Annulled, Date: today, Document: "2", Proof: agencyFile})
	if d := r.c.Duties; len(d) != 1 || !d[0].Owed || r.c.Paused() {
		t.Errorf("%+v, paused %t", d, r.c.Paused())
	}
	r.refuse(t, "decider", "reinstate", exit.CarryInput{Review: 1, Reference: "3", Reasons: "late"}, refusal.ExitNoReview)
}

// Whoever investigated neither chairs nor decides.
func TestInvestigatorStaysAway(t *testing.T) {
	r := full(t, "beyond-scope")
	r.do(t, "applicant", "waive-defence", nil)
	r.refuse(t, "requester", "decide", decision(exit.Terminate, 0), refusal.ActedBefore)
}

// When the limits of several steps pass at the same moment, each falls to the agency as a task of its own.
func TestStepsFallTogether(t *testing.T) {
	r := windingDownInFull(t)
	fell := 0
	for range 5 {
		for _, s := range r.c.Ready() {
			if s.State == exit.StepPending {
				r.do(t, "system", "open-step", exit.StepInput{Step: s.Code})
			}
		}
		before := len(r.c.Tasks)
		r.env.Now = r.env.Now.AddDate(0, 4, 0)
		r.do(t, "system", lifecycle.Tick, nil)
		fell = max(fell, len(r.c.Tasks)-before)
		for _, s := range r.c.Ready() {
			if s.By == policy.BySystem {
				r.do(t, "system", "note-step", exit.StepResultInput{Step: s.Code, Result: "done"})
			}
		}
	}
	if fell < 2 {
		t.Fatalf("%d steps fell at once, so this test shows nothing", fell)
	}
	seen := map[string]bool{}
	for _, task := range r.c.Tasks {
		if seen[task.ID] {
			t.Errorf("two tasks are called %s", task.ID)
		}
		seen[task.ID] = true
	}
	for _, s := range r.c.Steps {
		if task := r.c.Task(s.Task); task != nil && task.Name != s.Code {
			t.Errorf("the task of %s is for %s", s.Code, task.Name)
		}
	}
}
