package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

func yearly(year int) authorization.ReportInput {
	return authorization.ReportInput{Year: year, Summary: "the year", Attachments: []string{operatorFile}}
}

// Every year by 31 March the report on the year before is due, from the first year of operation on (65号 part 5).
func TestReportsOverTheYears(t *testing.T) {
	r := operating(t) // since 2026-03-01, four weeks before a 31 March on which nothing can be reported
	r.wantDue(t, "operation-report", "2027-03-31")
	r.refuse(t, applicant, "report-operation", yearly(2025), refusal.NotAReportYear, "year")
	r.refuse(t, applicant, "report-operation", yearly(2027), refusal.NotAReportYear, "year")
	r.refuse(t, applicant, "report-operation", authorization.ReportInput{Year: 2026}, refusal.Required, "summary")

	r.do(t, applicant, "report-operation", yearly(2026)) // interim
	r.wantDue(t, "operation-report", "2027-03-31")
	r.refuse(t, applicant, "report-operation", yearly(2026), refusal.Repeated, "year")

	r.subjects("")
	r.pass(t, "2027-03-15") // 20 working days before: reminded
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"deadline-reminder"}) {
		t.Errorf("the operator is told %v", got)
	}
	r.do(t, applicant, "report-operation", yearly(2026))
	r.wantDue(t, "operation-report", "2028-03-31")
	r.refuse(t, applicant, "report-operation", yearly(2026), refusal.Repeated, "year")

	r.pass(t, "2028-04-10") // missed
	if n := r.notices[len(r.notices)-1]; n.Subject != "deadline-passed" || n.To.Role != identity.Administrator || n.Params["due"] != "2028-03-31" {
		t.Errorf("%+v", n)
	}
	r.wantDue(t, "operation-report", "2029-04-02") // 31 March 2029 is a Saturday
	r.pass(t, "2029-01-02")
	r.do(t, applicant, "report-operation", yearly(2028))
	r.wantDue(t, "operation-report", "2030-04-01")
	r.do(t, applicant, "report-operation", yearly(2027))
	r.wantDue(t, "operation-report", "2030-04-01") // a late report meets no other limit
	if len(r.a.Reports) != 4 {
		t.Errorf("%+v", r.a.Reports)
	}
}

// The law's date is not held: the report falls due while operation is suspended or in exit, and can be handed in then.
func TestReportWhileSuspendedOrInExit(t *testing.T) {
	r := operating(t).suspend(t)
	r.wantDue(t, "operation-report", "2027-03-31")
	r.pass(t, "2027-03-01")
	r.do(t, applicant, "report-operation", yearly(2026))
	r.wantDue(t, "operation-report", "2028-03-31")
	r.openExit(t)
	r.pass(t, "2028-03-01")
	r.do(t, applicant, "report-operation", yearly(2027))
	r.wantDue(t, "operation-report", "2029-04-02")
	r.exitEnds(t, "closed")
}

// The warning, the renewal window and the end of the term come from the profile and the agreed term, one after the other, once.
func TestTowardsExpiry(t *testing.T) {
	r := operating(t) // to 2031-02-28
	r.refuse(t, applicant, "request-renewal", renewal(), refusal.RenewalWindowClosed)
	r.subjects("")
	r.pass(t, "2030-12-31")
	if got := r.subjects(identity.Applicant); !slices.Contains(got, "renewal-window-open") {
		t.Errorf("the operator is told %v", got)
	}
	r.pass(t, "2031-01-30")
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"expiry-near"}) {
		t.Errorf("the operator is told %v", got)
	}
	r.pass(t, "2031-02-28")
	r.want(t, authorization.Operating)
	r.pass(t, "2031-03-01")
	r.want(t, authorization.Exiting)
	if got := r.subjects(identity.CaseOfficer); !slices.Equal(got, []string{"exit-opened"}) {
		t.Errorf("the officer is told %v", got)
	}
}

func TestRenewal(t *testing.T) {
	r := operating(t)
	r.pass(t, "2031-01-02")
	r.refuse(t, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Invited, Text: "x"}, refusal.NothingToAnswer)
	r.refuse(t, applicant, "request-renewal", authorization.RenewalInput{Reason: "x"}, refusal.Required, "months")
	r.refuse(t, applicant, "request-renewal", authorization.RenewalInput{Months: 301, Reason: "x"}, refusal.TermTooLong, "months")
	r.refuse(t, applicant, "request-renewal", authorization.RenewalInput{Months: 12}, refusal.Required, "reason")
	r.do(t, applicant, "request-renewal", renewal())
	r.refuse(t, applicant, "request-renewal", renewal(), refusal.RenewalRequested)
	r.refuse(t, officer, "answer-renewal", authorization.AnswerInput{Answer: "perhaps", Text: "x"}, refusal.NotAChoice, "answer")
	r.refuse(t, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Declined}, refusal.Required, "text")
	r.do(t, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Declined, Text: "not evaluated yet"})
	r.do(t, applicant, "request-renewal", renewal()) // a declined request may be made again
	if r.a.Renewal.Answer != "" {
		t.Error("the old answer stands")
	}
	r.do(t, officer, "answer-renewal", authorization.AnswerInput{Answer: authorization.Invited, Text: "apply again"})
	r.refuse(t, applicant, "request-renewal", renewal(), refusal.RenewalRequested)
	if n := r.a.Renewal; n.Answer != authorization.Invited || n.Months != 36 || n.RequestedBy.Person != "applicant" || n.AnsweredAt == nil {
		t.Errorf("%+v", n)
	}

	next := newRun(national)
	next.facts.Cases[caseID+"-old"] = r.a
	next.draft(t, func(a *authorization.Application) { a.Renews = caseID + "-old" }).submit(t)
}

// A term so short that the window is open from the start has it open from the start, and no warning of the past.
func TestShortTerm(t *testing.T) {
	r := newRun(national).draft(t, func(a *authorization.Application) { a.TermMonths = 1 }).submit(t).accept(t).reviewed(t).agreed(t).
		propose(t, officer).agreeText(t).agreed(t).sign(t).file(t).started(t)
	if r.a.Renewal == nil || r.a.Deadline("expiry-warning") != nil {
		t.Errorf("%+v, %+v", r.a.Renewal, r.a.Deadlines)
	}
	r.do(t, applicant, "request-renewal", renewal())
	for r.a.State == authorization.Operating { // registrations are reminded of on the way
		r.tick(t)
	}
	r.want(t, authorization.Exiting)
}

func TestFaultsOfASuspension(t *testing.T) {
	r := operating(t)
	for path, c := range map[string]struct {
		change func(*authorization.SuspendInput)
		code   refusal.Code
	}{
		"ground":      {func(in *authorization.SuspendInput) { in.Ground = "mood" }, refusal.NotAGround},
		"authority":   {func(in *authorization.SuspendInput) { in.Authority = "" }, refusal.Required},
		"reason":      {func(in *authorization.SuspendInput) { in.Reason = "" }, refusal.Required},
		"evidence[0]": {func(in *authorization.SuspendInput) { in.Evidence = []string{operatorFile} }, refusal.UnknownReference},
	} {
		in := suspension()
		c.change(&in)
		r.refuse(t, administrator, "suspend", in, c.code, path)
	}
	r.suspend(t)
	if s := r.a.Suspension; s.Ground != "security-risk" || s.Authority != "order 7" || s.By.Person != "administrator" || r.a.Access != authorization.AccessSuspended {
		t.Errorf("%+v, %s", s, r.a.Access)
	}
	r.refuse(t, administrator, "resume", authorization.ReasonInput{}, refusal.Required, "reason")
	r.resume(t)
	if r.a.Suspension != nil || r.a.Access != authorization.AccessOpen {
		t.Errorf("%+v, %s", r.a.Suspension, r.a.Access)
	}
}

// newOperation is one whose agreed term is shorter than the cap of five years.
func newOperation(t fataler, months int) *run {
	t.Helper()
	return newRun(national).draft(t, func(a *authorization.Application) { a.TermMonths = months }).submit(t).accept(t).reviewed(t).agreed(t).
		propose(t, officer).agreeText(t).agreed(t).sign(t).file(t).started(t)
}

// Suspension holds the clocks of the term; when operation goes on, the term ends later by as many days.
func TestSuspensionHoldsTheTerm(t *testing.T) {
	r := newOperation(t, 12) // 2026-03-01 to 2027-02-28
	for name, due := range map[string]string{"expiry": "2027-02-28", "expiry-warning": "2027-01-29", "renewal-window": "2026-12-30"} {
		r.wantDue(t, name, due)
	}
	r.pass(t, "2026-06-01")
	r.suspend(t)
	for name, left := range map[string]string{"expiry": "272", "expiry-warning": "242", "renewal-window": "212"} {
		r.wantDue(t, name, "left "+left+" calendar_days")
	}
	r.wantDue(t, "expiry-at-latest", "2031-02-28")
	r.pass(t, "2026-09-09") // 100 days
	r.resume(t)
	for name, due := range map[string]string{"expiry": "2027-06-08", "expiry-warning": "2027-05-09", "renewal-window": "2027-04-09", "expiry-at-latest": "ended"} {
		r.wantDue(t, name, due)
	}
	r.pass(t, "2027-06-09")
	r.want(t, authorization.Exiting)
}

// However long the suspension, the term never grows past five years from its first day (27号 Art. 14(2)).
func TestSuspensionNeverOutgrowsTheCap(t *testing.T) {
	r := newOperation(t, 12)
	r.pass(t, "2026-06-01")
	r.suspend(t)
	r.pass(t, "2030-12-01")
	r.resume(t)
	r.wantDue(t, "expiry", "2031-02-28")
	r.wantDue(t, "expiry-warning", "2031-01-29") // what leads up to the end moves with it
	r.wantDue(t, "renewal-window", "2030-12-30")
	r.subjects("")
	r.pass(t, "2031-03-01")
	r.want(t, authorization.Exiting)
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"renewal-window-open", "expiry-near", "exit-opened"}) {
		t.Errorf("the operator is told %v", got)
	}

	full := operating(t) // five years: there is nothing to grow into
	full.pass(t, "2026-06-01")
	full.suspend(t)
	full.pass(t, "2027-06-01")
	full.resume(t)
	full.wantDue(t, "expiry", "2031-02-28")
}

// A suspension that outlasts the cap does not keep the authorisation alive: the exit opens by itself.
func TestCapReachedWhileSuspended(t *testing.T) {
	r := newOperation(t, 12)
	r.pass(t, "2026-06-01")
	r.suspend(t)
	r.pass(t, "2031-03-01")
	r.want(t, authorization.Exiting)
	if e := r.a.ExitRequest(); e.Trigger != "expiry" || e.RequestedBy.Person != identity.SystemPerson || r.a.Before != authorization.Suspended {
		t.Errorf("%+v", e)
	}
	r.exitEnds(t, "closed")
}

// Every date that operation waits for lies in the future, also after a suspension: nothing is lost and nothing comes twice.
func TestClocksOfOperationComeOnce(t *testing.T) {
	r := newOperation(t, 24)
	r.pass(t, "2027-01-04")
	r.suspend(t)
	r.pass(t, "2027-02-01")
	r.resume(t)
	r.pass(t, "2028-06-01")
	count := map[string]int{}
	for _, e := range r.events {
		count[e.Type]++
	}
	if count["renewal-window-opened"] != 1 || count["expiry-warned"] != 1 || count["exit-opened"] != 1 || r.a.State != authorization.Exiting {
		t.Errorf("%v", count)
	}
	if slices.ContainsFunc(r.a.Deadlines, func(d lifecycle.Deadline) bool { return d.Left != "" }) {
		t.Error("a clock still stands")
	}
}
