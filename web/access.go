package web

import (
	"errors"
	"net/http"

	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
)

// access is how a person signs in, and where he is signed in now.
type access struct {
	Account  *store.Account // nil when he has none
	Means    means
	Sessions []store.Session
	This     string // ID of the session of this visit
}

func (s *server) showAccess(v *visit) {
	a := access{Means: means(s.sessions.GetString(v.ctx, sessionMeans))}
	account, err := s.Store.GetAccount(v.ctx, v.actor.Person)
	switch {
	case err == nil:
		a.Account = &account
	case !errors.Is(err, store.ErrNotFound):
		v.fail(err)
		return
	}
	if a.Sessions, err = s.Store.ListSessions(v.ctx, v.actor.Person); err != nil {
		v.fail(err)
		return
	}
	for _, session := range a.Sessions {
		if session.Hash == s.sessions.Hash(v.ctx) {
			a.This = session.ID
		}
	}
	v.show(http.StatusOK, v.T("登录和会话", "Signing in and sessions"), accessPage(v.page, a))
}

// endSession ends one of the person's sessions; one that has ended already stays so.
func (s *server) endSession(v *visit) {
	err := s.Store.EndSession(v.ctx, v.actor.Person, v.Param("id"))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		v.fail(err)
		return
	}
	v.goOn("/profile/access", v.T("会话已结束。", "The session has ended."))
}

func (s *server) endOtherSessions(v *visit) {
	if err := s.Store.EndSessions(v.ctx, v.actor.Person, s.sessions.Hash(v.ctx)); err != nil {
		v.fail(err)
		return
	}
	v.goOn("/profile/access", v.T("其他会话均已结束。", "All other sessions have ended."))
}

func (s *server) askPassword(v *visit) { s.showPassword(v, nil) }

func (s *server) showPassword(v *visit, refused *refusal.Refusal) {
	account, err := s.Store.GetAccount(v.ctx, v.actor.Person)
	if errors.Is(err, store.ErrNotFound) {
		v.refuse(refusal.NoAccount.With())
		return
	}
	if err != nil {
		v.fail(err)
		return
	}
	status, boxes := http.StatusOK, newPasswordBoxes(text.Text{ZH: "现用密码", EN: "Present password"})
	var faults []form.Fault
	whole := ""
	if refused != nil {
		status = casework.Status(refused.Code, refused.Class())
		faults, whole = blame(boxes, refused, v.page.Language)
	}
	v.show(status, v.T("更改密码", "Change your password"), passwordPage(v.page, account.Username, boxes, faults, whole))
}

func (s *server) takePassword(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	refused, err := s.changePassword(v, v.actor.Person, sent)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showPassword(v, refused)
	default:
		v.goOn("/profile/access", v.T("密码已更改，其他会话均已结束。", "The password is changed; all other sessions have ended."))
	}
}
