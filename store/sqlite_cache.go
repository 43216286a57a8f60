package store

import (
	"context"
	"database/sql/driver"
	"errors"
)

// maxCached is the number of statements that one SQLite connection keeps prepared; maxCachedText the length beyond which one is not kept.
const (
	maxCached     = 300
	maxCachedText = 64 << 10
)

// cachingConnector opens SQLite connections that prepare each statement once. Neither the driver nor database/sql does so within transactions.
type cachingConnector struct{ driver.Connector }

// sqliteConn is what every connection of the driver can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

func (c cachingConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &cachingConn{sqliteConn: conn.(sqliteConn), statements: map[string]statement{}}, nil
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// cachingConn keeps the statements that are not running. Like any driver connection it is used by one goroutine at a time.
type cachingConn struct {
	sqliteConn
	statements map[string]statement
}

// take returns a prepared statement for exclusive use.
func (c *cachingConn) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.statements[query]; ok {
		delete(c.statements, query)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(statement), nil
}

// give takes a statement back. A full cache is emptied: what is in use comes back soon.
func (c *cachingConn) give(query string, s statement) error {
	if _, twice := c.statements[query]; twice || len(query) > maxCachedText {
		return s.Close()
	}
	var errs []error
	if len(c.statements) >= maxCached {
		for _, old := range c.statements {
			errs = append(errs, old.Close())
		}
		clear(c.statements)
	}
	c.statements[query] = s
	return errors.Join(errs...)
}

func (c *cachingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	return result, errors.Join(err, c.give(query, s))
}

func (c *cachingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, errors.Join(err, c.give(query, s))
	}
	return &cachedRows{rows, func() error { return c.give(query, s) }}, nil
}

func (c *cachingConn) Close() error {
	var errs []error
	for _, s := range c.statements {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.sqliteConn.Close())...)
}

// cachedRows gives its statement back when it is closed.
type cachedRows struct {
	driver.Rows
	done func() error
}

func (r *cachedRows) Close() error {
	if r.done == nil {
		return nil
	}
	err := errors.Join(r.Rows.Close(), r.done())
	r.done = nil
	return err
}
