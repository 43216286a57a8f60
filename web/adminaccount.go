package web

import (
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"

	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/ui"
)

// accountCare is what an administrator sees of a person's account, and may do about it.
type accountCare struct {
	Person   string
	Account  *store.Account // nil when he has none
	Locked   bool
	Sessions int
	Key      string // names the next request
}

// careFor finds what an administrator may do about a person's account.
func (s *server) careFor(v *visit, person string) (accountCare, error) {
	c := accountCare{Person: person, Key: random(16, hex.EncodeToString)}
	account, err := s.Store.GetAccount(v.ctx, person)
	switch {
	case err == nil:
		c.Account = &account
		c.Locked = account.LockedUntil != nil && account.LockedUntil.After(s.wall())
	case !errors.Is(err, store.ErrNotFound):
		return c, err
	}
	sessions, err := s.Store.ListSessions(v.ctx, person)
	c.Sessions = len(sessions)
	return c, err
}

// url is where an act on the account is sent; an empty one is the page of the person.
func (c accountCare) url(act string) string {
	at := "/admin/people/" + url.PathEscape(c.Person)
	if act == "" {
		return at
	}
	return at + "/" + act
}

// showCare is the page of a person's account alone.
func (s *server) showCare(v *visit) {
	c, err := s.careFor(v, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	who, err := s.Store.GetPerson(v.ctx, c.Person)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("账户", "Account"), carePage(v.page, who, c))
}

// resetPassword gives a person a temporary password, with an account unless he has one, and shows it for the only time.
func (s *server) resetPassword(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	person := v.Param("id")
	if sent.Has(formResumed) {
		v.Redirect(http.StatusSeeOther, accountCare{Person: person}.url("account"))
		return
	}
	who, err := s.Store.GetPerson(v.ctx, person)
	if err != nil {
		v.fail(err)
		return
	}
	username, password := sent.Get("username"), ""
	now, err := s.Once(v.ctx, v.actor.Person, sent.Get(formKey), []string{"reset-password", person, username}, func() error {
		temporary, no, err := s.accounts.SetTemporary(v.ctx, person, username)
		if no != nil {
			return refused{no}
		}
		username, password = temporary.Username, temporary.Password
		return err
	})
	switch {
	case err != nil:
		v.fail(err)
	case !now:
		v.refuse(refusal.PasswordShownOnce.With())
	default:
		v.show(http.StatusOK, v.T("临时密码", "Temporary password"), temporaryPage(v.page, who, username, password))
	}
}

// dropCode turns a person's one-time codes off; where there are none, none are left.
func (s *server) dropCode(v *visit) {
	refused, err := s.accounts.DropCode(v.ctx, v.Param("id"))
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil && refused.Code != refusal.CodeOff.Name:
		v.refuse(refused)
	default:
		v.goOn(accountCare{Person: v.Param("id")}.url("account"), v.T("该人员的动态口令已停用。", "One-time codes of this person are off."))
	}
}

// endSessionsOf ends all sessions of a person.
func (s *server) endSessionsOf(v *visit) {
	if _, err := s.Store.GetPerson(v.ctx, v.Param("id")); err != nil {
		v.fail(err)
		return
	}
	if err := s.Store.EndSessions(v.ctx, v.Param("id"), ""); err != nil {
		v.fail(err)
		return
	}
	v.goOn(accountCare{Person: v.Param("id")}.url("account"), v.T("该人员的会话均已结束。", "All sessions of this person have ended."))
}

// words says how it stands with an account.
func (c accountCare) words(p *ui.Page) string {
	switch {
	case c.Account == nil:
		return p.T("没有本地账户", "no local account")
	case c.Locked:
		return p.T("因多次输入有误暂时锁定", "locked after several failures")
	case c.Account.MustChange:
		return p.T("临时密码，尚未更改", "temporary password, not changed yet")
	default:
		return p.T("正常", "in use")
	}
}
