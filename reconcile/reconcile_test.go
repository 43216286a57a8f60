package reconcile_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"datacharter/activities"
	"datacharter/clock"
	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/policies"
	"datacharter/reconcile"
	"datacharter/store"
	"datacharter/store/storetest"
	"datacharter/workflows"
)

// temporal stands for the server: it holds the version that each running workflow knows. The rest of a client is not to be used.
type temporal struct {
	client.Client

	store *store.Store

	mu     sync.Mutex
	known  map[string]int64
	silent map[string]bool
	acts   []string
	down   error
	onAsk  func(id string) // before a query is answered
}

func (s *temporal) DescribeWorkflowExecution(_ context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status := enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING
	if _, runs := s.known[id]; !runs {
		if id == "a-never" {
			return nil, serviceerror.NewNotFound("none")
		}
		status = enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED
	}
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{Status: status}}, s.down
}

func (s *temporal) QueryWorkflow(_ context.Context, id, _, query string, _ ...any) (converter.EncodedValue, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.onAsk != nil {
		s.onAsk(id)
	}
	if s.silent[id] || query != workflows.HeaderQuery {
		return nil, serviceerror.NewQueryFailed("no worker")
	}
	payloads, err := converter.GetDefaultDataConverter().ToPayloads(workflows.Header{Case: id, Version: s.known[id]})
	return client.NewValue(payloads), err
}

func (s *temporal) UpdateWorkflow(ctx context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := o.WorkflowID
	if _, runs := s.known[id]; !runs {
		return nil, serviceerror.NewNotFound("none")
	}
	s.acts = append(s.acts, o.UpdateName+" "+id)
	if s.silent[id] {
		return nil, client.NewWorkflowUpdateServiceTimeoutOrCanceledError(context.DeadlineExceeded)
	}
	c, err := s.store.CaseByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if s.known[id] = c.Version; c.Closed || c.Draft {
		delete(s.known, id) // it ends by itself
	}
	return answered{workflows.Header{Case: id, Version: c.Version}}, nil
}

func (s *temporal) ExecuteWorkflow(ctx context.Context, o client.StartWorkflowOptions, name any, args ...any) (client.WorkflowRun, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acts = append(s.acts, fmt.Sprint("start ", name, " ", o.ID, " ", args))
	c, err := s.store.CaseByID(ctx, o.ID)
	s.known[o.ID] = c.Version
	return nil, err
}

// answered is the handle of an update that is completed.
type answered struct{ header workflows.Header }

func (answered) WorkflowID() string { return "" }
func (answered) RunID() string      { return "" }
func (answered) UpdateID() string   { return "" }
func (a answered) Get(_ context.Context, value any) error {
	*value.(*workflows.Header) = a.header //nolint:forcetypeassert // what Reload asks for
	return nil
}

// world has four open cases at version 2 beside the plans of the city, a draft at 1 and a closed case at 2, and a server that agrees with all of it.
func newWorld(t *testing.T) (*reconcile.Reconciler, *temporal) {
	t.Helper()
	db := storetest.SQLite.Open(t, store.Options{})
	_, err := demo.Seed(t.Context(), db, t.TempDir())
	must(t, err)
	library, err := policies.NewLibrary()
	must(t, err)
	days, err := policies.NewCalendars()
	must(t, err)
	real, err := clock.New(clock.Real(), time.Now)
	must(t, err)
	cases := &activities.Cases{Store: db, Policies: library, Calendars: days, Clock: real}
	give := func(id, name string, input any) {
		data, err := json.Marshal(input)
		must(t, err)
		out, err := cases.Apply(t.Context(), workflows.Command{Kind: authorization.Kind, Case: id, ID: id + name, Name: name, Person: "spruce-applicant", Data: data})
		must(t, err)
		if out.Refusal != nil {
			t.Fatalf("%+v", out.Refusal)
		}
	}
	server := &temporal{store: db, known: map[string]int64{}, silent: map[string]bool{}}
	for _, id := range []string{demo.WholePlan, demo.FieldPlan, demo.ScenarioPlan} {
		server.known[id] = 0 // as below
	}
	for _, id := range []string{"a-1", "a-2", "a-3", "a-never", "b-closed", "b-draft"} {
		give(id, "draft", demo.Application("公交到站预测"))
		switch id {
		case "b-draft":
		case "b-closed":
			give(id, "delete-draft", struct{}{})
		default:
			give(id, "submit", struct{}{})
			server.known[id] = 2
		}
	}
	for id := range server.known {
		c, err := db.CaseByID(t.Context(), id)
		must(t, err)
		server.known[id] = c.Version
	}
	return &reconcile.Reconciler{Store: db, Temporal: server, Pause: time.Millisecond}, server
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// find walks all cases in parts of two.
func find(t *testing.T, r *reconcile.Reconciler) (found []string, checked int) {
	t.Helper()
	for _, open := range []bool{true, false} {
		for next, first := "", true; first || next != ""; first = false {
			part, err := r.Disagreements(t.Context(), open, next, 2)
			must(t, err)
			for _, d := range part.Found {
				found = append(found, d.ID+" "+string(d.Problem))
			}
			checked += part.Checked
			next = part.Next
		}
	}
	return found, checked
}

func TestFindsAndRepairs(t *testing.T) {
	r, server := newWorld(t)
	if found, checked := find(t, r); len(found) > 0 || checked != 9 {
		t.Fatalf("%v of %d", found, checked)
	}
	delete(server.known, "a-1")
	delete(server.known, "a-never")
	server.known["a-2"]--
	server.silent["a-3"] = true
	server.known["b-closed"], server.known["b-draft"] = 1, 1
	want := []string{"a-1 missing", "a-2 differs", "a-3 silent", "a-never missing", "b-closed left", "b-draft left"}
	found, _ := find(t, r)
	if diff := cmp.Diff(want, found); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for range 2 { // twice does no harm
		for _, id := range []string{"a-1", "a-2", "a-never", "b-closed", "b-draft"} {
			left, err := r.Repair(t.Context(), id)
			if err != nil || left != nil {
				t.Errorf("%s: %+v, %v", id, left, err)
			}
		}
	}
	wantActs := []string{
		"start Authorization a-1 [{a-1 }]", "reload a-2", "start Authorization a-never [{a-never }]", "reload b-closed", "reload b-draft",
		"reload a-1", "reload a-2", "reload a-never",
	}
	if diff := cmp.Diff(wantActs, server.acts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if left, err := r.Repair(t.Context(), "a-3"); err != nil || left == nil || left.Problem != reconcile.Silent {
		t.Errorf("a silent workflow: %+v, %v", left, err)
	}
	if found, _ := find(t, r); !cmp.Equal(found, []string{"a-3 silent"}) {
		t.Errorf("left: %v", found)
	}
}

// A case that moves on between two looks does not disagree, and neither does one that has ended by the second.
func TestRace(t *testing.T) {
	r, server := newWorld(t)
	server.known["a-1"]--
	asked := 0
	server.onAsk = func(id string) {
		if id == "a-1" {
			if asked++; asked == 2 {
				server.known[id]++
			}
		}
	}
	if found, _ := find(t, r); len(found) > 0 || asked != 2 {
		t.Errorf("%v, asked %d times", found, asked)
	}
}

func TestTemporalAway(t *testing.T) {
	r, server := newWorld(t)
	server.down = serviceerror.NewUnavailable("away")
	if _, err := r.Disagreements(t.Context(), true, "", 0); !errors.Is(err, server.down) {
		t.Errorf("got %v", err)
	}
	if _, err := r.Repair(t.Context(), "a-1"); !errors.Is(err, server.down) || len(server.acts) > 0 {
		t.Errorf("got %v, %v", err, server.acts)
	}
	server.down = nil
	if _, err := r.Repair(t.Context(), "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
