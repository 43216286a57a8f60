package replay_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/temporal"
	"go.temporal.io/server/temporaltest"

	"datacharter/clock"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/internal/lives"
	"datacharter/internal/lives/settle"
	"datacharter/serve"
	"datacharter/store"
	"datacharter/workflows"
)

var quiet = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// realServer is a Temporal server with the product's own workers on a database of their own.
type realServer struct {
	t         *testing.T
	system    *serve.System
	client    client.Client
	dayLength time.Duration
}

// newRealServer starts everything; a run is asked to continue as new after so many events of its history.
func newRealServer(t *testing.T, dayLength time.Duration, suggestAfter int) *realServer {
	t.Helper()
	server := temporaltest.NewServer(temporaltest.WithT(t), temporaltest.WithBaseServerOptions(temporal.WithDynamicConfigClient(dynamicconfig.StaticClient{
		dynamicconfig.TransferProcessorMaxPollRPS.Key():         200,
		dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
		dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
		dynamicconfig.HistoryCountSuggestContinueAsNew.Key():    suggestAfter,
	})))
	// Histories carry the identity of worker and client; it must not tell on which machine they were recorded.
	c := server.NewClientWithOptions(client.Options{Identity: "test", Logger: quiet})

	url := "sqlite:" + filepath.Join(t.TempDir(), "datacharter.db")
	if _, err := store.MigrateUp(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	system, err := serve.Open(t.Context(), serve.Settings{
		DatabaseURL: url, Data: t.TempDir(), Logger: slog.New(slog.DiscardHandler), BuildID: "test",
		Clock: clock.Training(calendar.NewDate(2026, time.March, 2), dayLength, time.Now()),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := system.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &realServer{t: t, system: system, client: c, dayLength: dayLength}
	if err := settle.In(t.Context(), system.Store); err != nil {
		t.Fatal(err)
	}
	workers, err := system.Workers(c, filepath.Join(t.TempDir(), "log-keys"))
	if err != nil {
		t.Fatal(err)
	}
	if err := workers.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(workers.Stop)
	if err := serve.StartDeliveries(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return s
}

// director has people give commands as the API does.
func (s *realServer) director() *lives.Director {
	return &lives.Director{
		T: s.t, Now: s.system.Clock.Now,
		Give: func(cmd workflows.Command) workflows.Outcome {
			s.t.Helper()
			out, err := s.give(cmd)
			if err != nil {
				s.t.Fatalf("%s on %s: %v", cmd.Name, cmd.Case, err)
			}
			return out
		},
		Case: func(def lifecycle.Definition, id string) lifecycle.Case {
			s.t.Helper()
			view, err := s.system.Store.GetCase(s.t.Context(), identity.System(), def.Kind(), id)
			if errors.Is(err, store.ErrNotFound) {
				return def.Blank(id)
			}
			if err != nil {
				s.t.Fatal(err)
			}
			c, err := def.Decode(view.Data)
			if err != nil {
				s.t.Fatal(err)
			}
			return c
		},
		Wait: func(d time.Duration) {
			time.Sleep(time.Duration(float64(d) / float64(24*time.Hour) * float64(s.dayLength)))
		},
	}
}

func (s *realServer) give(cmd workflows.Command) (workflows.Outcome, error) {
	if cmd.Name == "draft" {
		return s.system.Cases.Apply(s.t.Context(), cmd)
	}
	ctx, cancel := context.WithTimeout(s.t.Context(), 30*time.Second)
	defer cancel()
	return workflows.Give(ctx, s.client, cmd, cmd.Name == "submit" || cmd.Name == "call")
}

// histories are those of every run of a workflow, oldest first.
func (s *realServer) histories(id string) []*historypb.History {
	s.t.Helper()
	var out []*historypb.History
	for run := ""; ; {
		h := &historypb.History{}
		for events := s.client.GetWorkflowHistory(s.t.Context(), id, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
			e, err := events.Next()
			if err != nil {
				s.t.Fatal(err)
			}
			h.Events = append(h.Events, e)
		}
		out = append([]*historypb.History{h}, out...)
		if run = h.Events[0].GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId(); run == "" {
			return out
		}
	}
}
