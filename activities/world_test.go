package activities_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"datacharter/activities"
	"datacharter/clock"
	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/store/storetest"
	"datacharter/transparency"
	"datacharter/workflows"
)

// world is the demonstration's city on a database of its own.
type world struct {
	t     *testing.T
	store *store.Store
	cases *activities.Cases
	keys  transparency.Keys
}

const caseID = "aut-test"

func newWorld(t *testing.T) *world {
	t.Helper()
	db := storetest.SQLite.Open(t, store.Options{})
	if _, err := demo.Seed(t.Context(), db, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	library, err := policies.NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	return &world{t: t, store: db, cases: cases(t, db, library), keys: logKeys(t)}
}

func cases(t *testing.T, db *store.Store, library *policies.Library) *activities.Cases {
	t.Helper()
	days, err := policies.NewCalendars()
	if err != nil {
		t.Fatal(err)
	}
	now, err := clock.New(clock.Real(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return &activities.Cases{Store: db, Policies: library, Calendars: days, Clock: now}
}

// command is a command of the authorisation under test; its fingerprint is its input.
func command(id, person, name string, input any) workflows.Command {
	data, err := json.Marshal(input)
	if err != nil {
		panic(err)
	}
	return workflows.Command{Kind: authorization.Kind, Case: caseID, ID: id, Name: name, Person: person, Data: data, Fingerprint: fmt.Sprintf("%x", data)}
}

func application(title string) authorization.Application {
	return demo.Application(title)
}

func (w *world) apply(cmd workflows.Command) workflows.Outcome {
	w.t.Helper()
	out, err := w.cases.Apply(w.t.Context(), cmd)
	if err != nil {
		w.t.Fatalf("%s: %v", cmd.Name, err)
	}
	return out
}

// accepted applies the command and insists that it is not refused.
func (w *world) accepted(cmd workflows.Command) workflows.Outcome {
	w.t.Helper()
	out := w.apply(cmd)
	if out.Refusal != nil {
		w.t.Fatalf("%s was refused: %+v", cmd.Name, out.Refusal)
	}
	return out
}

func (w *world) drafted() workflows.Outcome {
	w.t.Helper()
	return w.accepted(command("draft", "spruce-applicant", "draft", application("公交到站预测")))
}

// events are those of the authorisation, as the system reads them.
func (w *world) events() []store.RecordedEvent {
	w.t.Helper()
	events, err := w.store.Events(context.Background(), identity.System(), caseID, 0, store.MaxLimit)
	if err != nil {
		w.t.Fatal(err)
	}
	return events
}

func (w *world) refusedWith(out workflows.Outcome, code string) {
	w.t.Helper()
	if out.Refusal == nil || out.Refusal.Code != code {
		w.t.Fatalf("got %+v, want the refusal %s", out.Refusal, code)
	}
}
