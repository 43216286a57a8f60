package api

import (
	"fmt"
	"reflect"

	"datacharter/domain/lifecycle"
)

// content takes the folded state of a kind of case apart: what the header does not say, in a struct of the same fields.
type content struct {
	of     reflect.Type // the struct without the header
	fields []int        // the state's fields, in the order of the struct's
}

var headerType = reflect.TypeFor[lifecycle.Header]()

func contentOf(def lifecycle.Definition) content {
	state := reflect.TypeOf(def.Blank("")).Elem()
	var c content
	var fields []reflect.StructField
	for i := range state.NumField() {
		f := state.Field(i)
		if f.Type == headerType {
			continue
		}
		if f.Anonymous || !f.IsExported() {
			panic(fmt.Sprintf("%s: field %s cannot be shown", state, f.Name))
		}
		c.fields = append(c.fields, i)
		fields = append(fields, reflect.StructField{Name: f.Name, Type: f.Type, Tag: f.Tag})
	}
	c.of = reflect.StructOf(fields)
	return c
}

// from returns the case's content, for JSON.
func (c content) from(subject lifecycle.Case) any {
	state, out := reflect.ValueOf(subject).Elem(), reflect.New(c.of).Elem()
	for i, field := range c.fields {
		out.Field(i).Set(state.Field(field))
	}
	return out.Addr().Interface()
}
