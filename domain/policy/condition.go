package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Condition is a CEL expression of a profile. Whoever loads the profile compiles it and sets Test.
type Condition struct {
	Source string                                   `json:"source"`
	Test   func(facts map[string]any) (bool, error) `json:"-"`
}

// MarshalJSON writes the expression alone.
func (c Condition) MarshalJSON() ([]byte, error) { return json.Marshal(c.Source) }

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

// UnmarshalText reads "1/2": a share between 0 and 1.
func (f *Fraction) UnmarshalText(raw []byte) error {
	num, den, ok := strings.Cut(string(raw), "/")
	n, err1 := strconv.Atoi(num)
	d, err2 := strconv.Atoi(den)
	if !ok || err1 != nil || err2 != nil || d < 1 || n < 0 || n > d {
		return errors.New("not a share between 0 and 1 such as 1/2")
	}
	f.Num, f.Den = n, d
	return nil
}

// Reached reports whether part is at least this share of whole.
func (f Fraction) Reached(part, whole int) bool { return part*f.Den >= f.Num*whole }

// Exceeded reports whether part is more than this share of whole.
func (f Fraction) Exceeded(part, whole int) bool { return part*f.Den > f.Num*whole }
