package concern

import (
	"time"

	"datacharter/domain/lifecycle"
)

// Limit is the name of the limit within which a concern gets its first answer.
const Limit = "concern-answer"

// Due is the limit within which the concern gets its first answer, over once it has one or was taken back; nil for one that was raised before there was a
// limit. What a confirmed fault or a promise still waits for has none.
func (c Concern) Due() *lifecycle.Deadline {
	if c.Limit == nil {
		return nil
	}
	due := *c.Limit
	due.Ended = c.State != Open
	return &due
}

// Overdue reports whether the concern should have had its first answer before now.
func (c Concern) Overdue(now time.Time) bool {
	due := c.Due()
	return due != nil && due.Running() && !now.Before(due.Due.At)
}
