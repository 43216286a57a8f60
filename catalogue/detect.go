package catalogue

import (
	"encoding/json"

	"datacharter/domain/catalogue"
)

// layout is how one catalogue writes a resource.
type layout struct {
	source  string   // key of the catalogue.Source
	marks   []string // the fields that tell this layout from the others
	hasKeys bool     // resource gives SourceKey
	// resource takes the values of a row as published, except for the source.
	resource func(*fields) catalogue.Resource
}

var layouts = []layout{shanghai, jiangsu, hongKong}

// detect tells by the names of a row's fields which catalogue it belongs to; a file's name says nothing.
func detect(values map[string]json.RawMessage) (l layout, ok bool) {
	for _, l := range layouts {
		if has(values, l.marks) {
			return l, true
		}
	}
	return layout{}, false
}

func has(values map[string]json.RawMessage, names []string) bool {
	for _, name := range names {
		if _, ok := values[name]; !ok {
			return false
		}
	}
	return true
}
