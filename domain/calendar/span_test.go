package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"datacharter/domain/calendar"

	"pgregory.net/rapid"
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
	for _, s := range []string{"", "3", "3 days", "3  working_days", "-3 working_days", "+3 months", "03 months", "10000 months", "1.5 months",
		"3 Months", "3 months ", "02-29", "02-30", "3-31", "13-01", "working_days", "3 working_days 4 months"} {
		if got, err := calendar.ParseSpan(s); err == nil {
			t.Errorf("ParseSpan(%q) = %v, want an error", s, got)
		}
	}
}

func TestLimitText(t *testing.T) {
	type holder struct {
		Limit calendar.Limit `json:"limit,omitzero"`
	}
	rapid.Check(t, func(t *rapid.T) {
		in := holder{calendar.Limit{Span: anySpan().Draw(t, "span")}}
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"limit":"` + in.Limit.Span.String() + `"}`; string(text) != want {
			t.Fatalf("got %s, want %s", text, want)
		}
		var out holder
		if err := json.Unmarshal(text, &out); err != nil || out != in {
			t.Fatalf("%s read back as %v, %v", text, out, err)
		}
	})
	for text, want := range map[string]string{`{"limit":""}`: `{}`, `{}`: `{}`} {
		var h holder
		if err := json.Unmarshal([]byte(text), &h); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(h); err != nil || string(got) != want {
			t.Errorf("%s became %s, %v", text, got, err)
		}
	}
	if text, err := json.Marshal(calendar.Limit{}); err != nil || string(text) != `""` {
		t.Errorf("no limit is written %s, %v", text, err)
	}
	if err := json.Unmarshal([]byte(`"3 days"`), new(calendar.Limit)); err == nil {
		t.Error(`"3 days" was read`)
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
