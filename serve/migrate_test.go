package serve_test

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/serve"
	"datacharter/store"
)

// Read models that came with a migration are filled from the events, once.
func TestMigrateFillsReadModels(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	migrate := func() (rebuilt bool) {
		t.Helper()
		if _, err := serve.Migrate(t.Context(), "sqlite:"+path, slog.New(slog.DiscardHandler), func(int64, int64) { rebuilt = true }); err != nil {
			t.Fatal(err)
		}
		return rebuilt
	}
	if migrate() {
		t.Error("there was something to rebuild in a new database")
	}
	draft(t, "sqlite:"+path)
	if migrate() {
		t.Error("rebuilt though nothing was migrated")
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, statement := range []string{"DELETE FROM case_terms", "DELETE FROM settings WHERE key LIKE 'read-models-%'"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if !migrate() || migrate() {
		t.Error("want the read models made anew once")
	}
	var terms int
	if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM case_terms").Scan(&terms); err != nil || terms == 0 {
		t.Errorf("%d terms, %v", terms, err)
	}
}

// draft records a case.
func draft(t *testing.T, url string) {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	data, err := json.Marshal(authorization.Drafted{Applicant: "operator", Content: authorization.Application{Title: "公交数据", Agency: "agency"}})
	if err != nil {
		t.Fatal(err)
	}
	err = s.InTx(t.Context(), func(tx *store.Tx) error {
		c, err := tx.Case(authorization.Machine, "aut-1")
		if err != nil {
			return err
		}
		events := []lifecycle.Event{{
			Case: "aut-1", Seq: 1, Type: authorization.Drafted{}.EventType(), Schema: 1, At: tx.Now(), By: identity.By{Person: "p"}, CommandID: "c", Data: data,
		}}
		effects, err := authorization.Machine.Apply(c, events)
		if err != nil {
			return err
		}
		return tx.Record(store.Change{
			Definition: authorization.Machine, Case: c, Events: events, Effects: effects,
			Command: store.CommandRecord{ID: "c", Case: "aut-1", Kind: authorization.Kind, Name: "draft", Person: "p"},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}
