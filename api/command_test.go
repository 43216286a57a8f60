package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/api/serviceerror"

	"datacharter/domain/authorization"
	"datacharter/internal/town"
	"datacharter/workflows"
)

// TestRepeats takes an authorisation from draft to closing and then repeats every request that was made on the way: each gets the answer that it got then,
// to the byte, though the case has long moved on; and with another body its key is refused.
func TestRepeats(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Closed)
	before := w.get(theAuditor, base+"/authorizations/"+id)
	done := slices.Clone(w.done)
	if len(done) < 40 {
		t.Fatalf("only %d requests were made", len(done))
	}
	for _, q := range done {
		again := w.send(q.person, http.MethodPost, q.path, q.body, "Idempotency-Key", q.key)
		if again.status != q.answer.status || !bytes.Equal(again.body, q.answer.body) || again.header.Get("ETag") != q.answer.header.Get("ETag") ||
			again.header.Get("Location") != q.answer.header.Get("Location") {
			t.Errorf("%s was answered\n%d %s\nand when repeated\n%d %s", q.path, q.answer.status, q.answer.body, again.status, again.body)
		}
		var input object
		w.Must(json.Unmarshal(q.body, &input))
		spaced, err := json.MarshalIndent(input, " ", "  ") // the same content, differently written
		w.Must(err)
		if again := w.send(q.person, http.MethodPost, q.path, spaced, "Idempotency-Key", q.key); !bytes.Equal(again.body, q.answer.body) {
			t.Errorf("%s: the same content with other spacing was taken for another request", q.path)
		}
		w.send(q.person, http.MethodPost, q.path, q.body, "Idempotency-Key", q.key, "If-Match", `"77"`).wantsReused(t, q.path)
	}
	if after := w.get(theAuditor, base+"/authorizations/"+id); !bytes.Equal(before.body, after.body) {
		t.Error("repeating changed the case")
	}
}

// wantsReused checks that a key was refused for having another content. A request that opens a case takes no If-Match, so it stayed the same.
func (r reply) wantsReused(t *testing.T, path string) {
	t.Helper()
	if strings.Count(path, "/") == 3 && r.status == http.StatusCreated {
		return
	}
	r.wants(t, http.StatusUnprocessableEntity, "idempotency-key-reused")
}

// A task may be dropped between a command on it and its repeat, when the case is withdrawn, say: who repeats hears what he was to hear at first.
func TestRepeatOnADroppedTask(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Reviewing)
	task := into[Case](t, w.get(theAuditor, base+"/authorizations/"+id)).Tasks[0]
	reviewer := w.Reviewer(task.Task)
	claim := func(key string) reply {
		return w.send(reviewer, http.MethodPost, tasksPath+task.ID+"/claim", nil, "Idempotency-Key", key)
	}
	first := claim("k1")
	w.do(theApplicant, authorizationsAt(id, "withdraw"), object{"reason": "不再需要"})
	w.get(reviewer, tasksPath+task.ID).wants(t, http.StatusNotFound, "not-found")
	if again := claim("k1"); first.status != http.StatusOK || !bytes.Equal(again.body, first.body) {
		t.Errorf("answered %d %s, and when repeated %d %s", first.status, first.body, again.status, again.body)
	}
	if anew := claim("k2"); anew.status == http.StatusOK {
		t.Errorf("a dropped task was claimed: %s", anew.body)
	}
	w.send(theRival, http.MethodPost, tasksPath+task.ID+"/claim", nil, "Idempotency-Key", "k3").wants(t, http.StatusNotFound, "not-found")
}

func TestRefusalsRepeat(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	refused := func() reply {
		return w.send(theApplicant, http.MethodPost, authorizationsAt(id, "accept"), nil, "Idempotency-Key", "k1")
	}
	first := refused()
	p := first.wants(t, http.StatusForbidden, "not-entitled")
	if !strings.HasPrefix(p.Instance, commandsPath+"cmd-") || p.Type != problemsPath+"not-entitled" {
		t.Errorf("instance %q, type %q", p.Instance, p.Type)
	}
	if again := refused(); !bytes.Equal(again.body, first.body) {
		t.Errorf("repeated: %s", again.body)
	}
	w.get(theApplicant, p.Instance).wants(t, http.StatusForbidden, "not-entitled")
	w.get(theOfficer, p.Instance).wants(t, http.StatusNotFound, "not-found")
	// The key belongs to the person: another may use the same.
	if r := w.send(theOfficer, http.MethodPost, authorizationsAt(id, "accept"), nil, "Idempotency-Key", "k1"); r.status != http.StatusOK {
		t.Errorf("%s", r.body)
	}
}

func TestKeyIsNeeded(t *testing.T) {
	w := newWorld(t)
	id := w.Drafted()
	for _, key := range []string{"", strings.Repeat("k", 201), "with space", "caf\xc3\xa9", "\x7f"} {
		r := w.send(theApplicant, http.MethodPost, authorizationsAt(id, "submit"), nil, "Idempotency-Key", key)
		if p := r.wants(t, http.StatusUnprocessableEntity, "invalid-input"); p.Errors[0].Path != "header.Idempotency-Key" {
			t.Errorf("key %q: %s", key, r.body)
		}
	}
	if r := w.send(theApplicant, http.MethodPost, authorizationsAt(id, "submit"), nil, "Idempotency-Key", strings.Repeat("~", 200)); r.status != http.StatusOK {
		t.Errorf("%s", r.body)
	}
}

func TestIfMatch(t *testing.T) {
	w := newWorld(t)
	id := w.Drafted()
	tag := w.get(theApplicant, base+"/authorizations/"+id).header.Get("ETag")
	if tag != `"1"` {
		t.Fatalf("ETag %q", tag)
	}
	r := w.post(theApplicant, authorizationsAt(id, "edit"), town.Application(), "If-Match", tag)
	if r.status != http.StatusOK || r.header.Get("ETag") != `"2"` {
		t.Fatalf("%d %s", r.status, r.body)
	}
	r = w.post(theApplicant, authorizationsAt(id, "edit"), town.Application(), "If-Match", tag)
	r.wants(t, http.StatusPreconditionFailed, "stale-version")
	if got := r.header.Get("ETag"); got != `"2"` {
		t.Errorf("the present version is %q", got)
	}
	if r := w.post(theApplicant, authorizationsAt(id, "submit"), object{}, "If-Match", "*"); r.status != http.StatusOK {
		t.Errorf("%s", r.body)
	}
	w.post(theOfficer, authorizationsAt(id, "accept"), object{}, "If-Match", `"2"`).wants(t, http.StatusPreconditionFailed, "stale-version")
	for _, bad := range []string{`"0"`, `W/"2"`, `2`, `"99999999999999999999"`, `"1", "2"`, `"x"`} {
		w.post(theOfficer, authorizationsAt(id, "accept"), object{}, "If-Match", bad).wants(t, http.StatusUnprocessableEntity, "invalid-input")
	}
}

func TestInterestClosesTheCase(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Reviewing)
	c := w.do(theOfficer, authorizationsAt(id, "declare-interest"), object{})
	if c.Content != nil || c.Title != "" || len(c.Allowed)+len(c.Tasks)+len(c.Deadlines) != 0 || c.Version == 0 {
		t.Errorf("shown to who declared an interest: %+v", c)
	}
	q := w.done[len(w.done)-1]
	if again := w.send(q.person, http.MethodPost, q.path, q.body, "Idempotency-Key", q.key); !bytes.Equal(again.body, q.answer.body) {
		t.Errorf("repeated: %s", again.body)
	}
	w.send(q.person, http.MethodPost, q.path, []byte(`{"person":"x"}`), "Idempotency-Key", q.key).wants(t, http.StatusUnprocessableEntity, "idempotency-key-reused")
	w.get(theOfficer, base+"/authorizations/"+id).wants(t, http.StatusNotFound, "not-found")
	w.get(theOfficer, base+"/authorizations/"+id+"/events").wants(t, http.StatusNotFound, "not-found")
	w.post(theOfficer, authorizationsAt(id, "declare-interest"), object{}).wants(t, http.StatusNotFound, "not-found")
}

// TestDraftEditedByMany: commands to a draft that come at once are all done or refused for what they are, never for having come at once; those that find
// the draft handed in go to its workflow.
func TestDraftEditedByMany(t *testing.T) {
	w := newWorld(t)
	id := w.Drafted()
	const editors, edits = 3, 10
	body, err := json.Marshal(town.Application())
	w.Must(err)
	var done, refused atomic.Int64
	var wg sync.WaitGroup
	for e := range editors {
		wg.Go(func() {
			for n := range edits {
				if e == 0 && n == edits/2 {
					w.send(theApplicant, http.MethodPost, authorizationsAt(id, "submit"), nil, "Idempotency-Key", "submit")
				}
				switch r := w.send(theApplicant, http.MethodPost, authorizationsAt(id, "edit"), body, "Idempotency-Key", fmt.Sprint("edit-", e, "-", n)); r.status {
				case http.StatusOK:
					done.Add(1)
				case http.StatusConflict:
					refused.Add(1)
				default:
					t.Errorf("%d %s", r.status, r.body)
				}
			}
		})
	}
	wg.Wait()
	c := into[Case](t, w.get(theApplicant, base+"/authorizations/"+id))
	if done.Load()+refused.Load() != editors*edits || c.State != authorization.Submitted {
		t.Errorf("%d done, %d refused, %s", done.Load(), refused.Load(), c.State)
	}
	events := into[list[Event]](t, w.get(theApplicant, base+"/authorizations/"+id+"/events?limit=200"))
	edited := int64(0)
	for _, e := range events.Items {
		if e.Type == "edited" {
			edited++
		}
	}
	if edited != done.Load() {
		t.Errorf("%d edits answered, %d on record", done.Load(), edited)
	}
}

func TestStillRunning(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	w.server.Patience = 10 * time.Millisecond
	release, finished := make(chan struct{}), make(chan struct{})
	w.server.Give = func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
		select {
		case <-release:
		case <-ctx.Done():
			return workflows.Outcome{}, ctx.Err()
		}
		defer close(finished)
		return w.Give(ctx, cmd, starts)
	}
	accept := func() reply {
		return w.send(theOfficer, http.MethodPost, authorizationsAt(id, "accept"), nil, "Idempotency-Key", "slow")
	}
	r := accept()
	at := r.header.Get("Location")
	if r.status != http.StatusAccepted || !strings.HasPrefix(at, commandsPath+"cmd-") || r.header.Get("Retry-After") == "" {
		t.Fatalf("%d %v %s", r.status, r.header, r.body)
	}
	if v := into[Running](t, r); v.State != "running" || v.Href != at {
		t.Errorf("%+v", v)
	}
	if r := w.get(theOfficer, at); r.status != http.StatusAccepted {
		t.Errorf("asked after: %d %s", r.status, r.body)
	}
	w.get(theApplicant, at).wants(t, http.StatusNotFound, "not-found")
	close(release)
	<-finished
	r = w.get(theOfficer, at)
	if c := into[Case](t, r); r.status != http.StatusOK || c.State != authorization.Reviewing {
		t.Errorf("asked after: %d %s", r.status, r.body)
	}
	w.get(theApplicant, at).wants(t, http.StatusNotFound, "not-found")
	w.server.Give = w.Give
	if again := accept(); again.status != http.StatusOK || !bytes.Equal(again.body, r.body) {
		t.Errorf("repeated: %d %s", again.status, again.body)
	}
	for _, id := range []string{"cmd-", "cmd-" + strings.Repeat("0", 64), "x"} {
		w.get(theOfficer, commandsPath+id).wants(t, http.StatusNotFound, "not-found")
	}
}

func TestFailsBehindTheBack(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	w.server.Patience = time.Millisecond
	for i, fail := range []func(){func() {}, func() { panic("broken") }} {
		w.server.Give = func(ctx context.Context, _ workflows.Command, _ bool) (workflows.Outcome, error) {
			select {
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
				return workflows.Outcome{}, ctx.Err()
			}
			fail()
			return workflows.Outcome{}, serviceerror.NewUnavailable("down")
		}
		r := w.send(theOfficer, http.MethodPost, authorizationsAt(id, "accept"), nil, "Idempotency-Key", fmt.Sprint("slow", i))
		if r.status != http.StatusAccepted {
			t.Fatalf("%d %s", r.status, r.body)
		}
		for range 100 {
			if asked := w.get(theOfficer, r.header.Get("Location")); asked.status != http.StatusAccepted {
				asked.wants(t, http.StatusServiceUnavailable, "unavailable")
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func TestWorkflowServiceFails(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	for _, c := range []struct {
		err    error
		status int
		code   string
	}{
		{serviceerror.NewUnavailable("down"), http.StatusServiceUnavailable, "unavailable"},
		{fmt.Errorf("wrapped: %w", serviceerror.NewResourceExhausted(0, "busy")), http.StatusServiceUnavailable, "unavailable"},
		{context.DeadlineExceeded, http.StatusServiceUnavailable, "unavailable"},
		{errors.New("secret detail"), http.StatusInternalServerError, "internal-error"},
	} {
		w.server.Give = func(context.Context, workflows.Command, bool) (workflows.Outcome, error) {
			return workflows.Outcome{}, c.err
		}
		w.log.Reset()
		r := w.post(theOfficer, authorizationsAt(id, "accept"), object{})
		r.wants(t, c.status, c.code)
		if (r.header.Get("Retry-After") != "") != (c.status == http.StatusServiceUnavailable) || bytes.Contains(r.body, []byte("secret")) {
			t.Errorf("%v: %v %s", c.err, r.header, r.body)
		}
		if logged := w.log.String(); !strings.Contains(logged, "level=ERROR") || !strings.Contains(logged, c.err.Error()) {
			t.Errorf("logged: %s", logged)
		}
	}
}

func TestPanic(t *testing.T) {
	w := newWorld(t)
	id := w.AuthorizationIn(authorization.Submitted)
	for _, broken := range []any{"张三的秘密", errors.New("张三的秘密"), nil} {
		w.server.Give = func(_ context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
			if broken == nil {
				broken = []any{}[len(cmd.Name)]
			}
			panic(broken)
		}
		w.log.Reset()
		r := w.post(theOfficer, authorizationsAt(id, "accept"), object{}, "X-Request-ID", "mine-1")
		r.wants(t, http.StatusInternalServerError, "internal-error")
		logged := w.log.String()
		if !strings.Contains(logged, "request=mine-1") || strings.Contains(logged, "张三") || strings.Contains(string(r.body), "goroutine") || !strings.Contains(logged, "panic") {
			t.Errorf("answered %s, logged %s", r.body, logged)
		}
	}
}
