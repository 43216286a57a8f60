package api

import (
	"context"
	"errors"
	"strings"
	"time"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// Token is an API token as its owner sees it; its secret is not kept. Times are real times, also in a training system.
type Token struct {
	ID        string     `json:"id"`
	Label     string     `json:"label"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	RevokedAt *time.Time `json:"revoked_at,omitempty"`
}

// IssuedToken is a new token, with its secret for the only time.
type IssuedToken struct {
	Token
	Secret string `json:"secret" doc:"shown this once: for the header Authorization: Bearer"`
}

// NewToken is a token to be issued.
type NewToken struct {
	Label string `json:"label" maxLength:"100" doc:"what it is for"`
	Days  int    `json:"days,omitempty" minimum:"1" maximum:"366" doc:"until it expires; 90 when left out"`
}

type nothingInput struct{}

type issueTokenInput struct {
	Keyed
	Body NewToken
}

type issuedTokenOutput struct{ Body IssuedToken }

type tokenOutput struct{ Body Token }

type keyedIDInput struct {
	ID string `path:"id" maxLength:"200"`
	Keyed
}

const defaultTokenDays = 90

func (s *server) listTokens(ctx context.Context, _ *nothingInput) (*listOutput[Token], error) {
	tokens, err := s.Store.Tokens(ctx, callOf(ctx).actor.Person)
	if err != nil {
		return nil, err
	}
	return all(tokens, tokenView), nil
}

func (s *server) issueToken(ctx context.Context, in *issueTokenInput) (*issuedTokenOutput, error) {
	label := strings.TrimSpace(in.Body.Label)
	if label == "" {
		return nil, refuseField(refusal.Required.At("label"))
	}
	days := in.Body.Days
	if days == 0 {
		days = defaultTokenDays
	}
	out := new(issuedTokenOutput)
	now, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"issue-token", string(canonical(&in.Body))}, func() error {
		secret, token, err := s.Store.IssueToken(ctx, callOf(ctx).actor.Person, label, s.wall().AddDate(0, 0, days))
		out.Body = IssuedToken{Token: tokenView(token), Secret: secret}
		return err
	})
	if err == nil && !now {
		err = refuse(refusal.TokenShownOnce.With())
	}
	return out, err
}

// revokeToken ends a token of the caller's own, even the one that he calls with; one that is revoked stays so.
func (s *server) revokeToken(ctx context.Context, in *keyedIDInput) (*tokenOutput, error) {
	person := callOf(ctx).actor.Person
	_, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"revoke-token", in.ID}, func() error {
		err := s.Store.RevokeToken(ctx, person, in.ID)
		if errors.Is(err, store.ErrNotFound) { // revoked already, or not his: looked for below
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	tokens, err := s.Store.Tokens(ctx, person)
	if err != nil {
		return nil, err
	}
	for _, t := range tokens {
		if t.ID == in.ID {
			return &tokenOutput{Body: tokenView(t)}, nil
		}
	}
	return nil, notFound()
}

func tokenView(t store.Token) Token {
	return Token{ID: t.ID, Label: t.Label, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, RevokedAt: t.RevokedAt}
}
