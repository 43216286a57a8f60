package store

import (
	"context"

	"datacharter/domain/identity"
)

// Grant gives a person a role in an organisation; one that is held already stays. It is refused with ErrNotFound, ErrClosed,
// ErrRoleNotPossible, or ErrSeparation when the person would serve an agency and an operator at once.
func (s *Store) Grant(ctx context.Context, person, organization string, role identity.Role) error {
	panic("not yet")
}

// Revoke takes a role away; ErrNotFound when it is not held.
func (s *Store) Revoke(ctx context.Context, person, organization string, role identity.Role) error {
	panic("not yet")
}

// Grants lists what a person holds, also in closed organisations.
func (s *Store) Grants(ctx context.Context, person string) ([]identity.Grant, error) {
	panic("not yet")
}
