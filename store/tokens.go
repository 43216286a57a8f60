package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
)

// Token is an API token as its owner sees it later. The secret itself is not kept. Times are real times.
type Token struct {
	ID        string
	Person    string
	Label     string
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
}

// secretPrefix lets people and scanners recognise a token of this system.
const secretPrefix = "dct_"

type tokenRow struct {
	ID        string `gorm:"primaryKey"`
	Hash      []byte // SHA-256 of the secret's 32 random bytes
	Person    string
	Label     string
	CreatedAt int64
	ExpiresAt int64
	RevokedAt sql.NullInt64
}

func (tokenRow) TableName() string { return "tokens" }

func (r tokenRow) token() Token {
	return Token{
		ID: r.ID, Person: r.Person, Label: r.Label,
		CreatedAt: fromMicros(r.CreatedAt), ExpiresAt: fromMicros(r.ExpiresAt), RevokedAt: fromOptionalMicros(r.RevokedAt),
	}
}

// IssueToken makes a token and returns its secret, which is shown once. ErrNotFound or ErrClosed for a person who is not there.
func (s *Store) IssueToken(ctx context.Context, person, label string, expires time.Time) (secret string, token Token, err error) {
	var random [32]byte
	var id [8]byte
	rand.Read(random[:]) // it never returns an error
	rand.Read(id[:])
	hash := sha256.Sum256(random[:])
	row := tokenRow{
		ID: hex.EncodeToString(id[:]), Hash: hash[:], Person: person, Label: storable(label),
		CreatedAt: micros(s.wallNow()), ExpiresAt: micros(expires),
	}
	err = s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		return db.Create(&row).Error
	})
	if err != nil {
		return "", Token{}, err
	}
	return secretPrefix + base64.RawURLEncoding.EncodeToString(random[:]), row.token(), nil
}

// Authenticate returns who holds the secret, with the grants held now. ErrNotFound when it is unknown, expired or revoked, or the account closed.
func (s *Store) Authenticate(ctx context.Context, secret string) (identity.Actor, Token, error) {
	encoded, ours := strings.CutPrefix(secret, secretPrefix)
	random, err := base64.RawURLEncoding.Strict().DecodeString(encoded)
	if !ours || err != nil {
		return identity.Actor{}, Token{}, ErrNotFound
	}
	hash := sha256.Sum256(random)
	var row tokenRow
	err = s.lookUp(ctx).Table("tokens AS t").Select("t.*").Joins("JOIN people p ON p.id = t.person AND p.closed_at IS NULL").
		Where("t.hash = ? AND t.revoked_at IS NULL AND t.expires_at > ?", hash[:], micros(s.wallNow())).Take(&row).Error
	if err != nil {
		return identity.Actor{}, Token{}, s.found(err)
	}
	a, err := s.Actor(ctx, row.Person)
	return a, row.token(), err
}

// RevokeToken ends a token of the person's; ErrNotFound when he has none of the ID that is not revoked.
func (s *Store) RevokeToken(ctx context.Context, person, id string) error {
	result := s.write.WithContext(ctx).Model(&tokenRow{}).Where("id = ? AND person = ? AND revoked_at IS NULL", id, person).
		Update("revoked_at", micros(s.wallNow()))
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNotFound
	}
	return s.found(result.Error)
}

// Tokens lists a person's tokens, newest first.
func (s *Store) Tokens(ctx context.Context, person string) ([]Token, error) {
	var rows []tokenRow
	if err := s.read.WithContext(ctx).Where("person = ?", person).Order("created_at DESC, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	tokens := make([]Token, len(rows))
	for i, r := range rows {
		tokens[i] = r.token()
	}
	return tokens, nil
}
