package lifecycle

import (
	"encoding/json"
	"slices"
)

// Change is one field in which two versions of a content differ, with both values as JSON.
type Change struct {
	Path   string          `json:"path"`
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Diff lists the fields in which two contents of one type differ, in the order of their names; those of objects within are compared one by one, lists as a whole.
func Diff[T any](before, after T) []Change {
	return diffObjects("", fields(before), fields(after))
}

func diffObjects(prefix string, before, after map[string]json.RawMessage) []Change {
	var names []string
	for name := range before {
		names = append(names, name)
	}
	for name := range after {
		if _, both := before[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Change
	for _, name := range names {
		b, a := before[name], after[name]
		if string(b) == string(a) {
			continue
		}
		if inner, ok := object(b); ok {
			if other, ok := object(a); ok {
				out = append(out, diffObjects(prefix+name+".", inner, other)...)
				continue
			}
		}
		out = append(out, Change{Path: prefix + name, Before: orNull(b), After: orNull(a)})
	}
	return out
}

// fields marshals a content; one that JSON cannot hold is a mistake in the program.
func fields(content any) map[string]json.RawMessage {
	m, _ := object(mustJSON(content))
	return m
}

func object(raw json.RawMessage) (map[string]json.RawMessage, bool) {
	var m map[string]json.RawMessage
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &m) != nil {
		return nil, false
	}
	return m, true
}

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}
