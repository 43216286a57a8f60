package form

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"datacharter/domain/text"
)

// Pick is what is looked for beside a control that takes an ID.
type Pick string

// What can be picked.
const (
	PickResource Pick = "resource" // of the catalogue
	PickPlan     Pick = "plan"     // that takes applications
)

// Picker is a search beside a control for an ID: a text, lines, or a list of parts with one each. It is a part of the form that it stands in, so that
// nothing that was typed is lost.
type Picker struct {
	Of     Pick
	Name   string // of the control
	Into   string // Rows: the field of a part that takes the ID
	At     string // where a script sends the form, to have the control alone again; empty for nowhere
	Text   string // as it stands in the box
	Sought string // what was looked for
	Asked  bool   // something was looked for, be it everything
	Used   bool   // it was just used: who used it wants to go on there
	Found  []Found
	More   bool             // there is more than is shown
	Known  map[string]Found // what stands in the controls, by ID
}

// Found is one thing that can be picked, as far as it helps to tell it from others.
type Found struct {
	ID    string
	Title string
	URL   string // of its page
	Facts []text.Text
}

// FindName is the name of the box in which one says what to look for beside a control, SoughtName of what was looked for before.
func FindName(control string) string { return "find[" + control + "]" }

// SoughtName is the name of what was looked for before.
func SoughtName(control string) string { return "sought[" + control + "]" }

// What the buttons of a picker do.
const (
	Find = "find"
	Take = "take"
	Drop = "drop"
)

// PickValue is the value of a picker's button: what it does, beside which control, with what.
func PickValue(does, control, with string) string {
	return strings.TrimSpace(does + " " + control + " " + with)
}

// ReadPick reads the value of a button.
func ReadPick(value string) (does, control, with string) {
	does, rest, _ := strings.Cut(value, " ")
	control, with, _ = strings.Cut(rest, " ")
	return does, control, with
}

// Has reports whether an ID was picked already.
func (f Field) Has(id string) bool { return slices.Contains(f.IDs(), id) }

// IDs are those that stand in a control with a picker.
func (f Field) IDs() []string {
	var out []string
	switch f.Kind {
	case Rows:
		for _, row := range f.Rows {
			out = append(out, f.Picker.IDOf(row))
		}
	case Lines:
		for line := range strings.SplitSeq(f.Value(), "\n") {
			out = append(out, strings.TrimSpace(line))
		}
	default:
		out = []string{strings.TrimSpace(f.Value())}
	}
	return slices.DeleteFunc(out, func(id string) bool { return id == "" })
}

// IDOf is the ID in one part of a list; empty when there is none.
func (p *Picker) IDOf(row []Field) string {
	if p == nil {
		return ""
	}
	for _, f := range row {
		if strings.HasSuffix(f.Name, "]."+p.Into) {
			return strings.TrimSpace(f.Value())
		}
	}
	return ""
}

// pick puts an ID into the values of a form that is not cleaned yet, or takes one out, as a button of a picker says.
func (s Shape) pick(values url.Values, does, control, with string) {
	switch {
	case s.Into != "" && does == Take:
		s.takeRow(values, control, with)
	case s.Into != "":
		for key := range values {
			if i, ok := rowOf(key, control); ok && fmt.Sprint(i) == with {
				values.Del(key)
			}
		}
	case s.Kind == Lines:
		lines := strings.Split(strings.Join(values[control], "\n"), "\n")
		lines = slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == with || strings.TrimSpace(line) == "" })
		if does == Take {
			lines = append(lines, with)
		}
		values.Set(control, strings.Join(lines, "\n"))
	case does == Take:
		values.Set(control, with)
	default:
		values.Set(control, "")
	}
}

// takeRow puts an ID into the first part that has none, or into another one.
func (s Shape) takeRow(values url.Values, list, id string) {
	at := func(i int) string { return fmt.Sprintf("%s[%d].%s", list, i, s.Into) }
	n := rows(values, list)
	free := n
	for i := range n {
		switch strings.TrimSpace(values.Get(at(i))) {
		case id:
			return
		case "":
			free = min(free, i)
		}
	}
	if free < maxRows {
		values.Set(at(free), id)
	}
}

// Picked changes the values of a form, not cleaned yet, as the button of a picker says. False when no control with a picker is meant.
func (s Shapes) Picked(values url.Values, value string) bool {
	does, control, with := ReadPick(value)
	shape, ok := s[control]
	if !ok || shape.Pick == "" {
		return false
	}
	if does == Take || does == Drop {
		shape.pick(values, does, control, with)
	}
	if does == Take && shape.Into == "" && shape.Kind != Lines { // there is no second one to pick
		values.Del(SoughtName(control))
		values.Del(FindName(control))
	}
	return true
}

// Picks reports whether any control of the form has a picker.
func (f *Form) Picks() bool { return anyPicker(f.Fields) }

func anyPicker(fields []Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Picker != nil || anyPicker(f.Fields) })
}
