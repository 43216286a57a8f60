package web

import (
	"context"
	"time"

	"github.com/alexedwards/scs/v2"

	"datacharter/domain/identity"
)

// What a session keeps.
const (
	sessionPerson = "person" // who is signed in
	sessionDone   = "done"   // what has just been done, to be told once
)

const (
	idleTimeout = 30 * time.Minute
	lifetime    = 12 * time.Hour
)

func (s *server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.IdleTimeout, m.Lifetime = idleTimeout, lifetime
	m.HashTokenInStore = true
	m.Cookie.Name = "datacharter"
	if s.secure() {
		m.Cookie.Name = "__Host-datacharter"
	}
	m.Cookie.Secure = s.secure()
	m.Cookie.HttpOnly = true
	m.Cookie.Path = "/"
	return m
}

// secure reports whether browsers reach the pages over HTTPS.
func (s *server) secure() bool { return s.public.Scheme == "https" }

// signIn begins a session of a person; what the session before it held is gone.
func (s *server) signIn(ctx context.Context, person string) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionPerson, person)
	return nil
}

// actor finds who is signed in, with the grants held now; nil when nobody is.
func (s *server) actor(ctx context.Context) (*identity.Actor, error) {
	id := s.sessions.GetString(ctx, sessionPerson)
	if id == "" {
		return nil, nil
	}
	actor, err := s.Store.Actor(ctx, id)
	if err != nil {
		return nil, err
	}
	return &actor, nil
}
