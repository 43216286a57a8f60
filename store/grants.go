package store

import (
	"context"

	"gorm.io/gorm"

	"datacharter/domain/identity"
)

type grantRow struct {
	Person       string `gorm:"primaryKey"`
	Organization string `gorm:"primaryKey"`
	Role         string `gorm:"primaryKey"`
	GrantedAt    int64
}

func (grantRow) TableName() string { return "grants" }

// Grant gives a person a role in an organisation; one that is held already stays. It is refused with ErrNotFound, ErrClosed,
// ErrRoleNotPossible, or ErrSeparation when the person would serve an agency and an operator at once.
func (s *Store) Grant(ctx context.Context, person, organization string, role identity.Role) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		var o organizationRow
		if err := db.Take(&o, "id = ?", organization).Error; err != nil {
			return s.found(err)
		}
		if o.ClosedAt.Valid {
			return ErrClosed
		}
		if !identity.MayGive(identity.Kind(o.Kind), role) {
			return ErrRoleNotPossible
		}
		held, err := actor(db, person)
		if err != nil {
			return err
		}
		for _, g := range held.Grants {
			if opposed(g.Kind, identity.Kind(o.Kind)) {
				return ErrSeparation
			}
		}
		row := grantRow{Person: person, Organization: organization, Role: string(role), GrantedAt: micros(s.businessNow())}
		return db.Clauses(onlyOnce).Create(&row).Error
	})
}

// opposed reports whether nobody may serve organisations of both kinds: the implementing agency's people are never the operator's.
func opposed(a, b identity.Kind) bool {
	return a == identity.Agency && b == identity.Operator || a == identity.Operator && b == identity.Agency
}

// Revoke takes a role away; ErrNotFound when it is not held.
func (s *Store) Revoke(ctx context.Context, person, organization string, role identity.Role) error {
	result := s.write.WithContext(ctx).Delete(&grantRow{Person: person, Organization: organization, Role: string(role)})
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNotFound
	}
	return s.found(result.Error)
}

// Grants lists what a person was given, also by organisations that are closed.
func (s *Store) Grants(ctx context.Context, person string) ([]identity.Grant, error) {
	var grants []identity.Grant
	err := s.read.WithContext(ctx).Table("grants AS g").Joins("JOIN organizations o ON o.id = g.organization").
		Select("g.organization, o.kind, g.role").Where("g.person = ?", person).Order("g.organization, g.role").Find(&grants).Error
	return grants, err
}
