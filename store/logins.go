package store

import (
	"context"

	"gorm.io/gorm"
)

type loginRow struct {
	Issuer    string `gorm:"primaryKey"`
	Subject   string `gorm:"primaryKey"`
	Person    string
	CreatedAt int64 // real time
}

func (loginRow) TableName() string { return "logins" }

// Login returns the person whom an identity provider knows by the subject; ErrNotFound when he has not signed in with it before.
func (s *Store) Login(ctx context.Context, issuer, subject string) (person string, err error) {
	var row loginRow
	err = s.lookUp(ctx).Take(&row, "issuer = ? AND subject = ?", issuer, subject).Error
	return row.Person, s.found(err)
}

// CreateLogin adds a person of the ID and name, known to the identity provider by the subject. A repeat changes nothing.
// ErrTaken when the ID belongs to somebody who did not come from this provider.
func (s *Store) CreateLogin(ctx context.Context, issuer, subject, id, name string) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		added := db.Clauses(onlyOnce).Create(&personRow{ID: id, Name: storable(name), CreatedAt: micros(s.businessNow())})
		if added.Error != nil {
			return added.Error
		}
		if added.RowsAffected == 0 {
			return s.loginExists(db, loginRow{Issuer: issuer, Subject: subject, Person: id})
		}
		return s.orTaken(db.Create(&loginRow{Issuer: issuer, Subject: subject, Person: id, CreatedAt: micros(s.wallNow())}).Error)
	})
}

func (s *Store) loginExists(db *gorm.DB, login loginRow) error {
	var n int64
	err := db.Model(&loginRow{}).Where("issuer = ? AND subject = ? AND person = ?", login.Issuer, login.Subject, login.Person).Count(&n).Error
	if err == nil && n == 0 {
		return ErrTaken
	}
	return err
}
