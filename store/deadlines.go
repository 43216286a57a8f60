package store

import (
	"context"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// DeadlineView is a time limit as lists show it.
type DeadlineView struct {
	Case      string
	CaseKind  lifecycle.Kind
	CaseTitle string
	lifecycle.Deadline
}

// DeadlineFilter narrows a list of time limits; empty fields do not.
type DeadlineFilter struct {
	Case      string
	Open      bool // neither met nor passed
	Passed    bool // missed
	DueBefore time.Time
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// ListDeadlines lists the time limits of the cases that the actor may see, first due first.
func (s *Store) ListDeadlines(ctx context.Context, actor identity.Actor, filter DeadlineFilter) (Page[DeadlineView], error) {
	panic("not yet")
}
