package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// system answers one request after the other, each in its own way.
type system struct {
	mu      sync.Mutex
	answers []func(http.ResponseWriter)
	asked   []string // method, path and key of every request
}

func (s *system) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("Idempotency-Key"))
	next := s.answers[0]
	if len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	next(w)
}

func status(code int, body string, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = fmt.Fprint(w, body)
	}
}

func broken(http.ResponseWriter) { panic(http.ErrAbortHandler) }

var (
	done        = status(200, `{"id":"aut-1","version":3}`, "DataCharter-Clock", "training; day-length=2s; now=2026-03-04T06:00:00+08:00")
	busy        = status(202, `{}`, "Location", "/api/v1/commands/cmd-1")
	unavailable = status(503, `{"code":"not-available","detail":"Not available now."}`)
	refused     = status(409, `{"code":"not-in-state","detail":"Not possible."}`)
	gone        = status(404, `{"code":"not-found","detail":"Not found."}`)
)

// ask gives one command to a system that answers so.
func ask(t *testing.T, patience time.Duration, answers ...func(http.ResponseWriter)) (*Client, *system, *Case, error) {
	t.Helper()
	s := &system{answers: answers}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := NewClient(server.URL, []User{{User: "officer", Token: "secret"}})
	client.Patience = patience
	shown, err := client.give(t.Context(), "officer", "/api/v1/authorizations/aut-1/accept", nil)
	return client, s, shown, err
}

func TestCommandIsGivenUntilAnswered(t *testing.T) {
	for _, tc := range []struct {
		name    string
		answers []func(http.ResponseWriter)
		paths   string // P: the command, C: the question after it
	}{
		{"at once", []func(http.ResponseWriter){done}, "P"},
		{"connection broken", []func(http.ResponseWriter){broken, broken, done}, "PPP"},
		{"not available", []func(http.ResponseWriter){unavailable, done}, "PP"},
		{"still running", []func(http.ResponseWriter){busy, busy, done}, "PCC"},
		{"forgotten in a restart", []func(http.ResponseWriter){busy, broken, gone, done}, "PCCP"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, s, shown, err := ask(t, 10*time.Second, tc.answers...)
			if err != nil || shown.ID != "aut-1" || shown.Version != 3 {
				t.Fatalf("got %+v, %v", shown, err)
			}
			var paths strings.Builder
			for _, a := range s.asked {
				if strings.HasPrefix(a, "GET /api/v1/commands/cmd-1") {
					paths.WriteString("C")
				} else if a == s.asked[0] { // the same key
					paths.WriteString("P")
				}
			}
			if paths.String() != tc.paths {
				t.Errorf("asked %q, want %s", s.asked, tc.paths)
			}
		})
	}
}

func TestRefusalIsFinal(t *testing.T) {
	_, s, _, err := ask(t, 10*time.Second, refused, done)
	if !refusedWith(err, "not-in-state") || len(s.asked) != 1 {
		t.Errorf("asked %d times: %v", len(s.asked), err)
	}
	_, s, _, err = ask(t, 10*time.Second, gone, done)
	if !refusedWith(err, "not-found") || len(s.asked) != 1 {
		t.Errorf("asked %d times: %v", len(s.asked), err)
	}
}

func TestPatienceEnds(t *testing.T) {
	for _, answer := range []func(http.ResponseWriter){broken, unavailable, busy} {
		_, _, _, err := ask(t, 120*time.Millisecond, answer)
		if err == nil || !strings.Contains(err.Error(), "no answer within 120ms") {
			t.Errorf("got %v", err)
		}
	}
}

func TestKeysDiffer(t *testing.T) {
	client, s, _, err := ask(t, time.Second, done)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.give(t.Context(), "officer", "/api/v1/authorizations/aut-1/accept", nil); err != nil {
		t.Fatal(err)
	}
	if s.asked[0] == s.asked[1] {
		t.Error("two commands with one key")
	}
}

func TestBusinessClock(t *testing.T) {
	client, _, _, err := ask(t, time.Second, done)
	if err != nil {
		t.Fatal(err)
	}
	now, err := client.now()
	heard := time.Date(2026, 3, 4, 6, 0, 0, 0, time.FixedZone("", 8*60*60))
	if err != nil || now.Before(heard) || now.After(heard.Add(24*time.Hour)) { // a day takes 2 seconds
		t.Errorf("now %s, %v", now, err)
	}
	if _, err := NewClient("http://localhost", nil).now(); !errors.Is(err, errNoTrainingClock) {
		t.Errorf("got %v", err)
	}
	for _, bad := range []string{"training", "training; day-length=2s; now=soon", "training; day-length=x; now=2026-03-04T06:00:00+08:00"} {
		if new(businessClock).hear(bad) == nil {
			t.Errorf("%q was understood", bad)
		}
	}
}

// A case that never becomes what was waited for is named together with the state that it is left in.
func TestAwaitSaysWhereItHung(t *testing.T) {
	server := httptest.NewServer(&system{answers: []func(http.ResponseWriter){gone, status(200, `{"id":"aut-1","state":"filed"}`)}})
	t.Cleanup(server.Close)
	ctx, cancel := context.WithTimeoutCause(t.Context(), 300*time.Millisecond, errors.New("it took too long"))
	defer cancel()
	_, err := NewClient(server.URL, nil).await(ctx, "officer", "/api/v1/authorizations/aut-1", "to be operating", func(c *Case) bool { return c.State == "operating" })
	if err == nil || !strings.Contains(err.Error(), "waited for /api/v1/authorizations/aut-1 to be operating, which is filed: it took too long") {
		t.Errorf("got %v", err)
	}
}
