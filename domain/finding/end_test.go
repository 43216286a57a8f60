package finding_test

import (
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
)

// TestEndsWithTheAuthorisation: whatever is open when the authorisation ends is concluded, its limits with it, and told to the authorisation once; what is closed, or
// was raised after that end, stays as it is.
func TestEndsWithTheAuthorisation(t *testing.T) {
	const end = authorization.ConcludeFinding
	suspended := []string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation", "system", authorization.RecordConsequence}
	for name, steps := range map[string][]string{
		"raised": suspended[:2], "rectifying": suspended[:4], "reinspecting": suspended[:6], "suspension asked for": suspended[:8], "the exit came on another ground": suspended,
		"exit proposed": {"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "propose-exit"}, "ledger's": {"system", finding.GatherUses},
	} {
		r := to(t, steps...)
		r.do(t, "system", end, input(end))
		if r.f.State != finding.Ended || r.f.ClosedAt == nil || r.f.End == nil || r.f.End.Exit != "exit-1" || r.f.Asks() != "" {
			t.Errorf("%s: %+v", name, r.f)
		}
		if _, wakes := r.f.WakeAt(); wakes {
			t.Errorf("%s: a limit runs on after the authorisation ended", name)
		}
		version := r.f.Version
		if r.do(t, "system", end, input(end)); r.f.Version != version {
			t.Errorf("%s: told twice it changes", name)
		}
	}
	lifted := to(t, append(suspended[:6:6], "officer", "lift")...)
	version := lifted.f.Version
	if lifted.do(t, "system", end, input(end)); lifted.f.Version != version || lifted.f.State != finding.Lifted {
		t.Error("a finding that was lifted changes")
	}
	late := to(t, "system", finding.GatherUses)
	if late.do(t, "system", end, authorization.EndInput{Exit: "exit-1", At: day("2026-01-02")}); late.f.State != finding.Raised {
		t.Errorf("uses that came in after the end are concluded with it: %s", late.f.State)
	}
}

// TestUsesAfterTheEnd: uses that come in for a finding that was concluded with the authorisation go on to the next one.
func TestUsesAfterTheEnd(t *testing.T) {
	r := to(t, "system", finding.GatherUses, "system", authorization.ConcludeFinding)
	r.do(t, "system", finding.GatherUses, input(finding.GatherUses))
	if r.f.State != finding.Ended || r.f.Successor != finding.LedgerID("aut-1", "volume-exceeded", "", 2) {
		t.Errorf("%+v", r.f)
	}
}
