package pricing

import (
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountForms(t *testing.T) {
	for in, want := range map[string]string{"0": "0.00", "12.5": "12.50", "-0.05": "-0.05", "007.10": "7.10", "-12": "-12.00"} {
		if a, err := ParseAmount(in); err != nil || a.String() != want {
			t.Errorf("%q: %v, %v", in, a, err)
		}
	}
	for _, in := range []string{"", "-", "1.", ".5", "1.234", "1e3", "+1", "--1", "1,0", "１", "100000000000000", "10000000000000.01"} {
		if a, err := ParseAmount(in); err == nil {
			t.Errorf("%q is read as %v", in, a)
		}
	}
}

func TestAmountReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := amounts(-maxAmount).Draw(t, "amount")
		raw, err := json.Marshal(a)
		var read Amount
		if err != nil || json.Unmarshal(raw, &read) != nil || read != a {
			t.Fatalf("%v is written as %s and read as %v (%v)", int64(a), raw, read, err)
		}
		r := Rate{rapid.Int64Range(0, maxRate*perPercent).Draw(t, "rate")}
		if again, err := ParseRate(r.String()); err != nil || again != r {
			t.Fatalf("%+v is written as %s and read as %+v (%v)", r, r, again, err)
		}
	})
}

func TestSumsThatAreTooLarge(t *testing.T) {
	if _, err := Sum(maxAmount, 1); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
	if s, err := Sum(maxAmount, 1, -1); err != nil || s != maxAmount {
		t.Error(s, err)
	}
	if _, err := Percent(200).Of(maxAmount); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

func TestRatesThatAreNone(t *testing.T) {
	for _, in := range []string{"", "-1", "7.85001", "10000000", "7,85", "7.85%"} {
		if r, err := ParseRate(in); err == nil {
			t.Errorf("%q is read as %v", in, r)
		}
	}
}

func amounts(least int64) *rapid.Generator[Amount] {
	return rapid.Map(rapid.Int64Range(least, maxAmount), func(n int64) Amount { return Amount(n) })
}
