package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"

	"datacharter/accounts"
	"datacharter/internal/town"
)

const (
	goodPassword  = "correct Öl und 三盏灯"
	otherPassword = "another Öl und 四盏灯"
)

// strict lets sessions live and ask as they do in real use.
func strict(_ *world, o *Options) { o.Lifetimes = accounts.DefaultLifetimes }

// temporary gives a person a local account under his ID, with a temporary password.
func (w *world) temporary(person string) string {
	w.t.Helper()
	made, refused, err := w.server.accounts.SetTemporary(context.Background(), person, "")
	if refused != nil || err != nil {
		w.t.Fatalf("refused %+v, error %v", refused, err)
	}
	return made.Password
}

// account gives a person a local account under his ID with the password goodPassword.
func (w *world) account(person string) {
	w.t.Helper()
	refused, err := w.server.accounts.ChangePassword(context.Background(), person, w.temporary(person), goodPassword, "")
	if refused != nil || err != nil {
		w.t.Fatalf("refused %+v, error %v", refused, err)
	}
}

// enters fills in the page of signing in.
func (c *client) enters(username, password string) *page {
	c.w.t.Helper()
	return c.get("/sign-in").fillIn(username, password)
}

func (p *page) fillIn(username, password string) *page {
	p.w.t.Helper()
	for _, f := range p.forms("/sign-in") {
		if len(named(f.node, "password")) > 0 {
			return f.set("username", username).set("password", password).submit()
		}
	}
	p.w.t.Fatal("no form takes a password")
	return nil
}

// named finds the controls with a name.
func named(below *html.Node, name string) []*html.Node {
	return all(below, func(n *html.Node) bool { return attr(n, "name") == name })
}

// complaint is all that the page says is wrong.
func (p *page) complaint() string {
	var said []string
	for _, n := range all(p.document(), class("govuk-error-summary")) {
		said = append(said, textOf(n))
	}
	return strings.Join(said, " ")
}

// enrol switches one-time codes on for who is signed in, and returns their secret.
func (c *client) enrol() string {
	c.w.t.Helper()
	p := c.get("/profile/code").wants(http.StatusOK).form("/profile/code").press("do", codesEnrol)
	secret := textOf(all(p.document(), class("dc-secret"))[0])
	p.form("/profile/code").set("code", c.w.codeOf(secret)).press("do", codesConfirm).wants(http.StatusOK)
	return secret
}

// codeOf is the one-time code of a secret now.
func (w *world) codeOf(secret string) string {
	w.t.Helper()
	code, err := totp.GenerateCode(secret, w.Now())
	w.Must(err)
	return code
}

// inside reports whether somebody is signed in.
func (c *client) inside() bool { return c.steadfast().get("/profile").status == http.StatusOK }

func (w *world) pass(d time.Duration) { w.SetNow(w.Now().Add(d)) }

func TestSignInWithPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	w.account(town.Officer)
	c := w.nobody()
	wrong := c.enters(town.Officer, "wrong").wants(http.StatusForbidden)
	unknown := c.enters("nobody-there", "wrong").wants(http.StatusForbidden)
	if len(wrong.complaint()) == 0 || wrong.complaint() != unknown.complaint() {
		t.Errorf("a wrong password is told from an unknown name: %q, %q", wrong.complaint(), unknown.complaint())
	}
	if strings.Contains(wrong.body, "wrong\"") || c.inside() {
		t.Error("a wrong password is repeated, or lets in")
	}
	for name, want := range map[string]string{"username": "username", "password": "current-password"} {
		for _, f := range c.get("/sign-in").forms("/sign-in") {
			if n := named(f.node, name); len(n) == 1 && attr(n[0], "autocomplete") != want {
				t.Errorf("%s: autocomplete %q", name, attr(n[0], "autocomplete"))
			}
		}
	}
	c.enters(town.Officer, goodPassword)
	if !c.inside() {
		t.Fatal("the right password does not let in")
	}
	c.post("/sign-out", nil)
	if c.inside() {
		t.Error("still inside after signing out")
	}
	if got := w.log.take(); strings.Contains(got, goodPassword) || strings.Contains(got, town.Officer) {
		t.Errorf("the log names somebody or a password: %s", got)
	}
}

func TestLockout(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	w.account(town.Officer)
	c := w.nobody()
	for range 5 {
		c.enters(town.Officer, "wrong").wants(http.StatusForbidden)
	}
	if c.enters(town.Officer, goodPassword).wants(http.StatusForbidden); c.inside() {
		t.Fatal("the right password lets in during a lock")
	}
	w.pass(15 * time.Minute)
	if c.enters(town.Officer, goodPassword); !c.inside() {
		t.Error("still locked after the lock")
	}
}

// TestFirstPassword: who has a temporary password gets nowhere before he has changed it.
func TestFirstPassword(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	password := w.temporary(town.Officer)
	c := w.nobody()
	ask := c.get("/sign-in?return=/profile/tokens").fillIn(town.Officer, password).wants(http.StatusOK)
	if c.inside() {
		t.Fatal("a temporary password lets in")
	}
	form := func() *blank { return ask.form("/sign-in/password") }
	for name, entered := range map[string][3]string{
		"current": {"wrong", goodPassword, goodPassword}, "new": {password, "short", "short"}, "repeat": {password, goodPassword, otherPassword},
	} {
		p := form().set("current", entered[0]).set("new", entered[1]).set("repeat", entered[2]).submit().wants(http.StatusUnprocessableEntity)
		if got := named(p.document(), name); len(got) != 1 || attr(got[0], "aria-invalid") != "true" || c.inside() {
			t.Errorf("%s: not blamed", name)
		}
	}
	done := form().set("current", password).set("new", goodPassword).set("repeat", goodPassword).submit().wants(http.StatusOK)
	if done.at.Path != "/profile/tokens" || !c.inside() {
		t.Errorf("led to %s", done.at)
	}
	late := form().set("current", goodPassword).set("new", otherPassword).set("repeat", otherPassword).submit()
	late.wants(http.StatusConflict) // nothing is owed any more
}

func TestOneTimeCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	w.account(town.Officer)
	c := w.nobody()
	c.enters(town.Officer, goodPassword)
	secret := c.enrol()
	c.post("/sign-out", nil)
	ask := c.enters(town.Officer, goodPassword).wants(http.StatusOK)
	if c.inside() {
		t.Fatal("a password without its code lets in")
	}
	form := ask.form("/sign-in/code")
	if got := attr(form.control("code")[0], "autocomplete"); got != "one-time-code" {
		t.Errorf("autocomplete %q", got)
	}
	if form.set("code", "000000").submit().wants(http.StatusForbidden); c.inside() {
		t.Fatal("a wrong code lets in")
	}
	w.pass(30 * time.Second)
	code := w.codeOf(secret)
	ask.form("/sign-in/code").set("code", code).submit()
	if !c.inside() {
		t.Fatal("the right code does not let in")
	}
	again := w.nobody()
	again.enters(town.Officer, goodPassword).form("/sign-in/code").set("code", code).submit().wants(http.StatusForbidden)
	if again.inside() {
		t.Error("a code counts twice")
	}
	w.pass(accounts.DefaultLifetimes.Code)
	again.enters(town.Officer, goodPassword)
	w.pass(accounts.DefaultLifetimes.Code)
	again.post("/sign-in/code", url.Values{"code": {w.codeOf(secret)}}).wants(http.StatusConflict)
	if again.inside() {
		t.Error("a code counts long after its password")
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, strict)
	idle := w.as(town.Officer)
	w.pass(30*time.Minute - time.Second)
	if !idle.inside() {
		t.Error("gone before half an hour without a request")
	}
	w.pass(30*time.Minute + time.Second)
	if idle.inside() {
		t.Error("inside after half an hour without a request")
	}
	busy := w.as(town.Officer)
	for began := w.Now(); w.Now().Sub(began) < 12*time.Hour-20*time.Minute; w.pass(20 * time.Minute) {
		if !busy.inside() {
			t.Fatalf("gone after %s of work", w.Now().Sub(began))
		}
	}
	w.pass(20 * time.Minute)
	if busy.inside() {
		t.Error("inside after twelve hours")
	}
}

func TestReturnAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for sent, want := range map[string]string{
		"/profile": "/profile", "//evil.example": "/", "https://evil.example/": "/", `/\evil.example`: "/", "": "/", "/a\r\nb": "/",
	} {
		p := w.nobody().steadfast().post("/sign-in", url.Values{"person": {town.Officer}, "return": {sent}})
		if got := p.header.Get("Location"); p.status != http.StatusSeeOther || got != want {
			t.Errorf("%q led to %q with %d", sent, got, p.status)
		}
	}
}

// TestSessionCookie: over HTTPS the cookie goes to this host over TLS alone, and no script reads it.
func TestSessionCookie(t *testing.T) {
	t.Parallel()
	for public, prefix := range map[string]string{"http://127.0.0.1:8080": "", "https://data.example": "__Host-"} {
		w := newWorld(t, func(_ *world, o *Options) {
			u, err := url.Parse(public)
			if err != nil {
				t.Fatal(err)
			}
			o.PublicURL = u
		})
		p := w.nobody().steadfast().post("/sign-in", url.Values{"person": {town.Officer}})
		found := false
		for _, c := range (&http.Response{Header: p.header}).Cookies() {
			if c.Name == "datacharter-language" {
				continue
			}
			found = found || c.Name == prefix+"datacharter"
			if !strings.HasPrefix(c.Name, prefix) || !c.HttpOnly || c.Secure != (prefix != "") || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("%s: %s", public, c)
			}
		}
		if !found || (p.header.Get("Strict-Transport-Security") != "") != (prefix != "") {
			t.Errorf("%s: %v", public, p.header)
		}
	}
}

// TestNoSessionForNobody: who only looks gets no cookie and no session.
func TestNoSessionForNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.nobody()
	for _, path := range []string{"/sign-in", "/", "/nowhere", "/profile"} {
		if p := c.steadfast().get(path); len(p.header.Values("Set-Cookie")) > 0 {
			t.Errorf("%s sets %v", path, p.header.Values("Set-Cookie"))
		}
	}
	signedIn := w.as(town.Officer)
	signedIn.get("/profile")
	if p := signedIn.get("/profile"); len(p.header.Values("Set-Cookie")) > 0 {
		t.Errorf("a cookie that the browser has is sent again: %v", p.header.Values("Set-Cookie"))
	}
}

// TestSessionNotSaved: when a session cannot be stored, the visitor is told so, and not that all is well.
func TestSessionNotSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.server.sessions.Store = lostStore{}
	p := w.nobody().steadfast().post("/sign-in", url.Values{"person": {town.Officer}})
	p.wants(http.StatusInternalServerError)
	if p.header.Get("Location") != "" || p.heading() == "" || strings.Count(p.body, "<h1") != 1 {
		t.Errorf("answered %v %s", p.header, p.body)
	}
	if got := w.log.take(); !strings.Contains(got, errLost.Error()) {
		t.Errorf("logged %s", got)
	}
}

var errLost = errors.New("the disk is full")

// lostStore stores nothing.
type lostStore struct{}

func (lostStore) Find(string) ([]byte, bool, error)      { return nil, false, nil }
func (lostStore) Commit(string, []byte, time.Time) error { return errLost }
func (lostStore) Delete(string) error                    { return nil }

func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := w.nobody()
	body := strings.NewReader(url.Values{"person": {town.Officer}}.Encode())
	p := c.send(http.MethodPost, "/sign-in", body, "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	p.wants(http.StatusForbidden)
	if c.inside() {
		t.Error("another site's page signs people in")
	}
}

func TestContentPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := w.nobody().get("/sign-in"), w.nobody().get("/sign-in")
	policy := one.header.Get("Content-Security-Policy")
	if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || policy == two.header.Get("Content-Security-Policy") {
		t.Errorf("policy %q", policy)
	}
	for _, p := range []*page{one, w.as(town.Officer).get("/profile"), w.as(town.Officer).get("/profile/access")} {
		for _, n := range all(p.document(), tag("style")) {
			t.Errorf("%s has a style of its own: %s", p.at, textOf(n))
		}
		if strings.Contains(p.body, " style=") || strings.Contains(p.body, " onclick=") {
			t.Errorf("%s has styles or scripts in it", p.at)
		}
	}
}
