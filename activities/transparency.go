package activities

import (
	"context"
	"time"
)

// signPause is between two checkpoints of the transparency log: for so long, and the time until delivery, what was published is stated by none.
const signPause = time.Second

// signing signs checkpoints of the transparency log beside the deliveries, by which publications enter it.
type signing struct {
	outbox *Outbox
	due    bool      // something may be in the log that no checkpoint states
	last   time.Time // of the last attempt
}

// begin takes in what was published before there was a log.
func (s *signing) begin(ctx context.Context) error {
	s.due = true
	for {
		more, err := s.outbox.Store.LogPublications(ctx)
		if err != nil || !more {
			return err
		}
	}
}

// after follows a round of deliveries. That a checkpoint cannot be signed holds no delivery up: it is tried again after the pause.
func (s *signing) after(ctx context.Context, delivered int) {
	s.due = s.due || delivered > 0
	now := s.outbox.Wall()
	if !s.due || now.Sub(s.last) < signPause {
		return
	}
	s.last = now
	if err := s.outbox.Store.SignLog(ctx, s.outbox.Keys); err != nil {
		s.outbox.Logger.Error("the transparency log is not signed", "error", err)
		return
	}
	s.due = false
}
