package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"datacharter/casework"
	"datacharter/domain/refusal"
)

// callbackPath is where the identity provider sends people back.
const callbackPath = "/sign-in/oidc/callback"

// sendToProvider sends a visitor to the identity provider: to sign in, or, when a person is named, to enter anew. The errand waits in the session, as
// nothing can be carried along on that way; a form is kept there only of who signed in with this browser before, so that no stranger fills the store.
func (s *server) sendToProvider(v *visit, person string, on errand) {
	address, pass, refused, err := s.openid.Begin(v.ctx, person)
	if err != nil {
		v.fail(err)
		return
	}
	if refused != nil {
		v.refuse(refused)
		return
	}
	if on.Kept != nil {
		who, err := s.lastPerson(v)
		if err != nil {
			v.fail(err)
			return
		}
		if who == "" || who != on.Kept.Who {
			on.Kept = nil
		}
	}
	s.sessions.Put(v.ctx, sessionPass, pass)
	s.sessions.Put(v.ctx, sessionErrand, string(mustJSON(on)))
	// A redirect would be to another site, which the content policy forbids forms.
	v.Header("Refresh", "0; url="+address)
	v.show(http.StatusOK, v.T("前往统一身份认证", "To the identity provider"), providerPage(v.page, address))
}

func (s *server) beginOpenID(v *visit) {
	_, on, err := s.readErrand(v)
	switch {
	case err != nil:
		v.fail(err)
	case s.openid == nil:
		v.refuse(refusal.NotFoundHere.With())
	default:
		s.sendToProvider(v, "", on)
	}
}

// finishOpenID takes back who was sent to the identity provider.
func (s *server) finishOpenID(v *visit) {
	if s.openid == nil {
		v.refuse(refusal.NotFoundHere.With())
		return
	}
	pass := s.sessions.PopString(v.ctx, sessionPass)
	on, err := s.waitingErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	person, refused, err := s.openid.Finish(v.ctx, pass, v.Request.URL.Query())
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil && on.Anew && v.signedIn():
		s.showStepUp(v, on, refused)
	case refused != nil:
		s.showEntrance(v, casework.Status(refused.Code, refused.Class()), entrance{errand: on, Refused: refused.Detail(v.page.Language)})
	default:
		if err := s.takeFromProvider(v, person, on); err != nil {
			v.fail(err)
			return
		}
		s.afterProvider(v, on)
	}
}

// takeFromProvider signs in whom the provider sent back. Who was not made to enter there has given nothing new: it may have known him since the morning.
func (s *server) takeFromProvider(v *visit, person string, on errand) error {
	if on.Anew && person == v.actor.Person {
		s.sessions.Reentered(v.ctx)
		return nil
	}
	if err := s.signIn(v, person, byProvider); err != nil {
		return err
	}
	if !on.Anew {
		s.sessions.Known(v.ctx)
	}
	s.sessions.Put(v.ctx, sessionErrand, string(mustJSON(on))) // the session of another person took it along
	return nil
}

// afterProvider leads on from the address of the callback, which is good for once.
func (s *server) afterProvider(v *visit, on errand) {
	if on.Kept != nil {
		v.Redirect(http.StatusSeeOther, "/sign-in/back")
		return
	}
	s.sessions.Remove(v.ctx, sessionErrand)
	v.Redirect(http.StatusSeeOther, on.Return)
}

// waitingErrand reads the errand that waits in the session.
func (s *server) waitingErrand(v *visit) (errand, error) {
	on := errand{Return: "/"}
	raw := s.sessions.GetString(v.ctx, sessionErrand)
	if raw == "" {
		return on, nil
	}
	if err := json.Unmarshal([]byte(raw), &on); err != nil {
		return on, fmt.Errorf("an errand that a session keeps: %w", err)
	}
	if on.Kept != nil && !s.takesForms(on.Kept.To) { // an address of an earlier program
		on.Kept = nil
	}
	return on, nil
}

// forgetErrand forgets a form that waited in the session once it has come where it belongs.
func (s *server) forgetErrand(v *visit) error {
	if v.Request.Method != http.MethodPost || !s.sessions.Exists(v.ctx, sessionErrand) {
		return nil
	}
	on, err := s.waitingErrand(v)
	if err == nil && (on.Kept == nil || on.Kept.To == v.Request.URL.RequestURI()) {
		s.sessions.Remove(v.ctx, sessionErrand)
	}
	return err
}

// backFromProvider shows the way on to who was sent to the identity provider in the middle of a form.
func (s *server) backFromProvider(v *visit) {
	on, err := s.waitingErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	s.goOnWith(v, on)
}
