package storetest

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// testMigrations goes up, fills the database, goes down, and up again.
func testMigrations(t *testing.T, d Database) {
	ctx := t.Context()
	url := d.Empty(t)
	_, err := store.Open(ctx, url, store.Options{})
	wantErr(t, err, store.ErrNotMigrated)
	done := must[[]store.Migration](t)(store.MigrateUp(ctx, url))
	if len(done) == 0 || !done[0].Applied || done[0].Version != 1 {
		t.Fatalf("applied: %+v", done)
	}
	if again := must[[]store.Migration](t)(store.MigrateUp(ctx, url)); len(again) != 0 {
		t.Errorf("applied twice: %+v", again)
	}
	status := must[[]store.Migration](t)(store.MigrationStatus(ctx, url))
	for i, m := range status {
		if m.Version != int64(i+1) || m.Name != done[i].Name || !m.Applied || m.At.IsZero() {
			t.Errorf("status %d: %+v", i, m)
		}
	}
	seed := func() {
		f := reopen(t, d, url)
		f.fill()
		f.wander(100, 4)
		sound(t, f)
		check(t, f.Ping(ctx))
		check(t, f.Close())
	}
	seed()
	undone := must[[]store.Migration](t)(store.MigrateDown(ctx, url, 0))
	if len(undone) != len(done) || undone[0].Applied {
		t.Errorf("taken back: %+v", undone)
	}
	if left := tableNames(t, d, d.raw(t, url)); len(left) != 1 {
		t.Errorf("tables left: %v", left)
	}
	_, err = store.Open(ctx, url, store.Options{})
	wantErr(t, err, store.ErrNotMigrated)
	must[[]store.Migration](t)(store.MigrateUp(ctx, url))
	seed()
}

func tableNames(t *testing.T, d Database, db *sql.DB) (names []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), d.tables)
	check(t, err)
	defer rows.Close()
	for rows.Next() {
		var name string
		check(t, rows.Scan(&name))
		names = append(names, name)
	}
	check(t, rows.Err())
	return names
}

func testOpening(t *testing.T, d Database) {
	ctx := t.Context()
	f := setup(t, d)
	check(t, f.Ping(ctx))
	f.open("e1", opening{})

	// A second program on the same database sees what the first commits.
	second := reopen(t, d, f.url)
	second.commands.Store(1000)
	second.do("e1", "", "note", noting{Notes: []string{"n"}})
	if c := must[lifecycle.Case](t)(f.Case(ctx, find(errandKind), "e1")); c.Head().Version != 2 {
		t.Errorf("version %d", c.Head().Version)
	}

	db := f.raw()
	if _, err := db.ExecContext(ctx, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, "+map[string]string{"sqlite": "1", "postgres": "true"}[d.Name]+")"); err != nil {
		t.Fatal(err)
	}
	wantErr(t, f.Ping(ctx), store.ErrNewerSchema)
	_, err := store.Open(ctx, f.url, store.Options{})
	wantErr(t, err, store.ErrNewerSchema)
	_, err = store.MigrateUp(ctx, f.url)
	wantErr(t, err, store.ErrNewerSchema)
	_, err = store.MigrateDown(ctx, f.url, 0)
	wantErr(t, err, store.ErrNewerSchema)

	check(t, f.Close())
	if err := f.Ping(ctx); err == nil {
		t.Error("a closed store answers")
	}
	if _, _, err := f.apply(ctx, order{caseID: "e1", name: "note"}); err == nil {
		t.Error("a closed store records")
	}
}

// BadURLs checks that what cannot be opened is refused in one line that repeats no password.
func BadURLs(t *testing.T) {
	ctx := t.Context()
	file := filepath.Join(t.TempDir(), "file")
	check(t, os.WriteFile(file, []byte(strings.Repeat("not a database ", 100)), 0o600))
	for _, url := range []string{
		"", "sqlite:", "mysql://x", "store.db", "postgres://u:hunter2@127.0.0.1:1/none", "postgres://u:hunter2@host:port/x",
		"sqlite:" + file, "sqlite:" + filepath.Join(file, "below.db"), "sqlite:" + t.TempDir(),
	} {
		for name, open := range map[string]func() error{
			"open":    func() error { _, err := store.Open(ctx, url, store.Options{}); return err },
			"migrate": func() error { _, err := store.MigrateUp(ctx, url); return err },
			"status":  func() error { _, err := store.MigrationStatus(ctx, url); return err },
		} {
			err := open()
			if err == nil || strings.ContainsAny(err.Error(), "\n") || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s %q: %v", name, url, err)
			}
		}
	}
	missing := "sqlite:" + filepath.Join(t.TempDir(), "none.db")
	_, err := store.Open(ctx, missing, store.Options{})
	wantErr(t, err, store.ErrNotMigrated)
	if _, err := os.Stat(strings.TrimPrefix(missing, "sqlite:")); err == nil {
		t.Error("opening made a file")
	}
	odd := "sqlite:" + filepath.Join(t.TempDir(), "数据 100%?#&.db")
	must[[]store.Migration](t)(store.MigrateUp(ctx, odd))
	s := must[*store.Store](t)(store.Open(ctx, odd, store.Options{}))
	check(t, s.CreateOrganization(ctx, lifecycle.Organization{ID: "o", Kind: identity.Agency}))
	check(t, s.Close())
	info, err := os.Stat(strings.TrimPrefix(odd, "sqlite:"))
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the file: %v", info.Mode())
	}
}

// Column is a column of a table as the database describes it.
type Column struct {
	Name     string
	Required bool
	Key      bool
}

// Schema describes every table of a migrated database but the one that keeps the migrations.
func Schema(t *testing.T, d Database) map[string][]Column {
	t.Helper()
	db := d.raw(t, d.URL(t))
	tables := map[string][]Column{}
	for _, table := range tableNames(t, d, db) {
		if table == "goose_db_version" {
			continue
		}
		rows, err := db.QueryContext(t.Context(), d.columns, table)
		check(t, err)
		for rows.Next() {
			var c Column
			var required, key int
			check(t, rows.Scan(&c.Name, &required, &key))
			c.Required, c.Key = required > 0, key > 0
			tables[table] = append(tables[table], c)
		}
		check(t, rows.Err())
		check(t, rows.Close())
	}
	if diff := cmp.Diff(false, len(tables) == 0); diff != "" {
		t.Fatal("no tables")
	}
	return tables
}
