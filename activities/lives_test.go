package activities_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"

	"datacharter/activities"
	"datacharter/clock"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/domain/resolution"
	"datacharter/internal/lives"
	"datacharter/internal/lives/settle"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/store/storetest"
	"datacharter/workflows"
)

// city is the cast of the lives on a database of its own, on a clock that stands still unless it is moved.
type city struct {
	world
	url string

	mu  sync.Mutex
	now time.Time
}

func newCity(t *testing.T) *city {
	t.Helper()
	c := &city{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), url: storetest.SQLite.URL(t)}
	db, err := store.Open(t.Context(), c.url, store.Options{Now: c.clock, Wall: c.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := settle.In(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	library, err := policies.NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	c.world = world{t: t, store: db, cases: cases(t, db, library), keys: logKeys(t)}
	if c.cases.Clock, err = clock.New(clock.Real(), c.clock); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *city) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *city) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// director has people give commands without workflows; when delivering, what leaves a case arrives at once.
func (c *city) director(delivering bool) *lives.Director {
	return &lives.Director{
		T: c.t, Now: c.clock, Wait: c.pass,
		Give: func(cmd workflows.Command) workflows.Outcome {
			out := c.apply(cmd)
			if delivering {
				c.deliver(c.answering(), c.clock)
			}
			return out
		},
		Case: func(def lifecycle.Definition, id string) lifecycle.Case {
			found, err := c.store.GetCase(c.t.Context(), identity.System(), def.Kind(), id)
			if errors.Is(err, store.ErrNotFound) {
				return def.Blank(id)
			}
			if err != nil {
				c.t.Fatal(err)
			}
			got, err := def.Decode(found.Data)
			if err != nil {
				c.t.Fatal(err)
			}
			return got
		},
	}
}

// answering is a server whose workflows apply what they are given.
func (c *city) answering() *server {
	return &server{answer: func(cmd workflows.Command) (workflows.Outcome, error) { return c.cases.Apply(c.t.Context(), cmd) }}
}

func (c *city) types(id string) []string {
	c.t.Helper()
	events, err := c.store.Events(c.t.Context(), identity.System(), id, 0, store.MaxLimit)
	if err != nil {
		c.t.Fatal(err)
	}
	var out []string
	for _, e := range events {
		out = append(out, fmt.Sprintf("%d %s %s", e.Seq, e.Type, e.By.Person))
	}
	return out
}

// contracted leads an authorisation to its filed agreement, by way of two meetings.
func contracted(d *lives.Director) *lives.Authorization {
	a := d.Draft("a-1", 12)
	a.Submit()
	a.Accept()
	a.Approve()
	a.Decide("m-1", resolution.For)
	a.Contract("m-2", 30)
	return a
}

// The tests of workflows rest on a database in memory. It and the real one lead the same life to the same record.
func TestTheSameLifeInMemory(t *testing.T) {
	c := newCity(t)
	contracted(c.director(true))

	memory, err := lives.NewWorld()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	memory.Now = func() time.Time { return now }
	apply := func(cmd workflows.Command) workflows.Outcome {
		out, err := memory.Apply(t.Context(), cmd)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	contracted(&lives.Director{
		T: t, Now: memory.Now, Wait: func(d time.Duration) { now = now.Add(d) }, Case: memory.Case,
		Give: func(cmd workflows.Command) workflows.Outcome {
			out := apply(cmd)
			for _, s := range memory.Undelivered() {
				apply(workflows.Command{Kind: s.Kind, Case: s.Case, ID: s.ID, Name: s.Command, Person: identity.SystemPerson, Data: s.Data})
			}
			return out
		},
	})
	for _, id := range []string{"a-1", "m-1", "m-2"} {
		var want []string
		for _, e := range memory.Events(id) {
			want = append(want, fmt.Sprintf("%d %s %s", e.Seq, e.Type, e.By.Person))
		}
		if got := c.types(id); !slices.Equal(got, want) {
			t.Errorf("%s: on the database\n%q\nin memory\n%q", id, got, want)
		}
	}
	if report, err := c.store.Verify(t.Context(), func(int64, int64) {}); err != nil || len(report.Findings) > 0 {
		t.Errorf("the record does not verify: %+v, %v", report.Findings, err)
	}
}

// pending leads an authorisation to its meeting, whose resolution is in the outbox and has not arrived.
func pending(c *city) *lives.Authorization {
	d := c.director(false)
	a := d.Draft("a-1", 12)
	a.Submit()
	a.Accept()
	a.Approve()
	m := d.Call("m-1", lives.Government, resolution.MajorDecision, "a-1")
	m.Open()
	m.Vote(resolution.ToAgree, resolution.For)
	m.Close()
	return a
}

// A message that fails is tried again after growing pauses. What its case sent later waits for it, what others sent does not.
func TestFailingDelivery(t *testing.T) {
	c := newCity(t)
	a := pending(c)
	away := &server{answer: func(workflows.Command) (workflows.Outcome, error) {
		return workflows.Outcome{}, errors.New("nobody answers")
	}}
	for attempt, pause := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second} {
		c.deliver(away, c.clock)
		if n := len(away.given); n != attempt+1 {
			t.Fatalf("%d attempts, want %d", n, attempt+1)
		}
		c.pass(pause - time.Millisecond)
		c.deliver(away, c.clock)
		if n := len(away.given); n != attempt+1 {
			t.Fatalf("attempt %d came within %s", n, pause)
		}
		c.pass(time.Millisecond)
	}
	told := func(person string) (n int) {
		t.Helper()
		page, err := c.store.ListNotices(t.Context(), person, store.NoticeFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Items)
	}
	if told(lives.Applicant) == 0 {
		t.Error("the authorisation's notices wait for the meeting's message")
	}
	members := told("lives-government-1")
	if a.Case().State != authorization.AwaitingDecision {
		t.Fatalf("the case is %s", a.Case().State)
	}
	back := c.answering()
	c.deliver(back, c.clock)
	if a.Case().State != authorization.AgreementDrafting || len(back.given) != 1 || back.given[0].ID != away.given[0].ID {
		t.Errorf("the case is %s after %+v", a.Case().State, back.given)
	}
	if now := told("lives-government-1"); now <= members {
		t.Errorf("the meeting's later notices were delivered before its resolution: %d before, %d after", members, now)
	}
	if backlog, err := c.store.OutboxBacklog(t.Context()); err != nil || backlog.Waiting > 0 {
		t.Errorf("%d messages wait, %v", backlog.Waiting, err)
	}
}

// A case that refuses what another sends has answered: the message is delivered, and nothing changes.
func TestRefusedDelivery(t *testing.T) {
	c := newCity(t)
	a := pending(c)
	a.As(lives.Applicant, "withdraw", authorization.ReasonInput{Reason: "不再需要"})
	c.deliver(c.answering(), c.clock)
	if backlog, err := c.store.OutboxBacklog(t.Context()); err != nil || backlog.Waiting > 0 {
		t.Errorf("%d messages wait, %v", backlog.Waiting, err)
	}
	if a.Case().State != authorization.Withdrawn {
		t.Errorf("the case is %s", a.Case().State)
	}
}

// A worker that stops in the middle of a batch leaves the rest for the next.
func TestDeliverStopsBetweenMessages(t *testing.T) {
	c := newCity(t)
	d := c.director(false)
	for _, id := range []string{"a-1", "a-2"} { // two meetings, two resolutions to send
		a := d.Draft(id, 12)
		a.Submit()
		a.Accept()
		a.Approve()
		m := d.Call("m-"+id, lives.Government, resolution.MajorDecision, id)
		m.Open()
		m.Vote(resolution.ToAgree, resolution.For)
	}
	stopping := make(chan struct{})
	s := &server{}
	s.answer = func(workflows.Command) (workflows.Outcome, error) {
		close(stopping) // panics should a second message go out
		return workflows.Outcome{}, nil
	}
	if err := c.deliverUntil(s, c.clock, stopping); err != nil {
		t.Fatal(err)
	}
	if len(s.given) != 1 {
		t.Errorf("%d messages went out", len(s.given))
	}
}

// raw opens the database behind the store's back.
func (c *city) raw(statement string) {
	c.t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(c.url, "sqlite:"))
	if err != nil {
		c.t.Fatal(err)
	}
	_, err = db.ExecContext(c.t.Context(), statement)
	if err := errors.Join(err, db.Close()); err != nil {
		c.t.Fatal(err)
	}
}

// What leaves a case is written with the event that causes it, or neither is.
func TestEffectsAreWrittenWithTheirEvents(t *testing.T) {
	c := newCity(t)
	d := c.director(false)
	a := d.Draft("a-1", 12)
	a.Submit()
	before := c.types("a-1")
	accept := workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: "accept", Name: "accept", Person: lives.Officer}

	c.raw("CREATE TRIGGER outbox_away BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'away'); END")
	if out, err := c.cases.Apply(t.Context(), accept); err == nil {
		t.Fatalf("accepted without an outbox: %+v", out)
	}
	if now := c.types("a-1"); !slices.Equal(now, before) || a.Case().State != authorization.Submitted {
		t.Errorf("the case is %s with the events %q", a.Case().State, now)
	}
	c.raw("DROP TRIGGER outbox_away")
	if out := c.accepted(accept); out.Header.State != authorization.Reviewing {
		t.Errorf("the repeat led to %s", out.Header.State)
	}
}

// One notice that cannot be delivered does not hold up those of other cases.
func TestOneBadNoticeAmongMany(t *testing.T) {
	c := newCity(t)
	d := c.director(false)
	for _, id := range []string{"a-1", "a-2"} {
		a := d.Draft(id, 12)
		a.Submit()
		a.Accept()
	}
	c.raw("CREATE TRIGGER bad_notice BEFORE INSERT ON notices WHEN NEW.case_id = 'a-1' BEGIN SELECT RAISE(ABORT, 'bad'); END")
	c.deliver(c.answering(), c.clock)
	page, err := c.store.ListNotices(t.Context(), lives.Applicant, store.NoticeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Items) != 1 || page.Items[0].Case != "a-2" {
		t.Errorf("notices %+v", page.Items)
	}
	waiting, err := c.store.Outbox(t.Context(), 10, c.clock().Add(time.Minute))
	if err != nil || len(waiting) != 1 || waiting[0].Case != "a-1" || waiting[0].Attempts != 1 || waiting[0].LastError != "failed" {
		t.Errorf("waiting %+v, %v", waiting, err)
	}
}

// An ID that belongs to a case of another kind is no case of this one, however often one asks.
func TestAnotherKindsCase(t *testing.T) {
	c := newCity(t)
	c.director(false).Draft("a-1", 12)
	_, loaded := c.cases.Load(t.Context(), meeting.Kind, "a-1")
	_, applied := c.cases.Apply(t.Context(), workflows.Command{Kind: meeting.Kind, Case: "a-1", ID: "x", Name: "close", Person: lives.Officer})
	for _, err := range []error{loaded, applied} {
		var failure *temporal.ApplicationError
		if !errors.As(err, &failure) || !failure.NonRetryable() {
			t.Errorf("got %v", err)
		}
	}
}

// A measure is carried out once, however often the activity is repeated.
func TestWindDownIsIdempotent(t *testing.T) {
	c := newCity(t)
	d := c.director(true)
	a := contracted(d)
	c.pass(40 * 24 * time.Hour)
	c.accepted(workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: "tick", Name: lifecycle.Tick, Person: identity.SystemPerson})
	a.As(lives.Signatory, "waive", authorization.ExitInput{Ground: "waiver", Statement: "业务调整"})
	wind := &activities.WindDown{Temporal: c.answering()}
	in := workflows.WindDownInput{Exit: a.Exit().ID, Authorization: "a-1", Step: workflows.CloseAccess}
	before := a.Case().Version
	for range 3 {
		if err := wind.WindDown(t.Context(), in); err != nil {
			t.Fatal(err)
		}
	}
	if got := a.Case(); got.Version != before+1 || got.Access != authorization.AccessClosed {
		t.Errorf("version %d after %d, access %s", got.Version, before, got.Access)
	}
}
