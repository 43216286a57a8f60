package web

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/text"
)

// entryPattern is the path of an entry of a list, or of a field of the entry: the list, the number, counted from 0, and the field.
var entryPattern = regexp.MustCompile(`^([a-z_.]+)\[(\d+)\](?:\.(.+))?$`)

// partName names a part of the application by its path, for people: an entry of a list by its number, as the form has it, and by what it is called.
func (p *applying) partName(path string) text.Text {
	found := entryPattern.FindStringSubmatch(path)
	if found == nil {
		return applicationField(path)
	}
	n, err := strconv.Atoi(found[2])
	if err != nil { // no list is so long
		return applicationField(found[1])
	}
	out := text.Text{ZH: fmt.Sprintf("第 %d 项", n+1), EN: fmt.Sprintf("No. %d", n+1)}
	if called := entryCalled(applied(p.act).Application, found[1], n); called != "" {
		out = text.Text{ZH: out.ZH + "（" + called + "）", EN: out.EN + " (" + called + ")"}
	}
	if t := topicOf(path); t == nil || len(t.fields) > 1 { // else the step has the name of the list
		list := applicationField(found[1])
		out = text.Text{ZH: list.ZH + " " + out.ZH, EN: list.EN + ", " + out.EN}
	}
	if found[3] != "" {
		field := fieldName(reflect.TypeFor[authorization.Intended](), found[3]) // no other list has fields
		out = text.Text{ZH: out.ZH + "·" + field.ZH, EN: out.EN + ", " + field.EN}
	}
	return out
}

// entryCalled is what an entry of a list is called: a product's name, or a resource's ID; empty for none.
func entryCalled(a authorization.Application, list string, n int) string {
	switch {
	case list == "products" && n < len(a.Products):
		return a.Products[n].Name
	case list == resourcesStep && n < len(a.Resources):
		return a.Resources[n]
	default:
		return ""
	}
}

// control is the path of the control in which the entry at a path is put right.
func control(path string) string {
	if found := entryPattern.FindStringSubmatch(path); len(found) > 0 && found[1] == "products" && found[3] == "" {
		return path + ".name"
	}
	return path
}
