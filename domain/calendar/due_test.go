package calendar_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"testing"
	"time"

	"datacharter/domain/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestVectors follows one registration through the limits of 26号: acceptance within 3 working days of receipt (Art. 10), formal
// review within 20 after that (Art. 11), notice for 10 after that (Art. 12), and two limits from receipt.
func TestVectors(t *testing.T) {
	c := national(t)
	file, err := os.Open("testdata/vectors.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 6 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[1:] {
		receipt := day(t, row[0])
		accept := c.Due(receipt, calendar.WorkingDays(3))
		review := c.Due(accept.On, calendar.WorkingDays(20))
		notice := c.Due(review.On, calendar.WorkingDays(10))
		deregistered := c.Due(receipt, calendar.WorkingDays(10))
		registered := c.Due(receipt, calendar.WorkingDays(20))
		got := []string{receipt.String()}
		for _, due := range []calendar.Due{accept, review, notice, deregistered, registered} {
			got = append(got, due.On.String())
			if due.Provisional || due.Calendar != c.Version() {
				t.Errorf("%+v", due)
			}
		}
		if diff := cmp.Diff(row, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestDueAndTerm(t *testing.T) {
	c := national(t)
	for _, tc := range []struct {
		from, span, due, term string
		provisional           bool
	}{
		{"2026-03-02", "30 calendar_days", "2026-04-01", "2026-04-01", false},
		{"2026-01-20", "30 calendar_days", "2026-02-24", "2026-02-19", false}, // in the Spring Festival
		{"2026-01-29", "30 calendar_days", "2026-02-28", "2026-02-28", false}, // a Saturday made a working day
		{"2026-02-20", "0 working_days", "2026-02-24", "2026-02-20", false},
		{"2026-01-31", "1 months", "2026-02-28", "2026-02-28", false},
		{"2026-03-04", "1 months", "2026-04-07", "2026-04-04", false},
		{"2026-03-31", "03-31", "2027-03-31", "2027-03-31", true},
		{"2026-03-30", "03-31", "2026-03-31", "2026-03-31", false},
		{"2026-06-01", "02-28", "2027-03-01", "2027-02-28", true}, // 2027-02-28 is a Sunday
		{"2026-12-30", "2 working_days", "2027-01-01", "2027-01-01", true},
		{"2026-12-30", "1 working_days", "2026-12-31", "2026-12-31", false},
		{"2024-12-31", "1 working_days", "2025-01-02", "2025-01-02", false},
		{"2024-12-30", "1 working_days", "2024-12-31", "2024-12-31", true},
		{"2026-11-27", "60 months", "2031-11-27", "2031-11-27", true},
	} {
		span, err := calendar.ParseSpan(tc.span)
		if err != nil {
			t.Fatal(err)
		}
		due, term := c.Due(day(t, tc.from), span), c.Term(day(t, tc.from), span)
		if due.On != day(t, tc.due) || due.Provisional != tc.provisional {
			t.Errorf("%s + %s is due %+v", tc.from, tc.span, due)
		}
		if due.At != due.On.End() || due.At.Location() != time.UTC {
			t.Errorf("due on %s, at %s", due.On, due.At)
		}
		if term.On != day(t, tc.term) {
			t.Errorf("%s + %s ends %+v", tc.from, tc.span, term)
		}
		if _, counted := span.(calendar.WorkingDays); !counted && term.Provisional {
			t.Errorf("%s + %s: an exact date is provisional", tc.from, tc.span)
		}
	}
}

func TestDueProperties(t *testing.T) {
	c := national(t)
	rapid.Check(t, func(t *rapid.T) {
		from, span := anyDay().Draw(t, "from"), anySpan().Draw(t, "span")
		due := c.Due(from, span)
		working, known := c.IsWorkingDay(due.On)
		if !working || due.On.Before(c.Term(from, span).On) {
			t.Fatalf("due %s: working %t", due.On, working)
		}
		if !known && !due.Provisional {
			t.Fatalf("due %s in a year not loaded, yet final", due.On)
		}
		if n, counted := span.(calendar.WorkingDays); counted && n > 0 {
			if got := c.WorkingDaysAfter(from, due.On); got != int(n) {
				t.Fatalf("%d working days to %s, want %d", got, due.On, n)
			}
			if due.Provisional == c.Known(from, due.On) {
				t.Fatalf("known and provisional: %+v", due)
			}
			if longer := c.Due(from, n+1); !longer.On.After(due.On) {
				t.Fatalf("one working day more ends on %s, not after %s", longer.On, due.On)
			}
		}
		if later := c.Due(from.AddDays(1), span); later.On.Before(due.On) {
			t.Fatalf("a day later it ends sooner, on %s", later.On)
		}
		text, err := json.Marshal(due)
		if err != nil {
			t.Fatal(err)
		}
		var back calendar.Due
		if err := json.Unmarshal(text, &back); err != nil || back != due {
			t.Fatalf("%s read back as %+v, %v", text, back, err)
		}
	})
}

func TestRemaining(t *testing.T) {
	c := national(t)
	for _, tc := range []struct{ from, span, stopped, want string }{
		{"2026-02-11", "20 working_days", "2026-02-14", "17 working_days"},
		{"2026-02-11", "20 working_days", "2026-02-23", "17 working_days"}, // no working day between
		{"2026-02-11", "20 working_days", "2026-02-11", "20 working_days"},
		{"2026-02-11", "3 working_days", "2026-03-11", "0 working_days"},
		{"2026-02-11", "30 calendar_days", "2026-02-21", "20 calendar_days"},
		{"2026-02-11", "30 calendar_days", "2026-05-21", "0 calendar_days"},
		{"2026-02-11", "60 months", "2026-02-11", "60 months"},
		{"2026-01-31", "1 months", "2026-02-08", "20 calendar_days"},
		{"2026-02-11", "03-31", "2026-03-30", "03-31"},
		{"2026-02-11", "03-31", "2026-03-31", "0 calendar_days"},
	} {
		span, err := calendar.ParseSpan(tc.span)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Remaining(day(t, tc.from), span, day(t, tc.stopped)).String(); got != tc.want {
			t.Errorf("%s + %s, stopped %s: %s left, want %s", tc.from, tc.span, tc.stopped, got, tc.want)
		}
	}
}

// A clock stopped and resumed on the same day, any number of times, ends the limit on the day it would have ended anyway.
func TestStopAndResumeWithoutGap(t *testing.T) {
	c := national(t)
	rapid.Check(t, func(t *rapid.T) {
		from, span := anyDay().Draw(t, "from"), anySpan().Draw(t, "span")
		due, term := c.Due(from, span), c.Term(from, span)
		for range rapid.IntRange(1, 3).Draw(t, "stops") {
			stopped := from.AddDays(rapid.IntRange(0, max(0, from.DaysUntil(due.On))).Draw(t, "after"))
			from, span = stopped, c.Remaining(from, span, stopped)
			if got := c.Due(from, span); got.On != due.On {
				t.Fatalf("stopped on %s with %s left: due %s, not %s", stopped, span, got.On, due.On)
			}
			if got := c.Term(from, span); !stopped.After(term.On) && got.On != term.On {
				t.Fatalf("stopped on %s with %s left: ends %s, not %s", stopped, span, got.On, term.On)
			}
		}
	})
}

// While a clock stands still nothing is used up: each working day of the gap moves a working-day limit by one.
func TestGapMovesDue(t *testing.T) {
	c := national(t)
	rapid.Check(t, func(t *rapid.T) {
		from, n := anyDay().Draw(t, "from"), calendar.WorkingDays(rapid.IntRange(1, 60).Draw(t, "n"))
		due := c.Due(from, n)
		stopped := from.AddDays(rapid.IntRange(0, from.DaysUntil(due.On)-1).Draw(t, "after"))
		resumed := stopped.AddDays(rapid.IntRange(0, 90).Draw(t, "gap"))
		got := c.Due(resumed, c.Remaining(from, n, stopped))
		if moved := c.WorkingDaysAfter(due.On, got.On); moved != c.WorkingDaysAfter(stopped, resumed) {
			t.Fatalf("due %s moved to %s, %d working days, for a gap of %d", due.On, got.On, moved, c.WorkingDaysAfter(stopped, resumed))
		}
	})
}
