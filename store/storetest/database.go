// Package storetest tests a store on every database it runs on, and gives other tests stores to work with.
package storetest

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"

	"datacharter/internal/testpostgres"
	"datacharter/store"
)

// Database is one of the databases on which a store runs.
type Database struct {
	Name string
	// URL makes a migrated database that is gone when t ends.
	URL func(t testing.TB) string
	// Empty makes one without a schema.
	Empty func(t testing.TB) string
	// raw opens the database behind the store's back.
	raw func(t testing.TB, url string) *sql.DB
	// untie removes what makes the record append-only.
	untie []string
	// tables and columns are queries for the names of all tables, and for the columns of the table $1 with whether they are required and their place in the key.
	tables, columns string
}

// Databases are those on which a store runs.
var Databases = []Database{SQLite, PostgreSQL}

// SQLite is a file in the test's directory.
var SQLite = Database{
	Name:  "sqlite",
	URL:   func(t testing.TB) string { return copyOf(t, migratedFile) },
	Empty: func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "store.db") },
	raw:   func(t testing.TB, url string) *sql.DB { return openRaw(t, "sqlite", url[len("sqlite:"):]) },
	untie: []string{
		"DROP TRIGGER case_events_kept_update", "DROP TRIGGER case_events_kept_delete", "DROP TRIGGER commands_kept_update", "DROP TRIGGER commands_kept_delete",
		"DROP TRIGGER use_batches_kept_update", "DROP TRIGGER use_batches_kept_delete", "DROP TRIGGER use_events_kept_update", "DROP TRIGGER use_events_kept_delete",
	},
	tables:  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
	columns: `SELECT name, "notnull", pk FROM pragma_table_info($1)`,
}

// PostgreSQL is a database on a server of the test process; without PostgreSQL the test is skipped.
var PostgreSQL = Database{
	Name:  "postgres",
	URL:   migratedDatabase.New,
	Empty: testpostgres.New,
	raw:   func(t testing.TB, url string) *sql.DB { return openRaw(t, "pgx", url) },
	untie: []string{
		"DROP TRIGGER case_events_kept ON case_events", "DROP TRIGGER case_events_kept_all ON case_events",
		"DROP TRIGGER commands_kept ON commands", "DROP TRIGGER commands_kept_all ON commands",
		"DROP TRIGGER use_batches_kept ON use_batches", "DROP TRIGGER use_events_kept ON use_events",
	},
	tables: "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name",
	columns: `SELECT c.column_name, CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END, coalesce(k.ordinal_position, 0)
		FROM information_schema.columns c
		LEFT JOIN (information_schema.table_constraints t JOIN information_schema.key_column_usage k USING (constraint_name, table_schema, table_name))
		ON t.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name AND k.table_schema = c.table_schema
		WHERE c.table_schema = current_schema() AND c.table_name = $1`,
}

// Open opens a new migrated database.
func (d Database) Open(t testing.TB, options store.Options) *store.Store {
	t.Helper()
	return d.open(t, d.URL(t), options)
}

func (d Database) open(t testing.TB, url string, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, options)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

var migratedDatabase = testpostgres.Template{Prepare: func(url string) error {
	_, err := store.MigrateUp(context.Background(), url)
	return err
}}

// migratedFile is the content of an SQLite file with the schema, made once.
var migratedFile = sync.OnceValues(func() (content []byte, err error) {
	dir, err := os.MkdirTemp("", "storetest")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "migrated.db")
	if _, err := store.MigrateUp(context.Background(), "sqlite:"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func copyOf(t testing.TB, content func() ([]byte, error)) string {
	t.Helper()
	raw, err := content()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

func openRaw(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
