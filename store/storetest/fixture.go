package storetest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// fixture is a store with a clock that stands still until it is moved.
type fixture struct {
	*store.Store
	t        testing.TB
	database Database
	url      string
	clock    atomic.Int64 // microseconds since 1970
	commands atomic.Int64
}

// start is when every test begins: a Monday.
var start = time.Date(2026, 1, 5, 1, 0, 0, 123456000, time.UTC)

func setup(t testing.TB, d Database) *fixture {
	t.Helper()
	return reopen(t, d, d.URL(t))
}

// reopen opens a store on a database that is there.
func reopen(t testing.TB, d Database, url string) *fixture {
	t.Helper()
	f := &fixture{t: t, database: d, url: url}
	f.clock.Store(start.UnixMicro())
	f.Store = d.open(t, url, store.Options{Now: f.now, Wall: f.now, Logger: slog.New(slog.DiscardHandler)})
	return f
}

func (f *fixture) now() time.Time { return time.UnixMicro(f.clock.Load()).UTC() }

func (f *fixture) pass(d time.Duration) { f.clock.Add(d.Microseconds()) }

func (f *fixture) raw() *sql.DB { return f.database.raw(f.t, f.url) }

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v, want %v", err, want)
	}
}

// order is a command as a caller sends it.
type order struct {
	id     string // made up when empty
	kind   lifecycle.Kind
	caseID string
	person string // the system when empty
	name   string
	in     any
}

// apply decides and records a command as the product does, and returns the case after it.
func (f *fixture) apply(ctx context.Context, o order) (c lifecycle.Case, refused *refusal.Refusal, err error) {
	if o.id == "" {
		o.id = fmt.Sprintf("c%05d", f.commands.Add(1))
	}
	if o.kind == "" {
		o.kind = errandKind
	}
	if o.person == "" {
		o.person = identity.SystemPerson
	}
	data, err := json.Marshal(o.in)
	if err != nil {
		return nil, nil, err
	}
	def := definitions[o.kind]
	record := store.CommandRecord{ID: o.id, Case: o.caseID, Kind: o.kind, Name: o.name, Person: o.person, Fingerprint: "f:" + o.id}
	err = f.InTx(ctx, func(tx *store.Tx) error {
		if c, err = tx.Case(def, o.caseID); err != nil {
			return err
		}
		actor, err := tx.Actor(o.person)
		if err != nil {
			return err
		}
		events, no := def.Decide(c, lifecycle.Command{ID: o.id, Name: o.name, Actor: actor, Data: data}, lifecycle.Env{Now: tx.Now(), Calendar: calendar.Calendar{}})
		if refused = no; refused != nil {
			record.Refusal = refused
			return tx.RecordRefusal(record)
		}
		effects, err := def.Apply(c, events)
		if err != nil {
			return err
		}
		return tx.Record(store.Change{Definition: def, Case: c, Events: events, Effects: effects, Command: record})
	})
	return c, refused, err
}

// do gives a command that must be accepted.
func (f *fixture) do(caseID, person, name string, in any) *errand {
	f.t.Helper()
	return f.order(order{caseID: caseID, person: person, name: name, in: in})
}

func (f *fixture) order(o order) *errand {
	f.t.Helper()
	c, refused, err := f.apply(f.t.Context(), o)
	if err != nil || refused != nil {
		f.t.Fatalf("%s %s by %q: %v %v", o.name, o.caseID, o.person, refused, err)
	}
	return c.(*errand)
}

// open begins a case.
func (f *fixture) open(caseID string, in opening) *errand {
	f.t.Helper()
	if in.Title == "" {
		in.Title = "事项 " + caseID
	}
	return f.do(caseID, "", "open", in)
}

func (f *fixture) organization(id string, kind identity.Kind) {
	f.t.Helper()
	check(f.t, f.CreateOrganization(f.t.Context(), lifecycle.Organization{ID: id, Name: "机构 " + id, Kind: kind}))
}

// person adds a person with roles, given as organisation, role pairs.
func (f *fixture) person(id string, grants ...string) identity.Actor {
	f.t.Helper()
	check(f.t, f.CreatePerson(f.t.Context(), id, "某 "+id))
	for i := 0; i < len(grants); i += 2 {
		check(f.t, f.Grant(f.t.Context(), id, grants[i], identity.Role(grants[i+1])))
	}
	return must[identity.Actor](f.t)(f.Actor(f.t.Context(), id))
}

// city creates one organisation of each kind, named after it, and a second agency and operator.
func (f *fixture) city() {
	f.t.Helper()
	for id, kind := range map[string]identity.Kind{
		"agency": identity.Agency, "agency2": identity.Agency, "government": identity.Government, "supplier": identity.DataSupplier,
		"operator": identity.Operator, "operator2": identity.Operator, "supervisor": identity.Supervisor, "public": identity.Public,
	} {
		f.organization(id, kind)
	}
}
