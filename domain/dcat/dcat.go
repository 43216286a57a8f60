// Package dcat has what all catalogues in the terms of DCAT 3 share, as JSON-LD that is written in parts: a head, items with a comma between two, Tail.
package dcat

import (
	"encoding/json"

	"datacharter/domain/text"
)

// OwnTerms is the namespace of terms that DCAT does not have.
const OwnTerms = "urn:datacharter:terms:"

// Text is a text in a language.
type Text struct {
	Value    string `json:"@value"`
	Language string `json:"@language,omitempty"`
}

// InBoth is a text in both languages.
func InBoth(t text.Text) []Text { return []Text{{t.ZH, "zh"}, {t.EN, "en"}} }

// AsType declares in a context that values of a term have a type.
func AsType(name string) map[string]string { return map[string]string{"@type": name} }

// Tail ends a document whose last part is a list. One that does not hold everything asked for says so.
func Tail(cut text.Text) ([]byte, error) {
	if cut == (text.Text{}) {
		return []byte("]}\n"), nil
	}
	note, err := json.Marshal(InBoth(cut))
	return append(append([]byte(`],"rdfs:comment":`), note...), "}\n"...), err
}
