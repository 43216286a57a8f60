package testpostgres_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"datacharter/internal/testpostgres"
)

// childMode tells the re-executed test binary to launch a server and crash.
const childMode = "DATACHARTER_TEST_CRASH"

func TestMain(m *testing.M) {
	if os.Getenv(childMode) != "" {
		s, err := testpostgres.Launch(testpostgres.Options{})
		if err != nil {
			panic(err)
		}
		db, err := s.NewDatabase(context.Background())
		if err != nil {
			panic(err)
		}
		fmt.Println(db)
		panic("crash")
	}
	os.Exit(m.Run())
}

func query(t *testing.T, db, statement string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var answer string
	if err := conn.QueryRow(t.Context(), statement).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestDatabasesAreSeparate(t *testing.T) {
	t.Parallel()
	a, b := testpostgres.New(t), testpostgres.New(t)
	query(t, a, "SELECT lo_create(0)::text")
	const objects = "SELECT count(*)::text FROM pg_largeobject_metadata"
	if inA, inB := query(t, a, objects), query(t, b, objects); inA != "1" || inB != "0" {
		t.Errorf("objects made in one database: %s there, %s in the other; want 1 and 0", inA, inB)
	}
}

func TestServerThatWasThereBefore(t *testing.T) {
	t.Parallel()
	s, err := testpostgres.Existing(testpostgres.New(t))
	if err != nil {
		t.Fatal(err)
	}
	db, err := s.NewDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, db, "SHOW server_encoding"); got != "UTF8" {
		t.Errorf("encoding = %s, want UTF8", got)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	query(t, db, "SELECT ''") // still answers
}

func TestDatabaseIsDroppedAfterItsTest(t *testing.T) {
	var inner string
	t.Run("inner", func(t *testing.T) {
		inner = testpostgres.New(t)
		query(t, inner, "SELECT ''")
	})
	if conn, err := pgx.Connect(t.Context(), inner); err == nil {
		t.Errorf("%s is still there", conn.Config().Database)
	}
}

func TestTemplateIsPreparedOnce(t *testing.T) {
	t.Parallel()
	prepared := 0
	template := testpostgres.Template{Prepare: func(db string) error {
		prepared++
		conn, err := pgx.Connect(t.Context(), db)
		if err != nil {
			return err
		}
		_, err = conn.Exec(t.Context(), "CREATE TABLE word (w text); INSERT INTO word VALUES ('授权')")
		return errors.Join(err, conn.Close(t.Context()))
	}}
	for range 3 {
		if got := query(t, template.New(t), "SELECT w FROM word"); got != "授权" {
			t.Errorf("word = %q, want 授权", got)
		}
	}
	if prepared != 1 {
		t.Errorf("prepared %d times, want once", prepared)
	}
}

func TestDurableServerWritesThrough(t *testing.T) {
	t.Parallel()
	testpostgres.New(t) // skips without PostgreSQL
	s, err := testpostgres.Launch(testpostgres.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	db, err := s.NewDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := query(t, db, "SHOW fsync"); got != "on" {
		t.Errorf("fsync = %s, want on", got)
	}
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
	expectGone(t, directory(t, db))
}

func TestCrashLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	testpostgres.New(t) // skips without PostgreSQL
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child did not crash")
	}
	expectGone(t, directory(t, strings.TrimSpace(line)))
}

// directory is where the server of a database keeps its socket and its files.
func directory(t *testing.T, db string) string {
	t.Helper()
	u, err := url.Parse(db)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("host")
}

func expectGone(t *testing.T, dir string) {
	t.Helper()
	for range 500 {
		if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s is still there after 5 s", dir)
}
