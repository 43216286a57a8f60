package store

import (
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"datacharter/domain/identity"
)

// RoleClaim is a role in an organisation that an identity provider claims for a person.
type RoleClaim struct {
	Organization string
	Role         identity.Role
}

// Unfulfilled is a claim that gave no grant, with the reason: ErrNotFound, ErrClosed, ErrRoleNotPossible or ErrSeparation.
type Unfulfilled struct {
	RoleClaim
	Reason error
}

// SyncGrants brings the grants that a person has from a source, an identity provider's issuer, in line with what it claims now: those it claims no longer
// are revoked, the others given. Grants given otherwise stay untouched. A claim that is refused leaves the person without that grant alone.
// ErrNotFound or ErrClosed for a person who is not there.
func (s *Store) SyncGrants(ctx context.Context, person, source string, claims []RoleClaim) ([]Unfulfilled, error) {
	var refused []Unfulfilled
	err := s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		refused = nil
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		if err := revokeUnclaimed(db, person, source, claims); err != nil {
			return err
		}
		for _, c := range claims {
			row := grantRow{Person: person, Organization: c.Organization, Role: string(c.Role), Source: source}
			switch err := s.give(db.Clauses(onlyOnce), row); {
			case err == nil:
			case errors.Is(err, ErrNotFound), errors.Is(err, ErrClosed), errors.Is(err, ErrRoleNotPossible), errors.Is(err, ErrSeparation):
				refused = append(refused, Unfulfilled{c, err})
			default:
				return err
			}
		}
		return nil
	})
	return refused, err
}

func revokeUnclaimed(db *gorm.DB, person, source string, claims []RoleClaim) error {
	var rows []grantRow
	if err := db.Find(&rows, "person = ? AND source = ?", person, source).Error; err != nil {
		return err
	}
	for _, row := range rows {
		if slices.Contains(claims, RoleClaim{row.Organization, identity.Role(row.Role)}) {
			continue
		}
		if err := db.Delete(&row).Error; err != nil {
			return err
		}
	}
	return nil
}
