package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/domain/refusal"
)

// watchman suspends at once in the tests; another officer and the supervisor are not he.
var (
	watchman = holds("watchman", agency, identity.CaseOfficer)
	auditor  = holds("auditor", supervisor, identity.Auditor)
)

func emergency() authorization.IncidentInput {
	return authorization.IncidentInput{Ground: "security-risk", Reason: "data is leaking"}
}

func opinion() authorization.ReviewInput {
	return authorization.ReviewInput{Opinion: "looked into"}
}

// glassBroken has one person suspend operation at once.
func glassBroken(r *run) *run {
	r.do(panicker{}, watchman, "suspend-at-once", emergency())
	return r
}

// One person suspends at once: access and clocks stop as by any suspension, everybody who was skipped is told, and a review is due that is said to be a default.
func TestSuspendedAtOnce(t *testing.T) {
	r := operating(t)
	r.notices = nil
	glassBroken(r)
	if r.a.State != authorization.Suspended || r.a.Access != authorization.AccessSuspended || r.a.Suspension.Incident != 1 || r.a.Deadline("expiry").Left == "" {
		t.Fatalf("%s, access %s, %+v", r.a.State, r.a.Access, r.a.Suspension)
	}
	d := r.a.Deadline("incident-review")
	if d == nil || d.Span != "3 working_days" || d.Mark != "default" || !d.Running() || d.Escalates.Role != identity.Auditor {
		t.Errorf("%+v", d)
	}
	var told []identity.Role
	for _, n := range r.notices {
		if n.Subject != "suspended-at-once" {
			continue
		}
		told = append(told, n.To.Role)
		if words, known := notice.Words(n.Subject, n.Params); !known || !words.Complete() {
			t.Errorf("%+v", n)
		}
	}
	slices.Sort(told)
	want := []identity.Role{identity.Administrator, identity.AgencySignatory, identity.Applicant, identity.Auditor, identity.CaseOfficer, identity.ExitDecider, identity.OperatorSignatory}
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("told: %v, want %v", told, want)
	}
	r.refuse(t, administrator, "resume", reason(), refusal.IncidentOpen)
}

// The review is by somebody else, and what came of it stays with the authorisation for good.
func TestIncidentIsReviewedByAnother(t *testing.T) {
	both := identity.Actor{Person: watchman.Person, Grants: append(slices.Clone(watchman.Grants), administrator.Grants...)}
	r := glassBroken(operating(t))
	r.refuse(t, both, "lift-incident", opinion(), refusal.OwnIncident)
	r.refuse(t, both, "confirm-incident", opinion(), refusal.OwnIncident)
	r.do(t, administrator, "lift-incident", opinion())
	if r.a.State != authorization.Operating || r.a.Access != authorization.AccessOpen || r.a.Suspension != nil || r.a.Deadline("incident-review").Open() || !r.a.Deadline("expiry").Running() {
		t.Fatalf("%s, access %s: %+v", r.a.State, r.a.Access, r.a.Deadlines)
	}
	glassBroken(r)
	r.do(t, auditor, "confirm-incident", opinion())
	if r.a.State != authorization.Suspended || r.a.Deadline("incident-review").Open() || r.a.Incident() != nil {
		t.Fatalf("confirmed: %s, %+v", r.a.State, r.a.Incident())
	}
	r.refuse(t, administrator, "lift-incident", opinion(), refusal.NoIncident)
	r.do(t, administrator, "resume", reason())
	r = r.openExit(t).exitEnds(t, "closed")
	if n := len(r.a.Incidents); n != 2 || r.a.Incidents[0].Review.Result != authorization.IncidentLifted || r.a.Incidents[1].Review.Result != authorization.IncidentConfirmed {
		t.Errorf("the mark of %d emergency suspensions: %+v", n, r.a.Incidents)
	}
}

// The profile says who; an older one lets nobody.
func TestWhoSuspendsAtOnceIsTheProfiles(t *testing.T) {
	mine := *national
	supervision := *national.Supervision
	supervision.Incident.SuspendedBy = []identity.Role{identity.Administrator}
	mine.Supervision = &supervision
	r := operating(t)
	r.policy = &mine
	r.refuse(t, watchman, "suspend-at-once", emergency(), refusal.IncidentNotRuled)
	older := *national
	older.Supervision = nil
	r.policy = &older
	r.refuse(t, administrator, "suspend-at-once", emergency(), refusal.IncidentNotRuled)
}

// An incident that is reviewed too late is brought before the supervisors.
func TestIncidentReviewOverdue(t *testing.T) {
	r := glassBroken(operating(t))
	at := r.a.Deadline("incident-review").Due.At
	r.now, r.notices = at, nil
	r.do(t, system, lifecycle.Tick, nil)
	if !slices.ContainsFunc(r.notices, func(n lifecycle.Notice) bool {
		return n.Subject == "deadline-passed" && n.To.Kind == identity.Supervisor
	}) {
		t.Errorf("%+v", r.notices)
	}
	r.do(t, auditor, "lift-incident", opinion()) // late is not never
}
