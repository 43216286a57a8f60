package web

import (
	"reflect"
	"slices"
	"strings"

	"datacharter/web/form"
)

// onlyParts leaves out of the form what it is not about.
func (a *act) onlyParts(of reflect.Type) {
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case a.parts == nil:
		case f.Anonymous:
			a.onlyParts(f.Type)
		case !slices.Contains(a.parts, name):
			a.shapes[name] = form.Shape{Omit: true}
		}
	}
}
