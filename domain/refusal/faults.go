package refusal

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Faults collects what is wrong with the fields of an input, in the order of the checks. The zero value has no fault.
type Faults []Field

// Add adds faults.
func (f *Faults) Add(fields ...Field) { *f = append(*f, fields...) }

// Unless adds the fault when what must hold does not.
func (f *Faults) Unless(holds bool, fault Field) {
	if !holds {
		f.Add(fault)
	}
}

// Text checks words that must be there, at most so many characters of them.
func (f *Faults) Text(path, s string, most int) {
	f.Unless(strings.TrimSpace(s) != "", Required.At(path))
	f.AtMost(path, s, most)
}

// AtMost checks words that may be missing.
func (f *Faults) AtMost(path, s string, most int) {
	f.Unless(utf8.RuneCountInString(s) <= most, TooLong.At(path, "max", fmt.Sprint(most)))
}

// Count checks the length of a list and reports whether its items are worth looking at: none of a list that is too long is.
func (f *Faults) Count(path string, n, most int) bool {
	f.Unless(n <= most, TooMany.At(path, "max", fmt.Sprint(most)))
	return n <= most
}

// Distinct finds the values that repeat an earlier one; at gives the path of the i-th.
func (f *Faults) Distinct(values []string, at func(i int) string) {
	for i, v := range values {
		f.Unless(slices.Index(values, v) == i, Repeated.At(at(i)))
	}
}

// Refusal refuses for the faults, or returns nil when there are none.
func (f *Faults) Refusal() *Refusal { return InvalidFields(*f) }

// Choice checks that a value is one of the choices.
func Choice[T ~string](f *Faults, path string, v T, choices ...T) {
	if slices.Contains(choices, v) {
		return
	}
	names := make([]string, len(choices))
	for i, c := range choices {
		names[i] = string(c)
	}
	f.Add(NotAChoice.At(path, "choices", strings.Join(names, ", ")))
}

// In is the path of the i-th item of a list, or of a field of it: In("products", 2, "name") is "products[2].name".
func In(list string, i int, field ...string) string {
	return strings.Join(append([]string{fmt.Sprintf("%s[%d]", list, i)}, field...), ".")
}
