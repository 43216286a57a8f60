package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Span is the length of a time limit: WorkingDays, CalendarDays, Months or FixedDate, and nothing else.
type Span interface {
	// String returns the form that ParseSpan reads.
	String() string
	// end returns the span's last day, not yet moved off a holiday, and whether every day counted is known from a notice.
	end(c Calendar, from Date) (on Date, known bool)
	// left returns what is left of the span after the day stopped, which is later than from.
	left(c Calendar, from, stopped Date) Span
}

// WorkingDays is a limit in working days (工作日).
type WorkingDays int

// CalendarDays is a limit in days (日), holidays counted.
type CalendarDays int

// Months is a limit in calendar months; a year is 12.
type Months int

// FixedDate is a limit to the next such day after the event. It must be a day of every year, so not 29 February.
type FixedDate struct {
	Month time.Month
	Day   int
}

// The units in text.
const (
	workingDays  = "working_days"
	calendarDays = "calendar_days"
	months       = "months"
)

// maxCount bounds the numbers read: 9999 days or months are more than any limit has.
const maxCount = 9999

var errSpan = errors.New(`not a time limit such as "3 working_days", "30 calendar_days", "60 months" or "03-31"`)

// ParseSpan reads "3 working_days", "30 calendar_days", "60 months", or "03-31" for a fixed date. Each span has this one spelling.
// The error does not repeat the input.
func ParseSpan(s string) (Span, error) {
	number, unit, counted := strings.Cut(s, " ")
	if !counted {
		return parseFixedDate(s)
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > maxCount || strconv.Itoa(n) != number {
		return nil, errSpan
	}
	switch unit {
	case workingDays:
		return WorkingDays(n), nil
	case calendarDays:
		return CalendarDays(n), nil
	case months:
		return Months(n), nil
	}
	return nil, errSpan
}

func parseFixedDate(s string) (Span, error) {
	const commonYear = "2025-" // has no 29 February
	d, err := ParseDate(commonYear + s)
	if err != nil {
		return nil, errSpan
	}
	return FixedDate{d.month, d.day}, nil
}

func (w WorkingDays) String() string  { return fmt.Sprintf("%d %s", int(w), workingDays) }
func (d CalendarDays) String() string { return fmt.Sprintf("%d %s", int(d), calendarDays) }
func (m Months) String() string       { return fmt.Sprintf("%d %s", int(m), months) }
func (f FixedDate) String() string    { return fmt.Sprintf("%02d-%02d", int(f.Month), f.Day) }

func (w WorkingDays) end(c Calendar, from Date) (Date, bool) {
	on := from
	for n := w; n > 0; {
		on = on.AddDays(1)
		if working, _ := c.IsWorkingDay(on); working {
			n--
		}
	}
	return on, c.Known(from, on)
}

func (d CalendarDays) end(_ Calendar, from Date) (Date, bool) { return from.AddDays(int(d)), true }

func (m Months) end(_ Calendar, from Date) (Date, bool) { return from.AddMonths(int(m)), true }

func (f FixedDate) end(_ Calendar, from Date) (Date, bool) {
	on := NewDate(from.year, f.Month, f.Day)
	if !on.After(from) {
		on = NewDate(from.year+1, f.Month, f.Day)
	}
	return on, true
}

func (w WorkingDays) left(c Calendar, from, stopped Date) Span {
	return max(0, w-WorkingDays(c.WorkingDaysAfter(from, stopped)))
}

func (d CalendarDays) left(_ Calendar, from, stopped Date) Span {
	return daysLeft(stopped, from.AddDays(int(d)))
}

func (m Months) left(_ Calendar, from, stopped Date) Span {
	return daysLeft(stopped, from.AddMonths(int(m)))
}

func (f FixedDate) left(c Calendar, from, stopped Date) Span {
	if on, _ := f.end(c, from); !stopped.Before(on) {
		return CalendarDays(0)
	}
	return f
}

func daysLeft(stopped, end Date) Span { return CalendarDays(max(0, stopped.DaysUntil(end))) }
