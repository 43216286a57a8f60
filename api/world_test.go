package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"datacharter/activities"
	"datacharter/attachments"
	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/clock"
	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/policies"
	"datacharter/reconcile"
	"datacharter/store"
	"datacharter/workflows"
)

// world is the API on a database of its own, with people of every role. Commands are applied at once and what they send is delivered at once,
// as workflows and outbox would have it, but without Temporal.
type world struct {
	t       testing.TB
	server  *server
	store   *store.Store
	cases   *activities.Cases
	secrets map[string]string // by person
	now     atomic.Pointer[time.Time]
	keys    int
	files   string // directory of attachments
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

// The organisations of the world.
const (
	agency, government, supplier, operator, rival, supervisor, citizens = "org-agency", "org-government", "org-supplier", "org-operator", "org-rival", "org-supervisor", "org-citizens"
	resource                                                            = "res-0123456789abcdef"
)

// people lists who serves which organisation in which role. The person's ID is the organisation's and the role's, with a number from the second on.
var worldPeople = []struct {
	organization string
	role         identity.Role
	count        int
}{
	{operator, identity.Applicant, 1},
	{operator, identity.OperatorSignatory, 1},
	{rival, identity.Applicant, 1},
	{rival, identity.OperatorSignatory, 1},
	{agency, identity.CaseOfficer, 1},
	{agency, identity.BusinessReviewer, 1},
	{agency, identity.SecurityReviewer, 1},
	{agency, identity.FinanceReviewer, 1},
	{agency, identity.AgencySignatory, 1},
	{agency, identity.ExitDecider, 1},
	{agency, identity.Secretary, 1},
	{agency, identity.Chair, 1},
	{agency, identity.Member, 2},
	{agency, identity.Administrator, 1},
	{supplier, identity.SupplyReviewer, 1},
	{government, identity.FairCompetition, 1},
	{government, identity.LegalReviewer, 1},
	{government, identity.Secretary, 1},
	{government, identity.Chair, 1},
	{government, identity.Member, 2},
	{supervisor, identity.Auditor, 1},
	{citizens, identity.Reader, 1},
}

func personID(organization string, role identity.Role, n int) string {
	id := strings.TrimPrefix(organization, "org-") + "-" + string(role)
	if n > 1 {
		id += fmt.Sprint("-", n)
	}
	return id
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, secrets: map[string]string{}}
	start := time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC)
	w.now.Store(&start)
	now := func() time.Time { return *w.now.Load() }
	ctx := context.Background()
	url := "sqlite:" + memory(t) + "/api.db"
	_, err := store.MigrateUp(ctx, url)
	w.must(err)
	logger := slog.New(slog.DiscardHandler)
	w.store, err = store.Open(ctx, url, store.Options{Now: now, Wall: now, Logger: logger})
	w.must(err)
	t.Cleanup(func() { w.must(w.store.Close()) })
	library, err := policies.NewLibrary()
	w.must(err)
	days, err := policies.NewCalendars()
	w.must(err)
	real, err := clock.New(clock.Real(), now)
	w.must(err)
	w.cases = &activities.Cases{Store: w.store, Policies: library, Calendars: days, Clock: real}
	w.files = t.TempDir()
	files, err := attachments.Open(w.files, start)
	w.must(err)
	desk := casework.New(casework.Options{Store: w.store, Cases: w.cases, Policies: library, Clock: real, Give: w.give})
	w.server, err = newServer(Options{
		Desk: desk, Files: files, Logger: slog.New(slog.NewTextHandler(&w.log, nil)), Now: now,
		Calendars: &calendars.Keeper{Cases: w.cases, Logger: logger, Give: w.give, Start: w.begin}, Reconciler: &reconcile.Reconciler{Store: w.store, Pause: time.Millisecond},
	})
	w.must(err)
	w.people(ctx)
	return w
}

// memory is a directory that is gone after the test, in memory where the system has such: these tests are about HTTP, not about disks.
func memory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "datacharter-api-") //nolint:usetesting // t.TempDir is on a disk
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (w *world) people(ctx context.Context) {
	w.t.Helper()
	for i, o := range []lifecycle.Organization{
		{ID: agency, Name: "某市数据局", Kind: identity.Agency},
		{ID: government, Name: "某市人民政府", Kind: identity.Government},
		{ID: supplier, Name: "某市气象局", Kind: identity.DataSupplier},
		{ID: operator, Name: "虚构数据运营有限公司", Kind: identity.Operator},
		{ID: rival, Name: "虚构另一家有限公司", Kind: identity.Operator},
		{ID: supervisor, Name: "某市审计局", Kind: identity.Supervisor},
		{ID: citizens, Name: "公众", Kind: identity.Public},
	} {
		if o.Kind == identity.Operator {
			o.CreditCode = identity.FictitiousCreditCode(i).String()
		}
		w.must(w.store.CreateOrganization(ctx, o))
	}
	for _, p := range worldPeople {
		for n := 1; n <= p.count; n++ {
			id := personID(p.organization, p.role, n)
			w.must(w.store.CreatePerson(ctx, id, "虚构人员"+id))
			w.must(w.store.Grant(ctx, id, p.organization, p.role))
			secret, _, err := w.store.IssueToken(ctx, id, "test", w.now.Load().AddDate(20, 0, 0))
			w.must(err)
			w.secrets[id] = secret
		}
	}
	_, err := w.store.PutResources(ctx, []catalogue.Resource{{
		ID: resource, Source: catalogue.Shanghai, SourceKey: "1", Title: "气象观测数据", Provider: "某市气象局", Frequency: catalogue.Daily, Access: catalogue.Authorised,
	}})
	w.must(err)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// give applies a command and delivers what the cases sent.
func (w *world) give(ctx context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
	out, err := w.cases.Apply(ctx, cmd)
	if err == nil {
		err = w.deliver(ctx)
	}
	return out, err
}

// begin notes that the workflow of a recount was started.
func (w *world) begin(_ context.Context, in workflows.RecountInput) error {
	w.begun = append(w.begun, in)
	return nil
}

func (w *world) deliver(ctx context.Context) error {
	for {
		messages, err := w.store.Outbox(ctx, 100, *w.now.Load())
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, m := range messages {
			if m.Effect.Send == nil {
				err = w.store.Deliver(ctx, m)
			} else {
				s := m.Effect.Send
				var out workflows.Outcome
				out, err = w.cases.Apply(ctx, workflows.Command{Kind: s.Kind, Case: s.Case, ID: m.ID, Name: s.Command, Person: identity.SystemPerson, Data: s.Data})
				if err == nil && out.Refusal != nil {
					return fmt.Errorf("%s refused %s: %+v", s.Case, s.Command, out.Refusal)
				}
				if err == nil {
					err = w.store.Delivered(ctx, m.ID)
				}
			}
			if err != nil {
				return err
			}
		}
	}
}

func (w *world) actor(person string) identity.Actor {
	w.t.Helper()
	a, err := w.store.Actor(context.Background(), person)
	w.must(err)
	return a
}

// system gives a command as the system, as a case's workflow would.
func (w *world) system(kind lifecycle.Kind, id, name string, input any) {
	w.t.Helper()
	data, err := json.Marshal(input)
	w.must(err)
	w.keys++
	out, err := w.give(context.Background(), workflows.Command{
		Kind: kind, Case: id, ID: fmt.Sprint("system-", w.keys), Name: name, Person: identity.SystemPerson, Data: data,
	}, false)
	w.must(err)
	if out.Refusal != nil {
		w.t.Fatalf("%s: the system's %s was refused: %+v", id, name, out.Refusal)
	}
}

// later moves business time on and lets a case act on what is due.
func (w *world) later(days int, kind lifecycle.Kind, id string) {
	w.t.Helper()
	next := w.now.Load().AddDate(0, 0, days)
	w.now.Store(&next)
	w.system(kind, id, lifecycle.Tick, struct{}{})
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
	w.must(err)
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
	w.must(err)
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
