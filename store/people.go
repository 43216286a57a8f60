package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/identity"
)

// Person is somebody who acts in the system. The name is personal data and stands nowhere else.
type Person struct {
	ID        string
	Name      string
	CreatedAt time.Time
	ClosedAt  *time.Time
}

type personRow struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	CreatedAt int64
	ClosedAt  sql.NullInt64
}

func (personRow) TableName() string { return "people" }

func (r personRow) person() Person {
	return Person{ID: r.ID, Name: r.Name, CreatedAt: fromMicros(r.CreatedAt), ClosedAt: fromOptionalMicros(r.ClosedAt)}
}

// CreatePerson adds an account; ErrTaken when the ID is in use or is the system's.
func (s *Store) CreatePerson(ctx context.Context, id, name string) error {
	if id == identity.SystemPerson {
		return ErrTaken
	}
	row := personRow{ID: id, Name: storable(name), CreatedAt: micros(s.businessNow())}
	return s.orTaken(s.write.WithContext(ctx).Create(&row).Error)
}

// GetPerson returns an account, or ErrNotFound.
func (s *Store) GetPerson(ctx context.Context, id string) (Person, error) {
	var row personRow
	err := s.read.WithContext(ctx).Take(&row, "id = ?", id).Error
	return row.person(), s.found(err)
}

// ListPeople lists accounts by ID.
func (s *Store) ListPeople(ctx context.Context, cursor string, limit int) (Page[Person], error) {
	const list = "people"
	at, more, err := placeOf(list, cursor)
	if err != nil {
		return Page[Person]{}, err
	}
	q := s.read.WithContext(ctx)
	if more {
		q = q.Where("id > ?", at.ID)
	}
	limit = pageSize(limit)
	var rows []personRow
	if err := q.Order("id").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[Person]{}, s.found(err)
	}
	return page(rows, limit, sure(personRow.person), func(r personRow) place { return place{List: list, ID: r.ID} })
}

// ClosePerson ends a person's part in the system: grants, tokens and account count no longer, sessions end. Closing twice changes nothing;
// ErrNotFound when there is none.
func (s *Store) ClosePerson(ctx context.Context, id string) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.close(db, &personRow{}, id); err != nil {
			return err
		}
		return s.endSessions(db, id, "")
	})
}

// Actor returns the person with the grants held now. Who is unknown or closed has none, nor does a closed organisation give any.
func (s *Store) Actor(ctx context.Context, person string) (identity.Actor, error) {
	return actor(s.lookUp(ctx), person)
}

// Actor is Store.Actor as the transaction sees it.
func (tx *Tx) Actor(person string) (identity.Actor, error) { return actor(tx.db, person) }

func actor(db *gorm.DB, person string) (identity.Actor, error) {
	a := identity.Actor{Person: person}
	err := activeGrants(db).Select("g.organization, o.kind, g.role").Where("g.person = ?", person).
		Order("g.organization, g.role").Find(&a.Grants).Error
	return a, err
}

// activeGrants selects grants g of people with open accounts in open organisations o.
func activeGrants(db *gorm.DB) *gorm.DB {
	return db.Table("grants AS g").
		Joins("JOIN people p ON p.id = g.person AND p.closed_at IS NULL").
		Joins("JOIN organizations o ON o.id = g.organization AND o.closed_at IS NULL")
}

// lockPerson loads an account so that nobody else changes it or its grants until the transaction ends.
func (s *Store) lockPerson(db *gorm.DB, id string) error {
	var row personRow
	if err := db.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&row, "id = ?", id).Error; err != nil {
		return s.found(err)
	}
	if row.ClosedAt.Valid {
		return ErrClosed
	}
	return nil
}
