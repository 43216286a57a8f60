package activities_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"datacharter/activities"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/workflows"
)

// server stands for Temporal: it notes the commands it is given and answers as told.
type server struct {
	client.Client
	mu     sync.Mutex
	given  []workflows.Command
	answer func(workflows.Command) (workflows.Outcome, error)
}

func (f *server) UpdateWorkflow(_ context.Context, options client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	cmd, ok := options.Args[0].(workflows.Command)
	if !ok {
		return nil, errors.New("not a command")
	}
	f.mu.Lock()
	f.given = append(f.given, cmd)
	f.mu.Unlock()
	out, err := f.answer(cmd)
	return handle{out: out}, err
}

type handle struct {
	client.WorkflowUpdateHandle
	out workflows.Outcome
}

func (h handle) Get(_ context.Context, value any) error {
	raw, err := json.Marshal(h.out)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, value)
}

func yes(workflows.Command) (workflows.Outcome, error) { return workflows.Outcome{}, nil }

// deliver runs the activity until the outbox has nothing to deliver now, then stops the worker.
func (w *world) deliver(server *server, wall func() time.Time) {
	w.t.Helper()
	stop := make(chan struct{})
	done := make(chan error, 1)
	go func() { done <- w.deliverUntil(server, wall, stop) }()
	deadline := time.After(20 * time.Second)
	for {
		waiting, err := w.store.Outbox(w.t.Context(), 1, wall())
		if err != nil {
			w.t.Fatal(err)
		}
		if len(waiting) == 0 {
			break
		}
		select {
		case <-deadline:
			w.t.Fatal("the outbox is not emptied")
		case <-time.After(10 * time.Millisecond):
		}
	}
	close(stop)
	if err := <-done; err != nil {
		w.t.Fatal(err)
	}
}

// deliverUntil runs the activity until its worker stops.
func (w *world) deliverUntil(server *server, wall func() time.Time, stop chan struct{}) error {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestActivityEnvironment()
	env.SetWorkerStopChannel(stop)
	outbox := &activities.Outbox{Store: w.store, Temporal: server, Wall: wall, Keys: w.keys, Logger: slog.New(slog.DiscardHandler)}
	env.RegisterActivity(outbox.Deliver)
	_, err := env.ExecuteActivity(outbox.Deliver)
	return err
}

func TestNoticesReachThoseTheyAreFor(t *testing.T) {
	w := newWorld(t)
	w.drafted()
	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	w.accepted(command("accept", "officer", "accept", struct{}{}))
	w.deliver(&server{answer: yes}, time.Now)

	for person, want := range map[string]string{"spruce-applicant": "application-accepted", "security-reviewer": "task-opened", "supply-reviewer": "task-opened"} {
		page, err := w.store.ListNotices(t.Context(), person, store.NoticeFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(page.Items, func(n store.NoticeView) bool { return n.Subject == want }) {
			t.Errorf("%s has not been told %s: %+v", person, want, page.Items)
		}
	}
	if page, err := w.store.ListNotices(t.Context(), "qinghe-applicant", store.NoticeFilter{}); err != nil || len(page.Items) > 0 {
		t.Errorf("somebody else's applicant was told: %+v, %v", page.Items, err)
	}
}

func TestWindDownGivesOneCommandPerStep(t *testing.T) {
	server := &server{answer: yes}
	wind := &activities.WindDown{Temporal: server}
	for _, step := range []string{workflows.SuspendAccess, workflows.SuspendAccess, workflows.RestoreAccess, workflows.CloseAccess, workflows.Delist, workflows.PublicNotice} {
		if err := wind.WindDown(t.Context(), workflows.WindDownInput{Exit: "x", Authorization: "a", Step: step}); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	var got []string
	for _, c := range server.given {
		got = append(got, c.ID+" "+c.Name+" "+string(c.Data))
	}
	want := []string{
		`x/suspend-access set-access {"access":"suspended"}`, `x/suspend-access set-access {"access":"suspended"}`,
		`x/restore-access set-access {"access":"open"}`, `x/close-access set-access {"access":"closed"}`, `x/delist-products delist-all {}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestWindDownFailsWhenItIsRefusedOrUnknown(t *testing.T) {
	server := &server{answer: func(workflows.Command) (workflows.Outcome, error) {
		return workflows.Outcome{Refusal: refusal.NotInState.With()}, nil
	}}
	wind := &activities.WindDown{Temporal: server}
	if err := wind.WindDown(t.Context(), workflows.WindDownInput{Exit: "x", Authorization: "a", Step: workflows.CloseAccess}); err == nil {
		t.Error("a refused step counts as done")
	}
	if err := wind.WindDown(t.Context(), workflows.WindDownInput{Exit: "x", Authorization: "a", Step: "no-such-step"}); err == nil {
		t.Error("a step that nobody knows counts as done")
	}
}
