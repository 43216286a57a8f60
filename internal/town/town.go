// Package town is a fictitious town for tests: a database of its own in memory, people of every role, and cases that are brought into any state.
//
// Commands are applied at once and what they send is delivered at once, as workflows and outbox would have it, but without Temporal.
package town

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"datacharter/activities"
	"datacharter/attachments"
	"datacharter/casework"
	"datacharter/clock"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/workflows"
)

// Town is where a test takes place.
type Town struct {
	Store     *store.Store
	Cases     *activities.Cases
	Desk      *casework.Desk
	Files     *attachments.Files
	Directory string // of Files

	// Carry takes the commands that people give to their cases and returns what became of them; a refusal ends the test. A test of one way of giving
	// commands puts its own here; New puts the desk.
	Carry func(Order) casework.Done

	t        testing.TB
	database string // its file
	now      atomic.Pointer[time.Time]
	keys     atomic.Int64

	disclosed atomic.Int64 // disclosures made
	planned   sync.Once
}

// Object is an input as JSON's own types.
type Object = map[string]any

// Order is one command as a person gives it.
type Order struct {
	Person  string
	Kind    lifecycle.Kind
	Case    string // empty when the command opens the case
	Task    string // empty when the command is on the case itself
	Command string
	Input   Object // without the task
}

// New founds a town on Monday 5 January 2026, 9:00 in China. It is gone when t ends.
func New(t testing.TB) *Town {
	t.Helper()
	path := memory(t) + "/town.db"
	empty, err := emptyDatabase()
	if err == nil {
		err = os.WriteFile(path, empty, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	w := On(t, "sqlite:"+path)
	w.database = path
	return w
}

// emptyDatabase is a migrated file with nothing in it: to migrate one takes much longer than to copy it.
var emptyDatabase = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "datacharter-town-")
	if err != nil {
		return nil, err
	}
	path := dir + "/town.db"
	_, err = store.MigrateUp(context.Background(), "sqlite:"+path)
	empty, unread := os.ReadFile(path)
	return empty, cmp.Or(err, unread, os.RemoveAll(dir))
})

// On founds a town on an empty database.
func On(t testing.TB, url string) *Town {
	t.Helper()
	w := &Town{t: t, Directory: t.TempDir()}
	w.SetNow(time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC))
	w.Carry = w.overTheDesk
	ctx := context.Background()
	_, err := store.MigrateUp(ctx, url)
	w.Must(err)
	w.Store, err = store.Open(ctx, url, store.Options{Now: w.Now, Wall: w.Now, Logger: slog.New(slog.DiscardHandler)})
	w.Must(err)
	t.Cleanup(func() { w.Must(w.Store.Close()) })
	library, err := policies.NewLibrary()
	w.Must(err)
	calendars, err := policies.NewCalendars()
	w.Must(err)
	business, err := clock.New(clock.Real(), w.Now)
	w.Must(err)
	w.Files, err = attachments.Open(w.Directory, w.Now())
	w.Must(err)
	w.Cases = &activities.Cases{Store: w.Store, Policies: library, Calendars: calendars, Clock: business}
	w.Desk = casework.New(casework.Options{Store: w.Store, Cases: w.Cases, Policies: library, Clock: business, Give: w.Give})
	w.settle(ctx)
	return w
}

// memory is a directory that is gone after the test, in memory where the system has such: these tests are not about disks.
func memory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "datacharter-town-") //nolint:usetesting // t.TempDir is on a disk
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

// Must ends the test on an error.
func (w *Town) Must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Now is the town's time, of business and of the wall alike: it stands still until SetNow or Later.
func (w *Town) Now() time.Time { return *w.now.Load() }

// SetNow sets the town's time.
func (w *Town) SetNow(now time.Time) { w.now.Store(&now) }

// Give applies a command and delivers what the cases sent.
func (w *Town) Give(ctx context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
	out, err := w.Cases.Apply(ctx, cmd)
	if err == nil {
		err = w.Deliver(ctx)
	}
	return out, err
}

// Deliver delivers what waits in the outbox.
func (w *Town) Deliver(ctx context.Context) error {
	for {
		messages, err := w.Store.Outbox(ctx, 100, w.Now())
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, m := range messages {
			if m.Effect.Send == nil {
				err = w.Store.Deliver(ctx, m)
			} else {
				err = w.send(ctx, m)
			}
			if err != nil {
				return err
			}
		}
	}
}

// send delivers a command of one case to another.
func (w *Town) send(ctx context.Context, m store.Message) error {
	s := m.Effect.Send
	out, err := w.Cases.Apply(ctx, workflows.Command{Kind: s.Kind, Case: s.Case, ID: m.ID, Name: s.Command, Person: identity.SystemPerson, Data: s.Data})
	if err != nil {
		return err
	}
	if out.Refusal != nil {
		return fmt.Errorf("%s refused %s: %+v", s.Case, s.Command, out.Refusal)
	}
	return w.Store.Delivered(ctx, m.ID)
}

// Actor is a person with the roles held now.
func (w *Town) Actor(person string) identity.Actor {
	w.t.Helper()
	a, err := w.Store.Actor(context.Background(), person)
	w.Must(err)
	return a
}

// Do gives a person's command on a case, or opens one when id is empty, and must not be refused.
func (w *Town) Do(person string, kind lifecycle.Kind, id, command string, input Object) casework.Done {
	w.t.Helper()
	return w.Carry(Order{Person: person, Kind: kind, Case: id, Command: command, Input: input})
}

// System gives a command as the system, as a case's workflow would.
func (w *Town) System(kind lifecycle.Kind, id, command string, input any) {
	w.t.Helper()
	data, err := json.Marshal(input)
	w.Must(err)
	out, err := w.Give(context.Background(), workflows.Command{
		Kind: kind, Case: id, ID: w.key("system"), Name: command, Person: identity.SystemPerson, Data: data,
	}, false)
	w.Must(err)
	if out.Refusal != nil {
		w.t.Fatalf("%s: the system's %s was refused: %+v", id, command, out.Refusal)
	}
}

// Later moves time on and lets a case act on what is due.
func (w *Town) Later(days int, kind lifecycle.Kind, id string) {
	w.t.Helper()
	w.SetNow(w.Now().AddDate(0, 0, days))
	w.System(kind, id, lifecycle.Tick, struct{}{})
}

// key is a new name for a request.
func (w *Town) key(prefix string) string { return fmt.Sprint(prefix, "-", w.keys.Add(1)) }
