package workflows_test

import (
	"slices"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

const (
	hour = time.Hour
	day  = 24 * hour
	year = 365 * day
)

// One authorisation from its application to its closing after five years, in the order in which the phases follow each other.
func TestWholeLife(t *testing.T) {
	l := newLifetime(t)
	var states []lifecycle.State
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 60)
		at := func() { states = append(states, a.Case().State) }
		at()
		a.Submit()
		at()
		d.Wait(day)
		a.Accept()
		at()
		a.Approve()
		at()
		a.Decide("m-1", resolution.For)
		at()
		a.Contract("m-2", 14)
		at()
		a.Reaches(authorization.Operating, day)
		at()
		a.Reaches(authorization.Exiting, 10*day)
		at()
		a.Exit().WindDown()
		a.Reaches(authorization.Closed, hour)
		at()
	})
	want := []lifecycle.State{
		authorization.Draft, authorization.Submitted, authorization.Reviewing, authorization.AwaitingDecision, authorization.AgreementDrafting,
		authorization.Filed, authorization.Operating, authorization.Exiting, authorization.Closed,
	}
	if !slices.Equal(states, want) {
		t.Errorf("states %v\nwant   %v", states, want)
	}
	if l.ended != nil || len(l.refused) > 0 {
		t.Errorf("ended with %v, refused %v", l.ended, l.refused)
	}
	l.punctual(authorization.Machine, "a-1")
	l.punctual(exit.Machine, "a-1.exit-1")
	// No run grows much older than a month, and each knows the case alone.
	if n := len(l.inputs); n < 55 || n > 65 {
		t.Errorf("%d runs in five years", n)
	}
	for _, in := range l.inputs {
		if in != (workflows.CaseInput{Case: "a-1"}) {
			t.Errorf("input %+v", in)
		}
	}
	if got := l.clockEvents("a-1"); !slices.Contains(got, "2031-03-19T16:00:00 passed expiry") {
		t.Errorf("the term did not end on its last day: %v", got)
	}
}

// Every due time comes, also after a return and re-entry: it is recorded, and somebody is told.
func TestRemindersAndEscalations(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Draft("a-1", 12)
		a.Submit()
		d.Wait(day)
		a.As(lives.Officer, "return", authorization.ReturnInput{Missing: []authorization.Missing{{Path: "plan", Text: "缺少实施方案"}}})
		d.Wait(13 * day)
		a.As(lives.Applicant, "resubmit", authorization.Nothing{})
		d.Wait(5 * day)
		a.Accept()
		d.Wait(40 * day)
		a.Review("business", review.Approve)
		a.Review("supplier", review.Approve)
		a.Review("security", review.Return)
		a.Review("finance", review.Approve)
		d.Wait(day)
		a.As(lives.Applicant, "resubmit", authorization.Nothing{})
		d.Wait(40 * day)
		a.As(lives.Applicant, "withdraw", authorization.ReasonInput{Reason: "不再需要"})
	})
	want := []string{
		"2026-03-12T16:00:00 reminded completion", // the agency's clock is held meanwhile
		"2026-03-17T16:00:00 reminded completeness",
		"2026-03-18T16:00:00 passed completeness",
	}
	for _, all := range []string{
		"2026-04-13T16:00:00 reminded review:%s:1", "2026-04-20T16:00:00 passed review:%s:1",
		"2026-05-25T16:00:00 reminded review:%s:2", "2026-06-01T16:00:00 passed review:%s:2",
	} {
		for _, review := range []string{"business", "supplier", "security", "finance"} {
			want = append(want, replaced(all, review))
		}
	}
	if got := l.clockEvents("a-1"); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	l.punctual(authorization.Machine, "a-1")
	told := map[string]int{}
	for _, n := range l.Notices("a-1") {
		if n.Subject == "deadline-reminder" || n.Subject == "deadline-passed" {
			told[n.Subject+" "+string(n.To.Role)]++
		}
	}
	for who, n := range map[string]int{
		"deadline-reminder applicant": 1, "deadline-reminder case-officer": 1, "deadline-reminder security-reviewer": 2, "deadline-reminder supply-reviewer": 2,
		"deadline-passed administrator": 9,
	} {
		if told[who] != n {
			t.Errorf("%s: told %d times, want %d", who, told[who], n)
		}
	}
	if l.ended != nil {
		t.Errorf("a withdrawn case's workflow ended with %v", l.ended)
	}
}

// Suspension holds the term: nothing falls due meanwhile, and expiry comes as much later.
func TestSuspension(t *testing.T) {
	l := newLifetime(t)
	l.run(authorization.Kind, "a-1", func(d *lives.Director) {
		a := d.Operating("a-1", 24, 7)
		d.Wait(100 * day)
		a.As(lives.Administrator, "suspend", authorization.SuspendInput{Ground: "security-risk", Authority: "网安函〔2026〕1号", Reason: "整改"})
		before := len(l.clockEvents("a-1"))
		d.Wait(200 * day)
		if now := len(l.clockEvents("a-1")); now != before {
			t.Errorf("%d clock events while suspended", now-before)
		}
		a.As(lives.Administrator, "resume", authorization.ReasonInput{Reason: "整改完成"})
		a.Reaches(authorization.Exiting, day)
	})
	l.punctual(authorization.Machine, "a-1")
	events := l.clockEvents("a-1")
	if last := events[len(events)-1]; last != "2028-09-27T16:00:00 passed expiry" {
		t.Errorf("last %s", last)
	}
}
