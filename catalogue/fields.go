package catalogue

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"datacharter/domain/catalogue"
)

// fields are the named values of one row. Each value is taken once; what is left at the end is what the format does not know.
type fields struct {
	values  map[string]json.RawMessage
	remarks []catalogue.Remark
}

// text takes the value of a name as text; a value that is not text or a number is remarked on and taken as empty.
func (f *fields) text(name, field string) string {
	raw := f.take(name)
	if s, ok := scalar(raw); ok {
		return s
	}
	f.remarks = append(f.remarks, catalogue.NewRemark(catalogue.WrongType, field, string(raw)))
	return ""
}

// list takes the value of a name as a list: an array, or text with commas between the items.
func (f *fields) list(name, field string) []string {
	raw := f.take(name)
	if s, ok := scalar(raw); ok {
		return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' })
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		f.remarks = append(f.remarks, catalogue.NewRemark(catalogue.WrongType, field, string(raw)))
		return nil
	}
	all := make([]string, 0, len(items))
	for _, item := range items {
		s, ok := scalar(item)
		if !ok {
			f.remarks = append(f.remarks, catalogue.NewRemark(catalogue.WrongType, field, string(raw)))
			return nil
		}
		all = append(all, s)
	}
	return all
}

// remarkOnRest names the fields that nobody took.
func (f *fields) remarkOnRest() {
	if len(f.values) > 0 {
		names := strings.Join(slices.Sorted(maps.Keys(f.values)), ", ")
		f.remarks = append(f.remarks, catalogue.NewRemark(catalogue.FieldUnknown, "", names))
	}
}

// take removes and returns the value of a name, null when there is none.
func (f *fields) take(name string) json.RawMessage {
	raw, ok := f.values[name]
	if !ok {
		return json.RawMessage("null")
	}
	delete(f.values, name)
	return raw
}

// scalar is the text of a JSON string or number, or nothing for null; ok is false for every other value.
func scalar(raw json.RawMessage) (s string, ok bool) {
	switch c := raw[0]; {
	case c == '"':
		return s, json.Unmarshal(raw, &s) == nil
	case c == '-' || c >= '0' && c <= '9':
		return string(raw), true
	}
	return "", string(raw) == "null"
}
