// Package refusal says why a command was refused: a stable code, the wording in both languages, and the fields at fault.
// A refusal never repeats what the caller sent.
package refusal

import (
	"slices"
	"strings"

	"datacharter/domain/text"
)

// Class groups codes by what the caller can do about them; the HTTP API gives each class one status.
type Class string

// The classes.
const (
	Invalid      Class = "invalid"      // the input is wrong: correct it
	Forbidden    Class = "forbidden"    // the person may not do this
	Conflict     Class = "conflict"     // the case does not stand where this is possible
	NotFound     Class = "not-found"    // there is no such thing, or it is not for this person
	Precondition Class = "precondition" // the case has moved on since it was read
	Unavailable  Class = "unavailable"  // try again later
)

// Code is one kind of refusal. Its Name is stable: clients and records rely on it.
type Code struct {
	Name  string
	Class Class
	Words text.Text // {name} stands for a parameter
}

// Refusal is a code with its parameters and the fields at fault. The zero value is not a refusal; functions return nil for "go on".
type Refusal struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
	Fields []Field           `json:"fields,omitempty"`
}

// Field names one input field at fault, by a JSON path such as "products[2].price".
type Field struct {
	Path   string            `json:"path"`
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
}

// With refuses for this code. Parameters come as name, value pairs and must not be personal data or echoed input.
func (c Code) With(pairs ...string) *Refusal {
	return &Refusal{Code: c.Name, Params: params(pairs)}
}

// At makes a field error of this code.
func (c Code) At(path string, pairs ...string) Field {
	return Field{Path: path, Code: c.Name, Params: params(pairs)}
}

func params(pairs []string) map[string]string {
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// InvalidFields refuses for the fields given, or returns nil when there are none.
func InvalidFields(fields []Field) *Refusal {
	if len(fields) == 0 {
		return nil
	}
	return &Refusal{Code: InvalidInput.Name, Fields: fields}
}

// Class returns the class of the refusal's code; a code this program does not know counts as a conflict.
func (r *Refusal) Class() Class {
	if c, ok := byName[r.Code]; ok {
		return c.Class
	}
	return Conflict
}

// Detail is the refusal in words, with its parameters filled in.
func (r *Refusal) Detail(language string) string { return fill(r.Code, r.Params, language) }

// Detail is the field's error in words.
func (f Field) Detail(language string) string { return fill(f.Code, f.Params, language) }

func fill(code string, params map[string]string, language string) string {
	c, ok := byName[code]
	if !ok {
		return code
	}
	words := c.Words.In(language)
	for name, value := range params {
		words = strings.ReplaceAll(words, "{"+name+"}", value)
	}
	return words
}

// Codes lists every code, sorted by name, for documentation and tests.
func Codes() []Code {
	all := make([]Code, 0, len(byName))
	for _, c := range byName {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Code) int { return strings.Compare(a.Name, b.Name) })
	return all
}

var byName = map[string]Code{}

func define(name string, class Class, zh, en string) Code {
	if _, taken := byName[name]; taken {
		panic("refusal code defined twice: " + name)
	}
	c := Code{Name: name, Class: class, Words: text.Text{ZH: zh, EN: en}}
	byName[name] = c
	return c
}
