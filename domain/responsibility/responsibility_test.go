package responsibility_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/responsibility"
	"datacharter/policies"
)

var parties = []responsibility.Party{
	{Kind: identity.Agency, ID: "org-agency", Name: "某市数据局"},
	{Kind: identity.Operator, ID: "org-operator", Name: "某数据公司"},
	{Kind: identity.DataSupplier, Name: "某市交通局"},
	{Kind: identity.DataSupplier, Name: "某市气象局"},
	{Kind: identity.Supervisor, ID: "org-supervisor", Name: "某省数据局"},
}

// TestMatrixOfTheNationalProfile: every duty is held by each organisation of its kinds and by nobody else, the operator manages nothing, and all it holds is operation.
func TestMatrixOfTheNationalProfile(t *testing.T) {
	matrix := responsibility.Of(policies.National().Responsibility, parties)
	if len(matrix) != len(policy.ResponsibilityStages) {
		t.Fatalf("%d stages", len(matrix))
	}
	sides := map[policy.DutySide]int{}
	for _, s := range matrix {
		for _, d := range s.Duties {
			sides[d.Side]++
			want := 0
			for _, p := range parties {
				if slices.Contains(d.Parties, p.Kind) {
					want++
					if !slices.Contains(d.Held, p) {
						t.Errorf("%s: %s does not hold it", d.Code, p.Name)
					}
				}
				if slices.Contains(d.Held, p) && (p.Kind == identity.Operator) != (d.Side == policy.OperationSide) {
					t.Errorf("%s of %s is held by %s", d.Code, d.Side, p.Name)
				}
			}
			if len(d.Held) != want {
				t.Errorf("%s is held by %v", d.Code, d.Held)
			}
		}
	}
	if sides[policy.ManagementSide] == 0 || sides[policy.OperationSide] == 0 {
		t.Errorf("%v", sides)
	}
}

// TestClashing: who manages clashes exactly if it is the organisation that operates, by ID, or by name where there is no ID.
func TestClashing(t *testing.T) {
	if got := responsibility.Clashing(parties); len(got) > 0 {
		t.Errorf("%v clash", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom([]string{"", "org-operator", "org-other"}).Draw(t, "id")
		name := rapid.SampledFrom([]string{"某数据公司", "另一单位", ""}).Draw(t, "name")
		p := responsibility.Party{Kind: rapid.SampledFrom([]identity.Kind{identity.Agency, identity.DataSupplier, identity.Supervisor}).Draw(t, "kind"), ID: id, Name: name}
		got := responsibility.Clashing(append(slices.Clone(parties), p))
		if clashes := id == "org-operator" || id == "" && name == "某数据公司"; clashes != slices.Equal(got, []int{len(parties)}) || !clashes && len(got) > 0 {
			t.Fatalf("%+v: %v", p, got)
		}
	})
}
