// Package pricing holds money – amounts in whole fen, unit prices and rates as exact decimals, without floats – and the formulae of 发改价格〔2025〕65号: the maximum
// allowed revenue of an operator, tariffs under their ceilings, and what a year's deviation leads to.
package pricing

import (
	"errors"
	"strconv"
	"strings"
)

// Price is a unit price in yuan with up to eight decimals, held exactly. Its JSON form is a string such as "0.05".
// The largest is about 92 thousand million yuan.
type Price struct{ units int64 }

const (
	decimals = 8
	perYuan  = 100_000_000
)

var errPrice = errors.New("not a price such as 12 or 0.05, with at most eight decimals and not negative")

// ParsePrice reads a price; it refuses negative numbers, exponents, signs and more than eight decimals. The error does not repeat the input.
func ParsePrice(s string) (Price, error) {
	whole, fraction, pointed := strings.Cut(s, ".")
	if whole == "" || len(whole) > 10 || len(fraction) > decimals || pointed && fraction == "" || !digits(whole) || !digits(fraction) {
		return Price{}, errPrice
	}
	yuan, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return Price{}, errPrice
	}
	part, err := strconv.ParseInt(fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil {
		return Price{}, errPrice
	}
	return Price{units: yuan*perYuan + part}, nil
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// String writes the price without needless zeros.
func (p Price) String() string {
	whole := strconv.FormatInt(p.units/perYuan, 10)
	part := strconv.FormatInt(perYuan+p.units%perYuan, 10)[1:]
	part = strings.TrimRight(part, "0")
	if part == "" {
		return whole
	}
	return whole + "." + part
}

// IsZero reports whether the price is nothing: free of charge.
func (p Price) IsZero() bool { return p.units == 0 }

// Exceeds reports whether the price is above the other.
func (p Price) Exceeds(other Price) bool { return p.units > other.units }

// MarshalText implements encoding.TextMarshaler.
func (p Price) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Price) UnmarshalText(raw []byte) error {
	parsed, err := ParsePrice(string(raw))
	*p = parsed
	return err
}
