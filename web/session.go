package web

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"datacharter/accounts"
)

// What a session keeps beside what package accounts does.
const (
	sessionMeans  = "means"  // how its person signed in
	sessionDone   = "done"   // what has just been done, to be told once
	sessionPass   = "openid" // what must fit when the identity provider sends the visitor back
	sessionErrand = "errand" // where to go on after that
)

// means is how somebody signed in.
type means string

const (
	byPassword means = "password"
	byProvider means = "provider"
	byDemo     means = "demo" // as a fictitious person, whom everybody may be
)

// secure reports whether browsers reach the pages over HTTPS.
func (s *server) secure() bool { return s.public.Scheme == "https" }

// cookieName is a cookie's name, which over HTTPS lets browsers take it from this host alone.
func (s *server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// resume brings a visit the session that its cookie names, or an empty one, which is stored only once something is put into it.
func (s *server) resume(v *visit) error {
	if cookie, err := v.Request.Cookie(s.sessions.Cookie.Name); err == nil { // else there is none
		v.token = cookie.Value
	}
	ctx, err := s.sessions.Load(v.ctx, v.token)
	if err != nil {
		return err
	}
	v.ctx = ctx
	v.Request = v.Request.WithContext(ctx)
	return nil
}

// keepSession stores the session of a visit and gives the browser its cookie, when it needs another one.
func (s *server) keepSession(v *visit) error {
	switch s.sessions.Status(v.ctx) {
	case scs.Modified:
		token, expiry, err := s.sessions.Commit(context.WithoutCancel(v.ctx)) // what was done stays done when the visitor does not wait
		if err != nil {
			return err
		}
		if token != v.token {
			s.sessions.WriteSessionCookie(v.ctx, v.Writer, token, expiry)
		}
	case scs.Destroyed:
		s.sessions.WriteSessionCookie(v.ctx, v.Writer, "", time.Time{})
	case scs.Unmodified:
	}
	return nil
}

// signIn begins a session of a person, who is recognised from here on.
func (s *server) signIn(v *visit, person string, by means) error {
	if err := s.sessions.SignIn(v.ctx, person, accounts.Agent(v.Request.UserAgent())); err != nil {
		return err
	}
	s.sessions.Put(v.ctx, sessionMeans, string(by))
	preferences, err := s.Store.GetPreferences(v.ctx, person)
	if err != nil {
		return err
	}
	if preferences.Language != "" {
		s.rememberLanguage(v, preferences.Language)
	}
	if err := s.rememberPerson(v, person); err != nil {
		return err
	}
	return s.recognise(v)
}

// recognise finds who is signed in, with the grants held now.
func (s *server) recognise(v *visit) error {
	id := s.sessions.Person(v.ctx)
	if id == "" {
		return nil
	}
	actor, err := s.Store.Actor(v.ctx, id)
	if err != nil {
		return err
	}
	v.actor = actor
	v.page.Person, err = s.person(v.ctx, v.page.Language, actor)
	return err
}

// fresh reports whether the visitor has entered so lately that he need not do so again.
func (s *server) fresh(v *visit) bool { return s.sessions.Fresh(v.ctx) }

func (s *server) signOut(v *visit) {
	if err := s.sessions.SignOut(v.ctx); err != nil {
		v.fail(err)
		return
	}
	v.Redirect(http.StatusSeeOther, "/sign-in")
}
