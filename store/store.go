package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
)

// Options are what a Store needs besides its database.
type Options struct {
	Now         func() time.Time // business time, by which events are dated; time.Now when nil
	Wall        func() time.Time // real time, for the expiry of tokens and for deliveries; time.Now when nil
	Logger      *slog.Logger     // slow statements, without their values; slog.Default() when nil
	Connections int              // at most so many to PostgreSQL, or for reading from SQLite; DefaultConnections when 0
}

// DefaultConnections is the size of the connection pool unless Options say otherwise.
const DefaultConnections = 16

// Store is an open database. It is safe for concurrent use.
type Store struct {
	dialect dialect
	pools   []*sql.DB
	write   *gorm.DB
	read    *gorm.DB // the same as write on PostgreSQL
	now     func() time.Time
	wall    func() time.Time
}

// Open opens the database at the URL: sqlite:PATH or postgres://…. The database must have this program's schema:
// otherwise the error is ErrNotMigrated or ErrNewerSchema.
func Open(ctx context.Context, url string, options Options) (*Store, error) {
	d, err := dialectOf(url)
	if err != nil {
		return nil, err
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Wall == nil {
		options.Wall = time.Now
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	if options.Connections == 0 {
		options.Connections = DefaultConnections
	}
	s := &Store{dialect: d, now: options.Now, wall: options.Wall}
	if err := s.connect(ctx, options); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context, options Options) error {
	write, read, err := s.dialect.open(options.Connections)
	if err != nil {
		return err
	}
	s.pools = append(s.pools, write)
	if read != write {
		s.pools = append(s.pools, read)
	}
	if err := checkSchema(ctx, s.dialect, write); err != nil {
		return err
	}
	if s.write, err = openGORM(s.dialect, write, options); err != nil {
		return err
	}
	s.read = s.write
	if read != write {
		s.read, err = openGORM(s.dialect, read, options)
	}
	return err
}

func openGORM(d dialect, pool *sql.DB, options Options) (*gorm.DB, error) {
	return gorm.Open(d.gorm(pool), &gorm.Config{
		SkipDefaultTransaction: true, // what must hold together opens its own
		CreateBatchSize:        500,
		Logger:                 statementLog{options.Logger},
	})
}

// Close closes the database once running statements have ended.
func (s *Store) Close() error {
	var errs []error
	for _, pool := range s.pools {
		errs = append(errs, pool.Close())
	}
	return errors.Join(errs...)
}

// Ping returns nil when the database answers and has this program's schema.
func (s *Store) Ping(ctx context.Context) error {
	for _, pool := range s.pools {
		if err := checkSchema(ctx, s.dialect, pool); err != nil {
			return err
		}
	}
	return nil
}

// lookUp returns the database for reading what is found by a key.
func (s *Store) lookUp(ctx context.Context) *gorm.DB {
	return s.read.WithContext(s.dialect.within(ctx))
}

// businessNow is the business time in the precision that is stored.
func (s *Store) businessNow() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

func (s *Store) wallNow() time.Time { return s.wall().UTC().Truncate(time.Microsecond) }

// found turns "no such row" into ErrNotFound. Text that a database cannot hold, such as a NUL character, is never found either.
func (s *Store) found(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) || (err != nil && s.dialect.isBadText(err)) {
		return ErrNotFound
	}
	return err
}
