package casework

import (
	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/quality"
)

// Today is the day on which it is asked, in China.
func (d *Desk) Today() calendar.Date { return calendar.DateOf(d.Clock.Now()) }

// Quality scores a resource as it stands today.
func (d *Desk) Quality(r catalogue.Resource) quality.Score {
	return quality.Of(r, d.Today(), quality.Found{})
}
