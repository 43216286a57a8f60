package finding_test

import (
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/policy"
)

// TestRequirement56FindingNamesWhatItFollowsFrom: a finding can name the inspection, evaluation or audit of the authorisation that found something, and nothing else.
func TestRequirement56FindingNamesWhatItFollowsFrom(t *testing.T) {
	result := func(o authorization.InspectionOutcome) *authorization.InspectionResult {
		return &authorization.InspectionResult{Outcome: o}
	}
	on := func() *run {
		r := newRun()
		a := r.env.Facts.Cases["aut-1"].(*authorization.Authorization) //nolint:forcetypeassert // its own kind
		a.Inspections = []authorization.Inspection{
			{No: 1, Planned: true, Result: result(authorization.InspectionFound)},
			{No: 2, Result: result(authorization.InspectionFound)},
			{No: 3, Planned: true, Result: result(authorization.InspectionClean)},
			{No: 4, Planned: true},
		}
		a.Evaluations = []authorization.Evaluation{{Year: 2026, Conclusion: &authorization.EvaluationConclusion{Grade: policy.Grade{Failed: true}}}, {Year: 2027}}
		a.Audits = []authorization.Audit{{Year: 2026, Outcome: authorization.AuditDefects}, {Year: 2027, Outcome: authorization.AuditSound}}
		return r
	}
	raise := func(origin finding.Origin, how finding.Found) finding.RaiseInput {
		return finding.RaiseInput{Authorization: "aut-1", Subject: "security", Found: how, Facts: "未留存日志", Origin: origin}
	}
	good := map[finding.Origin]finding.Found{
		"": finding.ByAudit, "inspection/1": finding.ByPlannedInspection, "inspection/2": finding.ByUnplannedInspection, "evaluation/2026": finding.ByAudit, "audit/2026": finding.ByAudit,
	}
	for origin, how := range good {
		r := on()
		r.do(t, "officer", "raise", raise(origin, how))
		if r.f.Origin != origin {
			t.Errorf("%q is kept as %q", origin, r.f.Origin)
		}
		if refused := on().try("officer", "raise", raise(origin, finding.ByComplaint)); origin != "" && refused != "invalid-input origin:not-an-origin" {
			t.Errorf("%q by a complaint: %q", origin, refused)
		}
	}
	for _, origin := range []finding.Origin{"inspection/3", "inspection/4", "inspection/5", "inspection/01", "evaluation/2027", "audit/2027", "x/1", "inspection", "audit/x"} {
		for _, how := range []finding.Found{finding.ByPlannedInspection, finding.ByAudit} {
			if refused := on().try("officer", "raise", raise(origin, how)); refused != "invalid-input origin:not-an-origin" {
				t.Errorf("%q: %q", origin, refused)
			}
		}
	}
}
