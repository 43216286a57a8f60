package catalogue

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
)

// TestCapacities: what is registered changes through its registrant or its registry (26号 Art. 9(2)), and through nobody else.
func TestCapacities(t *testing.T) {
	registrations := []InForce{{Case: "reg-1", Registrant: "agency", Registry: "registry"}, {Case: "reg-2", Registrant: "operator", Registry: "registry"}}
	for name, c := range map[string]struct {
		grants []identity.Grant
		in     []InForce
		want   []string
	}{
		"registrant":            {[]identity.Grant{{Organization: "agency", Role: identity.Registrant}}, registrations, []string{"agency registrant"}},
		"registrar of both":     {[]identity.Grant{{Organization: "registry", Role: identity.Registrar}}, registrations, []string{"registry registrar"}},
		"several organisations": {[]identity.Grant{{Organization: "operator", Role: identity.Registrant}, {Organization: "registry", Role: identity.Registrar}}, registrations, []string{"registry registrar", "operator registrant"}},
		"of another body":       {[]identity.Grant{{Organization: "other", Role: identity.Registrant}, {Organization: "other", Role: identity.Registrar}}, registrations, nil},
		"the roles exchanged":   {[]identity.Grant{{Organization: "registry", Role: identity.Registrant}, {Organization: "agency", Role: identity.Registrar}}, registrations, nil},
		"a case officer":        {[]identity.Grant{{Organization: "agency", Role: identity.CaseOfficer}}, registrations, nil},
		"not registered":        {[]identity.Grant{{Organization: "agency", Role: identity.Registrant}}, nil, nil},
	} {
		var got []string
		for _, by := range Capacities(identity.Actor{Person: "p", Grants: c.grants}, c.in) {
			if by.Person != "p" {
				t.Errorf("%s: %+v", name, by)
			}
			got = append(got, by.Organization+" "+string(by.Role))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, o := range []Outcome{WasAdopted, WasDismissed} {
		if !o.Words().Complete() {
			t.Errorf("%s has no words", o)
		}
	}
}
