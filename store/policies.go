package store

import (
	"context"
	"time"
)

// Policy is one version of a policy profile, as the text it was loaded from.
type Policy struct {
	Hash    string
	Name    string
	Version int
	Content []byte
	AddedAt time.Time
}

// PutPolicy keeps a profile; one of the same hash stays. ErrTaken when this version of the name has another hash.
func (s *Store) PutPolicy(ctx context.Context, p Policy) error { panic("not yet") }

// GetPolicy returns the profile with the hash, or ErrNotFound.
func (s *Store) GetPolicy(ctx context.Context, hash string) (Policy, error) { panic("not yet") }

// ListPolicies lists every profile without content, by name, newest version first.
func (s *Store) ListPolicies(ctx context.Context) ([]Policy, error) { panic("not yet") }
