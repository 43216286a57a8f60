// Package testpostgres gives tests a real PostgreSQL.
//
// It runs the installed binaries in a temporary directory, reached through a
// Unix socket in it, or uses the server that DATACHARTER_TEST_POSTGRES names.
// One server serves a test process; every call makes a database of its own.
package testpostgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
)

// EnvURL names the variable that holds the URL of a server to use instead. Its
// user must be allowed to create databases.
const EnvURL = "DATACHARTER_TEST_POSTGRES"

// envCI names the variable that is "true" where nothing may be skipped.
const envCI = "CI"

// shared is the server of this test process. It ends with the process, see Launch.
var shared = sync.OnceValues(func() (*Server, error) {
	if url := os.Getenv(EnvURL); url != "" {
		return Existing(url)
	}
	return Launch(Options{})
})

// New returns the URL of a new, empty database that is dropped when t ends.
//
// Without PostgreSQL it skips t, or fails it when CI is "true".
func New(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "template0")
}

// Template is a database that is prepared once and then copied for every test,
// which is quicker than preparing it every time.
type Template struct {
	// Prepare fills the empty database at url, for instance with migrations. It
	// must have closed its connections when it returns.
	Prepare func(url string) error

	once sync.Once
	name string
	err  error
}

// New returns the URL of a new copy that is dropped when t ends. Like the
// function New it skips or fails t without PostgreSQL.
func (m *Template) New(t testing.TB) string {
	t.Helper()
	server := sharedServer(t)
	m.once.Do(func() {
		var url string
		m.name, url, m.err = server.create(context.Background(), "template0")
		if m.err == nil {
			m.err = m.Prepare(url)
		}
	})
	if m.err != nil {
		t.Fatalf("prepare database: %v", m.err)
	}
	return newDatabase(t, m.name)
}

func newDatabase(t testing.TB, template string) string {
	t.Helper()
	server := sharedServer(t)
	name, url, err := server.create(t.Context(), template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// t.Context has ended by now.
		if err := server.drop(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return url
}

func sharedServer(t testing.TB) *Server {
	t.Helper()
	server, err := shared()
	if errors.Is(err, ErrNotInstalled) && os.Getenv(envCI) != "true" {
		t.Skipf("%v; install Debian's package postgresql or set %s", err, EnvURL)
	}
	if err != nil {
		t.Fatal(fmt.Errorf("PostgreSQL for tests: %w", err))
	}
	return server
}
