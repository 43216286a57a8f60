package store

import (
	"context"
	"time"

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

// IssueToken makes a token and returns its secret, which is shown once. ErrNotFound or ErrClosed for a person who is not there.
func (s *Store) IssueToken(ctx context.Context, person, label string, expires time.Time) (secret string, token Token, err error) {
	panic("not yet")
}

// Authenticate returns who holds the secret, with the grants held now. ErrNotFound when it is unknown, expired or revoked, or the account closed.
func (s *Store) Authenticate(ctx context.Context, secret string) (identity.Actor, Token, error) {
	panic("not yet")
}

// RevokeToken ends a token of the person's; ErrNotFound when he has none of the ID.
func (s *Store) RevokeToken(ctx context.Context, person, id string) error { panic("not yet") }

// Tokens lists a person's tokens, newest first.
func (s *Store) Tokens(ctx context.Context, person string) ([]Token, error) { panic("not yet") }
