package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"datacharter/catalogue"
	"datacharter/demo"
	"datacharter/store"
)

// asProgram tells the test binary, started once more, to be the program itself: with the arguments, signals and exit code of the real one.
const asProgram = "DATACHARTER_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

const (
	startWithin = 60 * time.Second // far more than it takes; what it took is logged
	stopWithin  = 10 * time.Second
)

// program is the program as a process of its own.
type program struct {
	t      *testing.T
	cmd    *exec.Cmd
	began  time.Time
	stderr *output
	exited chan struct{} // closed when it is gone
}

// launch starts the program. When the test ends before the program, it is killed.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, cmd: exec.Command(self, args...), stderr: &output{}, exited: make(chan struct{})}
	p.cmd.Env = []string{asProgram + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()} // no setting of the machine's owner
	p.cmd.Stderr = p.stderr
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.cmd.Wait() // the state says how it ended
		close(p.exited)
	}()
	t.Cleanup(p.kill)
	return p
}

// kill ends the process as a power cut would.
func (p *program) kill() {
	_ = p.cmd.Process.Kill() // it may be gone
	<-p.exited
}

// exit waits for the end of the process and returns its exit code.
func (p *program) exit(within time.Duration) int {
	p.t.Helper()
	select {
	case <-p.exited:
	case <-time.After(within):
		p.t.Fatalf("still running after %s:\n%s", within, p.stderr)
	}
	return p.cmd.ProcessState.ExitCode()
}

// stop stops it as Ctrl-C does, and demands that it stops well and in time.
func (p *program) stop() {
	p.t.Helper()
	asked := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		p.t.Fatal(err)
	}
	if code := p.exit(stopWithin); code != 0 {
		p.t.Fatalf("exit code %d:\n%s", code, p.stderr)
	}
	p.t.Logf("stopped in %s", time.Since(asked).Round(time.Millisecond))
}

// ready waits for the first answer with 200 and returns how long that took from the start of the process.
func (p *program) ready(dir string) (url string, took time.Duration) {
	p.t.Helper()
	for {
		address, err := os.ReadFile(filepath.Join(dir, "address"))
		if err == nil && answers("http://"+strings.TrimSpace(string(address))+"/readyz") {
			return "http://" + strings.TrimSpace(string(address)), time.Since(p.began)
		}
		select {
		case <-p.exited:
			p.t.Fatalf("ended with %d while starting:\n%s", p.cmd.ProcessState.ExitCode(), p.stderr)
		case <-time.After(10 * time.Millisecond):
			if time.Since(p.began) > startWithin {
				p.t.Fatalf("not ready after %s:\n%s", startWithin, p.stderr)
			}
		}
	}
}

func answers(url string) bool {
	client := http.Client{Timeout: time.Second}
	res, err := client.Get(url)
	return err == nil && errors.Join(res.Body.Close()) == nil && res.StatusCode == http.StatusOK
}

// speaker speaks for the demo people of a system.
func speaker(t *testing.T, dir, url string) *demo.Client {
	t.Helper()
	users, err := demo.Users(filepath.Join(dir, demo.UsersFile))
	if err != nil {
		t.Fatal(err)
	}
	return demo.NewClient(url, users)
}

// freeAddress is an address on which nobody listened a moment ago; restarts keep it, so that clients find the system again.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// database is where the program keeps the record in a data directory.
func database(dir string) string { return "sqlite:" + filepath.Join(dir, "datacharter.db") }

// withCatalogue makes a data directory with a database that knows the resources of one catalogue.
func withCatalogue(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := store.MigrateUp(t.Context(), database(dir)); err != nil {
		t.Fatal(err)
	}
	inStore(t, dir, func(ctx context.Context, db *store.Store) error {
		file, err := os.Open(filepath.Join("..", "demo", "catalogue", "jiangsu.json"))
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = catalogue.Import(ctx, file, db.PutResources, func(int, int) {})
		return err
	})
	return dir
}

// inStore uses the database of a data directory, whose program is not running.
func inStore(t *testing.T, dir string, use func(context.Context, *store.Store) error) {
	t.Helper()
	db, err := store.Open(t.Context(), database(dir), store.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(use(t.Context(), db), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// output keeps what a process prints.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// lines are those printed; the embedded server's log lines, which are JSON, are not among them.
func (o *output) lines() []string {
	var out []string
	for line := range strings.SplitSeq(o.String(), "\n") {
		if line != "" && !strings.HasPrefix(line, "{") {
			out = append(out, line)
		}
	}
	return out
}
