package calendars_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/sdk/activity"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"datacharter/activities"
	"datacharter/calendars"
	"datacharter/clock"
	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/store/storetest"
	"datacharter/workflows"
)

const (
	administrator = "administrator"
)

// world is the demonstration's city on a database of its own. Its clock stands on a Monday, 5 January 2026: an application is looked at for
// completeness within 3 working days, until Thursday.
type world struct {
	t      testing.TB
	store  *store.Store
	cases  *activities.Cases
	keeper *calendars.Keeper
	now    atomic.Pointer[time.Time]
	given  atomic.Int64
	give   func(workflows.Command) error // fails a command; nil when none fails
	begun  []workflows.RecountInput
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t}
	w.set("2026-01-05")
	now := func() time.Time { return *w.now.Load() }
	w.store = storetest.SQLite.Open(t, store.Options{Now: now, Wall: now})
	_, err := demo.Seed(context.Background(), w.store, t.TempDir())
	w.must(err)
	w.cases = w.another()
	w.keeper = &calendars.Keeper{
		Cases: w.cases, Logger: slog.New(slog.DiscardHandler),
		Give: func(ctx context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
			w.given.Add(1)
			if w.give != nil {
				if err := w.give(cmd); err != nil {
					return workflows.Outcome{}, err
				}
			}
			return w.cases.Apply(ctx, cmd)
		},
		Start: func(_ context.Context, in workflows.RecountInput) error {
			w.begun = append(w.begun, in)
			return nil
		},
	}
	return w
}

// another is what another process has: the same database, and a memory of its own.
func (w *world) another() *activities.Cases {
	w.t.Helper()
	library, err := policies.NewLibrary()
	w.must(err)
	days, err := policies.NewCalendars()
	w.must(err)
	real, err := clock.New(clock.Real(), func() time.Time { return *w.now.Load() })
	w.must(err)
	return &activities.Cases{Store: w.store, Policies: library, Calendars: days, Clock: real}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// set lets it be nine o'clock on a day.
func (w *world) set(day string) {
	d, err := calendar.ParseDate(day)
	w.must(err)
	at := d.Start().Add(9 * time.Hour)
	w.now.Store(&at)
}

func (w *world) apply(cases *activities.Cases, id, name, person string, input any) workflows.Outcome {
	w.t.Helper()
	data, err := json.Marshal(input)
	w.must(err)
	out, err := cases.Apply(context.Background(), workflows.Command{Kind: authorization.Kind, Case: id, ID: id + "/" + name, Name: name, Person: person, Data: data})
	w.must(err)
	if out.Refusal != nil {
		w.t.Fatalf("%s: %+v", name, out.Refusal)
	}
	return out
}

// submit has an application waiting for the officer.
func (w *world) submit(id string) {
	w.t.Helper()
	w.apply(w.cases, id, "draft", "spruce-applicant", demo.Application("公交到站预测"+id))
	w.apply(w.cases, id, "submit", "spruce-applicant", struct{}{})
}

// due is when the check for completeness of a case ends.
func (w *world) due(id string) string {
	w.t.Helper()
	c, err := w.store.Case(context.Background(), machine(w.t), id)
	w.must(err)
	return c.Head().Deadline("completeness").Due.On.String()
}

func machine(t testing.TB) lifecycle.Definition {
	def, err := kinds.Of(authorization.Kind)
	if err != nil {
		t.Fatal(err)
	}
	return def
}

// amended is 2026 with more days off in January.
func amended(off ...int) []byte {
	days := []string{`{"date":"2026-01-01","isOffDay":true}`}
	for _, d := range off {
		days = append(days, fmt.Sprintf(`{"date":"2026-01-%02d","isOffDay":true}`, d))
	}
	return []byte(`{"year":2026,"notice":"（测试）更正通知","days":[` + strings.Join(days, ",") + `]}`)
}

func (w *world) put(request string, content []byte) store.Calendar {
	w.t.Helper()
	put, refused, err := w.keeper.Put(context.Background(), administrator, request, content)
	w.must(err)
	if refused != nil {
		w.t.Fatalf("%+v", refused)
	}
	return put
}

func (w *world) preview(content []byte, cursor string, limit int) calendars.Preview {
	w.t.Helper()
	p, refused, err := w.keeper.Preview(context.Background(), content, cursor, limit)
	w.must(err)
	if refused != nil {
		w.t.Fatalf("%+v", refused)
	}
	return p
}

// recount runs what a round's workflow runs, once.
func (w *world) recount(in workflows.RecountInput) error {
	w.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivityWithOptions(w.keeper.Recount, activity.RegisterOptions{Name: workflows.RecountActivity})
	_, err := env.ExecuteActivity(workflows.RecountActivity, in)
	return err
}

// start confirms the calendar in force and runs the recount.
func (w *world) start() calendars.Progress {
	w.t.Helper()
	now, err := w.keeper.InForce(context.Background())
	w.must(err)
	_, refused, err := w.keeper.StartRecount(context.Background(), administrator, now.Version)
	w.must(err)
	if refused != nil {
		w.t.Fatalf("%+v", refused)
	}
	if err := w.recount(w.begun[len(w.begun)-1]); err != nil {
		w.t.Fatal(err)
	}
	p, known, err := w.keeper.Progress(context.Background())
	w.must(err)
	if !known {
		w.t.Fatal("no progress")
	}
	return p
}

func TestPut(t *testing.T) {
	w := newWorld(t)
	w.submit("a-1")
	other := w.another()
	first := w.put("r1", amended(7))
	if first.Version != 1 || first.Year != 2026 || first.AddedBy != administrator || !strings.HasPrefix(first.Digest, "sha256:") || first.Notice == "" {
		t.Errorf("%+v", first)
	}
	if again := w.put("r1", amended(7)); again.Version != 1 {
		t.Errorf("a repeat brought %+v", again)
	}
	for name, content := range map[string][]byte{"the same": amended(7), "the same in other words": append([]byte(" "), amended(7)...)} {
		_, refused, err := w.keeper.Put(t.Context(), administrator, name, content)
		if err != nil || refused == nil || refused.Code != refusal.CalendarUnchanged.Name {
			t.Errorf("%s: %+v, %v", name, refused, err)
		}
	}
	_, refused, err := w.keeper.Put(t.Context(), administrator, "bad", []byte(`{"year":2026,"notice":"n","days":[{"date":"2026-13-01","isOffDay":true}]}`))
	if err != nil || refused == nil || refused.Fields[0].Path != "days[0].date" {
		t.Errorf("%+v, %v", refused, err)
	}
	// In force at once, here and in another process, for what is counted from now on; what was counted stays.
	w.submit("a-2")
	w.apply(other, "a-3", "draft", "spruce-applicant", demo.Application("另一事项"))
	w.apply(other, "a-3", "submit", "spruce-applicant", struct{}{})
	if got := []string{w.due("a-1"), w.due("a-2"), w.due("a-3")}; !cmp.Equal(got, []string{"2026-01-08", "2026-01-09", "2026-01-09"}) {
		t.Errorf("due %v", got)
	}
	now, err := w.keeper.InForce(t.Context())
	if err != nil || len(now.Years) != 2 || now.Years[0].Upload != 0 || now.Years[1].Upload != 1 {
		t.Errorf("%+v, %v", now, err)
	}
	// Back to what was before is a change like any other.
	w.put("r2", amended(7, 8))
	if back := w.put("r3", amended(7)); back.Version != 3 {
		t.Errorf("%+v", back)
	}
	if all, err := w.keeper.Uploads(t.Context()); err != nil || len(all) != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestPreview(t *testing.T) {
	w := newWorld(t)
	for i := range 5 {
		w.submit(fmt.Sprint("a-", i))
	}
	before := w.store
	events := func() (n int) {
		for i := range 5 {
			e, err := before.Events(t.Context(), identity.System(), fmt.Sprint("a-", i), 0, store.MaxLimit)
			w.must(err)
			n += len(e)
		}
		return n
	}
	had := events()
	p := w.preview(amended(7, 8), "", 2)
	got := p.Moves[0]
	if got.Case != "a-0" || got.Kind != authorization.Kind || got.Title != "公交到站预测a-0" || got.Name != "completeness" || got.Rule.ZH == "" || got.Article == "" ||
		got.From.On.String() != "2026-01-08" || got.To.On.String() != "2026-01-12" || got.Days != 4 {
		t.Errorf("%+v", got)
	}
	if len(p.Moves) != 2 || p.Next != "a-1" || *p.Totals != (calendars.Totals{Cases: 5, Later: 5}) {
		t.Errorf("%+v, totals %+v", p, p.Totals)
	}
	var cases []string
	for next := p.Next; next != ""; {
		part := w.preview(amended(7, 8), next, 2)
		for _, m := range part.Moves {
			cases = append(cases, m.Case)
		}
		if next = part.Next; part.Totals != nil {
			t.Error("totals twice")
		}
	}
	if diff := cmp.Diff([]string{"a-2", "a-3", "a-4"}, cases); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if events() != had || w.due("a-0") != "2026-01-08" {
		t.Error("looking changed something")
	}
	if now, err := w.keeper.InForce(t.Context()); err != nil || now.Years[1].Upload != 0 {
		t.Errorf("%+v, %v", now, err)
	}
	if _, refused, err := w.keeper.Preview(t.Context(), []byte(`{}`), "", 0); err != nil || refused == nil {
		t.Errorf("%+v, %v", refused, err)
	}
}

// What the preview says is what the recount does, each case once, through a crash in the middle and when it is asked for again.
func TestRecount(t *testing.T) {
	w := newWorld(t)
	const n = 120 // more than a part has
	for i := range n {
		w.submit(fmt.Sprintf("a-%03d", i))
	}
	w.apply(w.cases, "a-007", "accept", "officer", struct{}{})
	w.put("r1", amended(7))
	said := map[string]string{}
	for next, first := "", true; first || next != ""; first = false {
		p := w.preview(nil, next, 50)
		for _, m := range p.Moves {
			said[m.Case] += m.Name + " " + m.To.On.String() + ";"
		}
		next = p.Next
	}
	now, err := w.keeper.InForce(t.Context())
	w.must(err)
	if _, refused, err := w.keeper.StartRecount(t.Context(), administrator, "another"); err != nil || refused == nil || refused.Code != refusal.CalendarSuperseded.Name {
		t.Errorf("%+v, %v", refused, err)
	}
	begun, refused, err := w.keeper.StartRecount(t.Context(), administrator, now.Version)
	if err != nil || refused != nil || begun.Total != n {
		t.Fatalf("%+v, %+v, %v", begun, refused, err)
	}
	// The crash: the worker's context ends while commands are under way.
	var crashed sync.Once
	crash, down := context.WithCancel(t.Context())
	w.give = func(workflows.Command) error {
		if w.given.Load() > 70 {
			crashed.Do(down)
		}
		return crash.Err()
	}
	if p := w.recount(w.begun[0]); p != nil {
		t.Logf("ended with %v", p)
	}
	w.give = nil
	p := w.start()
	if p.FinishedAt == nil || p.Checked != n || p.Superseded {
		t.Errorf("%+v", p)
	}
	p = w.start() // those that failed in the crash
	if p.FinishedAt == nil || p.Checked != n || p.Failed != 0 {
		t.Errorf("%+v", p)
	}
	if w.begun[0].Round != 1 || w.begun[len(w.begun)-1].Round < 2 {
		t.Errorf("%+v", w.begun)
	}
	done := map[string]string{}
	for i := range n {
		id := fmt.Sprintf("a-%03d", i)
		events, err := w.store.Events(t.Context(), identity.System(), id, 0, store.MaxLimit)
		w.must(err)
		for _, e := range events {
			if e.Type != "deadline-recounted" {
				continue
			}
			var c lifecycle.DeadlineRecounted
			w.must(json.Unmarshal(e.Data, &c))
			if c.Moves() {
				done[id] += c.Name + " " + c.To.On.String() + ";"
			}
			if e.By.Person != identity.SystemPerson || !strings.HasPrefix(e.CommandID, "recount/"+now.Version+"/"+id+"/") {
				t.Errorf("%+v", e)
			}
		}
	}
	if diff := cmp.Diff(said, done); diff != "" || len(done) < n-1 {
		t.Errorf("%d said, %d done (-said +done):\n%s", len(said), len(done), diff)
	}
	if given := w.given.Load(); given > 3*n {
		t.Errorf("%d commands for %d cases", given, n)
	}
	if p := w.preview(nil, "", 0); len(p.Moves) > 0 || p.Totals.Later > 0 {
		t.Errorf("left: %+v", p)
	}
}

// A case that does not answer holds up no other, and is told of; another calendar ends the recount.
func TestRecountOfTheUnwilling(t *testing.T) {
	w := newWorld(t)
	for i := range 3 {
		w.submit(fmt.Sprint("a-", i))
	}
	w.put("r1", amended(7))
	w.give = func(cmd workflows.Command) error {
		if cmd.Case == "a-1" {
			return errors.New("silence")
		}
		return nil
	}
	if p := w.start(); p.Failed != 1 || p.Recounted != 2 || p.FinishedAt == nil {
		t.Errorf("%+v", p)
	}
	w.give = nil
	if p := w.start(); p.Failed != 0 || p.Recounted != 1 || p.Round != 2 || w.due("a-1") != "2026-01-09" {
		t.Errorf("%+v, due %s", p, w.due("a-1"))
	}
	now, err := w.keeper.InForce(t.Context())
	w.must(err)
	if _, _, err := w.keeper.StartRecount(t.Context(), administrator, now.Version); err != nil {
		t.Fatal(err)
	}
	w.put("r2", amended(7, 8))
	w.must(w.recount(w.begun[len(w.begun)-1]))
	if p, _, err := w.keeper.Progress(t.Context()); err != nil || !p.Superseded || p.FinishedAt == nil || p.Checked != 0 || w.due("a-1") != "2026-01-09" {
		t.Errorf("%+v, %v", p, err)
	}
}

// BenchmarkPreview is the first part of a preview, which looks at every open case.
func BenchmarkPreview(b *testing.B) {
	w := newWorld(b)
	const n = 1000
	for i := range n {
		w.submit(fmt.Sprintf("a-%04d", i))
		w.apply(w.cases, fmt.Sprintf("a-%04d", i), "accept", "officer", struct{}{})
	}
	for b.Loop() {
		if p := w.preview(amended(7, 8), "", 50); p.Totals.Cases != n {
			b.Fatalf("%+v", p.Totals)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/case")
}
