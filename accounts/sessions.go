package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"datacharter/store"
)

// Lifetimes are how long what a person has shown counts. Every figure in DefaultLifetimes is this system's choice: no rule of law sets it.
type Lifetimes struct {
	Idle     time.Duration // a session without a request for so long ends
	Absolute time.Duration // and every session so long after signing in
	Fresh    time.Duration // signing, voting and starting an exit take a re-entry not older than this
	Code     time.Duration // so long after the password what else is owed is waited for: a one-time code, or a password of one's own
}

// DefaultLifetimes are those of a session unless others are set.
var DefaultLifetimes = Lifetimes{Idle: 30 * time.Minute, Absolute: 12 * time.Hour, Fresh: 5 * time.Minute, Code: 5 * time.Minute}

// IsFresh reports whether a person who entered anew at the time need not do so again before an act that asks for it.
func (l Lifetimes) IsFresh(entered, now time.Time) bool {
	return !entered.IsZero() && !entered.After(now) && now.Sub(entered) < l.Fresh
}

// What a session holds of signing in. Other packages may put values of their own under other keys: strings, booleans, integers and times.
const (
	keyPerson  = "person"
	keyAgent   = "agent"
	keyEntered = "entered" // when the person last gave all that signing in asks for
	keyHalf    = "half"    // who has given a password and owes something more
	keyHalfAt  = "half-at" // since when
	keyOwes    = "owes"    // what
)

// Sessions are the browsers' sessions, kept in the store under the hash of their token. Its methods take the context that LoadAndSave gives a request.
type Sessions struct {
	*scs.SessionManager
	lifetimes Lifetimes
	now       func() time.Time
}

// NewSessions makes the manager of a store's sessions; now tells real time. The cookie is sent over TLS only when secure is set, which every
// installation needs that is reached over a network.
func NewSessions(s *store.Store, l Lifetimes, secure bool, now func() time.Time) *Sessions {
	m := scs.New()
	m.Store, m.Codec, m.HashTokenInStore = sessionStore{s, l.Idle, now}, codec{}, true
	m.IdleTimeout, m.Lifetime = l.Idle, l.Absolute
	// Lax, not Strict: an identity provider sends people back from its own site.
	m.Cookie = scs.SessionCookie{Name: "datacharter", HttpOnly: true, Path: "/", SameSite: http.SameSiteLaxMode, Secure: secure}
	if secure {
		m.Cookie.Name = "__Host-" + m.Cookie.Name // browsers accept it over TLS and from this host only
	}
	return &Sessions{SessionManager: m, lifetimes: l, now: now}
}

// Owes is what a person who has given the right password has yet to give before he is signed in.
type Owes string

// What may be owed.
const (
	OwesNothing         Owes = ""
	OwesCode            Owes = "code"              // a one-time code
	OwesPassword        Owes = "password"          // a password of his own choice in place of a temporary one
	OwesCodeAndPassword Owes = "code-and-password" // the code first
)

// Owes is what is owed after a right password.
func (e Entered) Owes() Owes {
	switch {
	case e.CodeNeeded && e.MustChange:
		return OwesCodeAndPassword
	case e.CodeNeeded:
		return OwesCode
	case e.MustChange:
		return OwesPassword
	default:
		return OwesNothing
	}
}

// Await notes what a person owes who has given the right password. It signs nobody in.
func (s *Sessions) Await(ctx context.Context, person string, owes Owes) {
	s.Put(ctx, keyHalf, person)
	s.Put(ctx, keyHalfAt, s.now())
	s.Put(ctx, keyOwes, string(owes))
}

// Awaiting is who owes something, and what; empty when nobody does, or not in time.
func (s *Sessions) Awaiting(ctx context.Context) (person string, owes Owes) {
	if since := s.GetTime(ctx, keyHalfAt); s.now().Sub(since) >= s.lifetimes.Code {
		return "", OwesNothing
	}
	return s.GetString(ctx, keyHalf), Owes(s.GetString(ctx, keyOwes))
}

// SignIn makes the session that of a person who has given all that signing in asks for, under a new token. The agent is the name of his browser.
// What the session held of another person is dropped.
func (s *Sessions) SignIn(ctx context.Context, person, agent string) error {
	if before := s.Person(ctx); before != "" && before != person {
		if err := s.Destroy(ctx); err != nil {
			return err
		}
	}
	if err := s.RenewToken(ctx); err != nil {
		return err
	}
	s.SetDeadline(ctx, s.now().Add(s.lifetimes.Absolute))
	s.Put(ctx, keyPerson, person)
	s.Put(ctx, keyAgent, agent)
	s.Reentered(ctx)
	return nil
}

// SignOut ends the session.
func (s *Sessions) SignOut(ctx context.Context) error { return s.Destroy(ctx) }

// Person is who is signed in; empty when nobody is.
func (s *Sessions) Person(ctx context.Context) string { return s.GetString(ctx, keyPerson) }

// Reentered notes that the person has just given anew all that signing in asks for.
func (s *Sessions) Reentered(ctx context.Context) {
	s.Put(ctx, keyEntered, s.now())
	s.Remove(ctx, keyHalf)
	s.Remove(ctx, keyHalfAt)
	s.Remove(ctx, keyOwes)
}

// Known notes that the person was signed in without giving anything: an identity provider knew him already. It does not count as a re-entry.
func (s *Sessions) Known(ctx context.Context) { s.Remove(ctx, keyEntered) }

// Fresh reports whether the person has entered so lately that he need not do so again before an act that asks for it.
func (s *Sessions) Fresh(ctx context.Context) bool {
	return s.lifetimes.IsFresh(s.GetTime(ctx, keyEntered), s.now())
}

// Hash is the hash under which the store keeps this session.
func (s *Sessions) Hash(ctx context.Context) string {
	sum := sha256.Sum256([]byte(s.Token(ctx)))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// sessionStore keeps sessions for scs, which gives it hashes for tokens.
type sessionStore struct {
	store *store.Store
	idle  time.Duration
	now   func() time.Time
}

var _ scs.CtxStore = sessionStore{}

func (s sessionStore) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	session, err := s.store.FindSession(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil, false, nil
	}
	return session.Data, err == nil, err
}

// CommitCtx reckons the expiry itself: scs's own idle timeout goes by the machine's clock.
func (s sessionStore) CommitCtx(ctx context.Context, hash string, data []byte, _ time.Time) error {
	expiry, values, err := codec{}.Decode(data)
	if err != nil {
		return err
	}
	if idle := s.now().Add(s.idle); idle.Before(expiry) {
		expiry = idle
	}
	session := store.Session{Hash: hash, Data: data, ExpiresAt: expiry}
	session.Person, _ = values[keyPerson].(string)
	session.Agent, _ = values[keyAgent].(string)
	return s.store.CommitSession(ctx, session)
}

func (s sessionStore) DeleteCtx(ctx context.Context, hash string) error {
	return s.store.DeleteSession(ctx, hash)
}

// Find is FindCtx for who has no context, as scs asks of a store.
func (s sessionStore) Find(hash string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), hash)
}

// Commit is CommitCtx for who has no context.
func (s sessionStore) Commit(hash string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), hash, data, expiry)
}

// Delete is DeleteCtx for who has no context.
func (s sessionStore) Delete(hash string) error { return s.DeleteCtx(context.Background(), hash) }
