package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/plan"
	"datacharter/internal/town"
)

// TestRegradingReachesPlansAndAuthorisations: the grading and what follows from it are one transaction, and reach each case that rests on the resource once;
// those that are over are left alone.
func TestRegradingReachesPlansAndAuthorisations(t *testing.T) {
	w := newWorld(t)
	operating, withdrawn := w.AuthorizationIn(authorization.Operating), w.AuthorizationIn(authorization.Withdrawn)
	flagged := func() []string {
		w.Must(w.Deliver(t.Context()))
		var out []string
		for _, id := range []string{operating, withdrawn} {
			a := w.Case(authorization.Kind, id).(*authorization.Authorization) //nolint:forcetypeassert // its own kind
			if len(a.Regraded) > 0 {
				out = append(out, id+" "+string(a.Access))
			}
		}
		if p := w.Case(plan.Kind, town.Plan).(*plan.Plan); len(p.Regraded) > 0 && !p.Taking() { //nolint:forcetypeassert // its own kind
			out = append(out, p.ID)
		}
		return out
	}
	if got := flagged(); got != nil {
		t.Fatalf("%v", got)
	}
	grade := func(person, degree string, header ...string) {
		t.Helper()
		if r := w.post(person, gradingsPath, stated(degree), header...); r.status != http.StatusCreated {
			t.Fatalf("%s", r.body)
		}
	}
	key := []string{"Idempotency-Key", "core"}
	grade(theGuard, "especially-serious", key...)
	before := w.Case(plan.Kind, town.Plan).Head().Version
	if got := flagged(); !slices.Equal(got, []string{operating + " suspended", town.Plan}) {
		t.Fatalf("%v", got)
	}
	after := w.Case(plan.Kind, town.Plan).Head().Version
	grade(theGuard, "especially-serious", key...)
	if flagged(); w.Case(plan.Kind, town.Plan).Head().Version != after || after == before {
		t.Error("a repeat of the request reached the cases again")
	}
	grade(theSupplier, "ordinary")
	if got := flagged(); got != nil {
		t.Errorf("still flagged: %v", got)
	}
	if a := w.Case(authorization.Kind, operating).(*authorization.Authorization); a.Access != authorization.AccessOpen { //nolint:forcetypeassert // its own kind
		t.Error("access is not open again")
	}
}
