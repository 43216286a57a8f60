package store

import (
	"context"

	"datacharter/domain/catalogue"
)

// PutResult says what putting a resource did.
type PutResult string

// The results.
const (
	Created   PutResult = "created"
	Changed   PutResult = "changed"
	Unchanged PutResult = "unchanged"
)

// ResourceFilter narrows a list of resources; empty fields do not.
type ResourceFilter struct {
	Text      string // every word must occur in the title, provider, theme or tags
	Source    string
	Provider  string
	Theme     string
	Access    catalogue.Access
	Frequency catalogue.Frequency
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// PutResources adds resources or replaces those of the same ID, in one transaction, and says for each what it did.
func (s *Store) PutResources(ctx context.Context, resources []catalogue.Resource) ([]PutResult, error) {
	panic("not yet")
}

// GetResource returns a resource, or ErrNotFound.
func (s *Store) GetResource(ctx context.Context, id string) (catalogue.Resource, error) {
	panic("not yet")
}

// ListResources lists resources, last updated first.
func (s *Store) ListResources(ctx context.Context, filter ResourceFilter) (Page[catalogue.Resource], error) {
	panic("not yet")
}
