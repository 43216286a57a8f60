package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	gormpostgres "gorm.io/driver/postgres"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// This file holds what differs between the two databases. Beside it, each has its own migrations: types and append-only triggers.

//go:embed migrations
var migrations embed.FS

// dialect is one kind of database, at one address.
type dialect interface {
	// open returns the pools for writing and reading, which may be one and the same.
	open(connections int) (write, read *sql.DB, err error)
	gorm(pool *sql.DB) gorm.Dialector

	// migrator opens a pool for migrations; create makes the database when that is possible.
	migrator(create bool) (*sql.DB, error)
	goose() (goose.Dialect, []goose.ProviderOption, error)
	migrations() (fs.FS, error)
	// hasTable is a query for the number of tables with the name $1.
	hasTable() string

	// within is the context for statements that take no time: those of a short transaction that was begun with ctx, and what is found by a key.
	within(ctx context.Context) context.Context
	// exclude keeps every other writer away from the read models until the transaction ends.
	exclude(tx *gorm.DB) error
	// snapshot are the options of a transaction that reads one state of everything.
	snapshot() *sql.TxOptions

	isDuplicate(err error) bool
	isForeignKey(err error) bool
	isBadText(err error) bool // text that the database cannot hold
}

func dialectOf(address string) (dialect, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
		path, err := filepath.Abs(rest)
		if rest == "" || err != nil {
			return nil, errors.New("the database URL sqlite: names no file")
		}
		return sqliteDialect{path}, nil
	case "postgres", "postgresql":
		config, err := pgx.ParseConfig(address)
		if err != nil {
			return nil, fmt.Errorf("the database URL: %w", err)
		}
		return postgresDialect{config}, nil
	default:
		return nil, errors.New("the database URL begins neither with sqlite: nor with postgres:, or is empty")
	}
}

// sqliteDialect is a file. Writers queue for one connection, so none ever finds the file locked by another one of this process;
// readers have connections of their own and see the last committed state.
type sqliteDialect struct{ path string }

func (d sqliteDialect) dsn(parameters ...string) string {
	u := url.URL{Scheme: "file", Path: d.path}
	return u.String() + "?" + strings.Join(append([]string{
		"_busy_timeout=10000", "_journal_mode=WAL", "_synchronous=FULL", "_foreign_keys=on", "_dqs=0", "_defensive=1",
		"_pragma=temp_store(memory)", "_pragma=journal_size_limit(67108864)",
		"_pragma=recursive_triggers(1)", // or INSERT OR REPLACE would get round the append-only triggers
	}, parameters...), "&")
}

func (d sqliteDialect) open(connections int) (write, read *sql.DB, err error) {
	if _, err := os.Stat(d.path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrNotMigrated
	}
	if write, err = openSQLite(d.dsn("_txlock=immediate", "_pragma=cache_size(-16000)"), 1); err != nil {
		return nil, nil, err
	}
	if read, err = openSQLite(d.dsn("_query_only=1", "_pragma=cache_size(-8000)", mapped), connections); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	read.SetConnMaxIdleTime(idleReader) // each has a cache of its own
	return write, read, nil
}

// mapped lets readers see the first 2 GiB of the file, as much as SQLite maps, in the system's own cache of it instead of copying pages by a call for each:
// lists of a database that outgrows their own caches come in half the time (docs/performance.md).
const mapped = "_pragma=mmap_size(2147418112)"

// idleReader is how long a connection for reading stays open without a use. To open one anew takes longer than most reads: it begins without pages of
// the file and without prepared statements.
const idleReader = 5 * time.Minute

func openSQLite(dsn string, connections int) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(cachingConnector{connector})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, nil
}

func (d sqliteDialect) gorm(pool *sql.DB) gorm.Dialector {
	return gormsqlite.Dialector{DriverName: "sqlite", Conn: pool}
}

func (d sqliteDialect) migrator(create bool) (*sql.DB, error) {
	if !create {
		if _, err := os.Stat(d.path); err != nil {
			return nil, err
		}
	} else if err := createPrivate(d.path); err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", d.dsn("_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}

// createPrivate creates the file, unless it is there, so that only its owner can read the names of people.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

func (d sqliteDialect) goose() (goose.Dialect, []goose.ProviderOption, error) {
	return goose.DialectSQLite3, nil, nil
}

func (d sqliteDialect) migrations() (fs.FS, error) { return fs.Sub(migrations, "migrations/sqlite") }

func (d sqliteDialect) hasTable() string {
	return "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = $1"
}

// within spares database/sql and the driver the goroutines that watch ctx during a statement: none of these statements waits, and between two of them
// ctx still counts.
func (d sqliteDialect) within(ctx context.Context) context.Context {
	return context.WithoutCancel(ctx)
}

func (d sqliteDialect) exclude(*gorm.DB) error { return nil } // a writing transaction is alone anyway

func (d sqliteDialect) snapshot() *sql.TxOptions { return &sql.TxOptions{ReadOnly: true} }

func (d sqliteDialect) isDuplicate(err error) bool {
	return hasSQLiteCode(err, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
}

func (d sqliteDialect) isForeignKey(err error) bool {
	return hasSQLiteCode(err, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)
}

func (d sqliteDialect) isBadText(error) bool { return false }

func hasSQLiteCode(err error, codes ...int) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, code := range codes {
		if e.Code() == code {
			return true
		}
	}
	return false
}

// postgresDialect is a database on a server. pgx prepares each statement once per connection by itself.
type postgresDialect struct{ config *pgx.ConnConfig }

func (d postgresDialect) open(connections int) (write, read *sql.DB, err error) {
	pool := stdlib.OpenDB(*d.config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	return pool, pool, nil
}

func (d postgresDialect) gorm(pool *sql.DB) gorm.Dialector {
	return gormpostgres.New(gormpostgres.Config{Conn: pool})
}

func (d postgresDialect) migrator(bool) (*sql.DB, error) { return stdlib.OpenDB(*d.config), nil }

func (d postgresDialect) goose() (goose.Dialect, []goose.ProviderOption, error) {
	locker, err := lock.NewPostgresSessionLocker() // two programs may start and migrate at once
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(locker)}, err
}

func (d postgresDialect) migrations() (fs.FS, error) {
	return fs.Sub(migrations, "migrations/postgres")
}

func (d postgresDialect) hasTable() string {
	return "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = $1"
}

func (d postgresDialect) within(ctx context.Context) context.Context { return ctx }

func (d postgresDialect) exclude(tx *gorm.DB) error {
	return tx.Exec("LOCK TABLE cases, resources IN EXCLUSIVE MODE").Error
}

func (d postgresDialect) snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (d postgresDialect) isDuplicate(err error) bool { return hasPostgresCode(err, "23505") }

func (d postgresDialect) isForeignKey(err error) bool { return hasPostgresCode(err, "23503") }

func (d postgresDialect) isBadText(err error) bool { return hasPostgresCode(err, "22021") }

func hasPostgresCode(err error, code string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == code
}
