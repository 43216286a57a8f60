package testpostgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// startTimeout bounds the wait for the server's first answer.
const startTimeout = 30 * time.Second

// Options choose how a server is launched.
type Options struct {
	// Durable makes every commit wait for the disk, as in production. Tests do
	// without, measurements need it.
	Durable bool
}

// Server is a PostgreSQL server that may be filled with databases.
type Server struct {
	admin url.URL
	count atomic.Int64
	// supervisor is nil for a server that was there before.
	supervisor *exec.Cmd
	lifeline   io.Closer
}

// Existing returns the server at rawURL.
func Existing(rawURL string) (*Server, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvURL, err)
	}
	return &Server{admin: *u}, nil
}

// supervise runs the server until the standard input closes, which happens
// however the parent ends, then removes everything.
const supervise = `
"$1" -D "$2/data" -k "$2" $3 >"$2/log" 2>&1 </dev/null &
read -r _
kill -QUIT $!
wait $!
rm -rf "$2"
`

// Launch starts a server in a temporary directory. It stops, and its directory
// goes, with Stop or with the end of this process, be it a crash.
//
// The error is ErrNotInstalled where there are no binaries.
func Launch(o Options) (_ *Server, err error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	user, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "datacharter-pg-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	if err := user.own(dir); err != nil {
		return nil, err
	}
	if err := initialise(bin, dir, user); err != nil {
		return nil, err
	}

	settings := "-c listen_addresses= -c shared_buffers=32MB"
	if !o.Durable {
		settings += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
	}
	cmd := exec.Command("sh", "-c", supervise, "sh", filepath.Join(bin, "postgres"), dir, settings) //nolint:gosec,noctx // our own arguments; ends with its input
	cmd.Dir = dir
	// A group of its own: Ctrl-C is for the tests, the supervisor must outlive them.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: user.credential, Setpgid: true}
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	s := &Server{
		admin: url.URL{
			Scheme:   "postgres",
			User:     url.User(superuser),
			Path:     "/postgres",
			RawQuery: url.Values{"host": {dir}}.Encode(),
		},
		supervisor: cmd,
		lifeline:   lifeline,
	}
	if err := s.waitReady(); err != nil {
		log, readErr := os.ReadFile(filepath.Join(dir, "log"))
		return nil, errors.Join(err, errors.New(strings.TrimSpace(string(log))), readErr, s.Stop())
	}
	return s, nil
}

func (s *Server) waitReady() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := s.exec(ctx, "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL did not answer within %s: %w", startTimeout, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends a launched server and removes its files; one that was there before
// goes on.
func (s *Server) Stop() error {
	if s.supervisor == nil {
		return nil
	}
	return errors.Join(s.lifeline.Close(), s.supervisor.Wait())
}

// NewDatabase creates an empty database and returns its URL.
func (s *Server) NewDatabase(ctx context.Context) (string, error) {
	_, dbURL, err := s.create(ctx, "template0")
	return dbURL, err
}

// create makes a database as a copy of another one.
func (s *Server) create(ctx context.Context, template string) (name, dbURL string, err error) {
	// Others may share a server that was there before.
	name = fmt.Sprintf("datacharter_test_%d_%d_%d", os.Getpid(), time.Now().UnixNano(), s.count.Add(1))
	if err := s.exec(ctx, "CREATE DATABASE "+quote(name)+" TEMPLATE "+quote(template)); err != nil {
		return "", "", fmt.Errorf("create database: %w", err)
	}
	u := s.admin
	u.Path = "/" + name
	return name, u.String(), nil
}

// drop removes a database and ends the connections that are still open to it.
func (s *Server) drop(ctx context.Context, name string) error {
	if err := s.exec(ctx, "DROP DATABASE "+quote(name)+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop database: %w", err)
	}
	return nil
}

func (s *Server) exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.admin.String())
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

func quote(name string) string { return pgx.Identifier{name}.Sanitize() }
