package web

import (
	"errors"
	"net/http"

	"datacharter/accounts"
	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/form"
)

// codes is how it stands with a person's one-time codes.
type codes struct {
	On      bool
	Pending *accounts.Enrolment // the secret that waits to be confirmed; nil for none
	Boxes   []box
	Faults  []form.Fault
	Whole   string
}

func (s *server) askCodes(v *visit) { s.showCodes(v, nil) }

func (s *server) showCodes(v *visit, refused *refusal.Refusal) {
	account, err := s.Store.GetAccount(v.ctx, v.actor.Person)
	if errors.Is(err, store.ErrNotFound) {
		v.refuse(refusal.NoAccount.With())
		return
	}
	if err != nil {
		v.fail(err)
		return
	}
	c := codes{On: account.CodeConfirmed}
	switch {
	case c.On:
		c.Boxes = []box{passwordBox()}
	case account.CodeSecret != "":
		pending, gone, err := s.accounts.PendingCode(v.ctx, v.actor.Person)
		if err != nil {
			v.fail(err)
			return
		}
		if gone == nil { // else it was confirmed just now, or switched off
			c.Pending, c.Boxes = &pending, []box{codeBox()}
		}
	}
	status := http.StatusOK
	if refused != nil {
		status = casework.Status(refused.Code, refused.Class())
		c.Faults, c.Whole = blame(c.Boxes, refused, v.page.Language)
	}
	v.show(status, v.T("动态口令", "One-time codes"), codesPage(v.page, c))
}

// What the forms about one-time codes ask for.
const (
	codesEnrol   = "enrol"
	codesConfirm = "confirm"
	codesOff     = "off"
)

// takeCodes makes a secret, confirms it with a code, or switches codes off. Each done twice changes nothing more.
func (s *server) takeCodes(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	person, done := v.actor.Person, ""
	var refused *refusal.Refusal
	switch sent.Get("do") {
	case codesEnrol:
		if _, refused, err = s.accounts.PendingCode(v.ctx, person); refused != nil && refused.Code == refusal.CodeOff.Name {
			_, refused, err = s.accounts.EnrolCode(v.ctx, person)
		}
	case codesConfirm:
		refused, err = s.accounts.ConfirmCode(v.ctx, person, sent.Get("code"))
		refused = atBox(refused, refusal.CodeWrong, "code")
		done = v.T("动态口令已启用，下次登录时需要输入。", "One-time codes are in use: you are asked for one when you sign in next.")
	case codesOff:
		refused, err = s.accounts.DisableCode(v.ctx, person, sent.Get("password"))
		refused = atBox(refused, refusal.PasswordWrong, "password")
		done = v.T("动态口令已停用。", "One-time codes are off.")
	default:
		refused = refusal.BadRequest.With()
	}
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showCodes(v, refused)
	default:
		v.goOn("/profile/code", done)
	}
}

// codePicture is the secret that waits to be confirmed, as a picture for a device to read.
func (s *server) codePicture(v *visit) {
	pending, refused, err := s.accounts.PendingCode(v.ctx, v.actor.Person)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		v.refuse(refusal.NotFoundHere.With())
	default:
		v.Data(http.StatusOK, "image/png", pending.PNG)
	}
}
