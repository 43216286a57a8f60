package workflows_test

import (
	"testing"

	"datacharter/domain/policy"
	"datacharter/policies"
)

// ground finds a ground of the national profile.
func ground(t *testing.T, code string) policy.ExitGround {
	t.Helper()
	for _, g := range policies.National().Exit.Grounds {
		if g.Code == code {
			return g
		}
	}
	t.Fatalf("no ground %q", code)
	return policy.ExitGround{}
}

// breach is an adverse ground on which access is suspended meanwhile.
func breach(t *testing.T) policy.ExitGround { t.Helper(); return ground(t, "beyond-scope") }
