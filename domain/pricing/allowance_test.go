package pricing

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func percent(t *testing.T, s string) Rate {
	t.Helper()
	r, err := ParseRate(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRequirement52Allowance holds the formula OC + OC·r + T against examples that were worked out apart from it, with exact fractions.
func TestRequirement52Allowance(t *testing.T) {
	costs := []Cost{{Platform, 120_000_000}, {Handling, 35_050_001}, {Staff, 80_000_000}, {Acquisition, 9_999_999}, {Period, 4_500_000}}
	for _, c := range []struct {
		name  string
		basis Basis
		want  Allowance
	}{
		{"all kinds of cost", Basis{costs, 25_000_000, percent(t, "7.6523"), percent(t, "1.6523"), 13_400_077, 0}, Allowance{224_550_000, 17_183_240, 13_400_077, 0, 0, 255_133_317}},
		{"half a fen", Basis{[]Cost{{Staff, 100}}, 0, percent(t, "0.5"), percent(t, "1.7"), 0, 0}, Allowance{100, 1, 0, 0, 0, 101}},
		{"an excess", Basis{[]Cost{{Staff, 100_000}}, 0, percent(t, "1.5005"), percent(t, "1.7"), 7, 50}, Allowance{100_000, 1_501, 7, 50, 0, 101_458}},
		{"an excess beyond it", Basis{[]Cost{{Staff, 1_000}}, 0, percent(t, "5"), percent(t, "1.7"), 10, 5_000}, Allowance{1_000, 50, 10, 1_060, 3_940, 0}},
		{"nothing", Basis{}, Allowance{}},
	} {
		if got, err := c.basis.Allowed(); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func TestRequirement52Bounds(t *testing.T) {
	basis := func(change func(*Basis)) Basis {
		b := Basis{Costs: []Cost{{Staff, 1_000}}, Subsidy: 1_000, Return: percent(t, "7.7"), BondYield: percent(t, "1.7")}
		change(&b)
		return b
	}
	for _, c := range []struct {
		name  string
		basis Basis
		want  error
	}{
		{"the highest return", basis(func(*Basis) {}), nil},
		{"a higher one", basis(func(b *Basis) { b.Return = percent(t, "7.7001") }), ErrReturnTooHigh},
		{"more subsidy than cost", basis(func(b *Basis) { b.Subsidy++ }), ErrSubsidyTooMuch},
		{"a cost below nothing", basis(func(b *Basis) { b.Costs[0].Amount = -1 }), ErrNegative},
		{"taxes below nothing", basis(func(b *Basis) { b.Taxes = -1 }), ErrNegative},
		{"a subsidy below nothing", basis(func(b *Basis) { b.Subsidy = -1 }), ErrNegative},
		{"an excess below nothing", basis(func(b *Basis) { b.Excess = -1 }), ErrNegative},
		{"more than is reckoned with", basis(func(b *Basis) { b.Taxes, b.Costs[0].Amount = maxAmount, 1_001 }), ErrTooLarge},
	} {
		if _, err := c.basis.Allowed(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// TestAllowancesAddUp: no fen is lost between the parts, and what is deducted and carried is the excess.
func TestAllowancesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Map(rapid.Int64Range(0, 1_000_000_000_000), func(n int64) Amount { return Amount(n) })
		b := Basis{BondYield: Rate{rapid.Int64Range(0, 50_000).Draw(t, "yield")}, Taxes: amount.Draw(t, "taxes"), Excess: amount.Draw(t, "excess")}
		b.Return = Rate{rapid.Int64Range(0, b.BondYield.Plus(MaxSpread).units).Draw(t, "return")}
		for range rapid.IntRange(0, 5).Draw(t, "costs") {
			b.Costs = append(b.Costs, Cost{Staff, amount.Draw(t, "cost")})
			b.Subsidy += b.Costs[len(b.Costs)-1].Amount / 3
		}
		a, err := b.Allowed()
		if err != nil {
			t.Fatal(err)
		}
		if a.Cost+a.Profit+a.Taxes-a.Excess != a.Total || a.Excess+a.Carried != b.Excess || a.Total < 0 || a.Carried > 0 && a.Total > 0 {
			t.Fatalf("%+v of %+v", a, b)
		}
	})
}
