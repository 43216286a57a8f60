package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/accounts/openid"
	"datacharter/domain/authorization"
	"datacharter/internal/issuer"
	"datacharter/internal/town"
)

// withProvider opens pages that know an identity provider, at which the person of the town called officer is known as s-1.
func withProvider(t *testing.T) (*world, *issuer.Provider) {
	t.Helper()
	var p *issuer.Provider
	w := newWorld(t, strict, func(w *world, o *Options) {
		callback := o.PublicURL.JoinPath(callbackPath).String()
		p = issuer.Start(t, callback, w.Now)
		dir := t.TempDir()
		secret, file := filepath.Join(dir, "secret"), filepath.Join(dir, "oidc.yaml")
		settings := fmt.Sprintf(`
issuer: %s
client_id: %s
client_secret_file: %s
redirect_url: %s
role_claim: roles
roles:
  office: {organization: %s, role: case-officer}
`, p.URL, issuer.ClientID, secret, callback, town.Agency)
		w.Must(os.WriteFile(secret, []byte(issuer.Secret), 0o600))
		w.Must(os.WriteFile(file, []byte(settings), 0o600))
		loaded, err := openid.Load(file)
		w.Must(err)
		o.OpenID = openid.New(loaded, w.Store, slog.New(slog.DiscardHandler), w.Now)
	})
	p.Claims["roles"] = []string{"office"}
	return w, p
}

// sentOn is where a page sends the browser by itself.
func (p *page) sentOn() string {
	p.w.t.Helper()
	_, address, ok := strings.Cut(p.wants(http.StatusOK).header.Get("Refresh"), "url=")
	if !ok {
		p.w.t.Fatalf("%s sends nobody on", p.at)
	}
	return address
}

// back comes from the provider.
func (c *client) back(query url.Values) *page { return c.get(callbackPath + "?" + query.Encode()) }

func TestSignInThroughProvider(t *testing.T) {
	t.Parallel()
	w, p := withProvider(t)
	c := w.nobody()
	away := c.get("/sign-in?return=/profile/tokens").form("/sign-in/oidc").submit()
	address := away.sentOn()
	if !strings.HasPrefix(address, p.URL+"/authorize?") || strings.Contains(address, "prompt") {
		t.Fatalf("sent to %s", address)
	}
	query := p.Let(address)
	done := c.back(query).wants(http.StatusOK)
	if done.at.Path != "/profile/tokens" || !c.inside() || !strings.Contains(done.text(), "安娜") {
		t.Fatalf("led to %s", done.at)
	}
	if again := c.back(query); again.status != http.StatusConflict {
		t.Errorf("an answer counts twice: %d", again.status)
	}
	other := w.nobody()
	if got := other.back(query); got.status != http.StatusConflict || other.inside() {
		t.Errorf("an answer counts in another browser: %d", got.status)
	}
	denied := w.nobody()
	state := p.Let(denied.get("/sign-in").form("/sign-in/oidc").submit().sentOn()).Get("state")
	if got := denied.back(url.Values{"error": {"access_denied"}, "state": {state}}).wants(http.StatusForbidden); denied.inside() || got.complaint() == "" {
		t.Error("who was declined is not told")
	}
	if newWorld(t).nobody().post("/sign-in/oidc", nil).status != http.StatusNotFound {
		t.Error("there is a way to a provider that there is not")
	}
}

// TestStepUpAtProvider: who was let in without being asked for anything has not entered lately; the provider makes him, and he goes on where he was.
func TestStepUpAtProvider(t *testing.T) {
	t.Parallel()
	w, p := withProvider(t)
	c := w.nobody()
	c.back(p.Let(c.get("/sign-in").form("/sign-in/oidc").submit().sentOn()))
	asked := c.post("/profile/tokens", url.Values{"label": {"甲"}, "days": {"7"}}).wants(http.StatusForbidden)
	address := asked.form("/step-up").submit().sentOn()
	if !strings.Contains(address, "prompt=login") {
		t.Errorf("sent to %s", address)
	}
	stale := p.Let(address)
	p.Claims["auth_time"] = w.Now().Add(-time.Hour).Unix()
	if got := c.back(stale).wants(http.StatusForbidden); got.complaint() == "" {
		t.Error("nobody says that he was not made to enter")
	}
	if c.get("/profile/code").at.Path != "/step-up" {
		t.Fatal("an old entry is enough")
	}
	asked = c.post("/profile/tokens", url.Values{"label": {"甲"}, "days": {"7"}})
	query := p.Let(asked.form("/step-up").submit().sentOn())
	p.Claims["auth_time"] = w.Now().Unix()
	back := c.back(query).wants(http.StatusOK)
	filled := back.form("/profile/tokens").submit().wants(http.StatusOK)
	if got := attr(named(filled.document(), "label")[0], "value"); got != "甲" {
		t.Errorf("came back as %q", got)
	}
	if gone := c.get("/sign-in/back"); gone.at.Path == "/sign-in/back" {
		t.Error("the form still waits in the session after it came back")
	}
	// Somebody else at the provider is not the person of the session.
	w.pass(accounts.DefaultLifetimes.Fresh)
	p.Claims["sub"], p.Claims["name"], p.Claims["auth_time"] = "s-2", "另一人", w.Now().Unix()
	c.back(p.Let(c.get("/profile/code").form("/step-up").submit().sentOn())).wants(http.StatusForbidden)
	if c.get("/profile/code").at.Path != "/step-up" {
		t.Error("another person's entry is enough")
	}
}

// TestInterruptedAtProvider: a form survives the way to the provider and back, in a browser that had signed in before.
func TestInterruptedAtProvider(t *testing.T) {
	t.Parallel()
	w, p := withProvider(t)
	id := w.AuthorizationIn(authorization.Submitted)
	at := "/authorizations/" + id + "/do/refuse"
	c := w.nobody()
	signIn := func(at *page) *page { return c.back(p.Let(at.form("/sign-in/oidc").submit().sentOn())) }
	signIn(c.get("/sign-in"))
	form := c.get(at).form(at).set("reason", "材料不实")
	w.pass(time.Hour)
	back := signIn(form.submit()).wants(http.StatusOK)
	filled := back.form(at).submit().wants(http.StatusOK)
	if got := textOf(named(filled.document(), "reason")[0]); got != "材料不实" {
		t.Errorf("came back as %q", got)
	}
	stranger := w.nobody()
	asked := stranger.post(at, url.Values{"reason": {"陌生人"}})
	c = stranger
	if got := signIn(asked); got.at.Path != "/" && got.at.Path != "/inbox" {
		t.Errorf("the store keeps forms of strangers: led to %s", got.at)
	}
}

// TestRedirectAddress: a provider that sends people elsewhere is found out at the start.
func TestRedirectAddress(t *testing.T) {
	w := newWorld(t)
	file := filepath.Join(t.TempDir(), "oidc.yaml")
	w.Must(os.WriteFile(file, []byte("issuer: https://id.example\nclient_id: c\nredirect_url: https://other.example/callback\n"), 0o600))
	loaded, err := openid.Load(file)
	w.Must(err)
	options := Options{Desk: w.Desk, PublicURL: w.server.public, OpenID: openid.New(loaded, w.Store, slog.Default(), w.Now)}
	if _, err := New(options); err == nil || !strings.Contains(err.Error(), "redirect_url") {
		t.Errorf("error %v", err)
	}
}
