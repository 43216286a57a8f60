package pricing

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParsePriceRefuses(t *testing.T) {
	for _, s := range []string{"", "-1", "+1", "1.", ".5", "1e3", "0.123456789", "1,5", " 1", "12345678901", "1.-5", "½"} {
		if _, err := ParsePrice(s); err == nil {
			t.Errorf("ParsePrice(%q) accepted it", s)
		}
	}
}

func TestPriceRoundTripAndOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Price{units: rapid.Int64Range(0, 9_999_999_999*perYuan).Draw(t, "a") % (1 << 62)}
		b := Price{units: rapid.Int64Range(0, 1<<62).Draw(t, "b")}
		read, err := ParsePrice(a.String())
		if err != nil || read != a {
			t.Fatalf("%v reads back as %v (%v)", a, read, err)
		}
		if a.Exceeds(b) && b.Exceeds(a) {
			t.Fatal("each exceeds the other")
		}
	})
}

func TestPriceForms(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "0.00": "0", "12": "12", "0.05": "0.05", "1.50000000": "1.5", "007": "7"} {
		p, err := ParsePrice(in)
		if err != nil || p.String() != want {
			t.Errorf("ParsePrice(%q) = %v, %v; want %s", in, p, err, want)
		}
	}
}

func FuzzParsePrice(f *testing.F) {
	f.Add("0.05")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePrice(s)
		if err != nil {
			return
		}
		if again, err := ParsePrice(p.String()); err != nil || again != p {
			t.Fatalf("%q: %v does not read back", s, p)
		}
	})
}
