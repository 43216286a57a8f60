package web

import (
	"image/png"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/notice"
	"datacharter/internal/town"
)

func TestProfilePages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.account(town.Officer)
	paths := []string{"/profile", "/profile/access", "/profile/tokens", "/profile/password", "/profile/code", "/step-up"}
	for _, path := range paths {
		zh, en := w.as(town.Officer).get(path).wants(http.StatusOK), w.as(town.Officer).speaking("en").get(path).wants(http.StatusOK)
		if zh.language() != "zh-CN" || en.language() != "en" || zh.heading() == en.heading() {
			t.Errorf("%s: %q, %q", path, zh.heading(), en.heading())
		}
		if got := w.nobody().get(path); got.at.Path != "/sign-in" || got.at.Query().Get("return") != path {
			t.Errorf("%s leads strangers to %s", path, got.at)
		}
	}
	w.as(town.Applicant).get("/profile/password").wants(http.StatusConflict) // he has no account
	w.as(town.Applicant).get("/profile/code").wants(http.StatusConflict)
	if got := w.as(town.Officer).get("/profile").text(); !strings.Contains(got, "经办人") || !strings.Contains(got, "实施机构") {
		t.Errorf("the roles are missing: %s", got)
	}
}

func TestNoticeChoices(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.as(town.Officer)
	form := c.get("/profile").form("/profile")
	for _, g := range notice.Groups {
		for _, n := range form.control("wanted") {
			if attr(n, "value") == string(g.Group) && (has(n, "disabled") != g.Compulsory || !has(n, "checked")) {
				t.Errorf("%s: disabled %t", g.Group, has(n, "disabled"))
			}
		}
	}
	wanted := []string{string(notice.Tasks), string(notice.Exits)}
	for range 2 {
		c.post("/profile", url.Values{"language": {"en"}, "wanted": wanted}).wants(http.StatusOK)
	}
	p, err := w.Store.GetPreferences(t.Context(), town.Officer)
	w.Must(err)
	if slices.Contains(p.Unwanted, notice.Tasks) || !slices.Contains(p.Unwanted, notice.Meetings) || slices.Contains(p.Unwanted, notice.Overdue) {
		t.Errorf("unwanted: %v", p.Unwanted)
	}
	c.post("/profile", url.Values{"language": {"xx"}}).wants(http.StatusUnprocessableEntity)
	if after, err := w.Store.GetPreferences(t.Context(), town.Officer); err != nil || len(after.Unwanted) != len(p.Unwanted) {
		t.Errorf("changed to %+v, error %v", after, err)
	}
}

// TestLanguageInStep: the preference wins at sign-in, and the button in the header changes it.
func TestLanguageInStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.as(town.Officer)
	if got := c.get("/profile").language(); got != "zh-CN" {
		t.Fatalf("begins in %s", got)
	}
	if p := c.post("/language", url.Values{"language": {"en"}, "return": {"/profile"}}).wants(http.StatusOK); p.language() != "en" {
		t.Errorf("goes on in %s", p.language())
	}
	p, err := w.Store.GetPreferences(t.Context(), town.Officer)
	if err != nil || p.Language != "en" {
		t.Errorf("preferences %+v, error %v", p, err)
	}
	other := w.nobody()
	if got := other.get("/sign-in").language(); got != "zh-CN" {
		t.Errorf("another browser begins in %s", got)
	}
	if got := other.get("/sign-in").enterAs(town.Officer); got.language() != "en" {
		t.Errorf("signed in elsewhere, goes on in %s", got.language())
	}
	if got := w.nobody().post("/language", url.Values{"language": {"en"}, "return": {"/sign-in"}}); got.language() != "en" {
		t.Error("who is not signed in cannot choose")
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.as(town.Officer)
	form := c.get("/profile/tokens").form("/profile/tokens").set("label", "报表程序").set("days", "30")
	p := form.submit().wants(http.StatusOK)
	secret := textOf(all(p.document(), class("dc-secret"))[0])
	who, token, err := w.Store.Authenticate(t.Context(), secret)
	if err != nil || who.Person != town.Officer || token.Label != "报表程序" || !token.ExpiresAt.Equal(w.Now().AddDate(0, 0, 30)) {
		t.Fatalf("token %+v of %s, error %v", token, who.Person, err)
	}
	form.submit().wants(http.StatusConflict)
	if strings.Contains(c.get("/profile/tokens").body, secret) {
		t.Error("the secret is shown again")
	}
	for range 2 {
		c.post("/profile/tokens/"+token.ID+"/revoke", nil).wants(http.StatusOK)
	}
	if _, _, err := w.Store.Authenticate(t.Context(), secret); err == nil {
		t.Error("a revoked token counts")
	}
	for _, bad := range []url.Values{{"label": {""}, "days": {"1"}}, {"label": {"a"}, "days": {"0"}}, {"label": {"a"}, "days": {"367"}}, {"label": {"a"}, "days": {"x"}}, {"label": {strings.Repeat("a", 101)}, "days": {"1"}}} {
		if p := c.post("/profile/tokens", bad).wants(http.StatusUnprocessableEntity); len(p.faults()) != 1 {
			t.Errorf("%v: %v", bad, p.faults())
		}
	}
	if list, err := w.Store.Tokens(t.Context(), town.Officer); err != nil || len(list) != 1 {
		t.Errorf("%d tokens, error %v", len(list), err)
	}
	// Another person's token is not to be revoked.
	_, other, err := w.Store.IssueToken(t.Context(), town.Applicant, "甲", w.Now().AddDate(0, 0, 1))
	w.Must(err)
	c.post("/profile/tokens/"+other.ID+"/revoke", nil)
	if list, err := w.Store.Tokens(t.Context(), town.Applicant); err != nil || list[0].RevokedAt != nil {
		t.Error("a token of another person was revoked")
	}
}

func TestOwnSessions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two, three, stranger := w.as(town.Officer), w.as(town.Officer), w.as(town.Officer), w.as(town.Applicant)
	list, err := w.Store.ListSessions(t.Context(), town.Officer)
	w.Must(err)
	if len(list) != 3 {
		t.Fatalf("%d sessions", len(list))
	}
	p := one.get("/profile/access").wants(http.StatusOK)
	if got := strings.Count(p.text(), "本次"); got != 1 {
		t.Errorf("%d sessions are this one", got)
	}
	for _, session := range list {
		stranger.post("/profile/sessions/"+session.ID+"/end", nil)
	}
	if !one.inside() || !two.inside() || !three.inside() {
		t.Fatal("somebody else ended a session")
	}
	var ends []string
	for _, session := range list {
		if at := "/profile/sessions/" + session.ID + "/end"; len(p.forms(at)) == 1 {
			ends = append(ends, at)
		}
	}
	if len(ends) != 2 {
		t.Fatalf("%d sessions can be ended one by one", len(ends))
	}
	for range 2 {
		one.post(ends[0], nil).wants(http.StatusOK)
	}
	if !one.inside() || two.inside() == three.inside() {
		t.Error("not the one session ended")
	}
	one.post("/profile/sessions/end-others", nil).wants(http.StatusOK)
	if !one.inside() || two.inside() || three.inside() || !stranger.inside() {
		t.Error("not all others ended, or more")
	}
}

func TestOwnPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.account(town.Officer)
	c, other := w.nobody(), w.nobody()
	c.enters(town.Officer, goodPassword)
	other.enters(town.Officer, goodPassword)
	form := func() *blank { return c.get("/profile/password").form("/profile/password") }
	form().set("current", "wrong").set("new", otherPassword).set("repeat", otherPassword).submit().wants(http.StatusUnprocessableEntity)
	form().set("current", goodPassword).set("new", otherPassword).set("repeat", "x").submit().wants(http.StatusUnprocessableEntity)
	form().set("current", goodPassword).set("new", otherPassword).set("repeat", otherPassword).submit().wants(http.StatusOK)
	if !c.inside() || other.inside() {
		t.Error("the sessions elsewhere go on, or this one does not")
	}
	fresh := w.nobody()
	if fresh.enters(town.Officer, otherPassword); !fresh.inside() {
		t.Error("the new password does not let in")
	}
}

func TestOwnCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.account(town.Officer)
	c := w.nobody()
	c.enters(town.Officer, goodPassword)
	c.get("/profile/code.png").wants(http.StatusNotFound)
	p := c.get("/profile/code").form("/profile/code").press("do", codesEnrol).wants(http.StatusOK)
	secret := textOf(all(p.document(), class("dc-secret"))[0])
	again := c.post("/profile/code", url.Values{"do": {codesEnrol}}).wants(http.StatusOK)
	if textOf(all(again.document(), class("dc-secret"))[0]) != secret {
		t.Error("asked twice, there are two secrets")
	}
	picture := c.get("/profile/code.png").wants(http.StatusOK)
	if _, err := png.Decode(strings.NewReader(picture.body)); err != nil || picture.header.Get("Cache-Control") != "no-store" {
		t.Errorf("picture: %v, %v", err, picture.header)
	}
	p.form("/profile/code").set("code", "000000").press("do", codesConfirm).wants(http.StatusUnprocessableEntity)
	on := p.form("/profile/code").set("code", w.codeOf(secret)).press("do", codesConfirm).wants(http.StatusOK)
	if strings.Contains(on.body, secret) || c.get("/profile/code.png").status != http.StatusNotFound {
		t.Error("the secret is still shown")
	}
	on.form("/profile/code").set("password", "wrong").press("do", codesOff).wants(http.StatusUnprocessableEntity)
	on.form("/profile/code").set("password", goodPassword).press("do", codesOff).wants(http.StatusOK)
	fresh := w.nobody()
	if fresh.enters(town.Officer, goodPassword); !fresh.inside() {
		t.Error("a code is still asked for")
	}
	c.post("/profile/code", url.Values{"do": {"nonsense"}}).wants(http.StatusBadRequest)
}

func TestAccountCare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	admin, officer := w.as(town.Administrator), w.as(town.Officer)
	at := "/admin/people/" + town.Officer
	for _, c := range []*client{officer, w.as(town.Applicant), w.as(town.PersonID(town.Supervisor, "supervisor", 1))} {
		c.get(at + "/account").wants(http.StatusForbidden)
		for _, act := range []string{"/password", "/drop-code", "/end-sessions"} {
			c.post(at+act, url.Values{"key": {"k"}}).wants(http.StatusForbidden)
		}
	}
	if !officer.inside() {
		t.Fatal("somebody else ended a session")
	}
	form := admin.get(at+"/account").wants(http.StatusOK).form(at+"/password").set("username", "li.officer")
	p := form.submit().wants(http.StatusOK)
	password := textOf(all(p.document(), class("dc-secret"))[0])
	form.submit().wants(http.StatusConflict)
	if officer.inside() {
		t.Error("sessions outlive a reset")
	}
	c := w.nobody()
	c.enters("li.officer", password).form("/sign-in/password").set("current", password).set("new", goodPassword).set("repeat", goodPassword).submit()
	if !c.inside() {
		t.Fatal("the temporary password does not let in")
	}
	c.enrol()
	for range 2 {
		admin.post(at+"/drop-code", nil).wants(http.StatusOK)
	}
	fresh := w.nobody()
	if fresh.enters("li.officer", goodPassword); !fresh.inside() {
		t.Error("a code is still asked for")
	}
	admin.post(at+"/end-sessions", nil).wants(http.StatusOK)
	if c.inside() || !admin.inside() {
		t.Error("not the person's sessions ended")
	}
	for _, act := range []string{"/password", "/drop-code", "/end-sessions"} {
		if got := admin.post("/admin/people/nobody-there"+act, url.Values{"key": {act}}); got.status != http.StatusNotFound && got.status != http.StatusConflict {
			t.Errorf("%s of nobody: %d", act, got.status)
		}
	}
}
