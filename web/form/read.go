package form

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
)

// Clean tidies what a browser sent: line ends are newlines, lists of lines are split, text that is not text is dropped, and rows in which nothing was
// filled in are taken out, those behind moving up. Shapes with fixed rows keep theirs.
func Clean(of reflect.Type, sent url.Values, shapes Shapes) url.Values {
	out := url.Values{}
	for name, values := range sent {
		for _, v := range values {
			v = strings.ReplaceAll(strings.ReplaceAll(v, "\r\n", "\n"), "\x00", "")
			if utf8.ValidString(v) {
				out.Add(name, v)
			}
		}
	}
	closeUp(out, of, "", "", shapes)
	return out
}

// closeUp takes empty rows out of every list of parts.
func closeUp(values url.Values, of reflect.Type, path, general string, shapes Shapes) {
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Anonymous {
			closeUp(values, f.Type, path, general, shapes)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at, key := join(path, name), join(general, name)
		switch {
		case structOf(f.Type) != nil && f.Type != dateType && f.Type != timeType:
			closeUp(values, structOf(f.Type), at, key, shapes)
		case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && shapes[key].Fixed == 0:
			closeUpRows(values, at)
		}
	}
}

func closeUpRows(values url.Values, list string) {
	type entry struct{ rest, value string }
	byRow := map[int][]entry{}
	for key, sent := range values {
		i, ok := rowOf(key, list)
		if !ok {
			continue
		}
		_, rest, _ := strings.Cut(strings.TrimPrefix(key, list), "]")
		delete(values, key)
		for _, v := range sent {
			if strings.TrimSpace(v) != "" {
				byRow[i] = append(byRow[i], entry{rest, v})
			}
		}
	}
	numbers := make([]int, 0, len(byRow))
	for i := range byRow {
		numbers = append(numbers, i)
	}
	slices.Sort(numbers)
	for n, i := range numbers {
		for _, e := range byRow[i] {
			values.Add(fmt.Sprintf("%s[%d]%s", list, n, e.rest), e.value)
		}
	}
}

// Read makes the input of what was filled in, cleaned before: a pointer to a value of the type. Faults name what cannot be read at all;
// everything else is for the command's own rules to judge.
func Read(of reflect.Type, filled url.Values, shapes Shapes) (any, []refusal.Field) {
	in := reflect.New(of)
	r := reader{filled: filled, shapes: shapes}
	r.structure(in.Elem(), "", "")
	return in.Interface(), r.faults
}

type reader struct {
	filled url.Values
	shapes Shapes
	faults []refusal.Field
}

func (r *reader) structure(v reflect.Value, path, general string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			r.structure(v.Field(i), path, general)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		r.value(v.Field(i), join(path, name), join(general, name))
	}
}

func (r *reader) value(v reflect.Value, path, general string) {
	sent := strings.TrimSpace(r.filled.Get(path))
	switch t := v.Type(); {
	case t == dateType:
		if sent == "" {
			return
		}
		date, err := calendar.ParseDate(sent)
		if err != nil {
			r.faults = append(r.faults, refusal.NotADate.At(path))
		}
		v.Set(reflect.ValueOf(date))
	case t == timeType:
		if sent == "" {
			return
		}
		at, err := time.ParseInLocation(moment, sent, calendar.China)
		if err != nil {
			r.faults = append(r.faults, refusal.Malformed.At(path))
		}
		v.Set(reflect.ValueOf(at.UTC()))
	case t.Kind() == reflect.Struct:
		r.structure(v, path, general)
	case structOf(t) != nil:
		if r.given(path) {
			v.Set(reflect.New(t.Elem()))
			r.structure(v.Elem(), path, general)
		}
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		n := max(rows(r.filled, path), r.shapes[general].Fixed)
		v.Set(reflect.MakeSlice(t, n, n))
		for i := range n {
			r.structure(v.Index(i), fmt.Sprintf("%s[%d]", path, i), general+"[]")
		}
	case t.Kind() == reflect.Slice:
		r.list(v, path)
	case t.Kind() == reflect.Bool:
		v.SetBool(sent == "true")
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		if sent == "" {
			return
		}
		n, err := strconv.ParseInt(sent, 10, 64)
		if err != nil {
			r.faults = append(r.faults, refusal.NotANumber.At(path))
		}
		v.SetInt(n)
	default:
		v.SetString(sent)
	}
}

// given reports whether anything of a part was filled in.
func (r *reader) given(path string) bool {
	for name, values := range r.filled {
		if strings.HasPrefix(name, path+".") && slices.ContainsFunc(values, func(v string) bool { return strings.TrimSpace(v) != "" }) {
			return true
		}
	}
	return false
}

// list reads a list of texts: several values, or lines.
func (r *reader) list(v reflect.Value, path string) {
	for _, value := range r.filled[path] {
		for line := range strings.SplitSeq(value, "\n") {
			if line = strings.TrimSpace(line); line != "" {
				v.Set(reflect.Append(v, reflect.ValueOf(line).Convert(v.Type().Elem())))
			}
		}
	}
}
