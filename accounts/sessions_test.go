package accounts_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/store"
	"datacharter/store/storetest"
)

// site signs in whoever asks, for tests of what a browser's session holds.
type site struct {
	*accounts.Sessions
	t     *testing.T
	store *store.Store
	url   string
	late  time.Duration // by which the clock of the sessions is ahead
}

func openSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, store: storetest.SQLite.Open(t, store.Options{})}
	for _, person := range []string{"anna", "bert"} {
		if err := s.store.CreatePerson(t.Context(), person, "某"); err != nil {
			t.Fatal(err)
		}
	}
	s.Sessions = accounts.NewSessions(s.store, accounts.DefaultLifetimes, false, func() time.Time { return time.Now().Add(s.late) })
	mux := http.NewServeMux()
	mux.HandleFunc("/in/{person}", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.SignIn(r.Context(), r.PathValue("person"), accounts.Agent(r.UserAgent())); err != nil {
			t.Error(err)
		}
		s.Put(r.Context(), "of", r.PathValue("person"))
	})
	mux.HandleFunc("/half/{person}", func(_ http.ResponseWriter, r *http.Request) {
		s.Await(r.Context(), r.PathValue("person"), accounts.OwesCode)
	})
	mux.HandleFunc("/again", func(_ http.ResponseWriter, r *http.Request) { s.Reentered(r.Context()) })
	mux.HandleFunc("/odd", func(_ http.ResponseWriter, r *http.Request) { s.Put(r.Context(), "odd", 1.5) })
	mux.HandleFunc("/out", func(_ http.ResponseWriter, r *http.Request) {
		if err := s.SignOut(r.Context()); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		owing, owes := s.Awaiting(ctx)
		_, _ = fmt.Fprintf(w, "%s|%s%s|%t|%s", s.Person(ctx), owing, owes, s.Fresh(ctx), s.GetString(ctx, "of"))
	})
	server := httptest.NewServer(s.LoadAndSave(mux))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

// browser is one with cookies of its own.
func (s *site) browser() func(path string) string {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	return func(path string) string {
		s.t.Helper()
		request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
		if err != nil {
			s.t.Fatal(err)
		}
		request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
		response, err := client.Do(request)
		if err != nil {
			s.t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			s.t.Fatal(err)
		}
		if response.StatusCode != http.StatusOK {
			return response.Status
		}
		return string(body)
	}
}

func (s *site) sessions(person string) []store.Session {
	s.t.Helper()
	list, err := s.store.ListSessions(s.t.Context(), person)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func TestSessions(t *testing.T) {
	s := openSite(t)
	one, two := s.browser(), s.browser()
	if got := one("/"); got != "||false|" || len(s.sessions("anna")) != 0 {
		t.Errorf("before: %s", got)
	}
	one("/half/anna")
	if got := one("/"); got != "|annacode|false|" {
		t.Errorf("half way: %s", got)
	}
	s.late = 5 * time.Minute
	if got := one("/"); got != "||false|" {
		t.Errorf("half way, too late: %s", got)
	}
	s.late = 0
	one("/in/anna")
	two("/in/anna")
	if got := one("/"); got != "anna||true|anna" {
		t.Errorf("signed in: %s", got)
	}
	list := s.sessions("anna")
	if len(list) != 2 || list[0].Agent != "Firefox, Linux" {
		t.Fatalf("sessions: %+v", list)
	}
	s.late = 5 * time.Minute
	if got := one("/"); got != "anna||false|anna" {
		t.Errorf("after five minutes: %s", got)
	}
	one("/again")
	if got := one("/"); got != "anna||true|anna" {
		t.Errorf("entered anew: %s", got)
	}
	s.late = 0
	two("/in/bert")
	if got := two("/"); got != "bert||true|bert" || len(s.sessions("anna")) != 1 {
		t.Errorf("another person on the same browser: %s", got)
	}
	if err := s.store.EndSessions(t.Context(), "anna", ""); err != nil {
		t.Fatal(err)
	}
	if got := one("/"); got != "||false|" {
		t.Errorf("after its end: %s", got)
	}
	two("/out")
	if got := two("/"); got != "||false|" || len(s.sessions("bert")) != 0 {
		t.Errorf("signed out: %s", got)
	}
	if got := one("/odd"); got == "" {
		t.Error("a session holds what its codec cannot write")
	}
}

// Reading pages does not write: the row stays as it is until the expiry has moved by a minute.
func TestReadingWritesNoSession(t *testing.T) {
	s := openSite(t)
	visit := s.browser()
	visit("/in/anna")
	before := s.sessions("anna")[0]
	for range 3 {
		visit("/")
	}
	if after := s.sessions("anna")[0]; !after.LastSeen.Equal(before.LastSeen) || !after.ExpiresAt.Equal(before.ExpiresAt) || string(after.Data) != string(before.Data) {
		t.Errorf("written: %+v, before %+v", after, before)
	}
	if left := time.Until(before.ExpiresAt); left > 30*time.Minute || left < 29*time.Minute {
		t.Errorf("expires in %s", left)
	}
}

func TestCookie(t *testing.T) {
	for _, secure := range []bool{false, true} {
		c := accounts.NewSessions(nil, accounts.DefaultLifetimes, secure, time.Now).Cookie
		if !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteLaxMode || c.Persist || c.Path != "/" || c.Domain != "" {
			t.Errorf("secure %t: %+v", secure, c)
		}
	}
}

func TestFresh(t *testing.T) {
	l := accounts.DefaultLifetimes
	for entered, want := range map[time.Time]bool{
		{}: false, start: true, start.Add(-5*time.Minute + time.Second): true, start.Add(-5 * time.Minute): false, start.Add(time.Second): false,
	} {
		if l.IsFresh(entered, start) != want {
			t.Errorf("entered at %s: want %t", entered, want)
		}
	}
}

func TestAgent(t *testing.T) {
	for header, want := range map[string]string{
		"": "",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                                          "Chromium, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":                  "Edge, Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":                          "Safari, macOS",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50":            "WeChat, iOS",
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                          "Chromium, Android",
		"Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser": "Chromium, HarmonyOS",
		"curl/8.0 <script>": "",
	} {
		if got := accounts.Agent(header); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}
