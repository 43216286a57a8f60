package openid_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"datacharter/accounts/openid"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/internal/issuer"
	"datacharter/store"
	"datacharter/store/storetest"
)

var start = time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC)

// world is a relying party with its provider.
type world struct {
	*openid.Party
	*issuer.Provider
	t     *testing.T
	store *store.Store
	log   bytes.Buffer
	late  time.Duration
}

func setup(t *testing.T) *world {
	t.Helper()
	w := &world{t: t}
	now := func() time.Time { return start.Add(w.late) }
	w.Provider = issuer.Start(t, "http://127.0.0.1/callback", func() time.Time { return start })
	w.store = storetest.SQLite.Open(t, store.Options{Now: now, Wall: now})
	for id, kind := range map[string]identity.Kind{"agency": identity.Agency, "operator": identity.Operator} {
		if err := w.store.CreateOrganization(t.Context(), lifecycle.Organization{ID: id, Kind: kind, Name: id}); err != nil {
			t.Fatal(err)
		}
	}
	settings, err := openid.Load(write(t, fmt.Sprintf(example, w.URL)))
	if err != nil {
		t.Fatal(err)
	}
	w.Party = openid.New(settings, w.store, slog.New(slog.NewTextHandler(&w.log, nil)), now)
	return w
}

const example = `
issuer: %s
client_id: datacharter
client_secret_file: SECRET
redirect_url: http://127.0.0.1/callback
role_claim: realm_access.roles
roles:
  office: {organization: agency, role: case-officer}
  chair: {organization: agency, role: chair}
  company: {organization: operator, role: applicant}
`

// write stores settings and a secret, and returns the settings' path.
func write(t *testing.T, settings string) string {
	t.Helper()
	dir := t.TempDir()
	key, file := filepath.Join(dir, "secret"), filepath.Join(dir, "oidc.yaml")
	for path, content := range map[string]string{key: issuer.Secret + "\n", file: strings.Replace(settings, "SECRET", key, 1)} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// begin sends a person to the provider.
func (w *world) begin(person string) (address, keep string) {
	w.t.Helper()
	address, keep, refused, err := w.Begin(w.t.Context(), person)
	if refused != nil || err != nil {
		w.t.Fatalf("refused %+v, error %v", refused, err)
	}
	return address, keep
}

// finish is Finish with the code of its refusal.
func (w *world) finish(keep string, query url.Values) (person, code string) {
	w.t.Helper()
	person, refused, err := w.Finish(w.t.Context(), keep, query)
	if err != nil {
		w.t.Fatal(err)
	}
	if refused != nil {
		code = refused.Code
	}
	if (person == "") != (code != "") {
		w.t.Errorf("person %q and code %q", person, code)
	}
	return person, code
}

// signIn goes all the way.
func (w *world) signIn() (person, code string) {
	w.t.Helper()
	address, keep := w.begin("")
	return w.finish(keep, w.Let(address))
}

// roles sets the claim of roles.
func (w *world) roles(values ...any) {
	w.Claims["realm_access"] = map[string]any{"roles": append([]any{}, values...)}
}

func (w *world) held(person string) string {
	w.t.Helper()
	grants, err := w.store.Grants(w.t.Context(), person)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, g := range grants {
		out = append(out, g.Organization+"/"+string(g.Role))
	}
	return strings.Join(out, " ")
}

func TestFirstSignIn(t *testing.T) {
	w := setup(t)
	w.roles("office", "unknown", 7)
	person, code := w.signIn()
	if code != "" || !strings.HasPrefix(person, "oidc-") || len(person) != 21 || strings.Contains(person, "s-1") {
		t.Fatalf("signed in as %q, refused with %q", person, code)
	}
	if p, err := w.store.GetPerson(t.Context(), person); err != nil || p.Name != "安娜" {
		t.Errorf("person %+v, error %v", p, err)
	}
	if got := w.held(person); got != "agency/case-officer" {
		t.Errorf("held: %s", got)
	}
	w.Claims["name"] = "another"
	if again, code := w.signIn(); again != person || code != "" {
		t.Errorf("again as %q, refused with %q", again, code)
	}
	w.Claims["sub"] = "s-2"
	if other, code := w.signIn(); other == person || code != "" {
		t.Errorf("another subject is %q, refused with %q", other, code)
	}
	if w.Asked != 1 {
		t.Errorf("the provider was asked %d times what it is", w.Asked)
	}
	if log := w.log.String(); log != "" {
		t.Errorf("log: %s", log)
	}
}

func TestGrantsFollowTheClaims(t *testing.T) {
	w := setup(t)
	w.roles("office", "chair")
	person, _ := w.signIn()
	if err := w.store.Grant(t.Context(), person, "agency", identity.Secretary); err != nil {
		t.Fatal(err)
	}
	step := func(want string, roles ...any) {
		t.Helper()
		w.roles(roles...)
		if _, code := w.signIn(); code != "" || w.held(person) != want {
			t.Errorf("refused with %q, held: %s, want %s", code, w.held(person), want)
		}
	}
	step("agency/chair agency/secretary", "chair")
	if w.log.Len() > 0 {
		t.Errorf("log: %s", w.log.String())
	}
	step("agency/secretary", "company") // nobody serves both sides
	if log := w.log.String(); !strings.Contains(log, "organization=operator role=applicant") || strings.Contains(log, "安娜") || strings.Contains(log, "s-1") || strings.Contains(log, person) {
		t.Errorf("log: %s", log)
	}
	step("agency/case-officer agency/secretary", "office")
	w.Claims["realm_access"] = "nonsense"
	if _, code := w.signIn(); code != "" || w.held(person) != "agency/secretary" {
		t.Errorf("refused with %q, held: %s", code, w.held(person))
	}
	delete(w.Claims, "realm_access")
	w.Claims["realm_access.roles"] = "office"
	if _, code := w.signIn(); code != "" || w.held(person) != "agency/case-officer agency/secretary" {
		t.Errorf("one value under the claim's own name: refused with %q, held: %s", code, w.held(person))
	}
}

func TestTokensThatAreNotBelieved(t *testing.T) {
	w := setup(t)
	for name, alter := range map[string]func(c map[string]any){
		"another nonce":          func(c map[string]any) { c["nonce"] = "another" },
		"no nonce":               func(c map[string]any) { delete(c, "nonce") },
		"expired":                func(c map[string]any) { c["exp"] = start.Unix() - 1 },
		"no expiry":              func(c map[string]any) { delete(c, "exp") },
		"another audience":       func(c map[string]any) { c["aud"] = "another" },
		"audiences, no party":    func(c map[string]any) { c["aud"] = []string{issuer.ClientID, "another"} },
		"for another party":      func(c map[string]any) { c["aud"], c["azp"] = []string{issuer.ClientID, "another"}, "another" },
		"another issuer":         func(c map[string]any) { c["iss"] = "https://id.invalid" },
		"no subject":             func(c map[string]any) { delete(c, "sub") },
		"no token":               func(c map[string]any) { delete(c, "iss") },
		"valid from tomorrow":    func(c map[string]any) { c["nbf"] = start.Add(24 * time.Hour).Unix() },
		"claims of a wrong type": func(c map[string]any) { c["azp"] = 7 },
	} {
		w.Alter = alter
		if _, code := w.signIn(); code != refusal.ProviderNotTrusted.Name {
			t.Errorf("%s: refused with %q", name, code)
		}
	}
	w.Alter, w.Signer = nil, issuer.NewKey(t)
	if _, code := w.signIn(); code != refusal.ProviderNotTrusted.Name {
		t.Errorf("another key: refused with %q", code)
	}
	w.Signer = w.Key
	w.Alter = func(c map[string]any) { c["aud"], c["azp"] = []string{issuer.ClientID, "another"}, issuer.ClientID }
	if _, code := w.signIn(); code != "" {
		t.Errorf("two audiences and this party: refused with %q", code)
	}
	if people, err := w.store.ListPeople(t.Context(), "", 0); err != nil || len(people.Items) != 1 {
		t.Errorf("people: %+v, error %v", people.Items, err)
	}
	if strings.Contains(w.log.String(), "安娜") || strings.Contains(w.log.String(), "s-1") {
		t.Error("the log names the person")
	}
}

func TestAnswersThatDoNotFit(t *testing.T) {
	w := setup(t)
	address, keep := w.begin("")
	_, other := w.begin("")
	good := w.Let(address)
	with := func(name, value string) url.Values {
		q := url.Values{"code": good["code"], "state": good["state"]}
		q.Set(name, value)
		return q
	}
	for name, test := range map[string]struct {
		keep  string
		query url.Values
		want  refusal.Code
	}{
		"another state":        {keep, with("state", "another"), refusal.SignInInterrupted},
		"no state":             {keep, url.Values{"code": good["code"]}, refusal.SignInInterrupted},
		"of another browser":   {other, good, refusal.SignInInterrupted},
		"of no browser":        {"", good, refusal.SignInInterrupted},
		"nothing was sent":     {"{}", url.Values{"code": {"c"}, "state": {""}}, refusal.SignInInterrupted},
		"of another issuer":    {keep, with("iss", "https://id.invalid"), refusal.ProviderNotTrusted},
		"declined":             {keep, url.Values{"error": {"access_denied"}, "state": good["state"]}, refusal.ProviderDeclined},
		"neither code nor no":  {keep, url.Values{"state": good["state"]}, refusal.ProviderDeclined},
		"a code that is not":   {keep, with("code", "another"), refusal.ProviderNotTrusted},
		"the verifier differs": {strings.Replace(keep, `"verifier":"`, `"verifier":"x`, 1), w.Let(address), refusal.ProviderNotTrusted},
	} {
		if _, code := w.finish(test.keep, test.query); code != test.want.Name {
			t.Errorf("%s: refused with %q, want %s", name, code, test.want.Name)
		}
	}
	if _, code := w.finish(keep, with("iss", w.URL)); code != "" {
		t.Errorf("the right answer: refused with %q", code)
	}
	if _, code := w.finish(keep, good); code != refusal.ProviderNotTrusted.Name {
		t.Errorf("the same answer again: refused with %q", code)
	}
	address, keep = w.begin("")
	w.late = 10 * time.Minute
	if _, code := w.finish(keep, w.Let(address)); code != refusal.SignInInterrupted.Name {
		t.Errorf("too late: refused with %q", code)
	}
}

func TestNobodyWithoutAName(t *testing.T) {
	w := setup(t)
	for _, name := range []any{nil, "", "  ", 7, strings.Repeat("名", 101)} {
		w.Claims["name"] = name
		if _, code := w.signIn(); code != refusal.ProviderNoName.Name {
			t.Errorf("%.10v: refused with %q", name, code)
		}
	}
}

func TestClosedPerson(t *testing.T) {
	w := setup(t)
	person, _ := w.signIn()
	if err := w.store.ClosePerson(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	if _, code := w.signIn(); code != refusal.PartyClosed.Name {
		t.Errorf("refused with %q", code)
	}
}

func TestEnteringAnew(t *testing.T) {
	w := setup(t)
	person, _ := w.signIn()
	again := func(at any) string {
		t.Helper()
		address, keep := w.begin(person)
		u, err := url.Parse(address)
		if err != nil || u.Query().Get("prompt") != "login" || u.Query().Get("max_age") != "0" {
			t.Errorf("address %s", address)
		}
		w.Claims["auth_time"] = at
		_, code := w.finish(keep, w.Let(address))
		return code
	}
	for at, want := range map[any]string{
		start.Unix(): "", start.Unix() - 30: "", start.Unix() - 61: "not-entered-anew", start.Unix() + 61: "not-entered-anew", nil: "not-entered-anew",
	} {
		if got := again(at); got != want {
			t.Errorf("entered at %v: %q, want %q", at, got, want)
		}
	}
	w.Claims["sub"] = "s-2"
	if got := again(start.Unix()); got != "other-person" {
		t.Errorf("as another: %q", got)
	}
	if people, err := w.store.ListPeople(t.Context(), "", 0); err != nil || len(people.Items) != 1 {
		t.Errorf("entering anew adds a person: %+v, error %v", people.Items, err)
	}
}

func TestProviderThatIsDown(t *testing.T) {
	w := setup(t)
	w.Down = true
	try := func() string {
		_, _, refused, err := w.Begin(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if refused == nil {
			return ""
		}
		return refused.Code
	}
	for range 3 {
		if got := try(); got != "provider-unavailable" {
			t.Errorf("refused with %q", got)
		}
	}
	if w.Asked != 1 {
		t.Errorf("asked %d times in a moment", w.Asked)
	}
	w.Down, w.late = false, 5*time.Second
	if got := try(); got != "" {
		t.Errorf("after it came back: %q", got)
	}
	address, keep := w.begin("")
	query := w.Let(address)
	w.Down = true
	if _, code := w.finish(keep, query); code != refusal.ProviderUnavailable.Name {
		t.Errorf("down before the code was redeemed: %q", code)
	}
}

func TestLoad(t *testing.T) {
	good := fmt.Sprintf(example, "https://id.invalid")
	if _, err := openid.Load(write(t, good)); err != nil {
		t.Error(err)
	}
	if _, err := openid.Load(write(t, `{"issuer":"https://id.invalid","client_id":"c","redirect_url":"https://d.invalid/callback"}`)); err != nil {
		t.Errorf("JSON: %v", err)
	}
	for old, changed := range map[string]string{
		"issuer: https":                    "issuer: http",
		"issuer: https://id.invalid":       "issuer: id.invalid",
		"issuer: https://id":               "issuer: https://user:pass@id",
		"client_id: datacharter":           "client_id: ''",
		"redirect_url: http://127.0.0.1":   "redirect_url: http://192.0.2.1",
		"redirect_url: http://127.0.0.1/":  "redirect_url: /",
		"role_claim: realm_access.roles":   "",
		"role: chair":                      "role: emperor",
		"organization: agency":             "organization: ''",
		"client_secret_file: SECRET":       "client_secret_file: /nowhere/secret",
		"client_secret_file: SECRET\n":     "client_secret_file: " + os.DevNull + "\n",
		"client_id: datacharter\n":         "client_id: datacharter\nnonsense: 1\n",
		"roles:\n":                         "roles: 7\nroles:\n",
		"issuer: https://id.invalid\nclie": "issuer: [\nclie",
	} {
		text := strings.Replace(good, old, changed, 1)
		if text == good {
			t.Fatalf("%q is not in the example", old)
		}
		_, err := openid.Load(write(t, text))
		if err == nil || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), issuer.Secret) {
			t.Errorf("%q: %v", changed, err)
		}
	}
	if _, err := openid.Load(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is read")
	}
}
