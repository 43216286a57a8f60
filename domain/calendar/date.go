package calendar

import (
	"cmp"
	"errors"
	"time"
)

// China is the time zone in which days begin and end: UTC+8 without summer time. It is fixed so that no zone database is needed
// and no update of one moves a due time.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

const layout = time.DateOnly

var errDate = errors.New("not a date of the form YYYY-MM-DD")

// Date is a day of the calendar, without time or zone. Dates compare with == and serve as map keys.
// The zero value is no date; it is written as the empty text.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate returns the date; a month or day out of range runs on into the next, as with time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return dateIn(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ParseDate reads YYYY-MM-DD, from 0001-01-01 to 9999-12-31. The error does not repeat the input.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1 {
		return Date{}, errDate
	}
	return dateIn(t), nil
}

// DateOf returns the day that it is in China at the instant.
func DateOf(t time.Time) Date { return dateIn(t.In(China)) }

func dateIn(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

func (d Date) utc() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// Start is the instant, in UTC, at which the day begins in China.
func (d Date) Start() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, China).UTC() }

// End is the instant, in UTC, at which the day ends in China: the next midnight. What happens before it is in time.
func (d Date) End() time.Time { return d.AddDays(1).Start() }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return NewDate(d.year, d.month, d.day+n) }

// AddMonths returns the same day n months later; where that month is too short, its last day (Civil Code Art. 202 [known]).
func (d Date) AddMonths(n int) Date {
	last := NewDate(d.year, d.month+time.Month(n)+1, 0)
	last.day = min(last.day, d.day)
	return last
}

// DaysUntil returns the number of days from d to other, negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	const day = 24 * 60 * 60
	return int((other.utc().Unix() - d.utc().Unix()) / day)
}

// Year returns the year.
func (d Date) Year() int { return d.year }

// Month is the month of the day.
func (d Date) Month() time.Month { return d.month }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Compare returns -1, 0 or +1 as d is before, equal to or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day))
}

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// String returns YYYY-MM-DD, and the empty text for the zero value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(layout)
}

// MarshalText writes the date as String does; a year that ParseDate would not read back is an error.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && (d.year < 1 || d.year > 9999) {
		return nil, errors.New("year outside 1 to 9999")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
