// Package form makes HTML forms of the input types of commands, and reads what people fill in. The names in a form are the JSON paths of the input,
// such as products[0].name, so a refusal's fields point at the controls at fault.
package form

import (
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Kind is the kind of control of a field.
type Kind string

// The kinds.
const (
	Text   Kind = "text"
	Area   Kind = "area"
	Number Kind = "number"
	Date   Kind = "date"
	Moment Kind = "moment" // date and time in China
	Check  Kind = "check"  // yes or no
	Radios Kind = "radios"
	Select Kind = "select"
	Checks Kind = "checks" // any of the choices
	Lines  Kind = "lines"  // a list of texts, one a line
	Files  Kind = "files"  // uploaded files; the choices are those that were uploaded
	Group  Kind = "group"  // the fields of a part
	Rows   Kind = "rows"   // a list of parts
	Hidden Kind = "hidden"
)

// Choice is one value to choose, in words.
type Choice struct {
	Value string
	Words text.Text
	Hint  text.Text
}

// Field is one control, or a group of them.
type Field struct {
	Name     string // JSON path
	Kind     Kind
	Label    text.Text
	Hint     text.Text
	Optional bool
	Max      int      // characters; 0 for no bound
	Values   []string // one for most kinds
	Choices  []Choice
	One      bool      // Files: one file only
	Fields   []Field   // of a Group
	Rows     [][]Field // of Rows
	Another  []Field   // Rows: one more, empty
	Fixed    bool      // Rows: none is added or taken away
	Picker   *Picker   // nil for none
	Fault    *refusal.Field
}

// Value is the field's only value; empty when it has none.
func (f Field) Value() string {
	if len(f.Values) == 0 {
		return ""
	}
	return f.Values[0]
}

// Holds reports whether a value is among the field's.
func (f Field) Holds(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

// Form is a form as it is shown, with what was filled in and what is wrong with it.
type Form struct {
	Fields []Field
	Faults []Fault // in the order of the page, for the summary
}

// Fault is one fault with the control it belongs to.
type Fault struct {
	Name  string    // of the control; empty when it belongs to none
	Label text.Text // of the control
	refusal.Field
}

// Blame puts faults at their controls and into the summary. A fault of a part goes to the nearest control above it.
func (f *Form) Blame(faults []refusal.Field) {
	for _, fault := range faults {
		at := find(f.Fields, fault.Path)
		if at == nil {
			f.Faults = append(f.Faults, Fault{Field: fault})
			continue
		}
		if fault.Code == refusal.NotAChoice.Name && at.Value() == "" { // to a person, nothing chosen is something missing
			fault = refusal.Required.At(fault.Path)
		}
		if at.Fault == nil {
			at.Fault = &fault
		}
		f.Faults = append(f.Faults, Fault{Name: at.Name, Label: f.label(at), Field: fault})
	}
}

// label names a control; one of several in groups that are named alike is named with its group.
func (f *Form) label(at *Field) text.Text {
	if group := groupOf(f.Fields, at.Name); group != nil && alike(f.Fields, at.Label) > 1 {
		return text.Text{ZH: group.Label.ZH + "·" + at.Label.ZH, EN: group.Label.EN + ", " + at.Label.EN}
	}
	return at.Label
}

// groupOf is the innermost group that a control is in; nil when it is in none.
func groupOf(fields []Field, name string) *Field {
	for i := range fields {
		if g := &fields[i]; g.Kind == Group && inside(name, g.Name) {
			if inner := groupOf(g.Fields, name); inner != nil {
				return inner
			}
			return g
		}
	}
	return nil
}

// alike counts the controls that have a label.
func alike(fields []Field, label text.Text) int {
	n := 0
	for _, f := range fields {
		if f.Kind == Group {
			n += alike(f.Fields, label)
		} else if f.Label == label {
			n++
		}
	}
	return n
}

// find returns the control with the path, or the one that holds it; nil when there is none.
func find(fields []Field, path string) *Field {
	for i := range fields {
		f := &fields[i]
		if f.Kind == Hidden || path != f.Name && !inside(path, f.Name) {
			if below := findBelow(f, path); below != nil {
				return below
			}
			continue
		}
		if below := findBelow(f, path); below != nil {
			return below
		}
		return f
	}
	return nil
}

func findBelow(f *Field, path string) *Field {
	if below := find(f.Fields, path); below != nil {
		return below
	}
	for _, row := range f.Rows {
		if below := find(row, path); below != nil {
			return below
		}
	}
	return nil
}

// inside reports whether a path leads into the part of a name.
func inside(path, name string) bool {
	return len(path) > len(name) && path[:len(name)] == name && (path[len(name)] == '.' || path[len(name)] == '[')
}
