package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/form"
)

// grave lists the commands before which people enter anew: signing, voting, starting an exit and deciding on one. Routes that ask for it too say so
// themselves.
var grave = map[lifecycle.Kind][]string{
	authorization.Kind: {"sign", "open-exit", "waive", "consent-exit"},
	meeting.Kind:       {"vote"},
	exit.Kind:          {"decide"},
}

// stale reports whether who gives the command must enter anew before it.
func (s *server) stale(a *act) bool {
	return slices.Contains(grave[a.place.def.Kind()], a.command) && !s.fresh(a.visit)
}

// askAnew asks who is signed in to enter anew, and comes back after that, with what he had typed.
func (s *server) askAnew(v *visit) {
	switch at := v.Request.URL; {
	case v.Request.Method != http.MethodPost:
		s.lead(v, "/step-up?return="+url.QueryEscape(v.page.Here))
		return
	case !s.takesForms(at.RequestURI()): // a form with secrets, which is at the same address
		s.lead(v, "/step-up?return="+url.QueryEscape(at.Path))
		return
	}
	form, files, err := s.values(v, maxForm)
	if err != nil {
		v.fail(err)
		return
	}
	s.askAnewWith(v, form, files)
}

// askAnewWith is askAnew for a form that was read already.
func (s *server) askAnewWith(v *visit, form url.Values, files bool) {
	who, err := s.digest(v.ctx, v.actor.Person)
	if err != nil {
		v.fail(err)
		return
	}
	s.showStepUp(v, errand{Return: "/", Kept: newKept(v, who, form, files)}, nil)
}

// reentry is what the page that asks people to enter anew shows.
type reentry struct {
	errand
	Means    means  // how; empty when there is no way
	Username string // of a local account
	Boxes    []box
	Faults   []form.Fault
	Whole    string
}

func (s *server) askStepUp(v *visit) {
	s.showStepUp(v, errand{Return: local(v.Query("return"), "/")}, nil)
}

// showStepUp asks for what the person signed in with, and says why it was refused if it was.
func (s *server) showStepUp(v *visit, on errand, refused *refusal.Refusal) {
	how, account, err := s.meansOf(v)
	if err != nil {
		v.fail(err)
		return
	}
	r := reentry{errand: on, Means: how, Username: account.Username}
	if how == byPassword {
		r.Boxes = []box{passwordBox()}
		if account.CodeConfirmed {
			r.Boxes = append(r.Boxes, codeBox())
		}
	}
	status := http.StatusOK
	if on.Kept != nil {
		status = v.interruption()
	}
	if how == "" {
		refused = refusal.NoReentry.With()
	}
	if refused != nil {
		status = casework.Status(refused.Code, refused.Class())
		r.Faults, r.Whole = blame(r.Boxes, refused, v.page.Language)
	}
	v.show(status, v.T("重新验证", "Enter anew"), stepUpPage(v.page, r))
}

// meansOf finds how the person of a visit can enter anew: where he signed in, or with his account if he has one. A fictitious person of a demonstration
// without an account has nothing to show.
func (s *server) meansOf(v *visit) (means, store.Account, error) {
	how := means(s.sessions.GetString(v.ctx, sessionMeans))
	if how == byProvider && s.openid != nil {
		return byProvider, store.Account{}, nil
	}
	account, err := s.Store.GetAccount(v.ctx, v.actor.Person)
	switch {
	case err == nil:
		return byPassword, account, nil
	case !errors.Is(err, store.ErrNotFound):
		return "", account, err
	case how == byDemo && s.isDemo(v.actor.Person):
		return byDemo, account, nil
	default:
		return "", account, nil
	}
}

// takeStepUp takes what a person enters anew.
func (s *server) takeStepUp(v *visit) {
	sent, on, err := s.readErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	how, account, err := s.meansOf(v)
	if err != nil {
		v.fail(err)
		return
	}
	switch how {
	case byProvider:
		on.Anew = true
		s.sendToProvider(v, v.actor.Person, on)
		return
	case byPassword:
		refused, err := s.reenter(v, account, sent)
		if err != nil {
			v.fail(err)
			return
		}
		if refused != nil {
			s.showStepUp(v, on, refused)
			return
		}
	case byDemo:
	default:
		s.showStepUp(v, on, refusal.NoReentry.With())
		return
	}
	s.sessions.Reentered(v.ctx)
	s.goOnWith(v, on)
}

// reenter checks the password and, where one is in use, the one-time code.
func (s *server) reenter(v *visit, account store.Account, sent url.Values) (*refusal.Refusal, error) {
	entered, refused, err := s.accounts.Reenter(v.ctx, account.Person, sent.Get("password"))
	if refused != nil || err != nil || !entered.CodeNeeded {
		return atBox(refused, refusal.PasswordWrong, "password"), err
	}
	refused, err = s.accounts.VerifyCode(v.ctx, account.Person, sent.Get("code"))
	return atBox(refused, refusal.CodeWrong, "code"), err
}
