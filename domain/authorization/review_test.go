package authorization_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/review"
)

// names lists the open reviews.
func (r *run) names() []string {
	var out []string
	for _, task := range r.active() {
		out = append(out, task.Name)
	}
	return out
}

// On acceptance the reviews of the first stage open in parallel, each as a task for a role within a kind of organisation, with its limit.
func TestReviewsOpen(t *testing.T) {
	r := submitted(t)
	r.subjects("")
	r.accept(t)
	r.want(t, authorization.Reviewing)
	r.wantDue(t, "completeness", "ended")
	if got := r.names(); !slices.Equal(got, []string{"business", "supplier", "security", "finance"}) {
		t.Errorf("stage 1: %v", got)
	}
	for i, task := range r.active() {
		review := national.Review.Reviews[i]
		if task.ID != fmt.Sprintf("%s.%d", caseID, i+1) || task.Kind != review.Kind || task.Role != review.Role || task.Round != 1 || task.Stage != 1 ||
			task.Step != "review:"+review.Name || r.due(task.Deadline) != "2026-02-02" {
			t.Errorf("%+v", task)
		}
		if own := task.Organization == agency; own != (task.Kind == identity.Agency) {
			t.Errorf("%s is for organisation %q", task.Name, task.Organization)
		}
	}
	if got := r.subjects(identity.SecurityReviewer); !slices.Equal(got, []string{"task-opened"}) {
		t.Errorf("the security reviewer is told %v", got)
	}
}

// The legality review is given no less than 7 working days (713号令 Art. 26).
func TestLegalityIsGivenSevenWorkingDays(t *testing.T) {
	r := reviewing(t)
	for r.a.Stage == 1 {
		r.review(t, r.names()[0], review.Approve)
	}
	if got := r.names(); !slices.Equal(got, []string{"fair-competition", "legality"}) {
		t.Fatalf("stage 2: %v", got)
	}
	d := r.a.Deadline(r.task(t, "legality").Deadline)
	if days.WorkingDaysAfter(d.From, d.Due.On) < 7 || d.Article != "713号令 Art. 26" {
		t.Errorf("%+v", d)
	}
}

// A stage is decided by the profile's rule when all its reviews are done, whatever their order: rejected before returned before passed.
func TestStageVerdicts(t *testing.T) {
	outcomes := []string{review.Approve, review.Return, review.Reject}
	stage := []string{"business", "supplier", "security", "finance"}
	for n := range 81 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r := reviewing(t)
			order := slices.Clone(stage)
			slices.SortFunc(order, func(a, b string) int { return (slices.Index(stage, a)+n)%4 - (slices.Index(stage, b)+n)%4 })
			rejected, returned := false, false
			for i, name := range order {
				outcome := outcomes[[]int{n % 3, n / 3 % 3, n / 9 % 3, n / 27}[i]]
				rejected, returned = rejected || outcome == review.Reject, returned || outcome == review.Return
				r.want(t, authorization.Reviewing)
				if r.a.Stage != 1 {
					t.Fatal("the stage ended before all its reviews were done")
				}
				r.review(t, name, outcome)
			}
			switch {
			case rejected:
				r.want(t, authorization.Rejected)
				if r.a.Outcome != "rejected-in-review" {
					t.Error(r.a.Outcome)
				}
			case returned:
				r.want(t, authorization.ReviewReturned)
				r.wantDue(t, "completion", "2026-01-19")
			default:
				r.want(t, authorization.Reviewing)
				if r.a.Stage != 2 {
					t.Error("the next stage did not open")
				}
			}
		})
	}
}

// Another profile, another meaning: there a single return is outvoted. It is the rule that decides, not the last click.
func TestTheProfilesRuleDecides(t *testing.T) {
	test := func(f func(m map[string]any) bool) policy.Condition {
		return policy.Condition{Source: "test", Test: func(m map[string]any) (bool, error) { return f(m), nil }}
	}
	number := func(m map[string]any, name string) int { n, _ := m[name].(int); return n }
	lenient := profile(func(p *policy.Profile) {
		p.Review.Returned = test(func(m map[string]any) bool { return number(m, "returned") > 1 })
		p.Review.Passed = test(func(m map[string]any) bool { return number(m, "approved") >= 3 && number(m, "total") == 4 })
	})
	r := newRun(lenient).draft(t).submit(t).accept(t)
	for i, name := range r.names() {
		r.review(t, name, []string{review.Return, review.Approve, review.Approve, review.Approve}[i])
	}
	if r.a.Stage != 2 {
		t.Errorf("%q, stage %d", r.a.State, r.a.Stage)
	}
	for range 2 { // two approvals are not three: a stage that fits no rule is returned
		r.review(t, r.names()[0], review.Approve)
	}
	r.want(t, authorization.ReviewReturned)

	broken := profile(func(p *policy.Profile) {
		p.Review.Passed = policy.Condition{Source: "test", Test: func(map[string]any) (bool, error) { return false, errors.New("no") }}
	})
	r = newRun(broken).draft(t).submit(t).accept(t)
	for _, name := range []string{"business", "supplier", "security"} {
		r.review(t, name, review.Approve)
	}
	last := r.claim(t, "finance")
	r.refuse(t, reviewers["finance"], "decide", review.Input{Task: last, Outcome: review.Approve, Opinion: "x"}, refusal.PolicyFails)
	r.want(t, authorization.Reviewing)
}

// Which reviews there are follows from the application; an application that nobody reviews goes nowhere.
func TestConditionalReviews(t *testing.T) {
	never := policy.Condition{Source: "false", Test: func(map[string]any) (bool, error) { return false, nil }}
	industry := policy.Condition{Source: "test", Test: func(m map[string]any) (bool, error) { return m["term_months"] == 60, nil }}
	conditional := func(when ...*policy.Condition) *policy.Profile {
		return profile(func(p *policy.Profile) {
			p.Review.Reviews = slices.Clone(p.Review.Reviews)
			for i := range p.Review.Reviews {
				p.Review.Reviews[i].When = when[min(i, len(when)-1)]
			}
		})
	}
	r := newRun(conditional(&never, &industry, &never)).draft(t).submit(t).accept(t)
	if got := r.names(); !slices.Equal(got, []string{"supplier"}) {
		t.Errorf("open: %v", got)
	}
	r.review(t, "supplier", review.Approve)
	r.want(t, authorization.AwaitingDecision)
	r = newRun(conditional(&never, &never, &never, &never, nil)).draft(t).submit(t).accept(t)
	if got := r.names(); r.a.Stage != 2 || !slices.Equal(got, []string{"fair-competition", "legality"}) {
		t.Errorf("stage %d: %v", r.a.Stage, got)
	}
	newRun(conditional(&never)).draft(t).submit(t).refuse(t, officer, "accept", nil, refusal.PolicyFails)
}

// Returned by review, amended, resubmitted: a new round with new tasks, new limits, and reminders and escalations that fire again.
func TestReturnAndReentry(t *testing.T) {
	r := reviewing(t)
	sentBack(r)
	if r.a.Stage != 1 || len(r.active()) > 0 {
		t.Errorf("stage %d, open %v", r.a.Stage, r.names())
	}
	r.pass(t, "2026-01-12")
	in := application()
	in.Resources = []string{"resource-1"}
	r.do(t, applicant, "edit", in)
	r.do(t, applicant, "resubmit", nil)
	r.want(t, authorization.Reviewing)
	r.wantDue(t, "completion", "ended")
	if r.a.Round != 2 || len(r.active()) != 4 || r.active()[0].Round != 2 || r.active()[0].Deadline != "review:business:2" {
		t.Errorf("round %d: %v", r.a.Round, r.active())
	}
	r.wantDue(t, "review:business:1", "ended")
	r.wantDue(t, "review:business:2", "2026-02-09")
	r.claim(t, "business")
	r.subjects("")
	r.pass(t, "2026-02-10")
	told := map[string]int{}
	for _, n := range r.notices {
		to := string(n.To.Role)
		if n.To.Person != "" {
			to = n.To.Person
		}
		told[n.Subject+" "+to+" "+n.Params["deadline"]]++
	}
	for _, want := range []string{
		"deadline-reminder business-reviewer review:business:2", // the claimant himself
		"deadline-reminder supply-reviewer review:supplier:2", "deadline-passed administrator review:business:2", "deadline-passed administrator review:finance:2",
	} {
		if told[want] != 1 {
			t.Errorf("%q went out %d times: %v", want, told[want], told)
		}
	}
	r.do(t, reviewers["business"], "decide", review.Input{Task: r.active()[0].ID, Outcome: review.Approve, Opinion: "late but sound"})
	r.wantDue(t, "review:business:2", "passed")
	r.reviewed(t)
	r.want(t, authorization.AwaitingDecision)
}

// The same application reviewed with the same words in another round waits for a decision on the same content; any change shows in the hash.
func TestDossierHash(t *testing.T) {
	hash := func(change func(*authorization.Application), conditions ...string) string {
		r := newRun(national).draft(t, change).submit(t).accept(t)
		r.review(t, "security", review.Approve, conditions...)
		return r.reviewed(t).a.Pending.ContentHash
	}
	same := func(*authorization.Application) {}
	base := hash(same)
	if base != hash(same) {
		t.Error("equal content, other hash")
	}
	if base == hash(same, "mask names") || base == hash(func(a *authorization.Application) { a.TermMonths = 59 }) {
		t.Error("other content, equal hash")
	}
	r := awaiting(t)
	if p := r.a.Pending; p.Decision != "major-decision" || p.BodyKind != identity.Government || p.Body != "" {
		t.Errorf("%+v", p)
	}
	r.wantDue(t, "major-decision", "2026-02-02")
}

func TestFaultsOfAReview(t *testing.T) {
	r := reviewing(t)
	id := r.claim(t, "finance")
	long := strings.Repeat("长", 4001)
	for path, c := range map[string]struct {
		in   review.Input
		code refusal.Code
	}{
		"outcome":       {review.Input{Outcome: "maybe", Opinion: "x"}, refusal.NotAChoice},
		"opinion":       {review.Input{Outcome: review.Approve}, refusal.Required},
		"conditions":    {review.Input{Outcome: review.Reject, Opinion: "x", Conditions: []string{"c"}}, refusal.ConditionsNeedApproval},
		"conditions[1]": {review.Input{Outcome: review.Approve, Opinion: "x", Conditions: []string{"c", "c"}}, refusal.Repeated},
		"conditions[0]": {review.Input{Outcome: review.Approve, Opinion: "x", Conditions: []string{long}}, refusal.TooLong},
	} {
		c.in.Task = id
		r.refuse(t, reviewers["finance"], "decide", c.in, c.code, path)
	}
	many := review.Input{Task: id, Outcome: review.Approve, Opinion: "x", Conditions: make([]string, 51)}
	r.refuse(t, reviewers["finance"], "decide", many, refusal.TooMany, "conditions")
	r.refuse(t, reviewers["finance"], "decide", review.Input{Task: "none", Outcome: review.Approve, Opinion: "x"}, refusal.NotEntitled)
}

// Conditions of approvals must stand in the agreement, word for word; those of a former round no longer count.
func TestConditionsGoIntoTheAgreement(t *testing.T) {
	r := reviewing(t)
	r.review(t, "business", review.Approve, "of a former round")
	r.review(t, "supplier", review.Return)
	r.review(t, "security", review.Approve)
	r.review(t, "finance", review.Approve)
	r.do(t, applicant, "resubmit", nil)
	r.review(t, "security", review.Approve, "mask names", "audit every year")
	r.review(t, "finance", review.Approve, "audit every year")
	r.reviewed(t).agreed(t)
	in := r.agreement()
	in.Conditions = []string{"audit every year"}
	r.refuse(t, officer, "propose-agreement", in, refusal.ConditionMissing, "conditions")
	in.Conditions = []string{"mask names", "audit every year"}
	r.do(t, officer, "propose-agreement", in)
}

// Withdrawing ends every task and limit, claimed or not.
func TestWithdrawnInReview(t *testing.T) {
	r := reviewing(t)
	r.claim(t, "security")
	before := len(r.events)
	r.do(t, applicant, "withdraw", reason())
	if got := strings.Count(r.types(before), "deadline-ended"); got != 4 {
		t.Errorf("%d limits ended: %s", got, r.types(before))
	}
	if _, ok := r.a.WakeAt(); ok || r.a.Task(caseID+".3").State != lifecycle.TaskCancelled {
		t.Error("something still runs")
	}
}

// A due time in a year without calendar is marked, never guessed.
func TestProvisionalDueTimes(t *testing.T) {
	r := newRun(national).draft(t)
	r.now = day("2026-12-28").Start().Add(1)
	r.submit(t).accept(t)
	d := r.a.Deadline("review:finance:1")
	if !d.Due.Provisional || d.Due.Calendar != days.Version() || calendar.DateOf(r.now) != d.From {
		t.Errorf("%+v", d)
	}
}
