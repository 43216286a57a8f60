package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/drill"
	"datacharter/domain/finance"
	"datacharter/domain/policy"
	"datacharter/internal/town"
	"datacharter/policies"
)

// TestExitDrill: for every ground of the profile an administrator of the agency sees the whole exit, and nothing of the database is another afterwards.
func TestExitDrill(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Operating)
	at := base + "/authorizations/" + id + "/exit-drill"
	before := w.Dump()
	for _, g := range policies.National().Exit.Grounds {
		got := into[ExitDrill](t, w.get(theAdmin, at+"?ground="+g.Code))
		if len(got.Blockers) > 0 || got.Shortest == nil || got.Longest == nil {
			t.Fatalf("%s is blocked: %+v", g.Code, got.Blockers)
		}
		checkCourse(t, g, *got.Shortest)
		checkCourse(t, g, *got.Longest)
		if got.Longest.WoundDown.Before(got.Shortest.WoundDown) || g.Trigger != policy.ByExpiry && !got.Shortest.Decided.Before(got.Longest.Decided) {
			t.Errorf("%s: %s is no later than %s", g.Code, got.Longest.WoundDown, got.Shortest.WoundDown)
		}
		if len(got.Resources) == 0 || len(got.Users) == 0 || len(got.Deadlines) == 0 {
			t.Errorf("%s touches %d products, %d resources, %d users, %d limits", g.Code, len(got.Products), len(got.Resources), len(got.Users), len(got.Deadlines))
		}
	}
	if after := w.Dump(); after != before {
		t.Error("a dry run changed the database")
	}
}

// checkCourse: every step of the profile but that of important data is taken, none before those after which it comes.
func checkCourse(t *testing.T, g policy.ExitGround, c drill.ExitCourse) {
	t.Helper()
	rules := policies.National().Exit
	for _, s := range rules.Steps {
		place := func(code string) int {
			return slices.IndexFunc(c.Steps, func(taken drill.TakenStep) bool { return taken.Code == code })
		}
		if s.Code != "report-important-data" && place(s.Code) < 0 {
			t.Errorf("%s: %s is left out", g.Code, s.Code)
		}
		for _, before := range s.After {
			if place(before) > place(s.Code) && place(s.Code) >= 0 {
				t.Errorf("%s: %s before %s", g.Code, s.Code, before)
			}
		}
	}
	if c.WoundDown.IsZero() || c.NoReturn.IsZero() || len(c.Duties) != len(rules.Procedure.Duties) || len(c.Notices) == 0 {
		t.Errorf("%s: %+v", g.Code, c)
	}
}

// What stands in the way is said, and who has no right to know is refused.
func TestExitDrillBlockersAndRights(t *testing.T) {
	w := newWorld(t)
	exiting := w.AuthorizationIn(authorization.Exiting)
	at := base + "/authorizations/" + exiting + "/exit-drill?ground=breach"
	got := into[ExitDrill](t, w.get(theAdmin, at))
	if len(got.Blockers) == 0 || !got.Blockers[0].Opening || got.Blockers[0].Code != "not-in-state" || got.Shortest != nil {
		t.Errorf("%+v", got.Blockers)
	}
	id := w.AuthorizationIn(authorization.Operating)
	at = base + "/authorizations/" + id + "/exit-drill"
	w.get(theAdmin, at+"?ground=nonsense").wants(t, http.StatusUnprocessableEntity, "invalid-input")
	w.get(town.Applicant, at+"?ground=breach").wants(t, http.StatusForbidden, "not-entitled")
	w.get(town.Officer, at+"?ground=breach").wants(t, http.StatusForbidden, "not-entitled")
}

// The drill says what the accounts would still have to settle and pay, names resources, and tells the authorisation's own cases from others.
func TestExitDrillAccounts(t *testing.T) {
	w := newWorld(t)
	accounts := w.FinanceIn(finance.Ruled)
	at := base + "/authorizations/" + w.finance(accounts).Authorization + "/exit-drill?ground=breach"
	got := into[ExitDrill](t, w.get(theAdmin, at))
	a := got.Accounts
	if a == nil || a.Case != accounts || !a.Agreed || a.Until != got.Longest.WoundDown || len(a.Unsettled) != 2 || a.Unsettled[0].Checked || a.Unsettled[1].Income.String() != "2100000.00" || len(a.Owed) != 2 {
		t.Errorf("%+v", a)
	}
	if got.Resources[0].Title == "" || !slices.ContainsFunc(got.Own, func(c drill.OtherCase) bool { return c.ID == accounts && c.Title != "" }) {
		t.Errorf("%+v, %+v", got.Resources, got.Own)
	}
	begun := into[ExitDrill](t, w.get(theAdmin, base+"/authorizations/"+w.AuthorizationIn(authorization.Operating)+"/exit-drill?ground=breach")).Accounts
	if begun == nil || begun.Agreed || len(begun.Unsettled)+len(begun.Unstated)+len(begun.Owed) > 0 {
		t.Errorf("accounts of an authorisation that has just begun: %+v", begun)
	}
}
