package policies

import (
	"io/fs"
	"maps"
	"slices"
	"sync/atomic"

	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
)

// Calendars know the calendar in force: of each year the newest upload, else the file of a directory, else the one shipped.
// They are safe for concurrent use.
type Calendars struct {
	base []calendar.Year
	last atomic.Pointer[version]
}

// version is the calendar that an upload brought into force.
type version struct {
	number int64
	days   calendar.Calendar
}

// NewCalendars loads the years shipped with the program, then those of the extra directories, as NationalCalendar does.
func NewCalendars(extra ...fs.FS) (*Calendars, error) {
	days, err := NationalCalendar(extra...)
	if err != nil {
		return nil, err
	}
	c := &Calendars{base: days.Years()}
	c.last.Store(&version{days: days})
	return c, nil
}

// At returns the calendar in force after a number of uploads, 0 for none. Unless it is the one returned last, load is asked for the newest upload of each year.
func (c *Calendars) At(number int64, load func() ([][]byte, error)) (calendar.Calendar, error) {
	last := c.last.Load()
	if last.number == number {
		return last.days, nil
	}
	uploads, err := load()
	if err != nil {
		return calendar.Calendar{}, err
	}
	days, err := c.With(uploads...)
	if err == nil && number > last.number {
		c.last.CompareAndSwap(last, &version{number, days}) // who loses has been overtaken by a newer one, or by the same
	}
	return days, err
}

// With returns the calendar that uploads bring about, each in the place of its year. The error is of an upload that does not fit the others.
func (c *Calendars) With(uploads ...[]byte) (calendar.Calendar, error) {
	years := map[int]calendar.Year{}
	for _, y := range c.base {
		years[y.Year] = y
	}
	for _, upload := range uploads {
		y, err := parseYear(upload)
		if err != nil {
			return calendar.Calendar{}, err
		}
		years[y.Year] = y
	}
	return calendar.New(slices.Collect(maps.Values(years))...)
}

// Try checks an upload and returns its year with the calendar that it would bring into force after those before it.
func (c *Calendars) Try(content []byte, before ...[]byte) (calendar.Year, calendar.Calendar, *refusal.Refusal, error) {
	now, err := c.With(before...)
	if err != nil {
		return calendar.Year{}, now, nil, err
	}
	year, refused := CheckYear(content, now.Years()...)
	if refused != nil {
		return year, now, refused, nil
	}
	then, err := c.With(append(slices.Clip(before), content)...)
	return year, then, nil, err
}
