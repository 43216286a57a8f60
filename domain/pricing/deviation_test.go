package pricing

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRequirement53Deviation(t *testing.T) {
	for _, c := range []struct {
		income, allowance Amount
		rate              string // empty for none
		task              Task
	}{
		{100, 100, "0", NoTask},
		{110, 100, "10", AdjustCharges},
		{111, 100, "11", AdjustCeilings},
		{90, 100, "10", AdjustCharges},
		{89, 100, "11", AdjustCeilings},
		{1_100_000_001, 1_000_000_000, "10", AdjustCeilings}, // by a fen, which the rounded rate does not show
		{250, 100, "150", AdjustCeilings},
		{0, 0, "", NoTask},
		{5, 0, "", AdjustCeilings},
		{maxAmount, 1, "", AdjustCeilings},
	} {
		got := DeviationOf(c.income, c.allowance)
		rate := ""
		if got.Rate != nil {
			rate = got.Rate.String()
		}
		if got.Amount != c.income-c.allowance || rate != c.rate || got.Task != c.task {
			t.Errorf("%d of %d: %+v (%s)", c.income, c.allowance, got, rate)
		}
	}
}

// TestRequirement53Smoothed: no fen of an excess is lost between the periods, and no two parts differ by more than one.
func TestRequirement53Smoothed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		excess := amounts(0).Draw(t, "excess")
		periods := rapid.IntRange(-1, 40).Draw(t, "periods")
		parts := Smoothed(excess, periods)
		sum := Amount(0)
		for i, p := range parts {
			sum += p
			if p > parts[0] || p < parts[0]-1 || i > 0 && p > parts[i-1] {
				t.Fatalf("%v", parts)
			}
		}
		if sum != excess || len(parts) != max(periods, 1) {
			t.Fatalf("%v is not %v", parts, excess)
		}
	})
}
