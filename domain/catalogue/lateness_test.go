package catalogue_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/policy"
)

func day(t interface{ Fatal(...any) }, s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLateness(t *testing.T) {
	for _, c := range []struct {
		frequency     catalogue.Frequency
		updated, on   string
		timing        catalogue.Timing
		days, allowed int
	}{
		{catalogue.Realtime, "2026-03-01", "2026-03-02", catalogue.OnTime, 0, 1},
		{catalogue.Realtime, "2026-03-01", "2026-03-03", catalogue.Late, 1, 1},
		{catalogue.Daily, "2026-03-01", "2026-03-03", catalogue.OnTime, 0, 2},
		{catalogue.Daily, "2026-03-01", "2026-03-04", catalogue.Late, 1, 2},
		{catalogue.Weekly, "2026-03-01", "2026-03-09", catalogue.OnTime, 0, 8},
		{catalogue.Weekly, "2026-03-01", "2026-03-10", catalogue.Late, 1, 8},
		{catalogue.HalfMonthly, "2026-03-01", "2026-03-19", catalogue.OnTime, 0, 18},
		{catalogue.HalfMonthly, "2026-03-01", "2026-03-20", catalogue.Late, 1, 18},
		{catalogue.Monthly, "2026-02-01", "2026-03-08", catalogue.OnTime, 0, 35},
		{catalogue.Monthly, "2026-02-01", "2026-03-09", catalogue.Late, 1, 35},
		{catalogue.Quarterly, "2026-01-01", "2026-04-13", catalogue.OnTime, 0, 102},
		{catalogue.Quarterly, "2026-01-01", "2026-04-14", catalogue.Late, 1, 102},
		{catalogue.HalfYearly, "2026-01-01", "2026-07-23", catalogue.OnTime, 0, 203},
		{catalogue.HalfYearly, "2026-01-01", "2026-07-24", catalogue.Late, 1, 203},
		{catalogue.Yearly, "2024-01-01", "2025-02-07", catalogue.OnTime, 0, 403},
		{catalogue.Yearly, "2024-01-01", "2025-02-08", catalogue.Late, 1, 403},
		{catalogue.Yearly, "2020-01-01", "2026-01-01", catalogue.Late, 2192 - 403, 403},
		{catalogue.Daily, "2026-03-05", "2026-03-01", catalogue.OnTime, 0, 2}, // dated ahead
		{catalogue.Daily, "", "2026-03-01", catalogue.Unsaid, 0, 0},
		{catalogue.Daily, "soon", "2026-03-01", catalogue.Unsaid, 0, 0},
		{catalogue.Irregular, "2020-01-01", "2026-03-01", catalogue.Unsaid, 0, 0},
		{catalogue.Static, "2020-01-01", "2026-03-01", catalogue.Unsaid, 0, 0},
		{catalogue.UnknownFrequency, "2020-01-01", "2026-03-01", catalogue.Unsaid, 0, 0},
		{"", "2020-01-01", "2026-03-01", catalogue.Unsaid, 0, 0},
	} {
		l := catalogue.Resource{Frequency: c.frequency, Updated: c.updated}.LatenessOn(day(t, c.on))
		if l.Timing != c.timing || l.Days != c.days || l.Allowed != c.allowed {
			t.Errorf("%s, updated %q, on %s: %s by %d of %d, want %s by %d of %d", c.frequency, c.updated, c.on, l.Timing, l.Days, l.Allowed, c.timing, c.days, c.allowed)
		}
	}
}

// Every frequency is late one day at last, by one day more each day and never before, unless it is one of those that say nothing.
func TestLatenessProperties(t *testing.T) {
	silent := []catalogue.Frequency{catalogue.Irregular, catalogue.Static, catalogue.UnknownFrequency}
	rapid.Check(t, func(t *rapid.T) {
		updated := day(t, "2020-01-01").AddDays(rapid.IntRange(0, 5000).Draw(t, "updated"))
		f := rapid.SampledFrom(catalogue.Frequencies()).Draw(t, "frequency")
		r := catalogue.Resource{Frequency: f, Updated: updated.String()}
		passed := rapid.IntRange(-1000, 3000).Draw(t, "passed")
		today, tomorrow := r.LatenessOn(updated.AddDays(passed)), r.LatenessOn(updated.AddDays(passed+1))
		if !today.Words.Complete() || !today.Explanation.Complete() || !today.Timing.Name().Complete() || today.Source.Mark != policy.Default {
			t.Fatalf("without words: %+v", today)
		}
		if slices.Contains(silent, f) {
			if today.Timing != catalogue.Unsaid || today.Days != 0 || today.Allowed != 0 {
				t.Fatalf("%+v", today)
			}
			return
		}
		if late := max(passed-today.Allowed, 0); today.Days != late || (late > 0) != (today.Timing == catalogue.Late) {
			t.Fatalf("%d days after the update: %+v", passed, today)
		}
		if tomorrow.Days < today.Days || tomorrow.Days > today.Days+1 {
			t.Fatalf("late by %d, the next day by %d", today.Days, tomorrow.Days)
		}
	})
}
