package workflows_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"datacharter/workflows"
)

// recorded lists the histories in testdata/replay. They were recorded with a real server by standalone/replay, from released commits:
// a history recorded from the branch under test would prove nothing about the cases that are running.
func recorded(t *testing.T) map[string]*historypb.History {
	t.Helper()
	files, err := filepath.Glob("testdata/replay/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("testdata/replay is empty: nothing says any more whether running cases can go on with this program")
	}
	out := map[string]*historypb.History{}
	for _, file := range files {
		raw, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		h, err := client.HistoryFromJSON(raw, client.HistoryJSONOptions{})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := raw.Close(); err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(file), ".json")] = h
	}
	return out
}

func replayer(t *testing.T) worker.WorkflowReplayer {
	t.Helper()
	r, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DisableRegistrationAliasing: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReplay(t *testing.T) {
	for name, history := range recorded(t) {
		t.Run(name, func(t *testing.T) {
			r := replayer(t)
			workflows.Register(r)
			if err := r.ReplayWorkflowHistory(quiet, history); err != nil {
				t.Errorf("%v\n\nThis history was written by a released program. With this one, every case whose workflow stands where it does would stop:\n"+
					"its commands would not be answered and its due times would not come, until a compatible program is deployed.\n"+
					"Keep the old path behind workflow.GetVersion; do not record the history anew.", err)
			}
		})
	}
}

// A program that waits where the released one did not must be found out, or the test above proves nothing.
func TestReplayFindsIncompatiblePrograms(t *testing.T) {
	histories := recorded(t)
	sleepFirst := func(ctx workflow.Context, in workflows.CaseInput) error {
		if err := workflow.Sleep(ctx, time.Second); err != nil {
			return err
		}
		return workflows.Authorization(ctx, in)
	}
	for name, changed := range map[string]func(workflow.Context, workflows.CaseInput) error{
		"sleeps first":     sleepFirst,
		"forgets the exit": workflows.Meeting, // waits for commands, starts no child
	} {
		t.Run(name, func(t *testing.T) {
			r := replayer(t)
			r.RegisterWorkflowWithOptions(changed, workflow.RegisterOptions{Name: workflows.AuthorizationWorkflow})
			err := r.ReplayWorkflowHistory(quiet, histories["authorization-whole"])
			if err == nil || !strings.Contains(err.Error(), "TMPRL1100") {
				t.Errorf("want an error of non-determinism, got %v", err)
			}
		})
	}
}

// A command costs at most eight events of its history: task scheduled, started and completed, update accepted, the transaction's marker,
// update completed, and two for a clock that moves or an exit that starts.
func TestHistoryPerCommand(t *testing.T) {
	const most = 8
	events, commands := 0, 0
	for name, h := range recorded(t) {
		cost, applied, at := 0, 0, int64(0)
		check := func() {
			if cost > most*max(applied, 1) {
				t.Errorf("%s, event %d: %d events for %d commands", name, at, cost, applied)
			}
			cost, applied = 0, 0
		}
		for _, e := range h.Events {
			if e.EventType == enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED {
				check()
				at = e.EventId
			}
			if !arrives(e.EventType) {
				cost++
			}
			switch transaction(t, e) {
			case workflows.ApplyActivity:
				applied++
				commands++
			case workflows.LoadActivity:
				cost -= 2 // no command's but the run's own: this marker and the first timer
			}
		}
		check()
		events += len(h.Events)
	}
	t.Logf("%d events for %d commands of people, clocks and the system: %.1f each, with all that runs cost besides", events, commands, float64(events)/float64(commands))
}

// arrives reports whether an event comes from outside between two workflow tasks: it is counted with what it leads to, not with what it follows.
func arrives(e enumspb.EventType) bool {
	switch e {
	case enumspb.EVENT_TYPE_TIMER_FIRED, enumspb.EVENT_TYPE_ACTIVITY_TASK_STARTED, enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
		enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED, enumspb.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_COMPLETED:
		return true
	default:
		return false
	}
}

// transaction names the local activity whose result a marker holds; empty for other events.
func transaction(t *testing.T, e *historypb.HistoryEvent) string {
	t.Helper()
	data := e.GetMarkerRecordedEventAttributes().GetDetails()["data"].GetPayloads()
	if len(data) == 0 {
		return ""
	}
	var marker struct{ ActivityType string }
	if err := json.Unmarshal(data[0].GetData(), &marker); err != nil {
		t.Fatal(err)
	}
	return marker.ActivityType
}
