package calendar_test

import (
	"encoding/json"
	"testing"
	"time"

	"datacharter/domain/calendar"

	"pgregory.net/rapid"
)

func TestParseDateRefuses(t *testing.T) {
	for _, s := range []string{
		"", "2026", "2026-1-05", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-05T00:00:00Z",
		" 2026-01-05", "0000-01-01", "10000-01-01", "２０２６-01-05",
	} {
		if d, err := calendar.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestDateOfIsTheDayInChina(t *testing.T) {
	for _, tc := range []struct{ instant, want string }{
		{"2026-02-28T15:59:59Z", "2026-02-28"},
		{"2026-02-28T16:00:00Z", "2026-03-01"},
		{"2026-03-01T07:59:59+08:00", "2026-03-01"},
		{"2026-02-28T23:00:00-05:00", "2026-03-01"},
	} {
		instant, err := time.Parse(time.RFC3339, tc.instant)
		if err != nil {
			t.Fatal(err)
		}
		if got := calendar.DateOf(instant).String(); got != tc.want {
			t.Errorf("DateOf(%s) = %s, want %s", tc.instant, got, tc.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2027-12-31", 2, "2028-02-29"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-31", 1, "2027-01-31"},
		{"2025-12-31", 60, "2030-12-31"},
		{"2026-01-15", 0, "2026-01-15"},
	} {
		if got := day(t, tc.from).AddMonths(tc.n).String(); got != tc.want {
			t.Errorf("%s + %d months = %s, want %s", tc.from, tc.n, got, tc.want)
		}
	}
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDay().Draw(t, "day"), rapid.IntRange(-4000, 4000).Draw(t, "n")
		later := d.AddDays(n)
		if got := d.DaysUntil(later); got != n {
			t.Fatalf("from %s to %s are %d days, want %d", d, later, got, n)
		}
		if sign := d.Compare(later); sign > 0 != (n < 0) || sign < 0 != (n > 0) || d.Before(later) != (n > 0) || d.After(later) != (n < 0) {
			t.Fatalf("%s compared with %s: %d", d, later, sign)
		}
		if d.End().Sub(d.Start()) != 24*time.Hour || calendar.DateOf(d.Start()) != d || calendar.DateOf(d.End().Add(-1)) != d {
			t.Fatalf("%s runs from %s to %s", d, d.Start(), d.End())
		}
		if got := time.Weekday((int(d.Weekday()) + n%7 + 7) % 7); got != later.Weekday() {
			t.Fatalf("%d days after a %s is a %s", n, d.Weekday(), later.Weekday())
		}
	})
}

func TestDateText(t *testing.T) {
	type holder struct {
		On   calendar.Date `json:"on"`
		Till calendar.Date `json:"till,omitzero"`
	}
	rapid.Check(t, func(t *rapid.T) {
		in := holder{On: rapid.OneOf(anyDay(), rapid.Just(calendar.Date{})).Draw(t, "day")}
		text, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		if want := `{"on":"` + in.On.String() + `"}`; string(text) != want {
			t.Fatalf("got %s, want %s", text, want)
		}
		out := holder{On: calendar.NewDate(1999, 1, 1)}
		if err := json.Unmarshal(text, &out); err != nil || out != in {
			t.Fatalf("%s read back as %v, %v", text, out, err)
		}
	})
	if _, err := json.Marshal(calendar.NewDate(9999, 12, 32)); err == nil {
		t.Error("a year of five digits was written")
	}
	if err := json.Unmarshal([]byte(`"2026-02-30"`), new(calendar.Date)); err == nil {
		t.Error("30 February was read")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-02-14", "2028-02-29", "0001-01-01", "9999-12-31", "2026-2-4", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := calendar.ParseDate(s); err == nil && d.String() != s {
			t.Errorf("ParseDate(%q) is written %q", s, d)
		}
	})
}
