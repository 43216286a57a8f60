package pricing

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func yuan(t *testing.T, s string) Price {
	t.Helper()
	p, err := ParsePrice(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestChargesByStep holds charges against examples that were worked out apart from them, with exact fractions.
func TestChargesByStep(t *testing.T) {
	steps := Tariff{{1_000, yuan(t, "0.5")}, {10_000, yuan(t, "0.35")}, {0, yuan(t, "0.12345678")}}
	for quantity, want := range map[int64]Amount{0: 0, 1: 50, 1_000: 50_000, 1_001: 50_035, 10_000: 365_000, 10_001: 365_012, 123_457: 1_765_704} {
		if got, err := steps.Charge(quantity); err != nil || got != want {
			t.Errorf("%d units: %d, %v; want %d", quantity, got, err, want)
		}
	}
	for _, c := range []struct {
		price    string
		quantity int64
		want     Amount
	}{{"0.005", 1, 1}, {"0.0049", 1, 0}, {"0.00000001", 500_000, 1}, {"0.00000001", 499_999, 0}} {
		if got, err := Flat(yuan(t, c.price)).Charge(c.quantity); err != nil || got != c.want {
			t.Errorf("%d at %s: %d, %v; want %d", c.quantity, c.price, got, err, c.want)
		}
	}
}

func TestTariffsThatAreNone(t *testing.T) {
	p := yuan(t, "1")
	for name, tariff := range map[string]Tariff{
		"no step": {}, "an end of the last": {{10, p}}, "no end of the first": {{0, p}, {0, p}}, "falling": {{10, p}, {9, p}, {0, p}}, "twice": {{10, p}, {10, p}, {0, p}},
		"below nothing": {{-1, p}, {0, p}}, "too far": {{maxQuantity + 1, p}, {0, p}},
	} {
		if _, err := tariff.Charge(1); !errors.Is(err, ErrSteps) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, quantity := range []int64{-1, maxQuantity + 1} {
		if _, err := Flat(p).Charge(quantity); !errors.Is(err, ErrQuantity) {
			t.Errorf("%d: %v", quantity, err)
		}
	}
	if _, err := Flat(yuan(t, "9999999999")).Charge(maxQuantity); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func tariffs(largest int64) *rapid.Generator[Tariff] {
	return rapid.Custom(func(t *rapid.T) Tariff {
		var out Tariff
		end := int64(0)
		price := func() Price { return Price{rapid.Int64Range(0, largest).Draw(t, "price")} }
		for range rapid.IntRange(0, 4).Draw(t, "steps") {
			end += rapid.Int64Range(1, 1_000).Draw(t, "length")
			out = append(out, Step{end, price()})
		}
		return append(out, Step{0, price()})
	})
}

// TestChargesAreMonotone: more is never charged less, and what is charged by steps differs from the exact sum by less than a fen.
func TestChargesAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tariff := tariffs(100*perYuan).Draw(t, "tariff")
		quantity := rapid.Int64Range(0, 6_000).Draw(t, "quantity")
		less, err := tariff.Charge(quantity)
		more, errMore := tariff.Charge(quantity + rapid.Int64Range(1, 100).Draw(t, "more"))
		if err != nil || errMore != nil || more < less {
			t.Fatalf("%d, then %d (%v, %v)", less, more, err, errMore)
		}
		exact := int64(0)
		for unit := int64(1); unit <= quantity; unit++ {
			for _, s := range tariff {
				if s.UpTo == 0 || unit <= s.UpTo {
					exact += s.Price.units
					break
				}
			}
		}
		if off := int64(less)*(perYuan/fenPerYuan) - exact; 2*off > perYuan/fenPerYuan || 2*off <= -perYuan/fenPerYuan {
			t.Fatalf("%d is charged, exactly it is %d", less, exact)
		}
	})
}

// TestRequirement51Within: a tariff is within a ceiling just when no quantity is charged more; a discount keeps it there.
func TestRequirement51Within(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ceiling, tariff := tariffs(6).Draw(t, "ceiling"), tariffs(6).Draw(t, "tariff")
		exceeds := tariff[len(tariff)-1].Price.Exceeds(ceiling[len(ceiling)-1].Price)
		for quantity := int64(0); quantity <= 4_000 && !exceeds; quantity++ {
			exceeds = tariff.units(quantity).Cmp(ceiling.units(quantity)) > 0
		}
		if tariff.Within(ceiling) == exceeds {
			t.Fatalf("within: %t, though some quantity is charged more: %t", !exceeds, exceeds)
		}
		if less := ceiling.Less(Rate{rapid.Int64Range(0, 2*perWhole).Draw(t, "discount")}); less.Check() != nil || !less.Within(ceiling) {
			t.Fatalf("with a discount: %+v", less)
		}
	})
}

func TestDiscounts(t *testing.T) {
	tariff := Tariff{{10, yuan(t, "0.5")}, {0, yuan(t, "0.00000001")}}
	if got := tariff.Less(percent(t, "12.5")); got[0].Price.String() != "0.4375" || got[1].Price.String() != "0.00000001" || got[0].UpTo != 10 {
		t.Errorf("%+v", got)
	}
	if !tariff.Less(Percent(100)).Free() || tariff.Free() {
		t.Error("the whole taken off is not free")
	}
}
