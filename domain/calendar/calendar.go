// Package calendar counts time limits the way Chinese administrative law does: in working days by the State Council's yearly
// notice, in calendar days and months, and to fixed dates. The three are distinct types and never mixed.
//
// A limit begins on the day after its event (Civil Code Art. 201 [known]) and ends with the end of its last day in China.
package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Year holds one year's working days: weekends are off, except the Work days; the Off days are off besides.
type Year struct {
	Year   int
	Notice string // the State Council General Office's notice: its number, or how else it is found
	Issued Date   // the day of the notice; zero when not known
	Off    []Date // days off, weekends among them or not; a run may begin or end in a neighbouring year
	Work   []Date // weekend days on which everybody works, in exchange for a shifted day off
}

// Calendar knows the working days of the years loaded. It is immutable; the zero value knows no year.
type Calendar struct {
	years   []Year // by year
	named   map[Date]bool
	version string
}

// New makes a calendar of the years, in any order. It refuses a year given twice or without a notice or days off,
// a day named outside the year and its neighbouring months, a day named twice with different meaning or twice in one year,
// and a Work day that is no weekend.
func New(years ...Year) (Calendar, error) {
	c := Calendar{named: map[Date]bool{}}
	for _, y := range years {
		y.Off, y.Work = sorted(y.Off), sorted(y.Work)
		if err := y.check(); err != nil {
			return Calendar{}, fmt.Errorf("calendar %d: %w", y.Year, err)
		}
		c.years = append(c.years, y)
	}
	slices.SortFunc(c.years, func(a, b Year) int { return a.Year - b.Year })
	for i, y := range c.years {
		if i > 0 && c.years[i-1].Year == y.Year {
			return Calendar{}, fmt.Errorf("calendar %d: given twice", y.Year)
		}
		if err := errors.Join(c.name(y.Off, false), c.name(y.Work, true)); err != nil {
			return Calendar{}, fmt.Errorf("calendar %d: %w", y.Year, err)
		}
	}
	c.version = hash(c.years)
	return c, nil
}

func (c Calendar) name(days []Date, work bool) error {
	for _, d := range days {
		if before, ok := c.named[d]; ok && before != work {
			return fmt.Errorf("day %s is off in one year's notice and worked in the other's", d)
		}
		c.named[d] = work
	}
	return nil
}

func sorted(days []Date) []Date { return slices.SortedFunc(slices.Values(days), Date.Compare) }

func (y Year) check() error {
	if y.Year < 1 || y.Year > 9999 {
		return errors.New("year outside 1 to 9999")
	}
	if y.Notice == "" {
		return errors.New("notice is missing")
	}
	if len(y.Off) == 0 {
		return errors.New("no days off: such a year is not yet announced")
	}
	first, last := NewDate(y.Year-1, time.December, 1), NewDate(y.Year+1, time.January, 31)
	seen := map[Date]bool{}
	for _, d := range slices.Concat(y.Off, y.Work) {
		if d.Before(first) || d.After(last) {
			return fmt.Errorf("day %q is not of this year", d)
		}
		if seen[d] {
			return fmt.Errorf("day %s is named twice", d)
		}
		seen[d] = true
	}
	for _, d := range y.Work {
		if !isWeekend(d) {
			return fmt.Errorf("working day %s is a %s; only a weekend day is made one", d, d.Weekday())
		}
	}
	return nil
}

func hash(years []Year) string {
	if len(years) == 0 {
		return ""
	}
	h := sha256.New()
	for _, y := range years {
		fmt.Fprintf(h, "%d %q %s off %s work %s\n", y.Year, y.Notice, y.Issued, y.Off, y.Work)
	}
	const short = 6 // bytes: enough to tell apart the few calendars a system ever loads
	return hex.EncodeToString(h.Sum(nil)[:short])
}

// Version identifies the calendar's content: equal years give equal versions. It is "none" when no year is loaded.
func (c Calendar) Version() string {
	if c.version == "" {
		return "none"
	}
	return c.version
}

// Years returns a copy of the years loaded, in order, each with its days in order.
func (c Calendar) Years() []Year {
	years := slices.Clone(c.years)
	for i := range years {
		years[i].Off, years[i].Work = slices.Clone(years[i].Off), slices.Clone(years[i].Work)
	}
	return years
}

// IsWorkingDay reports whether d is a working day and whether that is known from a notice;
// of a year not loaded it knows the weekends only.
func (c Calendar) IsWorkingDay(d Date) (working, known bool) {
	if work, ok := c.named[d]; ok {
		return work, true
	}
	_, loaded := slices.BinarySearchFunc(c.years, d.year, func(y Year, year int) int { return y.Year - year })
	return !isWeekend(d), loaded
}

// WorkingDaysAfter counts the working days d with from < d ≤ to; it is 0 when to is not after from.
func (c Calendar) WorkingDaysAfter(from, to Date) int {
	n := 0
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if working, _ := c.IsWorkingDay(d); working {
			n++
		}
	}
	return n
}

// Known reports whether every day d with from < d ≤ to is known from a notice, so that a count over them is final.
func (c Calendar) Known(from, to Date) bool {
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		if _, known := c.IsWorkingDay(d); !known {
			return false
		}
	}
	return true
}

func isWeekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
