// Package content puts what a case contains – an application, an agreement – into words, field by field, and tells two versions of it apart.
package content

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"datacharter/domain/text"
	"datacharter/web/words"
)

// Value is one value in words.
type Value struct {
	Words text.Text
	URL   string    // where more is known of it; may be empty
	Note  text.Text // what is worth knowing beside it; may be empty
}

// Part is one field of a content with all that is in it: a value, a list of values, the fields of a group, or a list of groups.
type Part struct {
	Name   string // in JSON
	Label  text.Text
	Values []Value  // none when nothing is given
	List   bool     // the values are a list
	Parts  []Part   // of a group
	Rows   [][]Part // of a list of groups
}

// Empty reports whether nothing is given.
func (p Part) Empty() bool {
	for _, part := range p.Parts {
		if !part.Empty() {
			return false
		}
	}
	return len(p.Values) == 0 && len(p.Rows) == 0
}

// Names tells what a value stands for that the catalogue of words does not know: an ID, a code of a policy profile. False when it is its own name.
type Names func(of reflect.Type, field, value string) (Value, bool)

// Of puts a struct into words, every field in its order, the empty ones too.
func Of(input any, names Names) []Part { return names.parts(reflect.Indirect(reflect.ValueOf(input))) }

func (n Names) parts(v reflect.Value) []Part {
	var out []Part
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			out = append(out, n.parts(v.Field(i))...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		label, _ := words.Field(v.Type(), name)
		out = append(out, n.part(Part{Name: name, Label: label.Name}, v.Type(), v.Field(i)))
	}
	return out
}

func (n Names) part(p Part, of reflect.Type, v reflect.Value) Part {
	if v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct { // a part that may be left out as a whole
		if v.IsNil() {
			p.Parts = blank(n.parts(reflect.Zero(v.Type().Elem())))
			return p
		}
		v = v.Elem()
	}
	switch {
	case v.Kind() == reflect.Bool:
		p.Values = []Value{{Words: yesNo[v.Bool()]}}
	case v.IsZero():
		p.List = v.Kind() == reflect.Slice
		if _, written := v.Interface().(encoding.TextMarshaler); v.Kind() == reflect.Struct && !written {
			p.Parts = n.parts(v) // so that its fields stand beside those of another version
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		for i := range v.Len() {
			p.Rows = append(p.Rows, n.parts(v.Index(i)))
		}
	case v.Kind() == reflect.Slice:
		p.List = true
		for i := range v.Len() {
			p.Values = append(p.Values, n.value(of, p.Name, v.Index(i)))
		}
	case v.Kind() == reflect.Struct:
		if _, written := v.Interface().(encoding.TextMarshaler); !written {
			p.Parts = n.parts(v)
			return p
		}
		fallthrough
	default:
		p.Values = []Value{n.value(of, p.Name, v)}
	}
	return p
}

// blank takes the values out of parts: a yes or no that nobody gave is neither.
func blank(parts []Part) []Part {
	for i := range parts {
		parts[i].Values, parts[i].Parts = nil, blank(parts[i].Parts)
	}
	return parts
}

var yesNo = map[bool]text.Text{true: {ZH: "是", EN: "yes"}, false: {ZH: "否", EN: "no"}}

func (n Names) value(of reflect.Type, field string, v reflect.Value) Value {
	written := plain(v)
	if known, ok := n(of, field, written); ok {
		return known
	}
	if w, ok := words.FieldChoice(of, field, written); ok {
		return Value{Words: w}
	}
	if w, ok := words.Choice(v.Type(), written); ok {
		return Value{Words: w}
	}
	return Value{Words: text.Text{ZH: written, EN: written}}
}

// plain writes a value as JSON has it, without quotes.
func plain(v reflect.Value) string {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		raw, err := m.MarshalText()
		if err != nil {
			return err.Error() // a value that cannot be written says so
		}
		return string(raw)
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	default:
		return fmt.Sprint(v.Interface())
	}
}
