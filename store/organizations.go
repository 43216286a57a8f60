package store

import (
	"context"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// OrganizationFilter narrows a list of organisations; empty fields do not.
type OrganizationFilter struct {
	Kind   identity.Kind
	Closed *bool
	Cursor string
	Limit  int // DefaultLimit when 0, at most MaxLimit
}

// CreateOrganization adds an organisation; ErrTaken when its ID or credit code is in use.
func (s *Store) CreateOrganization(ctx context.Context, o lifecycle.Organization) error {
	panic("not yet")
}

// GetOrganization returns an organisation, or ErrNotFound.
func (s *Store) GetOrganization(ctx context.Context, id string) (lifecycle.Organization, error) {
	panic("not yet")
}

// ListOrganizations lists organisations by ID.
func (s *Store) ListOrganizations(ctx context.Context, filter OrganizationFilter) (Page[lifecycle.Organization], error) {
	panic("not yet")
}

// CloseOrganization ends an organisation: its grants count no longer. Its credit code stays taken. ErrNotFound when there is none.
func (s *Store) CloseOrganization(ctx context.Context, id string) error { panic("not yet") }
