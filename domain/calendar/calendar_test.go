package calendar_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/calendar"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMonthlyTotals(t *testing.T) {
	c := national(t)
	for year, want := range map[int][]int{
		2025: {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
		2026: {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
	} {
		var got []int
		for m := time.January; m <= time.December; m++ {
			got = append(got, c.WorkingDaysAfter(calendar.NewDate(year, m, 0), calendar.NewDate(year, m+1, 0)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: got %v, want %v", year, got, want)
		}
		if total := c.WorkingDaysAfter(calendar.NewDate(year, 1, 0), calendar.NewDate(year, 12, 31)); total != 248 {
			t.Errorf("%d: %d working days, want 248", year, total)
		}
	}
}

func TestIsWorkingDay(t *testing.T) {
	c := national(t)
	for _, tc := range []struct {
		day            string
		working, known bool
	}{
		{"2026-02-13", true, true},
		{"2026-02-14", true, true},  // Saturday made a working day
		{"2026-02-16", false, true}, // Monday off
		{"2026-03-07", false, true},
		{"2024-10-01", true, false}, // not loaded: a Tuesday, holiday or not
		{"2027-01-02", false, false},
	} {
		if working, known := c.IsWorkingDay(day(t, tc.day)); working != tc.working || known != tc.known {
			t.Errorf("%s: working %t, known %t", tc.day, working, known)
		}
	}
	if working, known := (calendar.Calendar{}).IsWorkingDay(day(t, "2026-02-16")); !working || known {
		t.Errorf("a calendar without years: working %t, known %t", working, known)
	}
}

// The notice for 2007 shifted days of December 2006: a year may name days of its neighbours.
func TestNeighbouringYear(t *testing.T) {
	y := year2026(t)
	y.Off = append(y.Off, day(t, "2025-12-31"))
	y.Work = append(y.Work, day(t, "2025-12-28"))
	c, err := calendar.New(y)
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string][2]bool{
		"2025-12-31": {false, true}, "2025-12-28": {true, true}, "2025-12-30": {true, false},
	} {
		if working, known := c.IsWorkingDay(day(t, d)); [2]bool{working, known} != want {
			t.Errorf("%s: working %t, known %t", d, working, known)
		}
	}
	last := year2025(t)
	if _, err := calendar.New(last, y); err != nil {
		t.Errorf("with the neighbour: %v", err)
	}
	last.Work = append(last.Work, day(t, "2026-01-03"))
	if _, err := calendar.New(last, y); err == nil {
		t.Error("a day off in one notice and worked in another was accepted")
	}
}

func TestNewRefuses(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func(y *calendar.Year)
		want   string
	}{
		{"no year", func(y *calendar.Year) { y.Year = 0 }, "year outside"},
		{"no notice", func(y *calendar.Year) { y.Notice = "" }, "notice is missing"},
		{"not announced", func(y *calendar.Year) { y.Off = nil }, "no days off"},
		{"other year", func(y *calendar.Year) { y.Off = append(y.Off, day(t, "2027-02-01")) }, `day "2027-02-01" is not of this year`},
		{"no date", func(y *calendar.Year) { y.Off = append(y.Off, calendar.Date{}) }, `day "" is not of this year`},
		{"twice off", func(y *calendar.Year) { y.Off = append(y.Off, day(t, "2026-10-01")) }, "2026-10-01 is named twice"},
		{"off and work", func(y *calendar.Year) { y.Off = append(y.Off, day(t, "2026-02-28")) }, "2026-02-28 is named twice"},
		{"work on a weekday", func(y *calendar.Year) { y.Work = append(y.Work, day(t, "2026-03-04")) }, "2026-03-04 is a Wednesday"},
	} {
		y := year2026(t)
		tc.change(&y)
		if _, err := calendar.New(y); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
	if _, err := calendar.New(year2025(t), year2026(t), year2025(t)); err == nil || !strings.Contains(err.Error(), "2025: given twice") {
		t.Errorf("twice: %v", err)
	}
}

func TestVersion(t *testing.T) {
	c := national(t)
	shuffled := year2025(t)
	slices.Reverse(shuffled.Off)
	same, err := calendar.New(year2026(t), shuffled)
	if err != nil {
		t.Fatal(err)
	}
	if c.Version() != same.Version() || len(c.Version()) != 12 {
		t.Errorf("versions %q and %q of the same content", c.Version(), same.Version())
	}
	for name, change := range map[string]func(y *calendar.Year){
		"notice": func(y *calendar.Year) { y.Notice += "?" },
		"issued": func(y *calendar.Year) { y.Issued = y.Issued.AddDays(1) },
		"off":    func(y *calendar.Year) { y.Off = y.Off[1:] },
		"work":   func(y *calendar.Year) { y.Work = y.Work[1:] },
	} {
		y := year2026(t)
		change(&y)
		other, err := calendar.New(year2025(t), y)
		if err != nil {
			t.Fatal(err)
		}
		if other.Version() == c.Version() {
			t.Errorf("the version does not tell a change of %s", name)
		}
	}
	empty, err := calendar.New()
	if err != nil || empty.Version() != "none" || (calendar.Calendar{}).Version() != "none" {
		t.Errorf("without years: %q, %v", empty.Version(), err)
	}
}

func TestImmutable(t *testing.T) {
	given := year2026(t)
	c, err := calendar.New(given)
	if err != nil {
		t.Fatal(err)
	}
	given.Off[0] = day(t, "2026-07-01")
	c.Years()[0].Off[1] = day(t, "2026-07-02")
	c.Years()[0].Work[0] = day(t, "2026-07-04")
	if diff := cmp.Diff([]calendar.Year{year2026(t)}, c.Years(), cmp.Comparer(func(a, b calendar.Date) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestWorkingDaysAfterAdds(t *testing.T) {
	c := national(t)
	rapid.Check(t, func(t *rapid.T) {
		days := []calendar.Date{anyDay().Draw(t, "a"), anyDay().Draw(t, "b"), anyDay().Draw(t, "c")}
		slices.SortFunc(days, calendar.Date.Compare)
		first, middle, last := days[0], days[1], days[2]
		if c.WorkingDaysAfter(first, middle)+c.WorkingDaysAfter(middle, last) != c.WorkingDaysAfter(first, last) {
			t.Fatal("the parts do not add up")
		}
		if c.WorkingDaysAfter(last, first) != 0 {
			t.Fatal("days were counted backwards")
		}
		if got, want := c.Known(first, last), c.Known(first, middle) && c.Known(middle, last); got != want {
			t.Fatalf("known %t, of its parts %t", got, want)
		}
	})
}
