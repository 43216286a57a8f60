package temporal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// childDir tells the re-executed test binary to run a server in that
// directory until it is killed.
const childDir = "DATACHARTER_TEST_TEMPORAL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		child(dir)
	}
	os.Exit(m.Run())
}

// child starts a counter, adds one, says so and waits for the end.
func child(dir string) {
	s, err := Start(context.Background(), Options{Dir: dir, Logger: slog.Default()})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	c, w, err := connect(s)
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	defer w.Stop()
	n, err := add(context.Background(), c, 1)
	fmt.Println("added", n, err)
	select {}
}

// counter is a workflow that adds what its updates bring and never ends.
func counter(ctx workflow.Context) error {
	var sum int
	err := workflow.SetUpdateHandler(ctx, "add", func(_ workflow.Context, n int) (int, error) {
		sum += n
		return sum, nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

const queue = "test"

func connect(s *Server) (client.Client, worker.Worker, error) {
	c, err := client.Dial(s.ClientOptions())
	if err != nil {
		return nil, nil, err
	}
	w := worker.New(c, queue, worker.Options{})
	w.RegisterWorkflow(counter)
	return c, w, w.Start()
}

// add sends n to the one counter, which it starts if need be, and returns its sum.
func add(ctx context.Context, c client.Client, n int) (sum int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	start := c.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
		ID:                       "counter",
		TaskQueue:                queue,
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
	}, counter)
	h, err := c.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: start,
		UpdateOptions: client.UpdateWorkflowOptions{
			UpdateName:   "add",
			Args:         []any{n},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		},
	})
	if err != nil {
		return 0, err
	}
	err = h.Get(ctx, &sum)
	return sum, err
}

// instance is a server in use by a worker.
type instance struct {
	*Server
	t      *testing.T
	client client.Client
	worker worker.Worker
}

func start(t *testing.T, dir string) *instance {
	t.Helper()
	began := time.Now()
	s, err := Start(t.Context(), Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatalf("start: %v", err)
	}
	t.Logf("started in %s", time.Since(began))
	c, w, err := connect(s)
	if err != nil {
		t.Fatalf("connect: %v", err)
	}
	return &instance{s, t, c, w}
}

func (r *instance) add(n int) int {
	r.t.Helper()
	sum, err := add(r.t.Context(), r.client, n)
	if err != nil {
		r.t.Fatalf("add: %v", err)
	}
	return sum
}

func (r *instance) close() {
	r.t.Helper()
	r.worker.Stop()
	r.client.Close()
	began := time.Now()
	if err := r.Close(); err != nil {
		r.t.Fatalf("close: %v", err)
	}
	r.t.Logf("stopped in %s", time.Since(began))
}

func TestRestartKeepsWorkflows(t *testing.T) {
	t.Parallel()
	// Characters that mean something in a URI must do no harm.
	dir := filepath.Join(t.TempDir(), "数据 #1?x=%20")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r := start(t, dir)
	if !r.Fresh() {
		t.Error("a new state must be fresh")
	}
	if got := r.add(2); got != 2 {
		t.Errorf("sum = %d, want 2", got)
	}
	r.close()

	r = start(t, dir)
	if !r.Fresh() {
		t.Error("a state that was never settled must stay fresh")
	}
	if err := r.Settle(); err != nil {
		t.Fatal(err)
	}
	if r.Fresh() {
		t.Error("a settled state must not be fresh")
	}
	if got := r.add(3); got != 5 {
		t.Errorf("sum after restart = %d, want 5", got)
	}
	r.close()

	r = start(t, dir)
	defer r.close()
	if r.Fresh() {
		t.Error("a settled state must not be fresh after a restart")
	}
	if got := aside(t, dir); len(got) != 0 {
		t.Errorf("set aside %v, want nothing", got)
	}
}

func TestUnusableStateIsSetAside(t *testing.T) {
	t.Parallel()
	state := func(dir, file string) string { return filepath.Join(dir, stateDir, file) }
	for _, tc := range []struct {
		name  string
		spoil func(dir string) error
	}{
		{"another server version", func(dir string) error {
			return os.WriteFile(state(dir, markerFile), []byte(`{"server":"1.29.1","settled":true}`), 0o600)
		}},
		{"no marker", func(dir string) error { return os.Remove(state(dir, markerFile)) }},
		{"unreadable marker", func(dir string) error { return os.WriteFile(state(dir, markerFile), nil, 0o600) }},
		{"no database", func(dir string) error { return os.Remove(state(dir, stateFile)) }},
		{"empty database", func(dir string) error {
			return errors.Join(os.Truncate(state(dir, stateFile), 0), os.Remove(state(dir, stateFile+"-wal")))
		}},
		{"not a database", func(dir string) error {
			return errors.Join(
				os.WriteFile(state(dir, stateFile), []byte(strings.Repeat("not a database ", 1000)), 0o600),
				os.Remove(state(dir, stateFile+"-wal")))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			r := start(t, dir)
			r.add(1)
			if err := r.Settle(); err != nil {
				t.Fatal(err)
			}
			r.close()
			if err := tc.spoil(dir); err != nil {
				t.Fatal(err)
			}

			r = start(t, dir)
			defer r.close()
			if !r.Fresh() {
				t.Error("want a fresh state")
			}
			if got := r.add(1); got != 1 {
				t.Errorf("sum = %d, want 1: the old workflow is still there", got)
			}
			if got := aside(t, dir); len(got) != 1 {
				t.Errorf("set aside %v, want one directory", got)
			}
		})
	}
}

func aside(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.Contains(e.Name(), "-aside-") {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestKilledProcessLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for want := 1; want <= 3; want++ {
		addInChildAndKill(t, dir, fmt.Sprintf("added %d <nil>", want))
	}
	r := start(t, dir)
	defer r.close()
	if got := r.add(1); got != 4 {
		t.Errorf("sum = %d, want 4", got)
	}
	if got := aside(t, dir); len(got) != 0 {
		t.Errorf("set aside %v, want nothing", got)
	}
}

// addInChildAndKill runs child and kills it as soon as it has said want.
func addInChildAndKill(t *testing.T, dir, want string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, readErr := bufio.NewReader(out).ReadString('\n')
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it should be
	if readErr != nil || strings.TrimSpace(line) != want {
		t.Fatalf("child said %q (%v), want %q", line, readErr, want)
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := start(t, dir)
	defer r.close()
	_, err := Start(t.Context(), Options{Dir: dir, Logger: slog.Default()})
	if err == nil || !strings.Contains(err.Error(), "another datacharter process") {
		t.Errorf("second start: %v, want a refusal", err)
	}
}

func TestMissingDirectoryIsAnError(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), Options{Dir: filepath.Join(t.TempDir(), "none"), Logger: slog.Default()})
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("start: %v, want %v", err, os.ErrNotExist)
	}
}

func TestTakenPortIsAnErrorThatCanBeRetried(t *testing.T) {
	t.Parallel()
	ports, err := freePorts(4)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", ports[2].String())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()

	st, err := openState(t.Context(), t.TempDir(), slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	_, err = build(st.sql(), ports, newServerLogger(slog.Default(), make(chan error, 1)))
	if !errors.Is(err, errPortTaken) {
		t.Errorf("build on a taken port: %v, want %v", err, errPortTaken)
	}
}
