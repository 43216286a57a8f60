package calendar_test

import (
	"testing"
	"time"

	"datacharter/domain/calendar"
)

func TestParseSpan(t *testing.T) {
	for s, want := range map[string]calendar.Span{
		"3 working_days":   calendar.WorkingDays(3),
		"30 calendar_days": calendar.CalendarDays(30),
		"60 months":        calendar.Months(60),
		"0 working_days":   calendar.WorkingDays(0),
		"03-31":            calendar.FixedDate{Month: time.March, Day: 31},
	} {
		if got, err := calendar.ParseSpan(s); err != nil || got != want {
			t.Errorf("ParseSpan(%q) = %#v, %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", "3", "3 days", "3  working_days", "-3 working_days", "+3 months", "03 months", "10000 months", "1.5 months",
		"3 Months", "3 months ", "02-29", "02-30", "3-31", "13-01", "working_days", "3 working_days 4 months",
	} {
		if got, err := calendar.ParseSpan(s); err == nil {
			t.Errorf("ParseSpan(%q) = %v, want an error", s, got)
		}
	}
}

func FuzzParseSpan(f *testing.F) {
	for _, s := range []string{"3 working_days", "30 calendar_days", "60 months", "03-31", "02-29", "9999 months", "1 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		span, err := calendar.ParseSpan(s)
		if err != nil {
			return
		}
		if span.String() != s {
			t.Errorf("ParseSpan(%q) is written %q", s, span)
		}
	})
}
