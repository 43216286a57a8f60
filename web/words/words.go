// Package words is the catalogue of what people read beside the state tables: fields of inputs, values that they choose from, entries of the record.
// A test fails when an input, a value or an event has no words.
package words

import (
	"fmt"
	"reflect"

	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Label names a field of an input and says, where that helps, what belongs into it.
type Label struct {
	Name text.Text
	Hint text.Text
}

func words(zh, en string) text.Text { return text.Text{ZH: zh, EN: en} }

func label(zh, en string) Label { return Label{Name: words(zh, en)} }

func (l Label) hint(zh, en string) Label {
	l.Hint = words(zh, en)
	return l
}

// Field returns the label of a field by the struct that it belongs to and its name in JSON; false when there is none.
func Field(of reflect.Type, name string) (Label, bool) {
	for _, known := range []map[string]Label{fields, registrationFields, planFields, productFields, disclosureFields, exitFields, findingFields, oversightFields, financeFields, complaintFields} {
		if l, ok := known[typeName(of)+"."+name]; ok {
			return l, true
		}
	}
	l, ok := fields["."+name]
	return l, ok
}

// Choice returns the words of a value that a field of a named type may have; false when there are none.
func Choice(of reflect.Type, value string) (text.Text, bool) {
	t, ok := choices[typeName(of)][value]
	return t, ok
}

// FieldChoice returns the words of a value of a field whose type is plain text.
func FieldChoice(of reflect.Type, name, value string) (text.Text, bool) {
	t, ok := choices[typeName(of)+"."+name][value]
	return t, ok
}

// Value returns the words of a value of a named type, or the value itself when the catalogue lacks it: what an older program wrote is still shown.
func Value[T ~string](value T) text.Text {
	if t, ok := Choice(reflect.TypeFor[T](), string(value)); ok {
		return t
	}
	return text.Text{ZH: string(value), EN: string(value)}
}

// Event returns the words of a type of event; false when there are none.
func Event(name string) (text.Text, bool) {
	t, ok := events[name]
	return t, ok
}

// Kind returns the words of a kind of organisation.
func Kind(kind identity.Kind) text.Text {
	for _, k := range identity.Kinds {
		if k.Kind == kind {
			return k.Words
		}
	}
	return text.Text{ZH: string(kind), EN: string(kind)}
}

// Way returns the words of a way in which an authorisation ends.
func Way(code string) text.Text {
	for _, w := range policy.Ways {
		if w.Code == code {
			return w.Words
		}
	}
	return text.Text{ZH: code, EN: code}
}

func typeName(t reflect.Type) string { return fmt.Sprint(t) }
