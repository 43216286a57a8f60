package accounts_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"datacharter/accounts"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/store/storetest"
)

// start is when every test begins.
var start = time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC)

// quick is the default policy with hashes that cost nothing.
var quick = func() accounts.Policy {
	p := accounts.Defaults
	p.Hash, p.RefusalTakes = accounts.Parameters{Time: 1, Memory: 8, Threads: 1}, 0
	return p
}()

const good = "correct Öl und 三盏灯"

// world is a store with a person, and a clock that stands still until it is moved.
type world struct {
	*accounts.Accounts
	t     *testing.T
	store *store.Store
	clock atomic.Int64 // seconds since start
}

func setup(t *testing.T, p accounts.Policy) *world {
	t.Helper()
	w := &world{t: t}
	w.store = storetest.SQLite.Open(t, store.Options{Now: w.now, Wall: w.now})
	w.Accounts = accounts.New(w.store, p, w.now)
	if err := w.store.CreatePerson(t.Context(), "anna", "安娜"); err != nil {
		t.Fatal(err)
	}
	return w
}

// withPassword is a world in which anna has the account "anna.li" with the password good.
func withPassword(t *testing.T, p accounts.Policy) *world {
	t.Helper()
	w := setup(t, p)
	temporary, refused, err := w.SetTemporary(t.Context(), "anna", "Anna.Li")
	w.fine(refused, err)
	w.fine(w.ChangePassword(t.Context(), "anna", temporary.Password, good, ""))
	return w
}

func (w *world) now() time.Time { return start.Add(time.Duration(w.clock.Load()) * time.Second) }

func (w *world) pass(d time.Duration) { w.clock.Add(int64(d / time.Second)) }

func (w *world) fine(refused *refusal.Refusal, err error) {
	w.t.Helper()
	if refused != nil || err != nil {
		w.t.Fatalf("refused %+v, error %v", refused, err)
	}
}

// refused expects a code: that of the refusal, or of its only field.
func (w *world) refused(want refusal.Code, got *refusal.Refusal, err error) {
	w.t.Helper()
	if code := codeOf(got); code != want.Name || err != nil {
		w.t.Errorf("refused with %q, error %v, want %s", code, err, want.Name)
	}
}

func codeOf(r *refusal.Refusal) string {
	switch {
	case r == nil:
		return ""
	case len(r.Fields) == 1:
		return r.Fields[0].Code
	default:
		return r.Code
	}
}

// signIn tries a password and returns the code of the refusal, empty when there is none.
func (w *world) signIn(username, password string) string {
	w.t.Helper()
	entered, refused, err := w.SignIn(w.t.Context(), username, password)
	if err != nil {
		w.t.Fatal(err)
	}
	if (refused == nil) != (entered.Person == "anna") {
		w.t.Fatalf("entered %+v, refused %+v", entered, refused)
	}
	return codeOf(refused)
}

func (w *world) account() store.Account {
	w.t.Helper()
	a, err := w.store.GetAccount(w.t.Context(), "anna")
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		w.t.Fatal(err)
	}
	return a
}
