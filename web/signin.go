package web

import (
	"net/http"
	"net/url"
	"slices"

	"datacharter/domain/refusal"
)

func (s *server) showSignIn(v *visit) {
	v.show(http.StatusOK, v.T("登录", "Sign in"), signInPage(v.page, s.demo, local(v.Query("return"), "/"), nil))
}

// takeSignIn signs a fictitious person of the demonstration in.
func (s *server) takeSignIn(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	person := sent.Get("person")
	if !slices.ContainsFunc(s.demo, func(d DemoPerson) bool { return d.ID == person }) {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	if err := s.signIn(v.ctx, person); err != nil {
		v.fail(err)
		return
	}
	v.Redirect(http.StatusSeeOther, local(sent.Get("return"), "/"))
}

func (s *server) signOut(v *visit) {
	if err := s.sessions.Destroy(v.ctx); err != nil {
		v.fail(err)
		return
	}
	v.Redirect(http.StatusSeeOther, "/sign-in")
}

// stale reports whether a command asks for the person to be identified anew.
func (s *server) stale(*visit, string) bool { return false }

func (s *server) stepUp(*visit) {}

// interrupted asks who it is in the middle of a form, and keeps what was filled in.
func (s *server) interrupted(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("登录", "Sign in"), signInPage(v.page, s.demo, v.Request.URL.Path, url.Values(sent)))
}
