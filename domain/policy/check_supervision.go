package policy

import (
	"slices"

	"datacharter/domain/identity"
)

// supervision checks the rules of findings, where a profile has them.
func (c *checker) supervision(s *Supervision) {
	if s == nil {
		return
	}
	// usedBeyond is the subject of the findings that the use ledger raises (27号 Art. 21).
	const usedBeyond = "beyond-scope"
	c.unless(slices.ContainsFunc(s.Subjects, func(g Ground) bool { return g.Code == usedBeyond }), "supervision.subjects", "has no %q, of which the use ledger raises findings (27号 Art. 21)", usedBeyond)
	c.codes("supervision.subjects", "code", codesOf(s.Subjects, func(g Ground) string { return g.Code }))
	some := func(path string, roles []identity.Role, of ...identity.Role) {
		c.unless(len(roles) > 0, path, "is empty")
		for _, r := range roles {
			c.unless(slices.Contains(of, r), path, "%q is none of %v", r, of)
		}
	}
	some("supervision.incident.suspended_by", s.Incident.SuspendedBy, identity.CaseOfficer, identity.Administrator, identity.Auditor)
	some("supervision.incident.reviewed_by", s.Incident.ReviewedBy, identity.Administrator, identity.Auditor)
	c.evaluation(s.Evaluation)
	c.renewalRules(s.Renewal)
	c.competition(s)
}
