package store

import (
	"context"
	"encoding/json"
	"time"

	"datacharter/domain/lifecycle"
)

// PublicationView is an entry of the public record.
type PublicationView struct {
	ID       string // of its message
	Case     string
	CaseKind lifecycle.Kind
	Subject  string
	Content  json.RawMessage
	At       time.Time
}

// PublicationFilter narrows a list of publications; empty fields do not.
type PublicationFilter struct {
	Case    string
	Subject string
	Cursor  string
	Limit   int // DefaultLimit when 0, at most MaxLimit
}

// DeliverPublication enters the publication of a message into the public record and notes the delivery, in one transaction. A repeat changes nothing.
func (s *Store) DeliverPublication(ctx context.Context, m Message) error { panic("not yet") }

// ListPublications lists the public record, newest first.
func (s *Store) ListPublications(ctx context.Context, filter PublicationFilter) (Page[PublicationView], error) {
	panic("not yet")
}
