package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/internal/town"
)

// graveCases are cases in which the grave commands may be given, and by whom.
func (w *world) graveCases() map[lifecycle.Kind]map[string][2]string {
	signing, operating := w.in(authorization.Kind, authorization.Signing), w.in(authorization.Kind, authorization.Operating)
	return map[lifecycle.Kind]map[string][2]string{
		authorization.Kind: {
			"sign": {town.AgencySignatory, signing}, "open-exit": {town.Administrator, operating}, "waive": {town.Signatory, operating},
			"consent-exit": {town.Signatory, operating},
		},
		meeting.Kind: {"vote": {town.PersonID(town.Government, identity.Member, 1), w.in(meeting.Kind, meeting.Open)}},
		exit.Kind:    {"decide": {town.Decider, w.in(exit.Kind, exit.Deciding)}},
	}
}

// TestGraveCommands: before every grave command who has not entered lately is asked to, and nothing happens before he has; other commands ask for nothing.
func TestGraveCommands(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ *world, o *Options) {
		o.Lifetimes = accounts.Lifetimes{Idle: ages, Absolute: ages, Fresh: accounts.DefaultLifetimes.Fresh, Code: ages}
	})
	known := w.graveCases()
	for kind, commands := range grave {
		for _, command := range commands {
			by, ok := known[kind][command]
			if !ok {
				t.Errorf("no case to try %s on", command)
				continue
			}
			c, p := w.as(by[0]), w.server.placeOf(kind)
			at := p.href(by[1]) + "/do/" + command
			if got := c.get(at); got.at.Path != at {
				t.Errorf("%s: led to %s although just signed in: %s", command, got.at, got.heading())
			}
			w.pass(accounts.DefaultLifetimes.Fresh)
			version := w.Case(kind, by[1]).Head().Version
			if got := c.get(at); got.at.Path != "/step-up" && got.status == http.StatusOK {
				t.Errorf("%s: the form is shown at %s", command, got.at)
			}
			asked := c.post(at, url.Values{"statement": {"理由"}, "key": {"k"}}).wants(http.StatusForbidden)
			if len(asked.forms("/step-up")) != 1 || w.Case(kind, by[1]).Head().Version != version {
				t.Errorf("%s: carried out without entering anew", command)
			}
			back := asked.form("/step-up").submit().wants(http.StatusOK)
			if filled := back.form(at).submit(); filled.at.Path != at {
				t.Errorf("%s: after entering anew led to %s", command, filled.at)
			}
			if w.Case(kind, by[1]).Head().Version != version {
				t.Errorf("%s: carried out by going back to its form", command)
			}
		}
	}
	officer, id := w.as(town.Officer), w.CaseIn(authorization.Kind, authorization.Submitted)
	w.pass(time.Hour)
	if p := officer.get("/authorizations/" + id + "/do/accept"); p.at.Path == "/step-up" {
		t.Error("an ordinary command asks to enter anew")
	}
}

// TestGraveCommandsExist: every command of the list is one of its table.
func TestGraveCommandsExist(t *testing.T) {
	w := newWorld(t)
	for kind, commands := range grave {
		table := w.server.placeOf(kind).table
		for _, command := range commands {
			if !slices.ContainsFunc(table.Rows, func(r lifecycle.Row) bool { return r.Command == command }) {
				t.Errorf("%s has no %s", kind, command)
			}
		}
	}
}

func TestStepUpWithPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	w.account(town.Officer)
	c := w.nobody()
	c.enters(town.Officer, goodPassword)
	secret := c.enrol()
	if p := c.get("/profile/password"); p.at.Path != "/profile/password" {
		t.Fatalf("asked at once: %s", p.at)
	}
	w.pass(accounts.DefaultLifetimes.Fresh)
	asked := c.get("/profile/password").wants(http.StatusOK)
	if asked.at.Path != "/step-up" {
		t.Fatalf("led to %s", asked.at)
	}
	form := func() *blank { return asked.form("/step-up") }
	form().set("password", "wrong").set("code", w.codeOf(secret)).submit().wants(http.StatusUnprocessableEntity)
	form().set("password", goodPassword).set("code", "000000").submit().wants(http.StatusUnprocessableEntity)
	if c.get("/profile/password").at.Path != "/step-up" {
		t.Fatal("a wrong password or code is enough")
	}
	w.pass(30 * time.Second)
	done := form().set("password", goodPassword).set("code", w.codeOf(secret)).submit().wants(http.StatusOK)
	if done.at.Path != "/profile/password" {
		t.Errorf("led to %s", done.at)
	}
}

// TestStepUpOfDemo: a click is enough only of a fictitious person who has no account, and entered as one.
func TestStepUpOfDemo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	w.account(town.Officer)
	c := w.as(town.Officer)
	w.pass(accounts.DefaultLifetimes.Fresh)
	c.post("/step-up", url.Values{}).wants(http.StatusUnprocessableEntity)
	if c.get("/profile/password").at.Path != "/step-up" {
		t.Error("a click is enough although there is a password")
	}
	none := newWorld(t, strict, func(_ *world, o *Options) { o.Demo = nil })
	if none.nobody().post("/sign-in", url.Values{"person": {town.Officer}}).wants(http.StatusNotFound); none.nobody().inside() {
		t.Error("somebody may be anybody outside a demonstration")
	}
}

// TestInterruptedForm: who is no longer signed in when he sends a form signs in, and finds what he had typed.
func TestInterruptedForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/refuse"
	const typed = `不予受理，理由 "<b>" & 'x'`
	c := w.as(town.Officer)
	form := c.get(at).form(at).set("reason", typed)
	w.pass(time.Hour)
	asked := form.submit().wants(http.StatusForbidden)
	w.Stands(authorization.Kind, id, authorization.Submitted)
	if strings.Contains(asked.body, "<b>") {
		t.Error("what was typed is part of the page")
	}
	entered := asked.enterAs(town.Officer).wants(http.StatusOK)
	filled := entered.form(at).submit().wants(http.StatusOK)
	if got := textOf(named(filled.document(), "reason")[0]); got != typed {
		t.Errorf("came back as %q", got)
	}
	w.Stands(authorization.Kind, id, authorization.Submitted)
	filled.form(at).submit().wants(http.StatusOK)
	w.Stands(authorization.Kind, id, authorization.Refused)
}

// enterAs signs in as a person of the demonstration on the page that asks for it.
func (p *page) enterAs(person string) *page {
	p.w.t.Helper()
	for _, f := range p.forms("/sign-in") {
		if len(named(f.node, "person")) > 0 {
			return f.press("person", person)
		}
	}
	p.w.t.Fatal("no form lets people of the demonstration in")
	return nil
}

// TestInterruptedByAnother: what somebody typed is shown to nobody else.
func TestInterruptedByAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/refuse"
	c := w.as(town.Officer)
	form := c.get(at).form(at).set("reason", "只给本人看")
	w.pass(time.Hour)
	asked := form.submit()
	other := asked.enterAs(town.Administrator).wants(http.StatusOK)
	if strings.Contains(other.body, "只给本人看") || len(other.forms(at)) > 0 {
		t.Error("another person sees what was typed")
	}
	if !c.inside() {
		t.Error("the other person is not signed in")
	}
	// A browser of which nothing is known.
	stranger := w.nobody()
	p := stranger.post(at, url.Values{"reason": {"只给本人看"}}).enterAs(town.Officer)
	if strings.Contains(p.body, "只给本人看") {
		t.Error("what nobody knows who typed is shown")
	}
}

// TestInterruptedByMore: what is carried along leads to forms of these pages alone, holds no secrets, and is bounded.
func TestInterruptedByMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	c := w.as(town.Officer)
	who, err := w.server.digest(t.Context(), town.Officer)
	w.Must(err)
	for _, to := range []string{"https://evil.example/profile", "//evil.example/profile", "/nowhere", "/sign-out", "/sign-in", "/step-up", "/profile/tokens/../password", "/profile/password", "javascript:alert(1)"} {
		k := kept{To: to, Who: who, Form: url.Values{"a": {"b"}}}
		p := c.post("/sign-in", url.Values{"person": {town.Officer}, keptField: {k.Field()}})
		if strings.Contains(p.body, "evil") || strings.Contains(p.body, "alert(1)") || len(p.forms(to)) > 0 && to != "/sign-out" {
			t.Errorf("%s: %s", to, p.heading())
		}
	}
	w.pass(time.Hour)
	p := c.post("/profile/tokens", url.Values{"label": {"甲"}, "password": {"a secret"}, "current": {"a secret"}}).wants(http.StatusForbidden)
	if strings.Contains(p.body, "a secret") || !strings.Contains(p.body, "甲") {
		t.Error("a password is carried along, or nothing is")
	}
	big := c.post("/profile/tokens", url.Values{"label": {strings.Repeat("x", maxForm+1)}}).wants(http.StatusForbidden)
	if len(big.body) > maxForm || len(named(big.document(), keptField)) > 0 {
		t.Error("a form of any size is carried along")
	}
	p.enterAs(town.Officer).form("/profile/tokens").submit().wants(http.StatusUnprocessableEntity) // it has no days yet
	// In the middle of a step-up the session ends, too.
	label := url.Values{"label": {"乙"}, "days": {"7"}}
	w.pass(accounts.DefaultLifetimes.Fresh)
	asked := c.post("/profile/tokens", label).wants(http.StatusForbidden)
	w.pass(time.Hour)
	late := asked.form("/step-up").submit().wants(http.StatusForbidden).enterAs(town.Officer)
	filled := late.form("/profile/tokens").submit().wants(http.StatusOK)
	if got := attr(named(filled.document(), "label")[0], "value"); got != "乙" {
		t.Errorf("came back as %q", got)
	}
}

// TestInterruptedFiles: files are not carried along, and this is said.
func TestInterruptedFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	id := w.AuthorizationIn(authorization.Operating)
	at := "/authorizations/" + id + "/do/open-exit"
	c := w.as(town.Administrator)
	form := c.get(at).form(at).set("statement", "超范围使用").attach("evidence#file", "证据.txt", "text/plain", []byte("evidence"))
	w.pass(time.Hour)
	asked := form.submit().wants(http.StatusForbidden)
	if !strings.Contains(asked.text(), "重新选择") {
		t.Error("nobody is told that the file is gone")
	}
	filled := asked.enterAs(town.Administrator).form(at).submit().wants(http.StatusOK)
	if got := textOf(named(filled.document(), "statement")[0]); got != "超范围使用" {
		t.Errorf("came back as %q", got)
	}
	w.Stands(authorization.Kind, id, authorization.Operating)
}
