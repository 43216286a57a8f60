package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/calendars"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/internal/town"
	"datacharter/reconcile"
	"datacharter/workflows"
)

// world is the pages on a town of their own, served on a port of this machine.
type world struct {
	*town.Town
	t        testing.TB
	server   *server
	at       string // where the pages are, without a slash at the end
	listener *httptest.Server
	log      logged
	stuck    sync.Map // cases whose workflow does not answer, and whether it was asked
	flows    *flows
	begun    []workflows.RecountInput // recounts that were started
	cases    map[string]string        // made already, by kind and state
}

// logged keeps what the pages logged.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// take returns what was logged since it was last asked.
func (l *logged) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.buf.Reset()
	return l.buf.String()
}

// faults are the lines about answers with a 5xx that were logged since the log was last asked.
func (l *logged) faults() string {
	var out []string
	for line := range strings.Lines(l.take()) {
		if strings.Contains(line, "level=ERROR") {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

// quick is the policy of local accounts with hashes and refusals that take no time.
var quick = func() accounts.Policy {
	p := accounts.Defaults
	p.Hash, p.RefusalTakes = accounts.Parameters{Time: 1, Memory: 8, Threads: 1}, 0
	return p
}()

// ages are longer than what happens in a test.
const ages = 20 * 365 * 24 * time.Hour

// newWorld opens the pages with the options as changed.
func newWorld(t testing.TB, changes ...func(*world, *Options)) *world {
	t.Helper()
	w := &world{Town: town.New(t), t: t, listener: httptest.NewUnstartedServer(nil), cases: map[string]string{}}
	w.flows = &flows{store: w.Store, missing: map[string]bool{}}
	ended := make(chan struct{})
	t.Cleanup(func() { close(ended) })
	w.Desk.Give = func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
		if asked, stuck := w.stuck.Load(cmd.Case); stuck {
			w.stuck.Store(cmd.Case, true)
			if asked.(bool) { // again, behind the visitor's back: it stays under way
				ctx = context.Background()
			}
			select {
			case <-ctx.Done():
			case <-ended:
			}
			return workflows.Outcome{}, context.Canceled
		}
		return w.Give(ctx, cmd, starts)
	}
	w.at = "http://" + w.listener.Listener.Addr().String()
	public, err := url.Parse(w.at)
	w.Must(err)
	var demo []DemoPerson
	for _, p := range town.Posts {
		for n := 1; n <= p.Count; n++ {
			demo = append(demo, DemoPerson{ID: p.ID(n), Name: p.Name(n), Organization: p.Organization, Roles: []identity.Role{p.Role}})
		}
	}
	options := Options{
		Desk: w.Desk, Files: w.Files, Calendars: &calendars.Keeper{Cases: w.Cases, Logger: slog.New(slog.DiscardHandler), Give: w.Give, Start: w.begin},
		Repairs: &reconcile.Reconciler{Store: w.Store, Temporal: w.flows, Pause: time.Millisecond}, Accounts: accounts.New(w.Store, quick, w.Now), PublicURL: public, Demo: demo,
		Logger: slog.New(slog.NewTextHandler(&w.log, nil)), Now: w.Now, Unlimited: true,
		Lifetimes: accounts.Lifetimes{Idle: ages, Absolute: ages, Fresh: ages, Code: ages}, // the town's time moves by leaps
	}
	for _, change := range changes {
		change(w, &options)
	}
	w.server, err = newServer(options)
	w.Must(err)
	w.listener.Config.Handler, err = w.server.handler()
	w.Must(err)
	w.listener.Start()
	t.Cleanup(w.listener.Close)
	return w
}

// begin notes that the workflow of a recount was started.
func (w *world) begin(_ context.Context, in workflows.RecountInput) error {
	w.begun = append(w.begun, in)
	return nil
}

// in returns the ID of a case in the state, which all that ask for it share: for who reads only, or has checked that nobody else changes it.
func (w *world) in(kind lifecycle.Kind, state lifecycle.State) string {
	w.t.Helper()
	key := string(kind) + "/" + string(state)
	if w.cases[key] == "" {
		w.cases[key] = w.CaseIn(kind, state)
	}
	return w.cases[key]
}

// client is a browser without scripts: it keeps cookies, follows redirects, and reads what is on a page.
type client struct {
	w        *world
	http     *http.Client
	language string // Accept-Language
}

// nobody is a browser in which nobody is signed in.
func (w *world) nobody() *client {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	w.Must(err)
	return &client{w: w, http: &http.Client{Jar: jar}, language: "zh"}
}

// as is a browser in which the person is signed in.
func (w *world) as(person string) *client {
	w.t.Helper()
	c := w.nobody()
	c.post("/sign-in", url.Values{"person": {person}})
	if len(c.cookies()) == 0 {
		w.t.Fatalf("%s could not sign in", person)
	}
	return c
}

// speaking changes the language that the browser asks for.
func (c *client) speaking(language string) *client {
	c.language = language
	return c
}

// steadfast is the same browser, but one that does not follow redirects.
func (c *client) steadfast() *client {
	stays := *c.http
	stays.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{c.w, &stays, c.language}
}

func (c *client) cookies() []*http.Cookie {
	at, err := url.Parse(c.w.at)
	c.w.Must(err)
	return c.http.Jar.Cookies(at)
}

func (c *client) get(path string) *page { return c.send(http.MethodGet, path, nil) }

// post sends a form as it would be sent without files.
func (c *client) post(path string, values url.Values) *page {
	return c.send(http.MethodPost, path, strings.NewReader(values.Encode()), "Content-Type", "application/x-www-form-urlencoded")
}

// send makes a request. Headers come as name, value pairs.
func (c *client) send(method, path string, body io.Reader, headers ...string) *page {
	c.w.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = c.w.at + path
	}
	request, err := http.NewRequestWithContext(c.w.t.Context(), method, path, body)
	c.w.Must(err)
	request.Header.Set("Accept-Language", c.language)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := c.http.Do(request)
	c.w.Must(err)
	raw, err := io.ReadAll(response.Body)
	c.w.Must(err)
	c.w.Must(response.Body.Close())
	return &page{client: c, status: response.StatusCode, header: response.Header, at: response.Request.URL, body: string(raw)}
}
