package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

// Migration is one step of the schema.
type Migration struct {
	Version int64
	Name    string // of its file
	Applied bool
	At      time.Time // when it was applied, by the database's clock; zero when it is not
}

// MigrateUp brings the database at the URL to this program's schema and returns what it applied. It creates an SQLite file that is missing.
func MigrateUp(ctx context.Context, url string) ([]Migration, error) {
	return migrate(ctx, url, true, (*goose.Provider).Up)
}

// MigrateDown takes back the migrations above the version, newest first, with their data, and returns what it took back.
func MigrateDown(ctx context.Context, url string, version int64) ([]Migration, error) {
	return migrate(ctx, url, false, func(p *goose.Provider, ctx context.Context) ([]*goose.MigrationResult, error) {
		return p.DownTo(ctx, version)
	})
}

// MigrationStatus lists this program's migrations, oldest first.
func MigrationStatus(ctx context.Context, url string) ([]Migration, error) {
	var list []Migration
	err := withMigrations(ctx, url, false, func(p *goose.Provider) error {
		statuses, err := p.Status(ctx)
		for _, s := range statuses {
			list = append(list, Migration{
				Version: s.Source.Version, Name: path.Base(s.Source.Path), Applied: s.State == goose.StateApplied, At: s.AppliedAt.UTC(),
			})
		}
		return err
	})
	return list, err
}

func migrate(ctx context.Context, url string, create bool, run func(*goose.Provider, context.Context) ([]*goose.MigrationResult, error)) ([]Migration, error) {
	var done []Migration
	err := withMigrations(ctx, url, create, func(p *goose.Provider) error {
		results, err := run(p, ctx)
		for _, r := range results {
			done = append(done, Migration{Version: r.Source.Version, Name: path.Base(r.Source.Path), Applied: r.Direction == "up"})
		}
		return err
	})
	return done, err
}

func withMigrations(ctx context.Context, url string, create bool, use func(*goose.Provider) error) (err error) {
	d, err := dialectOf(url)
	if err != nil {
		return err
	}
	pool, err := d.migrator(create)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if err := checkSchema(ctx, d, pool); err != nil && !errors.Is(err, ErrNotMigrated) {
		return err
	}
	p, err := provider(d, pool)
	if err != nil {
		return err
	}
	return use(p)
}

func provider(d dialect, pool *sql.DB) (*goose.Provider, error) {
	kind, options, err := d.goose()
	if err != nil {
		return nil, err
	}
	files, err := d.migrations()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(kind, pool, files, append(options, goose.WithDisableGlobalRegistry(true))...)
}

// checkSchema compares the database's schema with this program's and changes nothing.
func checkSchema(ctx context.Context, d dialect, pool *sql.DB) error {
	newest, err := newestMigration(d)
	if err != nil {
		return err
	}
	has, err := schemaVersion(ctx, d, pool)
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return fmt.Errorf("reach the database: %s", strings.Join(strings.Fields(err.Error()), " ")) // drivers write several lines
	case has > newest:
		return ErrNewerSchema
	case has < newest:
		return ErrNotMigrated
	}
	return nil
}

// schemaVersion is the newest migration that the database has, 0 when it has none.
func schemaVersion(ctx context.Context, d dialect, pool *sql.DB) (version int64, err error) {
	var tables int
	if err := pool.QueryRowContext(ctx, d.hasTable(), goose.DefaultTablename).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	err = pool.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM "+goose.DefaultTablename).Scan(&version)
	return version, err
}

func newestMigration(d dialect) (newest int64, err error) {
	files, err := d.migrations()
	if err != nil {
		return 0, err
	}
	names, err := fs.Glob(files, "*.sql")
	for _, name := range names {
		version, e := goose.NumericComponent(name)
		newest, err = max(newest, version), errors.Join(err, e)
	}
	return newest, err
}
