package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/identity"
)

type grantRow struct {
	Person       string `gorm:"primaryKey"`
	Organization string `gorm:"primaryKey"`
	Role         string `gorm:"primaryKey"`
	GrantedAt    int64
	Source       string // the identity provider from whose claims it follows; empty when an administrator gave it
}

func (grantRow) TableName() string { return "grants" }

// Grant gives a person a role in an organisation; one that is held already stays, and from now on does not depend on an identity provider's claims.
// It is refused with ErrNotFound, ErrClosed, ErrRoleNotPossible, or ErrSeparation when the person would serve an agency and an operator at once.
func (s *Store) Grant(ctx context.Context, person, organization string, role identity.Role) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		given := clause.OnConflict{
			Columns:   []clause.Column{{Name: "person"}, {Name: "organization"}, {Name: "role"}},
			DoUpdates: clause.AssignmentColumns([]string{"source"}),
		}
		return s.give(db.Clauses(given), grantRow{Person: person, Organization: organization, Role: string(role)})
	})
}

// give adds a grant of a person who is locked, with the clauses of db for one that is there.
func (s *Store) give(db *gorm.DB, row grantRow) error {
	plain := db.Session(&gorm.Session{NewDB: true})
	var o organizationRow
	if err := plain.Take(&o, "id = ?", row.Organization).Error; err != nil {
		return s.found(err)
	}
	if o.ClosedAt.Valid {
		return ErrClosed
	}
	if !identity.MayGive(identity.Kind(o.Kind), identity.Role(row.Role)) {
		return ErrRoleNotPossible
	}
	held, err := actor(plain, row.Person)
	if err != nil {
		return err
	}
	for _, g := range held.Grants {
		if opposed(g.Kind, identity.Kind(o.Kind)) {
			return ErrSeparation
		}
	}
	row.GrantedAt = micros(s.businessNow())
	return db.Create(&row).Error
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
