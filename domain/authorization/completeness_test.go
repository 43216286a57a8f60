package authorization_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// Returned once with everything missing named: the agency's clock stops, the applicant's runs, and the resubmission shows what changed.
func TestReturnedForCompletion(t *testing.T) {
	r := submitted(t) // Monday 2026-01-05: 3 working days
	r.wantDue(t, "completeness", "2026-01-08")
	r.pass(t, "2026-01-06")
	r.refuse(t, officer, "return", authorization.ReturnInput{}, refusal.Required, "missing")
	r.refuse(t, officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "plan"}}}, refusal.Required, "missing[0].text")
	r.subjects("")
	sendBack(r)
	if diff := cmp.Diff(missing().Missing, r.a.Missing); diff != "" {
		t.Error(diff)
	}
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"application-returned"}) {
		t.Errorf("the applicant is told %v", got)
	}
	r.wantDue(t, "completeness", "left 2 working_days")
	r.wantDue(t, "completion", "2026-01-20")

	r.pass(t, "2026-01-16") // the applicant is reminded 3 working days before
	if got := r.subjects(identity.Applicant); !slices.Equal(got, []string{"deadline-reminder"}) {
		t.Errorf("the applicant is told %v", got)
	}
	in := application()
	in.Agency = otherAgency
	r.refuse(t, applicant, "edit", in, refusal.FixedOnceSubmitted, "agency")
	in = application()
	in.Capabilities.Finance, in.TermMonths = "10 million", 48
	r.do(t, applicant, "edit", in)
	r.do(t, applicant, "resubmit", nil)
	r.want(t, authorization.Submitted)
	r.wantDue(t, "completion", "ended")
	r.wantDue(t, "completeness", "2026-01-20") // two working days after Friday
	second := r.a.Submissions[1]
	want := []lifecycle.Change{
		{Path: "capabilities.finance", Before: json.RawMessage(`null`), After: json.RawMessage(`"10 million"`)},
		{Path: "term_months", Before: json.RawMessage(`60`), After: json.RawMessage(`48`)},
	}
	if diff := cmp.Diff(want, second.Changes); diff != "" || second.No != 2 || second.Hash != lifecycle.ContentHash(in) {
		t.Errorf("%s, %d", diff, second.No)
	}
	r.refuse(t, officer, "return", missing(), refusal.ReturnedBefore)
	r.accept(t)
	if len(r.a.Missing) > 0 {
		t.Error("something is still named as missing")
	}
}

// A completeness check that was late when it returned the application has a limit of its own when it comes back; the miss stands.
func TestLateReturn(t *testing.T) {
	r := submitted(t)
	r.subjects("")
	r.pass(t, "2026-01-12")
	if got := r.subjects(identity.Administrator); !slices.Equal(got, []string{"deadline-passed"}) {
		t.Errorf("the administrator is told %v", got)
	}
	sendBack(r)
	r.pass(t, "2026-01-14")
	r.do(t, applicant, "resubmit", nil)
	r.wantDue(t, "completeness", "2026-01-19")
	if r.a.Submissions[1].Changes != nil {
		t.Error("changes without change")
	}
	r.pass(t, "2026-01-19")
	if got := r.subjects(identity.CaseOfficer); !slices.Contains(got, "deadline-reminder") {
		t.Errorf("the officer is told %v", got)
	}
}

// Nobody has said yet that the check was late when the application is returned and handed in again: the miss is told afterwards, of the limit that was
// missed, and the newer one of its name runs on.
func TestLateReturnBeforeTheTick(t *testing.T) {
	r := submitted(t)
	r.now = day("2026-01-12").Start().Add(9 * time.Hour)
	sendBack(r)
	r.now = day("2026-01-14").Start().Add(9 * time.Hour)
	r.do(t, applicant, "resubmit", nil)
	r.subjects("")
	r.tick(t)
	if got := r.subjects(identity.Administrator); !slices.Equal(got, []string{"deadline-passed"}) {
		t.Errorf("the administrator is told %v", got)
	}
	if at, _ := r.a.WakeAt(); !at.After(r.now) {
		t.Fatalf("at %s a tick would come at %s", r.now, at)
	}
	r.wantDue(t, "completeness", "2026-01-19")
	r.accept(t)
	r.wantDue(t, "completeness", "ended")
}

// The applicant who does not complete the application in time is not forgotten.
func TestCompletionMissed(t *testing.T) {
	r := submitted(t)
	sendBack(r)
	r.subjects("")
	r.pass(t, "2026-02-02")
	if got := r.subjects(identity.CaseOfficer); !slices.Equal(got, []string{"deadline-passed"}) {
		t.Errorf("the officer is told %v", got)
	}
	r.do(t, applicant, "resubmit", nil)
}

func TestRefusedAtCompleteness(t *testing.T) {
	r := submitted(t)
	r.refuse(t, officer, "refuse", authorization.ReasonInput{Reason: " "}, refusal.Required, "reason")
	r.refuse(t, officer, "refuse", authorization.ReasonInput{Reason: strings.Repeat("x", 4001)}, refusal.TooLong, "reason")
	r.do(t, officer, "refuse", reason())
	r.want(t, authorization.Refused)
	if r.a.Outcome != "refused-at-completeness" || r.a.Refused.Text != reason().Reason || r.a.Refused.By.Person != "officer" {
		t.Errorf("%q %+v", r.a.Outcome, r.a.Refused)
	}
}

// The applicant may withdraw at any time before the decision, and not after it.
func TestWithdraw(t *testing.T) {
	before := []lifecycle.State{
		authorization.Submitted, authorization.Returned, authorization.Reviewing, authorization.ReviewReturned, authorization.AwaitingDecision, authorization.Amending,
	}
	for _, p := range places() {
		r := p.copy(t)
		if r.try(t, applicant, "withdraw", reason()) == nil {
			r.want(t, authorization.Withdrawn)
			if r.a.Outcome != "withdrawn" {
				t.Error(r.a.Outcome)
			}
		}
		if slices.Contains(before, p.a.State) != (r.a.State == authorization.Withdrawn && p.a.State != authorization.Withdrawn) {
			t.Errorf("%s: withdrawing leads to %q", p.name, r.a.State)
		}
	}
}
