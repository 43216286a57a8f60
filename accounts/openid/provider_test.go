package openid_test

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

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const (
	clientID = "datacharter"
	secret   = "a secret"
	callback = "http://127.0.0.1/callback"
)

// provider is an identity provider that lets in whoever asks.
type provider struct {
	t      *testing.T
	server *httptest.Server
	key    *rsa.PrivateKey

	mu     sync.Mutex
	down   bool
	asked  int // requests for its discovery document
	claims map[string]any
	alter  func(claims map[string]any) // of the next token
	signer *rsa.PrivateKey             // another key than the published one
	codes  map[string]url.Values       // the request that each code answers
}

func startProvider(t *testing.T) *provider {
	t.Helper()
	key := newKey(t)
	p := &provider{t: t, key: key, signer: key, codes: map[string]url.Values{}, claims: map[string]any{"sub": "s-1", "name": "安娜"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discover)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("POST /token", p.token)
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.down {
			w.WriteHeader(http.StatusServiceUnavailable)
			p.asked++
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.server.Close)
	return p
}

func newKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (p *provider) answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.t.Error(err)
	}
}

func (p *provider) discover(w http.ResponseWriter, _ *http.Request) {
	p.asked++
	p.answer(w, http.StatusOK, map[string]any{
		"issuer": p.server.URL, "authorization_endpoint": p.server.URL + "/authorize", "token_endpoint": p.server.URL + "/token", "jwks_uri": p.server.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"},
	})
}

func (p *provider) keys(w http.ResponseWriter, _ *http.Request) {
	p.answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
}

// let lets a person in who was sent to the address, and returns the query with which the provider sends him back.
func (p *provider) let(address string) url.Values {
	p.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": clientID, "redirect_uri": callback, "code_challenge_method": "S256", "scope": "openid profile",
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
func (p *provider) token(w http.ResponseWriter, r *http.Request) {
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
		(id != clientID && id != url.QueryEscape(clientID)) || (password != secret && password != url.QueryEscape(secret)) {
		p.answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{"iss": p.server.URL, "aud": clientID, "iat": start.Unix(), "exp": start.Unix() + 300, "nonce": request.Get("nonce")}
	for name, value := range p.claims {
		claims[name] = value
	}
	if p.alter != nil {
		p.alter(claims)
	}
	answer := map[string]any{"access_token": "opaque", "token_type": "Bearer"}
	if claims["iss"] != nil {
		answer["id_token"] = p.sign(claims)
	}
	p.answer(w, http.StatusOK, answer)
}

func (p *provider) sign(claims map[string]any) string {
	options := (&jose.SignerOptions{}).WithType("JWT").WithHeader("kid", "k")
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: p.signer}, options)
	if err != nil {
		p.t.Error(err)
	}
	raw, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		p.t.Error(err)
	}
	return raw
}
