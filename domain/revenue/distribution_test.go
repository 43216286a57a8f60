package revenue

import (
	"errors"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/pricing"
)

func capped(fen pricing.Amount) *pricing.Amount { return &fen }

func TestDistribution(t *testing.T) {
	three := []Party{{"agency", 2_000, 0, nil}, {"supplier", 1_000, 0, nil}, {"operator", 7_000, 0, nil}}
	with := func(change func([]Party)) []Party {
		out := slices.Clone(three)
		change(out)
		return out
	}
	thirds := []Party{{"a", 3_333, 0, nil}, {"b", 3_333, 0, nil}, {"c", 3_334, 0, nil}}
	for _, c := range []struct {
		name   string
		rule   Rule
		income pricing.Amount
		want   []pricing.Amount
	}{
		{"shares", Rule{Parties: three}, 100_000, []pricing.Amount{20_000, 10_000, 70_000}},
		{"a fen over: most was cut of the operator", Rule{Parties: three}, 101, []pricing.Amount{20, 10, 71}},
		{"fen over where as much was cut: in order", Rule{Parties: []Party{{"a", 5_000, 0, nil}, {"b", 5_000, 0, nil}}}, 1, []pricing.Amount{1, 0}},
		{"two fen over", Rule{Parties: thirds}, 2, []pricing.Amount{1, 0, 1}},
		{"nothing", Rule{Parties: three}, 0, []pricing.Amount{0, 0, 0}},
		// 20 000 of 100 000 would be due to the agency; the others share 75 000 as 1 to 7.
		{"a floor", Rule{Parties: with(func(p []Party) { p[0].Floor = 25_000 })}, 100_000, []pricing.Amount{25_000, 9_375, 65_625}},
		// 70 000 would be due to the operator; the others share 40 000 as 2 to 1, and 26 666.67 is rounded up.
		{"a cap", Rule{Parties: with(func(p []Party) { p[2].Cap = capped(60_000) })}, 100_000, []pricing.Amount{26_667, 13_333, 60_000}},
		{"a floor without a share", Rule{Parties: append(with(func(p []Party) {}), Party{"fund", 0, 10_000, nil})}, 100_000, []pricing.Amount{18_000, 9_000, 63_000, 10_000}},
		// The cap frees 10 000, of which the agency's floor takes what it lacks.
		{"a floor and a cap", Rule{Parties: with(func(p []Party) { p[2].Cap, p[0].Floor = capped(60_000), 30_000 })}, 100_000, []pricing.Amount{30_000, 10_000, 60_000}},
		{"less than the floors: in order", Rule{Parties: with(func(p []Party) { p[0].Floor, p[1].Floor, p[2].Floor = 50, 60, 70 })}, 100, []pricing.Amount{50, 50, 0}},
		{"just the floors", Rule{Parties: with(func(p []Party) { p[0].Floor, p[1].Floor = 50, 50 })}, 100, []pricing.Amount{50, 50, 0}},
		// 100 000 by 5:5, the 50 000 above by 2:8.
		{"tiers", Rule{[]Party{{"a", 5_000, 0, nil}, {"b", 5_000, 0, nil}}, []Tier{{100_000, []int{5_000, 5_000}}, {0, []int{2_000, 8_000}}}}, 150_000, []pricing.Amount{60_000, 90_000}},
		{"within the first tier", Rule{[]Party{{"a", 5_000, 0, nil}, {"b", 5_000, 0, nil}}, []Tier{{100_000, []int{10_000, 0}}, {0, []int{2_000, 8_000}}}}, 99_999, []pricing.Amount{99_999, 0}},
	} {
		got, err := c.rule.Distribute(c.income)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.name, got, err, c.want)
		}
	}
}

func TestRulesThatAreNone(t *testing.T) {
	a, b := Party{"a", 5_000, 0, nil}, Party{"b", 5_000, 0, nil}
	for _, c := range []struct {
		name   string
		rule   Rule
		income pricing.Amount
		want   error
	}{
		{"nobody", Rule{}, 1, ErrShares},
		{"too little", Rule{Parties: []Party{a}}, 1, ErrShares},
		{"a negative share", Rule{Parties: []Party{a, b, {"c", -1, 0, nil}, {"d", 1, 0, nil}}}, 1, ErrShares},
		{"a negative floor", Rule{Parties: []Party{a, {"b", 5_000, -1, nil}}}, 1, ErrBounds},
		{"a floor above the cap", Rule{Parties: []Party{a, {"b", 5_000, 3, capped(2)}}}, 1, ErrBounds},
		{"all capped", Rule{Parties: []Party{{"a", 5_000, 0, capped(9)}, {"b", 5_000, 0, capped(9)}}}, 1, ErrCapped},
		{"all capped in a tier", Rule{[]Party{a, {"b", 5_000, 0, capped(9)}}, []Tier{{0, []int{0, 10_000}}}}, 1, ErrCapped},
		{"tiers that fall", Rule{[]Party{a, b}, []Tier{{5, []int{5_000, 5_000}}, {5, []int{5_000, 5_000}}, {0, []int{5_000, 5_000}}}}, 1, ErrTiers},
		{"an end of the last tier", Rule{[]Party{a, b}, []Tier{{5, []int{5_000, 5_000}}}}, 1, ErrTiers},
		{"no end of the first tier", Rule{[]Party{a, b}, []Tier{{0, []int{5_000, 5_000}}, {0, []int{5_000, 5_000}}}}, 1, ErrTiers},
		{"a tier without a party", Rule{[]Party{a, b}, []Tier{{0, []int{10_000}}}}, 1, ErrTiers},
		{"a tier that does not add up", Rule{[]Party{a, b}, []Tier{{0, []int{5_000, 4_999}}}}, 1, ErrShares},
		{"a negative income", Rule{Parties: []Party{a, b}}, -1, ErrNegative},
	} {
		if got, err := c.rule.Distribute(c.income); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
}

func rules() *rapid.Generator[Rule] {
	return rapid.Custom(func(t *rapid.T) Rule {
		n := rapid.IntRange(1, 6).Draw(t, "parties")
		shares := func(label string) []int {
			out, left := make([]int, n), whole
			for i := 1; i < n; i++ {
				out[i] = rapid.IntRange(0, left-1).Draw(t, label)
				left -= out[i]
			}
			out[0] = left // the first always has a share, and never a cap
			return out
		}
		r := Rule{}
		for i, share := range shares("share") {
			p := Party{Name: string(rune('a' + i)), BasisPoints: share, Floor: pricing.Amount(rapid.Int64Range(0, 3_000).Draw(t, "floor"))}
			if i > 0 && rapid.Bool().Draw(t, "capped") {
				p.Cap = capped(p.Floor + pricing.Amount(rapid.Int64Range(0, 3_000).Draw(t, "cap")))
			}
			r.Parties = append(r.Parties, p)
		}
		end := pricing.Amount(0)
		for range rapid.IntRange(0, 3).Draw(t, "tiers") {
			end += pricing.Amount(rapid.Int64Range(1, 5_000).Draw(t, "length"))
			r.Tiers = append(r.Tiers, Tier{end, shares("tier")})
		}
		if len(r.Tiers) > 0 {
			r.Tiers = append(r.Tiers, Tier{0, shares("tier")})
		}
		return r
	})
}

// TestNoFenIsLost: the parts are the income, none is negative, and each is within its bounds as far as the income suffices for the floors.
func TestNoFenIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules().Draw(t, "rule")
		income := pricing.Amount(rapid.Int64Range(0, 40_000).Draw(t, "income"))
		parts, err := r.Distribute(income)
		if err != nil {
			t.Fatal(err)
		}
		sum, floors := pricing.Amount(0), pricing.Amount(0)
		for i, p := range r.Parties {
			sum, floors = sum+parts[i], floors+p.Floor
			if parts[i] < 0 || p.Cap != nil && parts[i] > *p.Cap {
				t.Fatalf("%s gets %d of %d", p.Name, parts[i], income)
			}
		}
		if sum != income {
			t.Fatalf("%v is not %d", parts, income)
		}
		for i, p := range r.Parties {
			if income >= floors && parts[i] < p.Floor {
				t.Fatalf("%s gets %d, below its floor, of %d", p.Name, parts[i], income)
			}
		}
	})
}

// TestSharesAreKept: without bounds nobody gets a whole fen more or less than his exact share.
func TestSharesAreKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules().Draw(t, "rule")
		r.Tiers = nil
		for i := range r.Parties {
			r.Parties[i].Floor, r.Parties[i].Cap = 0, nil
		}
		income := pricing.Amount(rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "income"))
		parts, err := r.Distribute(income)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range r.Parties {
			if off := int64(parts[i])*whole - int64(income)*int64(p.BasisPoints); off <= -whole || off >= whole {
				t.Fatalf("%s gets %d of %d for %d", p.Name, parts[i], income, p.BasisPoints)
			}
		}
	})
}

// TestOneFactor: all whose bounds do not matter get what is due to them times one factor; by it, those at a floor would get no more and those at a cap no less.
func TestOneFactor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rules().Draw(t, "rule")
		income := pricing.Amount(rapid.Int64Range(1, 40_000).Draw(t, "income"))
		if _, short := r.floors(income); short {
			return
		}
		due := r.due(income)
		parts := r.bounded(due, income)
		within := func(i int) bool {
			p := r.Parties[i]
			return due[i].Sign() > 0 && parts[i].Cmp(fen(p.Floor)) > 0 && (p.Cap == nil || parts[i].Cmp(fen(*p.Cap)) < 0)
		}
		at := slices.IndexFunc(indexes(len(parts)), within)
		if at < 0 {
			return
		}
		factor := new(big.Rat).Quo(parts[at], new(big.Rat).SetInt(due[at]))
		for i, p := range r.Parties {
			by := new(big.Rat).Mul(factor, new(big.Rat).SetInt(due[i]))
			switch {
			case within(i):
				if by.Cmp(parts[i]) != 0 {
					t.Fatalf("%s gets %s, by the factor %s", p.Name, parts[i], by)
				}
			case p.Cap != nil && parts[i].Cmp(fen(*p.Cap)) == 0 && *p.Cap > p.Floor:
				if by.Cmp(parts[i]) < 0 {
					t.Fatalf("%s is at its cap, by the factor it gets %s", p.Name, by)
				}
			case *p.capOr(p.Floor + 1) > p.Floor && by.Cmp(parts[i]) > 0:
				t.Fatalf("%s is at its floor, by the factor it gets %s", p.Name, by)
			}
		}
	})
}

func (p Party) capOr(none pricing.Amount) *pricing.Amount {
	if p.Cap == nil {
		return &none
	}
	return p.Cap
}
