package web

import (
	"net/http"
	"net/url"

	"datacharter/accounts"
	"datacharter/casework"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// errand is where somebody goes on once it is known who he is.
type errand struct {
	Return string
	Kept   *kept // the form that he had sent before; nil for none
	Lost   bool  // he had sent one that was too large to be carried along
	Anew   bool  // he is signed in, and enters anew
}

// readErrand reads the form of a page of signing in, and the errand that it carries along.
func (s *server) readErrand(v *visit) (url.Values, errand, error) {
	sent, _, err := s.values(v, maxKept)
	return sent, errand{Return: local(sent.Get("return"), "/"), Kept: s.readKept(sent.Get(keptField))}, err
}

// entrance is what the page of signing in shows.
type entrance struct {
	errand
	Username string
	Provider bool // there is an identity provider
	Houses   []house
	Refused  string // why not; empty when nothing was tried
}

func (s *server) showEntrance(v *visit, status int, e entrance) {
	e.Provider = s.openid != nil
	var err error
	if e.Houses, err = s.houses(v); err != nil {
		v.fail(err)
		return
	}
	v.show(status, v.T("登录", "Sign in"), signInPage(v.page, e))
}

func (s *server) showSignIn(v *visit) {
	s.showEntrance(v, http.StatusOK, entrance{errand: errand{Return: local(v.Query("return"), "/")}})
}

// askWho leads who is not signed in to where he can be; he comes back after that, with what he had typed.
func (s *server) askWho(v *visit) {
	if v.Request.Method != http.MethodPost {
		s.lead(v, "/sign-in?return="+url.QueryEscape(v.page.Here))
		return
	}
	who, err := s.lastPerson(v)
	if err != nil {
		v.fail(err)
		return
	}
	form, lost, err := s.keep(v, who)
	if err != nil {
		v.fail(err)
		return
	}
	s.showEntrance(v, v.interruption(), entrance{errand: errand{Return: "/", Kept: form, Lost: lost}})
}

// lead leads to another page, also when a script asked for a piece of this one.
func (s *server) lead(v *visit, to string) {
	if v.partOnly() {
		v.Header("HX-Redirect", to)
		v.Status(http.StatusNoContent)
		return
	}
	v.Redirect(http.StatusSeeOther, to)
}

// interruption is the status of a page that comes instead of what a form asked for. A script that waits for a piece of a page is told to show the whole.
func (v *visit) interruption() int {
	if !v.partOnly() {
		return http.StatusForbidden
	}
	v.Header("HX-Retarget", "body")
	v.Header("HX-Reswap", "innerHTML")
	return http.StatusOK
}

// takeSignIn takes a user name and a password, or the choice of a fictitious person in a demonstration.
func (s *server) takeSignIn(v *visit) {
	sent, on, err := s.readErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	if sent.Has("person") {
		s.enterAs(v, sent.Get("person"), on)
		return
	}
	username := sent.Get("username")
	entered, refused, err := s.accounts.SignIn(v.ctx, username, sent.Get("password"))
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showEntrance(v, casework.Status(refused.Code, refused.Class()), entrance{errand: on, Username: username, Refused: refused.Detail(v.page.Language)})
	default:
		s.goOnOwing(v, entered.Person, entered.Owes(), on)
	}
}

// goOnOwing asks for what a person owes, or signs him in when that is nothing.
func (s *server) goOnOwing(v *visit, person string, owes accounts.Owes, on errand) {
	if owes == accounts.OwesNothing {
		s.enter(v, person, byPassword, on)
		return
	}
	s.sessions.Await(v.ctx, person, owes)
	if owes == accounts.OwesPassword {
		s.showFirstPassword(v, on, nil)
		return
	}
	s.showCode(v, http.StatusOK, on, "")
}

func (s *server) showCode(v *visit, status int, on errand, refused string) {
	v.show(status, v.T("输入动态口令", "One-time code"), codePage(v.page, on, refused))
}

// takeCode takes the one-time code that is owed after the password.
func (s *server) takeCode(v *visit) {
	sent, on, err := s.readErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	person, owes := s.sessions.Awaiting(v.ctx)
	if person == "" || owes == accounts.OwesPassword {
		s.tooLate(v, on)
		return
	}
	refused, err := s.accounts.VerifyCode(v.ctx, person, sent.Get("code"))
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showCode(v, casework.Status(refused.Code, refused.Class()), on, refused.Detail(v.page.Language))
	case owes == accounts.OwesCodeAndPassword:
		s.goOnOwing(v, person, accounts.OwesPassword, on)
	default:
		s.enter(v, person, byPassword, on)
	}
}

// tooLate begins again with somebody who let too much time pass.
func (s *server) tooLate(v *visit, on errand) {
	late := refusal.SignInInterrupted.With()
	s.showEntrance(v, casework.Status(late.Code, late.Class()), entrance{errand: on, Refused: late.Detail(v.page.Language)})
}

func (s *server) showFirstPassword(v *visit, on errand, refused *refusal.Refusal) {
	status := http.StatusOK
	boxes := newPasswordBoxes(text.Text{ZH: "临时密码", EN: "Temporary password"})
	var faults []form.Fault
	whole := ""
	if refused != nil {
		status = casework.Status(refused.Code, refused.Class())
		faults, whole = blame(boxes, refused, v.page.Language)
	}
	v.show(status, v.T("设置您自己的密码", "Choose a password of your own"), firstPasswordPage(v.page, on, boxes, faults, whole))
}

// takeFirstPassword takes the password that a person chooses in place of a temporary one, and signs him in.
func (s *server) takeFirstPassword(v *visit) {
	sent, on, err := s.readErrand(v)
	if err != nil {
		v.fail(err)
		return
	}
	person, owes := s.sessions.Awaiting(v.ctx)
	if person == "" || owes != accounts.OwesPassword {
		s.tooLate(v, on)
		return
	}
	refused, err := s.changePassword(v, person, sent)
	switch {
	case err != nil:
		v.fail(err)
	case refused != nil:
		s.showFirstPassword(v, on, refused)
	default:
		s.enter(v, person, byPassword, on)
	}
}

// changePassword changes a person's password as a form says, and ends his other sessions.
func (s *server) changePassword(v *visit, person string, sent url.Values) (*refusal.Refusal, error) {
	if sent.Get("new") != sent.Get("repeat") {
		return refusal.InvalidFields([]refusal.Field{refusal.PasswordRepeat.At("repeat")}), nil
	}
	return s.accounts.ChangePassword(v.ctx, person, sent.Get("current"), sent.Get("new"), s.sessions.Hash(v.ctx))
}

// enter signs a person in who has given all that is asked for, and lets him go on.
func (s *server) enter(v *visit, person string, by means, on errand) {
	if err := s.signIn(v, person, by); err != nil {
		v.fail(err)
		return
	}
	s.goOnWith(v, on)
}

// goOnWith lets somebody who is signed in go on with his errand.
func (s *server) goOnWith(v *visit, on errand) {
	if on.Kept == nil {
		v.Redirect(http.StatusSeeOther, on.Return)
		return
	}
	who, err := s.digest(v.ctx, v.actor.Person)
	if err != nil {
		v.fail(err)
		return
	}
	if on.Kept.Who != who {
		v.show(http.StatusOK, v.T("已登录", "Signed in"), droppedPage(v.page))
		return
	}
	v.show(http.StatusOK, v.T("继续填写", "Go on"), backPage(v.page, on.Kept))
}

// signInAgain leads who asks for the middle of signing in to its beginning.
func (s *server) signInAgain(v *visit) { v.Redirect(http.StatusSeeOther, "/sign-in") }
