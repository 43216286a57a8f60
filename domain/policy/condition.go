package policy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Condition is a CEL expression of a profile, as text. Whoever loads the profile compiles it and sets Test.
type Condition struct {
	Source string
	Test   func(facts map[string]any) (bool, error)
}

// MarshalText writes the expression.
func (c Condition) MarshalText() ([]byte, error) { return []byte(c.Source), nil }

// UnmarshalText reads the expression; it is still to be compiled.
func (c *Condition) UnmarshalText(raw []byte) error {
	*c = Condition{Source: string(raw)}
	return nil
}

// Holds tests the condition. A profile whose conditions were not compiled, or an expression that fails on the facts, is an error.
func (c Condition) Holds(facts map[string]any) (bool, error) {
	if c.Test == nil {
		return false, errors.New("condition was not compiled: " + c.Source)
	}
	return c.Test(facts)
}

// String writes the fraction as "1/2".
func (f Fraction) String() string { return fmt.Sprintf("%d/%d", f.Num, f.Den) }

// MarshalText implements encoding.TextMarshaler.
func (f Fraction) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// maxDenominator bounds what is read, so that no count overflows.
const maxDenominator = 1000

// UnmarshalText reads "1/2": a share between 0 and 1. It has this one spelling.
func (f *Fraction) UnmarshalText(raw []byte) error {
	num, den, _ := strings.Cut(string(raw), "/")
	n, err1 := strconv.Atoi(num)
	d, err2 := strconv.Atoi(den)
	read := Fraction{n, d}
	if err1 != nil || err2 != nil || d < 1 || d > maxDenominator || n < 0 || n > d || read.String() != string(raw) {
		return errors.New("not a share between 0 and 1 such as 1/2")
	}
	*f = read
	return nil
}

// Reached reports whether part is at least this share of whole.
func (f Fraction) Reached(part, whole int) bool { return part*f.Den >= f.Num*whole }

// Exceeded reports whether part is more than this share of whole.
func (f Fraction) Exceeded(part, whole int) bool { return part*f.Den > f.Num*whole }
