package form

import (
	"encoding"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/calendar"
)

// moment is how a browser writes date and time.
const moment = "2006-01-02T15:04"

// Values writes an input as a form has it, by JSON path. Zero values are left out.
func Values(input any) url.Values {
	out := url.Values{}
	flatten(out, reflect.Indirect(reflect.ValueOf(input)), "")
	return out
}

func flatten(out url.Values, v reflect.Value, path string) {
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case time.Time:
		out.Set(path, x.In(calendar.China).Format(moment))
		return
	case encoding.TextMarshaler:
		if raw, err := x.MarshalText(); err == nil { // a value that cannot be written is shown as missing
			out.Set(path, string(raw))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		flatten(out, v.Elem(), path)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Anonymous {
				flatten(out, v.Field(i), path)
				continue
			}
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			flatten(out, v.Field(i), join(path, name))
		}
	case reflect.Slice:
		for i := range v.Len() {
			if v.Type().Elem().Kind() == reflect.Struct {
				flatten(out, v.Index(i), fmt.Sprintf("%s[%d]", path, i))
			} else {
				out.Add(path, v.Index(i).String())
			}
		}
	case reflect.Bool:
		out.Set(path, strconv.FormatBool(v.Bool()))
	case reflect.Int, reflect.Int64:
		out.Set(path, strconv.FormatInt(v.Int(), 10))
	case reflect.String:
		out.Set(path, v.String())
	default:
		panic("form: no way to write a " + v.Type().String())
	}
}
