// Package issuer is an identity provider for tests, which lets in whoever asks.
package issuer

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// What the provider knows of its one client.
const (
	ClientID = "datacharter"
	Secret   = "a secret"
)

// Provider is an identity provider.
type Provider struct {
	URL    string
	Claims map[string]any              // of whoever asks
	Alter  func(claims map[string]any) // of the next token; may be nil
	Key    *rsa.PrivateKey             // the one that it publishes
	Signer *rsa.PrivateKey             // with which it signs
	Down   bool
	Asked  int // requests for its discovery document

	t        testing.TB
	callback string
	now      func() time.Time
	mu       sync.Mutex
	codes    map[string]url.Values // the request that each code answers
}

// Start starts a provider that sends people back to the callback. It is gone when t ends.
func Start(t testing.TB, callback string, now func() time.Time) *Provider {
	t.Helper()
	key := NewKey(t)
	p := &Provider{
		Key: key, Signer: key, Claims: map[string]any{"sub": "s-1", "name": "安娜"}, t: t, callback: callback, now: now, codes: map[string]url.Values{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discover)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("POST /token", p.token)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.Down {
			w.WriteHeader(http.StatusServiceUnavailable)
			p.Asked++
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// NewKey makes a key.
func NewKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (p *Provider) answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.t.Error(err)
	}
}

func (p *Provider) discover(w http.ResponseWriter, _ *http.Request) {
	p.Asked++
	p.answer(w, http.StatusOK, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	p.answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.Key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
}

// Let lets a person in who was sent to the address, and returns the query with which the provider sends him back.
func (p *Provider) Let(address string) url.Values {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": ClientID, "redirect_uri": p.callback, "code_challenge_method": "S256", "scope": "openid profile",
	} {
		if q.Get(name) != want {
			p.t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	if len(q.Get("state")) < 20 || len(q.Get("nonce")) < 20 || q.Get("state") == q.Get("nonce") {
		p.t.Errorf("state %q, nonce %q", q.Get("state"), q.Get("nonce"))
	}
	code := rand.Text()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.codes[code] = q
	return url.Values{"code": {code}, "state": {q.Get("state")}}
}

// token redeems a code, once, of a client with the secret and the verifier that fits the challenge.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		p.t.Error(err)
	}
	code := r.PostForm.Get("code")
	request, ok := p.codes[code]
	delete(p.codes, code)
	challenge := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	id, password, _ := r.BasicAuth()
	if id == "" { // the library tries both ways
		id, password = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	if !ok || base64.RawURLEncoding.EncodeToString(challenge[:]) != request.Get("code_challenge") ||
		(id != ClientID && id != url.QueryEscape(ClientID)) || (password != Secret && password != url.QueryEscape(Secret)) {
		p.answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{"iss": p.URL, "aud": ClientID, "iat": p.now().Unix(), "exp": p.now().Unix() + 300, "nonce": request.Get("nonce")}
	for name, value := range p.Claims {
		claims[name] = value
	}
	if p.Alter != nil {
		p.Alter(claims)
	}
	answer := map[string]any{"access_token": "opaque", "token_type": "Bearer"}
	if claims["iss"] != nil {
		answer["id_token"] = p.sign(claims)
	}
	p.answer(w, http.StatusOK, answer)
}

func (p *Provider) sign(claims map[string]any) string {
	options := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k")
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: p.Signer}, options)
	if err != nil {
		p.t.Error(err)
	}
	raw, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		p.t.Error(err)
	}
	return raw
}
