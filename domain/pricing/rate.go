package pricing

import (
	"errors"
	"math/big"
	"strings"
)

// Rate is a share of something in percent with up to four decimals, held exactly. Its JSON form is a string such as "7.85", for 7.85 %.
type Rate struct{ units int64 }

const (
	perPercent = 10_000
	perWhole   = 100 * perPercent
)

// maxRate is the largest rate, in percent.
const maxRate = 9_999_999

var errRate = errors.New("not a rate in percent such as 7.85, with at most four decimals and not negative")

// ParseRate reads a rate in percent. The error does not repeat the input.
func ParseRate(s string) (Rate, error) {
	_, fraction, _ := strings.Cut(s, ".")
	p, err := ParsePrice(s)
	if err != nil || len(fraction) > 4 || p.units > maxRate*perYuan {
		return Rate{}, errRate
	}
	return Rate{p.units / (perYuan / perPercent)}, nil
}

// Percent is a rate of whole percents.
func Percent(n int) Rate { return Rate{int64(n) * perPercent} }

// String writes the rate in percent without needless zeros.
func (r Rate) String() string { return Price{r.units * (perYuan / perPercent)}.String() }

// WholePercent is the rate in percent without its fraction.
func (r Rate) WholePercent() int { return int(r.units / perPercent) }

// Exceeds reports whether the rate is above the other.
func (r Rate) Exceeds(other Rate) bool { return r.units > other.units }

// Plus adds percentage points.
func (r Rate) Plus(points Rate) Rate { return Rate{r.units + points.units} }

// Of is that share of an amount that is not negative, rounded to the fen, a half up.
func (r Rate) Of(a Amount) (Amount, error) {
	return amountOf(rounded(new(big.Int).Mul(big.NewInt(int64(a)), big.NewInt(r.units)), big.NewInt(perWhole)))
}

// MarshalText implements encoding.TextMarshaler.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Rate) UnmarshalText(raw []byte) error {
	parsed, err := ParseRate(string(raw))
	*r = parsed
	return err
}
