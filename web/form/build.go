package form

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// Shape says of one field what its type does not.
type Shape struct {
	Kind    Kind      // instead of the type's own
	Label   text.Text // instead of the catalogue's
	Hint    text.Text // instead of the catalogue's
	Choices []Choice
	Omit    bool   // the field is no part of this form
	Needed  bool   // it must be filled in here, though its type says that it may be left out
	Fixed   int    // Rows: exactly so many
	Pick    Pick   // what is looked for beside it; empty for nothing
	Into    string // of Pick, Rows: the field of a part that takes the ID
}

// Shapes are by JSON path, without the numbers of rows: products[].class.
type Shapes map[string]Shape

// Build makes the form of an input type, filled in with the values given by JSON path, as Values or a request has them.
func Build(of reflect.Type, filled url.Values, shapes Shapes) *Form {
	return &Form{Fields: builder{filled, shapes}.fields(of, "", "")}
}

type builder struct {
	filled url.Values
	shapes Shapes
}

const (
	longText = 300 // characters: what may be longer gets several lines
	fewRadio = 6   // choices: more go into a list to drop down
)

var (
	dateType = reflect.TypeFor[calendar.Date]()
	timeType = reflect.TypeFor[time.Time]()
)

// fileNames are the names of the fields that hold uploaded files.
var fileNames = []string{"attachments", "evidence", "proof", "mandate", "commitment", "risk_report", "record"}

var outer = regexp.MustCompile(`^([a-z_]+(\[[0-9]+\])?\.)*$`)

// HoldsFiles reports whether a control could be one for uploaded files, by its name: a field of theirs, in a group or a row or by itself.
func HoldsFiles(control string) bool {
	field := control[strings.LastIndex(control, ".")+1:]
	return slices.Contains(fileNames, field) && outer.MatchString(strings.TrimSuffix(control, field))
}

// fields makes the fields of a struct at a path; general is the path without the numbers of rows.
func (b builder) fields(of reflect.Type, path, general string) []Field {
	var out []Field
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Anonymous {
			out = append(out, b.fields(f.Type, path, general)...)
			continue
		}
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		shape := b.shapes[join(general, name)]
		if shape.Omit {
			continue
		}
		label, _ := words.Field(of, name)
		field := Field{Name: join(path, name), Label: label.Name, Hint: label.Hint, Optional: strings.Contains(options, "omitempty") && !shape.Needed, Choices: shape.Choices}
		if shape.Label.Complete() {
			field.Label = shape.Label
		}
		if shape.Hint.Complete() {
			field.Hint = shape.Hint
		}
		field.Max, _ = strconv.Atoi(f.Tag.Get("maxLength")) // no number, no bound
		if field.Choices == nil {
			field.Choices = choicesOf(of, f, name)
		}
		field.Kind = shape.Kind
		if field.Kind == "" {
			field.Kind = kindOf(f, name, field)
		}
		if shape.Pick != "" {
			field.Picker = &Picker{Of: shape.Pick, Name: field.Name, Into: shape.Into}
		}
		b.fill(&field, f.Type, join(general, name), shape)
		out = append(out, field)
	}
	return out
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// structOf is the struct of a part, which may be left out as a whole where it is behind a pointer; nil for everything else.
func structOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return t
}

func choicesOf(of reflect.Type, f reflect.StructField, name string) []Choice {
	var out []Choice
	for value := range strings.SplitSeq(f.Tag.Get("enum"), ",") {
		if value == "" {
			continue
		}
		named := f.Type
		if named.Kind() == reflect.Slice {
			named = named.Elem()
		}
		w, ok := words.FieldChoice(of, name, value)
		if !ok {
			w, _ = words.Choice(named, value)
		}
		out = append(out, Choice{Value: value, Words: w})
	}
	return out
}

func kindOf(f reflect.StructField, name string, field Field) Kind {
	switch t := f.Type; {
	case name == "task" || name == "hash":
		return Hidden
	case slices.Contains(fileNames, name):
		return Files
	case t == dateType || f.Tag.Get("format") == "date":
		return Date
	case t == timeType:
		return Moment
	case t.Kind() == reflect.Bool:
		return Check
	case t.Kind() == reflect.Int || t.Kind() == reflect.Int64:
		return Number
	case structOf(t) != nil:
		return Group
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct:
		return Rows
	case t.Kind() == reflect.Slice && field.Choices != nil:
		return Checks
	case t.Kind() == reflect.Slice:
		return Lines
	case len(field.Choices) > fewRadio:
		return Select
	case field.Choices != nil:
		return Radios
	case field.Max > longText:
		return Area
	default:
		return Text
	}
}

// fill puts in what is filled in.
func (b builder) fill(field *Field, t reflect.Type, general string, shape Shape) {
	switch field.Kind {
	case Group:
		field.Fields = b.fields(structOf(t), field.Name, general)
	case Rows:
		n := max(rows(b.filled, field.Name), 1)
		if shape.Fixed > 0 {
			n, field.Fixed = shape.Fixed, true
		}
		for i := range n + 1 {
			row := b.fields(t.Elem(), fmt.Sprintf("%s[%d]", field.Name, i), general+"[]")
			if i < n {
				field.Rows = append(field.Rows, row)
			} else {
				field.Another = row
			}
		}
	case Lines:
		field.Values = []string{strings.Join(b.filled[field.Name], "\n")}
	case Files:
		field.One = t.Kind() == reflect.String
		field.Values = b.filled[field.Name]
	case Text, Area, Number, Date, Moment, Check, Radios, Select, Checks, Hidden:
		field.Values = b.filled[field.Name]
	}
}

// rows counts the rows of a list that have anything in them, or before one that has.
func rows(filled url.Values, name string) int {
	n := 0
	for key := range filled {
		if i, ok := rowOf(key, name); ok && i >= n {
			n = i + 1
		}
	}
	return n
}

// maxRows bounds how many rows a form may be sent with.
const maxRows = 500

// rowOf reads the number of a row out of the name of one of its controls.
func rowOf(key, name string) (int, bool) {
	rest, ok := strings.CutPrefix(key, name+"[")
	if !ok {
		return 0, false
	}
	number, _, ok := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	return i, ok && err == nil && i >= 0 && i < maxRows
}
