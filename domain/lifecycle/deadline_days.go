package lifecycle

import (
	"time"

	"datacharter/domain/calendar"
)

// Days is how many calendar days the limit has, from the day it was first counted from to the day it is due, without those on which its clock
// was stopped. While the clock is stopped it is what the limit would have had.
func (d Deadline) Days() int { return d.Ran + d.From.DaysUntil(d.Due.On) }

// DaysUsed is how many calendar days its clock had run at an instant: 0 on the day it was counted from, and before that.
func (d Deadline) DaysUsed(at time.Time) int {
	if d.HeldAt != nil && d.HeldAt.Before(at) {
		at = *d.HeldAt
	}
	return d.Ran + max(0, d.From.DaysUntil(calendar.DateOf(at)))
}
