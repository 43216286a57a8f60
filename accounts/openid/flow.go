package openid

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"datacharter/domain/refusal"
)

const (
	pendingFor = 10 * time.Minute // a person may take so long with the provider
	clockSkew  = time.Minute      // by which the provider's clock may be off
)

// pending is what must fit when the provider sends a person back.
type pending struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Since    int64  `json:"since"`            // seconds since 1970
	Person   string `json:"person,omitempty"` // who is to enter anew; empty for signing in
}

// Begin returns the address to which a person is sent, and what his session keeps for Finish until he comes back. A person who is signed in already is
// named when he is to enter anew: the provider is then asked to make him.
func (p *Party) Begin(ctx context.Context, person string) (address, keep string, refused *refusal.Refusal, err error) {
	provider := p.provider(ctx)
	if provider == nil {
		return "", "", refusal.ProviderUnavailable.With(), nil
	}
	w := pending{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Since: p.now().Unix(), Person: person}
	options := []oauth2.AuthCodeOption{oidc.Nonce(w.Nonce), oauth2.S256ChallengeOption(w.Verifier)}
	if person != "" {
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	raw, err := json.Marshal(w)
	return p.oauth(provider).AuthCodeURL(w.State, options...), string(raw), nil, err
}

// Finish checks what the provider sent a person back with – query – against what Begin gave his session to keep, which must be forgotten at once.
// It returns the person, made at his first sign-in, with the grants that the provider claims now. A refusal never says more than which kind it is;
// the log does.
func (p *Party) Finish(ctx context.Context, keep string, query url.Values) (person string, refused *refusal.Refusal, err error) {
	w, ok := p.pending(keep)
	if !ok || subtle.ConstantTimeCompare([]byte(w.State), []byte(query.Get("state"))) != 1 {
		return "", refusal.SignInInterrupted.With(), nil
	}
	if issuer := query.Get("iss"); issuer != "" && issuer != p.settings.Issuer { // RFC 9207
		return "", p.distrust(ctx, errors.New("the answer names another issuer")), nil
	}
	if query.Has("error") || !query.Has("code") {
		return "", refusal.ProviderDeclined.With(), nil
	}
	provider := p.provider(ctx)
	if provider == nil {
		return "", refusal.ProviderUnavailable.With(), nil
	}
	token, refused := p.redeem(ctx, provider, query.Get("code"), w)
	if refused != nil {
		return "", refused, nil
	}
	return p.admit(ctx, token, w)
}

// pending reads what Begin gave to keep; false when that is nothing, or too old.
func (p *Party) pending(keep string) (pending, bool) {
	var w pending
	err := json.Unmarshal([]byte(keep), &w)
	return w, err == nil && w.State != "" && p.now().Sub(time.Unix(w.Since, 0)) < pendingFor
}

// claims are those of an ID token, besides what go-oidc reads.
type claims struct {
	Party    string `json:"azp"`
	AuthTime *int64 `json:"auth_time"` // seconds since 1970
	all      map[string]any
}

// redeem exchanges the code for an ID token and checks everything in it that does not depend on the person.
func (p *Party) redeem(ctx context.Context, provider *oidc.Provider, code string, w pending) (*oidc.IDToken, *refusal.Refusal) {
	answer, err := p.oauth(provider).Exchange(p.withClient(ctx), code, oauth2.VerifierOption(w.Verifier))
	if declined := new(oauth2.RetrieveError); errors.As(err, &declined) && declined.Response.StatusCode < 500 {
		return nil, p.distrust(ctx, fmt.Errorf("the code was not accepted: %s", declined.ErrorCode))
	}
	if err != nil {
		p.logger.ErrorContext(ctx, "the identity provider gave no token", "issuer", p.settings.Issuer, "error", withoutBody(err))
		return nil, refusal.ProviderUnavailable.With()
	}
	raw, ok := answer.Extra("id_token").(string)
	if !ok {
		return nil, p.distrust(ctx, errors.New("there is no ID token"))
	}
	token, err := provider.Verifier(&oidc.Config{ClientID: p.settings.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return nil, p.distrust(ctx, err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(w.Nonce)) != 1 {
		return nil, p.distrust(ctx, errors.New("the nonce is not the one that was sent"))
	}
	if token.Subject == "" {
		return nil, p.distrust(ctx, errors.New("there is no subject"))
	}
	return token, nil
}

// withoutBody is an error of the token endpoint without what it answered, which may hold anything.
func withoutBody(err error) string {
	if e := new(oauth2.RetrieveError); errors.As(err, &e) {
		return e.Response.Status
	}
	return err.Error()
}

// distrust logs why an answer of the provider is not believed and refuses it.
func (p *Party) distrust(ctx context.Context, why error) *refusal.Refusal {
	p.logger.WarnContext(ctx, "an answer of the identity provider was not believed", "issuer", p.settings.Issuer, "error", why)
	return refusal.ProviderNotTrusted.With()
}

// admit checks whom the token is about and brings that person's grants in line.
func (p *Party) admit(ctx context.Context, token *oidc.IDToken, w pending) (string, *refusal.Refusal, error) {
	c, ok := readClaims(token)
	if !ok {
		return "", p.distrust(ctx, errors.New("its claims cannot be read")), nil
	}
	if (c.Party != "" || len(token.Audience) > 1) && c.Party != p.settings.ClientID {
		return "", p.distrust(ctx, errors.New("the token was issued to another party")), nil
	}
	if w.Person != "" && !enteredSince(c.AuthTime, time.Unix(w.Since, 0), p.now()) {
		return "", refusal.NotEnteredAnew.With(), nil
	}
	person, refused, err := p.person(ctx, token.Subject, c.all, w.Person)
	if refused == nil && err == nil {
		refused, err = p.grant(ctx, person, c.all)
	}
	if refused != nil || err != nil {
		return "", refused, err
	}
	return person, nil, nil
}

func readClaims(token *oidc.IDToken) (claims, bool) {
	var c claims
	err := errors.Join(token.Claims(&c), token.Claims(&c.all)) // which may repeat values, so nobody is shown it
	return c, err == nil
}

// enteredSince reports whether the provider last made a person enter between two times, give or take clockSkew.
func enteredSince(at *int64, since, now time.Time) bool {
	if at == nil {
		return false
	}
	entered := time.Unix(*at, 0)
	return !entered.Before(since.Add(-clockSkew)) && !entered.After(now.Add(clockSkew))
}
