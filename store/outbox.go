package store

import (
	"context"
	"time"

	"datacharter/domain/lifecycle"
)

// Message is one effect that waits for delivery.
type Message struct {
	ID        string // "<case>/<seq>/<n>", n from 0; the idempotency key of its delivery
	Case      string
	Kind      lifecycle.Kind // of the case
	Effect    lifecycle.Effect
	At        time.Time // business time of its event
	Attempts  int       // failed so far
	LastError string    // code of the last failure
}

// Backlog says how many messages wait and since when, in real time; Oldest is the zero time when none does.
type Backlog struct {
	Waiting int64
	Oldest  time.Time
}

// Outbox lists up to limit messages to deliver now, a real time, oldest first: of each case the first undelivered one only, so that order is kept.
func (s *Store) Outbox(ctx context.Context, limit int, now time.Time) ([]Message, error) {
	panic("not yet")
}

// Delivered notes that a message has been delivered; once more changes nothing.
func (s *Store) Delivered(ctx context.Context, id string) error { panic("not yet") }

// Failed notes that a delivery failed, with a code that holds no personal data, and the real time of the next attempt.
func (s *Store) Failed(ctx context.Context, id, code string, next time.Time) error { panic("not yet") }

// OutboxBacklog tells how far deliveries are behind.
func (s *Store) OutboxBacklog(ctx context.Context) (Backlog, error) { panic("not yet") }
