package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/internal/town"
	"datacharter/reconcile"
	"datacharter/workflows"
)

// world is the API on a town of its own. What the town's people do to bring cases into a state they do over HTTP.
type world struct {
	*town.Town
	t       testing.TB
	server  *server
	secrets map[string]string // by person
	keys    int
	log     bytes.Buffer
	done    []request // that were answered with success
	begun   []workflows.RecountInput
}

// request is what somebody sent, with the answer.
type request struct {
	person, path, key string
	body              []byte
	answer            reply
}

// What the tests name most.
const (
	agency, supplier, operator, resource = town.Agency, town.Supplier, town.Operator, town.Resource
)

var (
	theApplicant = town.Applicant
	theSignatory = town.Signatory
	theRival     = town.OtherApplicant
	theOfficer   = town.Officer
	theAdmin     = town.Administrator
	theAuditor   = town.Auditor
	theReader    = town.Reader
)

type object = town.Object

func newWorld(t testing.TB) *world {
	t.Helper()
	return worldOf(t, town.New(t))
}

func worldOf(t testing.TB, of *town.Town) *world {
	t.Helper()
	w := &world{Town: of, t: t, secrets: map[string]string{}}
	w.Carry = w.overHTTP
	w.server = newServer(Options{
		Desk: w.Desk, Files: w.Files, Logger: slog.New(slog.NewTextHandler(&w.log, nil)), Now: w.Now,
		Calendars:  &calendars.Keeper{Cases: w.Cases, Logger: slog.New(slog.DiscardHandler), Give: w.Give, Start: w.begin},
		Reconciler: &reconcile.Reconciler{Store: w.Store, Pause: time.Millisecond},
	})
	for _, p := range town.Posts {
		for n := 1; n <= p.Count; n++ {
			secret, _, err := w.Store.IssueToken(t.Context(), p.ID(n), "test", w.Now().AddDate(20, 0, 0))
			w.Must(err)
			w.secrets[p.ID(n)] = secret
		}
	}
	return w
}

// begin notes that the workflow of a recount was started.
func (w *world) begin(_ context.Context, in workflows.RecountInput) error {
	w.begun = append(w.begun, in)
	return nil
}

// overHTTP gives a command of a person of the town.
func (w *world) overHTTP(o town.Order) casework.Done {
	w.t.Helper()
	path := base + "/" + string(o.Kind) + "s"
	switch {
	case o.Task != "":
		path = tasksPath + o.Task + "/" + o.Command
	case o.Case != "":
		path += "/" + o.Case + "/" + o.Command
	}
	c := w.do(o.Person, path, o.Input)
	return casework.Done{Case: c.ID, Outcome: workflows.Outcome{Version: c.Version}}
}

func authorizationsAt(id, command string) string {
	return base + "/authorizations/" + id + "/" + command
}

// reply is an answer over HTTP.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send makes a request; person is empty for nobody. Headers come as name, value pairs.
func (w *world) send(person, method, path string, body []byte, headers ...string) reply {
	w.t.Helper()
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	if person != "" {
		request.Header.Set("Authorization", "Bearer "+w.secrets[person])
	}
	if len(body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	w.server.engine.ServeHTTP(recorder, request)
	return reply{recorder.Code, recorder.Result().Header, recorder.Body.Bytes()}
}

func (w *world) get(person, path string) reply { return w.send(person, http.MethodGet, path, nil) }

// post sends input under a new key.
func (w *world) post(person, path string, input any, headers ...string) reply {
	w.t.Helper()
	body, err := json.Marshal(input)
	w.Must(err)
	w.keys++
	return w.send(person, http.MethodPost, path, body, append([]string{"Idempotency-Key", fmt.Sprint("key-", w.keys)}, headers...)...)
}

// do posts and must be answered with success; the answer is the case.
func (w *world) do(person, path string, input any) Case {
	w.t.Helper()
	r := w.post(person, path, input)
	if r.status != http.StatusOK && r.status != http.StatusCreated {
		w.t.Fatalf("%s POST %s: %d %s", person, path, r.status, r.body)
	}
	body, err := json.Marshal(input)
	w.Must(err)
	w.done = append(w.done, request{person, path, fmt.Sprint("key-", w.keys), body, r})
	return into[Case](w.t, r)
}

// into reads the body of an answer.
func into[T any](t testing.TB, r reply) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(r.body, &v); err != nil {
		t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
	return v
}

// wants checks status and code of a problem.
func (r reply) wants(t testing.TB, status int, code string) Problem {
	t.Helper()
	p := into[Problem](t, r)
	if r.status != status || p.Code != code || p.Status != status {
		t.Fatalf("answered %d %s, wanted %d %s: %s", r.status, p.Code, status, code, r.body)
	}
	if got := r.header.Get("Content-Type"); got != problemType {
		t.Fatalf("a problem of type %q", got)
	}
	return p
}
