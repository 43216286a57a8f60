package policy

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/text"
)

// Marks lists the marks, from certain to doubtful.
var Marks = []Mark{SeenFull, Seen, Derived, Known, Default, Unsure}

// agreedDates are the limits that only explain a date agreed on, so that their spans may be 0.
var agreedDates = []string{"operation.start", "operation.expiry", "supervision.inspection.held"}

// yearly are the limits that may be a fixed date.
var yearly = []string{"operation.report", "disclosure.due", "supervision.evaluation.due", "supervision.audit.due", "finance.report"}

// explained checks, throughout the profile, that every rule is there in both languages with its source, and that every limit can be kept.
func (c *checker) explained(p *Profile) { c.walk("", reflect.ValueOf(*p)) }

func (c *checker) walk(path string, v reflect.Value) {
	switch value := v.Interface().(type) {
	case text.Text:
		c.unless(strings.TrimSpace(value.ZH) != "" && strings.TrimSpace(value.EN) != "", path, "must be there in Chinese and in English")
		return
	case Limit:
		c.limit(path, value)
	case Source:
		c.unless(strings.TrimSpace(value.Article) != "", join(path, "article"), "is empty")
	case Mark:
		c.unless(slices.Contains(Marks, value), path, "%q is not a mark: there are %v", value, Marks)
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
			switch {
			case options == "inline":
				c.walk(path, v.Field(i))
			case name != "" && name != "-":
				c.walk(join(path, name), v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.walk(path, v.Elem())
		}
	}
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

// limit checks that a limit leaves time, and that a reminder comes after its start.
func (c *checker) limit(path string, l Limit) {
	c.unless(l.RemindBefore >= 0, path+".remind_before", "must not be negative")
	days := 0
	switch span := l.Span.Span.(type) {
	case nil:
		c.add(path+".span", "is empty")
		return
	case calendar.FixedDate:
		c.unless(slices.Contains(yearly, path), path+".span", "must be a length of time, not a date")
		return
	case calendar.WorkingDays:
		days = int(span)
	case calendar.CalendarDays:
		days = int(span)
	case calendar.Months:
		days = int(span) * 20 // working days of a month, at least about so many
	}
	agreed := slices.Contains(agreedDates, path)
	c.unless(days > 0 || agreed, path+".span", "leaves no time")
	c.unless(l.RemindBefore == 0 || l.RemindBefore < days || agreed, path+".remind_before", "would remind before the limit starts")
}
