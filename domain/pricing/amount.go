package pricing

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// Amount is money in whole fen. Its JSON form is a string in yuan with two decimals, such as "12345.60". It may be negative.
type Amount int64

const fenPerYuan = 100

// maxAmount is the largest amount that is read or reckoned with, in either direction: 10^13 yuan.
const maxAmount = 10_000_000_000_000 * fenPerYuan

var (
	errAmount = errors.New("not an amount in yuan such as 12 or 12.50, with at most two decimals")
	// ErrTooLarge says that a result is larger than any amount that is reckoned with.
	ErrTooLarge = errors.New("pricing: the amount is too large")
)

// ParseAmount reads an amount in yuan; it refuses exponents and more than two decimals. The error does not repeat the input.
func ParseAmount(s string) (Amount, error) {
	rest, negative := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(rest, ".")
	if whole == "" || len(whole) > 14 || len(fraction) > 2 || pointed && fraction == "" || !digits(whole) || !digits(fraction) {
		return 0, errAmount
	}
	fen, err := strconv.ParseInt(whole+(fraction + "00")[:2], 10, 64)
	if err != nil || fen > maxAmount {
		return 0, errAmount
	}
	if negative {
		fen = -fen
	}
	return Amount(fen), nil
}

// String writes the amount in yuan with two decimals.
func (a Amount) String() string {
	sign, fen := "", int64(a)
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return sign + strconv.FormatInt(fen/fenPerYuan, 10) + "." + strconv.FormatInt(fenPerYuan+fen%fenPerYuan, 10)[1:]
}

// MarshalText implements encoding.TextMarshaler.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (a *Amount) UnmarshalText(raw []byte) error {
	parsed, err := ParseAmount(string(raw))
	*a = parsed
	return err
}

// Sum adds amounts. ErrTooLarge when the sum is larger than any amount that is reckoned with.
func Sum(amounts ...Amount) (Amount, error) {
	sum := new(big.Int)
	for _, a := range amounts {
		sum.Add(sum, big.NewInt(int64(a)))
	}
	return amountOf(sum)
}

func amountOf(fen *big.Int) (Amount, error) {
	if !fen.IsInt64() || fen.Int64() > maxAmount || fen.Int64() < -maxAmount {
		return 0, ErrTooLarge
	}
	return Amount(fen.Int64()), nil
}

// rounded is the whole number nearest to numerator / denominator, both not negative; a half is rounded up (四舍五入).
func rounded(numerator, denominator *big.Int) *big.Int {
	twice := new(big.Int).Lsh(numerator, 1)
	twice.Add(twice, denominator)
	return twice.Quo(twice, new(big.Int).Lsh(denominator, 1))
}
