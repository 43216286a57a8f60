package store

import (
	"context"
	"database/sql"
	"strings"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/search"
)

type organizationRow struct {
	ID         string `gorm:"primaryKey"`
	Name       string
	Kind       string
	CreditCode sql.NullString
	CreatedAt  int64
	ClosedAt   sql.NullInt64
}

func (organizationRow) TableName() string { return "organizations" }

func (r organizationRow) organization() lifecycle.Organization {
	return lifecycle.Organization{ID: r.ID, Name: r.Name, Kind: identity.Kind(r.Kind), CreditCode: r.CreditCode.String, Closed: r.ClosedAt.Valid}
}

// CreateOrganization adds an organisation; ErrTaken when its ID or credit code is in use.
func (s *Store) CreateOrganization(ctx context.Context, o lifecycle.Organization) error {
	row := organizationRow{
		ID: o.ID, Name: storable(o.Name), Kind: string(o.Kind), CreditCode: sql.NullString{String: o.CreditCode, Valid: o.CreditCode != ""},
		CreatedAt: micros(s.businessNow()),
	}
	return s.orTaken(s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := db.Create(&row).Error; err != nil {
			return err
		}
		return insertRows(db, organizationTermRows(row))
	}))
}

// organizationTermRow is one search term of an organisation.
type organizationTermRow struct {
	Term           string `gorm:"primaryKey"`
	OrganizationID string `gorm:"primaryKey"`
}

func (organizationTermRow) TableName() string { return "organization_terms" }

func organizationTermRows(o organizationRow) []organizationTermRow {
	words := strings.Join([]string{o.Name, o.ID, o.CreditCode.String}, "\n")
	return distinct(search.Terms(words), func(term string) organizationTermRow { return organizationTermRow{term, o.ID} })
}

// orTaken tells that an identifier is in use from other failures.
func (s *Store) orTaken(err error) error {
	if s.dialect.isDuplicate(err) {
		return ErrTaken
	}
	return err
}

// GetOrganization returns an organisation, or ErrNotFound.
func (s *Store) GetOrganization(ctx context.Context, id string) (lifecycle.Organization, error) {
	var row organizationRow
	err := s.read.WithContext(ctx).Take(&row, "id = ?", id).Error
	return row.organization(), s.found(err)
}

// OrganizationFilter narrows a list of organisations; empty fields do not.
type OrganizationFilter struct {
	Kind   identity.Kind
	Closed *bool
	Text   string // every word must occur in the name, the ID or the credit code
	Cursor string
	Limit  int // DefaultLimit when 0, at most MaxLimit
}

// ListOrganizations lists organisations by ID.
func (s *Store) ListOrganizations(ctx context.Context, f OrganizationFilter) (Page[lifecycle.Organization], error) {
	const list = "organizations"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[lifecycle.Organization]{}, err
	}
	db := s.read.WithContext(ctx)
	found, err := approachTo(db, under(termsOf(f.Text), "organization_terms", "organization_id"), few)
	if err != nil {
		return Page[lifecycle.Organization]{}, s.found(err)
	}
	q := where(found.over(db, "organizations o", "o.id").Select("o.*"), "o.kind", string(f.Kind))
	if f.Closed != nil {
		q = q.Where("(o.closed_at IS NOT NULL) = ?", *f.Closed)
	}
	if more {
		q = q.Where("o.id > ?", at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []organizationRow
	if err := q.Order("o.id").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[lifecycle.Organization]{}, s.found(err)
	}
	return page(rows, limit, sure(organizationRow.organization), func(r organizationRow) place { return place{List: list, ID: r.ID} })
}

// CloseOrganization ends an organisation: its grants count no longer. Its credit code stays taken. Closing twice changes nothing; ErrNotFound when there is none.
func (s *Store) CloseOrganization(ctx context.Context, id string) error {
	return s.close(s.write.WithContext(ctx), &organizationRow{}, id)
}

// close dates the end of a person or organisation, once.
func (s *Store) close(db *gorm.DB, model any, id string) error {
	result := db.Model(model).Where("id = ?", id).Update("closed_at", gorm.Expr("coalesce(closed_at, ?)", micros(s.businessNow())))
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNotFound
	}
	return s.found(result.Error)
}
