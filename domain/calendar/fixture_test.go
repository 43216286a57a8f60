package calendar_test

import (
	"testing"
	"time"

	"datacharter/domain/calendar"

	"pgregory.net/rapid"
)

// day reads a date that the test itself wrote.
func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return d
}

// days reads dates, and runs written first…last as two dates in one string.
func days(t testing.TB, list ...string) []calendar.Date {
	t.Helper()
	var all []calendar.Date
	for _, s := range list {
		first, last := day(t, s[:10]), day(t, s[len(s)-10:])
		for d := first; !d.After(last); d = d.AddDays(1) {
			all = append(all, d)
		}
	}
	return all
}

func year2025(t testing.TB) calendar.Year {
	return calendar.Year{
		Year: 2025, Notice: "国办发明电〔2024〕12号", Issued: day(t, "2024-11-12"),
		Off: days(t, "2025-01-01", "2025-01-28…2025-02-04", "2025-04-04…2025-04-06", "2025-05-01…2025-05-05",
			"2025-05-31…2025-06-02", "2025-10-01…2025-10-08"),
		Work: days(t, "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
	}
}

func year2026(t testing.TB) calendar.Year {
	return calendar.Year{
		Year: 2026, Notice: "国务院办公厅通知", Issued: day(t, "2025-11-04"),
		Off: days(t, "2026-01-01…2026-01-03", "2026-02-15…2026-02-23", "2026-04-04…2026-04-06", "2026-05-01…2026-05-05",
			"2026-06-19…2026-06-21", "2026-09-25…2026-09-27", "2026-10-01…2026-10-07"),
		Work: days(t, "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
	}
}

func national(t testing.TB) calendar.Calendar {
	t.Helper()
	c, err := calendar.New(year2025(t), year2026(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// anyDay draws days from a year before to a year after the two that are loaded.
func anyDay() *rapid.Generator[calendar.Date] {
	return rapid.Map(rapid.IntRange(0, 4*366), func(n int) calendar.Date {
		return calendar.NewDate(2024, time.January, 1).AddDays(n)
	})
}

func anySpan() *rapid.Generator[calendar.Span] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(0, 90), func(n int) calendar.Span { return calendar.WorkingDays(n) }),
		rapid.Map(rapid.IntRange(0, 400), func(n int) calendar.Span { return calendar.CalendarDays(n) }),
		rapid.Map(rapid.IntRange(0, 60), func(n int) calendar.Span { return calendar.Months(n) }),
		rapid.Custom(func(t *rapid.T) calendar.Span {
			d := calendar.NewDate(2025, time.January, 1).AddDays(rapid.IntRange(0, 364).Draw(t, "day"))
			span, err := calendar.ParseSpan(d.String()[5:])
			if err != nil {
				t.Fatal(err)
			}
			return span
		}),
	)
}
