package policies

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// place is where a value stands in its file.
type place struct {
	line, column int
	plain        bool // an unquoted scalar on one line: what is within it can be pointed at
}

func placeOf(t *token.Token) place {
	if t == nil || t.Position == nil {
		return place{line: 1, column: 1}
	}
	return place{line: t.Position.Line, column: t.Position.Column, plain: t.Type == token.StringType && !strings.Contains(t.Value, "\n")}
}

// decoder fills a struct from YAML and finds every mistake at once, which the library's own decoder does not: fields unknown,
// missing or repeated, and values of another type. It remembers where each value stands.
type decoder struct {
	places   map[string]place // by path, such as "review.reviews[2].stage"
	problems []located
}

// located is a mistake at a place.
type located struct {
	place
	text string
}

// decode reads the one document into the struct that out points to. It keeps going after a mistake, so that out is to be used only
// when no problem was found.
func decode(raw []byte, out any) *decoder {
	d := &decoder{places: map[string]place{}}
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		d.syntax(err)
		return d
	}
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		d.report(place{line: 1, column: 1}, "", "is empty")
	case len(bodies) > 1:
		d.report(start(bodies[1]), "", "is a second document: one file holds one profile")
	default:
		d.value("", bodies[0], reflect.ValueOf(out).Elem())
	}
	return d
}

func (d *decoder) syntax(err error) {
	var at yaml.Error
	if errors.As(err, &at) {
		d.report(placeOf(at.GetToken()), "", "%s", at.GetMessage())
		return
	}
	d.report(place{line: 1, column: 1}, "", "%v", err)
}

// report notes a mistake in the value of the path; the empty path is the profile itself.
func (d *decoder) report(at place, path, format string, values ...any) {
	if path == "" {
		path = "profile"
	}
	d.problems = append(d.problems, located{at, path + ": " + fmt.Sprintf(format, values...)})
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

func (d *decoder) value(path string, node ast.Node, out reflect.Value) {
	at := start(node)
	d.places[path] = at
	switch {
	case out.Kind() == reflect.Pointer:
		out.Set(reflect.New(out.Type().Elem()))
		d.value(path, node, out.Elem())
	case reflect.PointerTo(out.Type()).Implements(textUnmarshaler):
		words, ok := words(node)
		if !ok {
			d.report(at, path, "expected text, found %s", what(node))
		} else if err := out.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(words)); err != nil {
			d.report(at, path, "%v", err)
		}
	case out.Kind() == reflect.Struct:
		d.mapping(path, node, out)
	case out.Kind() == reflect.Slice:
		d.sequence(path, node, out)
	default:
		d.scalar(path, node, out)
	}
}

func (d *decoder) scalar(path string, node ast.Node, out reflect.Value) {
	at := start(node)
	switch out.Kind() {
	case reflect.String:
		if s, ok := words(node); ok {
			out.SetString(s)
			return
		}
		d.report(at, path, "expected text, found %s", what(node))
	case reflect.Bool:
		if b, ok := node.(*ast.BoolNode); ok {
			out.SetBool(b.Value)
			return
		}
		d.report(at, path, "expected true or false, found %s", what(node))
	case reflect.Int, reflect.Int64:
		if n, ok := whole(node); ok && !out.OverflowInt(n) {
			out.SetInt(n)
			return
		}
		d.report(at, path, "expected a whole number, found %s", what(node))
	default:
		panic("policies: no YAML form of " + out.Type().String()) // a profile's fields are ours
	}
}

func (d *decoder) sequence(path string, node ast.Node, out reflect.Value) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		d.report(start(node), path, "expected a list, found %s", what(node))
		return
	}
	out.Set(reflect.MakeSlice(out.Type(), len(list.Values), len(list.Values)))
	for i, entry := range list.Values {
		d.value(fmt.Sprintf("%s[%d]", path, i), entry, out.Index(i))
	}
}

func (d *decoder) mapping(path string, node ast.Node, out reflect.Value) {
	entries, ok := entriesOf(node)
	if !ok {
		d.report(start(node), path, "expected fields, found %s", what(node))
		return
	}
	fields := fieldsOf(out)
	var seen []string
	for _, entry := range entries {
		key, at := entry.Key.String(), placeOf(entry.Key.GetToken())
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key })
		switch {
		case i < 0:
			d.report(at, path, "unknown field %q; there are %s", key, names(fields))
		case slices.Contains(seen, key):
			d.report(at, path, "field %q is there twice", key)
		default:
			seen = append(seen, key)
			d.value(join(path, key), entry.Value, fields[i].value)
		}
	}
	for _, f := range fields {
		if !f.optional && !slices.Contains(seen, f.name) {
			d.report(start(node), path, "field %q is missing", f.name)
		}
	}
}

func entriesOf(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch m := node.(type) {
	case *ast.MappingNode:
		return m.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}, true
	}
	return nil, false
}

// start is where a node begins: fields begin with their first name.
func start(node ast.Node) place {
	if entries, _ := entriesOf(node); len(entries) > 0 {
		return placeOf(entries[0].Key.GetToken())
	}
	return placeOf(node.GetToken())
}

// field is one field of a struct as its yaml tag names it.
type field struct {
	name     string
	optional bool
	value    reflect.Value
}

// fieldsOf lists the fields of a struct, those of inlined structs among them.
func fieldsOf(v reflect.Value) []field {
	var out []field
	for i := range v.NumField() {
		key, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		switch {
		case key == "-":
		case options == "inline":
			out = append(out, fieldsOf(v.Field(i))...)
		default:
			out = append(out, field{key, options == "omitempty", v.Field(i)})
		}
	}
	return out
}

func names(fields []field) string {
	var out []string
	for _, f := range fields {
		out = append(out, f.name)
	}
	return strings.Join(out, ", ")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// words returns the text of a scalar that YAML takes for text.
func words(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

func whole(node ast.Node) (int64, bool) {
	n, ok := node.(*ast.IntegerNode)
	if !ok {
		return 0, false
	}
	switch v := n.Value.(type) {
	case int64:
		return v, true
	case uint64:
		return int64(v), v <= 1<<63-1
	}
	return 0, false
}

// what names the kind of a node for people.
func what(node ast.Node) string {
	switch node.Type() {
	case ast.StringType, ast.LiteralType:
		return "text"
	case ast.IntegerType, ast.FloatType, ast.InfinityType, ast.NanType:
		return "a number"
	case ast.BoolType:
		return "true or false"
	case ast.NullType:
		return "nothing"
	case ast.SequenceType:
		return "a list"
	case ast.MappingType, ast.MappingValueType:
		return "fields"
	}
	return "an anchor, alias or tag, which a profile does not use"
}
