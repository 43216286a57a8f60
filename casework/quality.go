package casework

import (
	"context"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/quality"
	"datacharter/store"
)

// Today is the day on which it is asked, in China.
func (d *Desk) Today() calendar.Date { return calendar.DateOf(d.Clock.Now()) }

// Quality is how good a resource is, and what its users found wrong with it.
type Quality struct {
	quality.Score
	Faults []store.Fault // that were confirmed and are not mended yet
}

// Quality scores a resource as it stands today.
func (d *Desk) Quality(ctx context.Context, r catalogue.Resource) (Quality, error) {
	found, err := d.Store.ReportsFound(ctx, r.ID)
	if err != nil {
		return Quality{}, err
	}
	q := Quality{Score: quality.Of(r, d.Today(), found)}
	if found.Confirmed > 0 {
		q.Faults, err = d.Store.Faults(ctx, r.ID)
	}
	return q, err
}
