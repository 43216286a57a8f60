package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func openCached(t *testing.T) *sql.DB {
	t.Helper()
	db, err := openSQLite(sqliteDialect{filepath.Join(t.TempDir(), "cache.db")}.dsn(), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE n (n INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	return db
}

// cached counts the statements that the connection keeps.
func cached(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Raw(func(c any) error {
		n = len(c.(*cachingConn).statements)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStatementsAreKept(t *testing.T) {
	db := openCached(t)
	ctx := t.Context()
	before := cached(t, db)
	for i := range 10 {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO n VALUES (?)", i); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM n").Scan(&n); err != nil || n != i+1 {
			t.Fatal(n, err)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	if kept := cached(t, db) - before; kept != 2 {
		t.Errorf("%d statements kept, want 2", kept)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO n VALUES (1)"); err == nil {
		t.Error("a key was inserted twice")
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO n VALUES (?)", 3); err == nil {
		t.Error("a key was inserted twice")
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO n VALUES (?)", 99); err != nil {
		t.Errorf("a statement that failed is broken: %v", err)
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO nowhere VALUES (1)"); err == nil {
		t.Error("a table was found that is not there")
	}
	if err := db.QueryRowContext(ctx, "SELECT * FROM nowhere").Scan(new(int)); err == nil || errors.Is(err, sql.ErrNoRows) {
		t.Error("a table was found that is not there")
	}
}

// TestStatementsRunTwiceAtOnce reads with one statement while it is already reading.
func TestStatementsRunTwiceAtOnce(t *testing.T) {
	db := openCached(t)
	ctx := t.Context()
	if _, err := db.ExecContext(ctx, "INSERT INTO n VALUES (1), (2), (3)"); err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}()
	var pairs []string
	each := func(f func(n int)) {
		rows, err := tx.QueryContext(ctx, "SELECT n FROM n ORDER BY n")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var n int
			if err := rows.Scan(&n); err != nil {
				t.Fatal(err)
			}
			f(n)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	each(func(a int) { each(func(b int) { pairs = append(pairs, fmt.Sprint(a, b)) }) })
	if got := strings.Join(pairs, ","); got != "1 1,1 2,1 3,2 1,2 2,2 3,3 1,3 2,3 3" {
		t.Errorf("got %s", got)
	}
}

func TestStatementsAreBounded(t *testing.T) {
	db := openCached(t)
	ctx := t.Context()
	for i := range 3 * maxCached {
		var n int
		if err := db.QueryRowContext(ctx, fmt.Sprintf("SELECT %d", i)).Scan(&n); err != nil || n != i {
			t.Fatal(n, err)
		}
	}
	if n := cached(t, db); n > maxCached {
		t.Errorf("%d statements kept, want at most %d", n, maxCached)
	}
	before := cached(t, db)
	if _, err := db.ExecContext(ctx, "SELECT '"+strings.Repeat("x", maxCachedText)+"'"); err != nil {
		t.Fatal(err)
	}
	if n := cached(t, db); n != before {
		t.Error("a long statement was kept")
	}
}

// TestStatementsAfterCancel checks that a cancelled statement leaves a working connection.
func TestStatementsAfterCancel(t *testing.T) {
	db := openCached(t)
	const endless = "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c"
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		var n int
		if err := db.QueryRowContext(ctx, endless).Scan(&n); err == nil {
			t.Fatal("an endless statement ended")
		}
	}
	var n int
	if err := db.QueryRowContext(t.Context(), "SELECT 1").Scan(&n); err != nil {
		t.Error(err)
	}
}
