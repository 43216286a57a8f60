package clock

import (
	"math/bits"
	"time"

	"datacharter/domain/calendar"
)

// Clock tells business time. It is a value made by New and safe for concurrent use.
type Clock struct {
	settings Settings
	now      func() time.Time
}

// New makes a clock of the settings; now tells real time, as time.Now does.
func New(settings Settings, now func() time.Time) (Clock, error) {
	if err := settings.check(); err != nil {
		return Clock{}, err
	}
	return Clock{settings, now}, nil
}

// Training reports whether business time is not real time.
func (c Clock) Training() bool { return c.settings.Mode == ModeTraining }

// DayLength is the real time that a business day takes.
func (c Clock) DayLength() time.Duration {
	if !c.Training() {
		return day
	}
	return c.settings.DayLength
}

// Now is the business time, in UTC.
func (c Clock) Now() time.Time { return c.At(c.now()) }

// At is the business time, in UTC, at a real instant. Training time stands still once it reaches the last day that a date can name.
func (c Clock) At(real time.Time) time.Time {
	if !c.Training() {
		return real.UTC()
	}
	s := c.settings
	days, rest := divide(int64(real.Sub(s.Anchor)), int64(s.DayLength))
	if last := s.Start.DaysUntil(lastDate); days >= int64(last) {
		return lastDate.Start()
	}
	whole, _ := scale(rest, int64(day), int64(s.DayLength))
	return s.Start.AddDays(int(days)).Start().Add(time.Duration(whole))
}

// Real is the first real instant, in UTC, at which the business time is reached: what a timer for a due time has to wait for.
func (c Clock) Real(business time.Time) time.Time {
	if !c.Training() {
		return business.UTC()
	}
	s := c.settings
	start := s.Start.Start()
	days, seconds := divide(business.Unix()-start.Unix(), int64(day/time.Second)) // in seconds: a Duration spans 292 years only
	rest := seconds*int64(time.Second) + int64(business.Nanosecond())
	whole, inexact := scale(rest, int64(s.DayLength), int64(day))
	if inexact {
		whole++
	}
	length := s.DayLength
	return time.Unix(
		s.Anchor.Unix()+days*int64(length/time.Second),
		int64(s.Anchor.Nanosecond())+days*int64(length%time.Second)+whole,
	).UTC()
}

// Header says in one line what the training clock shows, for people and for HTTP answers. It is empty for the real clock.
func (c Clock) Header() string {
	if !c.Training() {
		return ""
	}
	return "training; day-length=" + c.settings.DayLength.String() + "; now=" + c.Now().In(calendar.China).Format(time.RFC3339)
}

var lastDate = calendar.NewDate(9999, time.December, 31)

// divide returns a/b rounded down and the rest, which is never negative; b is positive.
func divide(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		quotient, rest = quotient-1, rest+b
	}
	return quotient, rest
}

// scale returns x·numerator/denominator rounded down, for 0 ≤ x < denominator, without overflow, and whether it was rounded.
func scale(x, numerator, denominator int64) (whole int64, inexact bool) {
	high, low := bits.Mul64(uint64(x), uint64(numerator))
	quotient, rest := bits.Div64(high, low, uint64(denominator))
	return int64(quotient), rest != 0
}
