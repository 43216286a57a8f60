package finding

import (
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// TestOriginNamesComplaint: an origin of that kind alone names a complaint.
func TestOriginNamesComplaint(t *testing.T) {
	for origin, want := range map[Origin]string{
		"complaint/rep-1": "rep-1", "complaint/rep-1/2": "rep-1/2", "complaint/": "", "complaint": "", "complaints/rep-1": "", "inspection/1": "", "rep-1": "", "": "",
	} {
		if got := origin.complaint(); got != want {
			t.Errorf("%q names %q, not %q", origin, got, want)
		}
	}
}

// TestOriginComplained: a finding follows from a complaint that is there, was accepted, is about that authorisation, and is handled by whoever raises it, as one
// that came to light by it – and from no other.
func TestOriginComplained(t *testing.T) {
	grant := func(organization string, kind identity.Kind, role identity.Role) identity.Grant {
		return identity.Grant{Organization: organization, Kind: kind, Role: role}
	}
	officer := grant("agency", identity.Agency, identity.CaseOfficer)
	for name, test := range map[string]struct {
		change func(c *complaint.Complaint, o *Origin, how *Found)
		grants []identity.Grant
		want   bool
	}{
		"the agency's officer": {grants: []identity.Grant{officer}, want: true},
		"a supervisor":         {grants: []identity.Grant{grant("watch", identity.Supervisor, identity.Auditor)}, want: true},
		"another's officer":    {grants: []identity.Grant{grant("agency-2", identity.Agency, identity.CaseOfficer)}},
		"an administrator":     {grants: []identity.Grant{grant("agency", identity.Agency, identity.Administrator)}},
		"also of the operator": {grants: []identity.Grant{officer, grant("operator", identity.Operator, identity.Reader)}},
		"not accepted": {grants: []identity.Grant{officer}, change: func(c *complaint.Complaint, _ *Origin, _ *Found) {
			c.Acceptance = nil
		}},
		"about another": {grants: []identity.Grant{officer}, change: func(c *complaint.Complaint, _ *Origin, _ *Found) {
			c.Authorization = "aut-2"
		}},
		"handled by supervisors alone": {grants: []identity.Grant{officer}, change: func(c *complaint.Complaint, _ *Origin, _ *Found) {
			c.Agency = ""
		}},
		"not there": {grants: []identity.Grant{officer}, change: func(_ *complaint.Complaint, o *Origin, _ *Found) {
			*o = "complaint/rep-2"
		}},
		"of no complaint": {grants: []identity.Grant{officer}, change: func(_ *complaint.Complaint, o *Origin, _ *Found) {
			*o = "inspection/rep-1"
		}},
		"of another case": {grants: []identity.Grant{officer}, change: func(_ *complaint.Complaint, o *Origin, _ *Found) {
			*o = "complaint/aut-1"
		}},
		"found otherwise": {grants: []identity.Grant{officer}, change: func(_ *complaint.Complaint, _ *Origin, how *Found) {
			*how = ByAudit
		}},
	} {
		a, c := &authorization.Authorization{}, &complaint.Complaint{Authorization: "aut-1", Acceptance: &complaint.Accepting{At: time.Unix(0, 0)}}
		a.ID, c.ID, c.Agency, c.Against = "aut-1", "rep-1", "agency", "operator"
		origin, how := Origin("complaint/rep-1"), ByComplaint
		if test.change != nil {
			test.change(c, &origin, &how)
		}
		env := lifecycle.Env{Actor: identity.Actor{Person: "somebody", Grants: test.grants}, Facts: lifecycle.Facts{Cases: map[string]lifecycle.Case{a.ID: a, c.ID: c}}}
		if got := origin.complained(a, how, env); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
