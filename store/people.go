package store

import (
	"context"
	"time"

	"datacharter/domain/identity"
)

// Person is an account. The name is personal data and stands nowhere else.
type Person struct {
	ID        string
	Name      string
	CreatedAt time.Time
	ClosedAt  *time.Time
}

// CreatePerson adds an account; ErrTaken when the ID is in use or is the system's.
func (s *Store) CreatePerson(ctx context.Context, id, name string) error { panic("not yet") }

// GetPerson returns an account, or ErrNotFound.
func (s *Store) GetPerson(ctx context.Context, id string) (Person, error) { panic("not yet") }

// ListPeople lists accounts by ID.
func (s *Store) ListPeople(ctx context.Context, cursor string, limit int) (Page[Person], error) {
	panic("not yet")
}

// ClosePerson ends an account: its grants and tokens count no longer. ErrNotFound when there is none.
func (s *Store) ClosePerson(ctx context.Context, id string) error { panic("not yet") }

// Actor returns the person with the grants held now. Who is unknown or closed has none, nor does a closed organisation give any.
func (s *Store) Actor(ctx context.Context, person string) (identity.Actor, error) { panic("not yet") }
