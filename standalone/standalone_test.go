package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"datacharter/demo"
	"datacharter/domain/identity"
	"datacharter/store"
)

// The bounds of start-up and memory are generous, for a machine that does other things too. What was measured is logged.
const (
	readyWithin = 30 * time.Second
	idleMemory  = 600 << 20
)

// drive runs endings to their planned end, one authorisation each, and returns the IDs.
func drive(t *testing.T, dir, url string, names ...string) []string {
	t.Helper()
	var endings []demo.Ending
	for _, e := range demo.Endings {
		if slices.Contains(names, e.Name) {
			e.Times = 1
			endings = append(endings, e)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	results, err := demo.Demonstration{Client: speaker(t, dir, url), Endings: endings, TermDays: 100, Progress: func(int, int) {}}.Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range results {
		if r.Err != nil {
			t.Errorf("%s: %v", r.Ending.Name, r.Err)
		}
		ids = append(ids, r.Case)
	}
	if len(ids) != len(names) {
		t.Fatalf("%d authorisations for %q", len(ids), names)
	}
	return ids
}

// events reads the record of an authorisation over HTTP, as somebody who sees every case.
func events(t *testing.T, dir, url, id string) []demo.Event {
	t.Helper()
	return eventsOf(t, dir, url, "authorizations/"+id)
}

// eventsOf reads the record of a case of any kind.
func eventsOf(t *testing.T, dir, url, path string) []demo.Event {
	t.Helper()
	all, err := speaker(t, dir, url).Events(t.Context(), "supervisor", path)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestStartStopAndStartAgain(t *testing.T) {
	dir := withCatalogue(t)
	args := []string{"--demo", "--data", dir, "--listen", "127.0.0.1:0", "--day-length", "1s", "--start-date", "2026-01-05"}
	p := launch(t, args...)
	url, took := p.ready(dir)
	t.Logf("ready %s after the start of the process", took.Round(time.Millisecond))
	if took > readyWithin {
		t.Errorf("ready after %s", took)
	}
	checkUsers(t, dir)
	drive(t, dir, url, "draft-deleted")
	time.Sleep(2 * time.Second) // idle
	checkMemory(t, p.cmd.Process.Pid)
	id := drive(t, dir, url, "quorum-missed")[0]
	before := events(t, dir, url, id)
	p.stop()

	p = launch(t, args...)
	url, _ = p.ready(dir)
	checkContinued(t, before, events(t, dir, url, id))
	p.kill()

	p = launch(t, args...)
	url, took = p.ready(dir)
	t.Logf("ready %s after a start after kill -9", took.Round(time.Millisecond))
	checkContinued(t, before, events(t, dir, url, id))
	drive(t, dir, url, "withdrawn-early")
	p.stop()
	if lines := p.stderr.lines(); len(lines) > 0 {
		t.Errorf("printed to stderr: %q", lines)
	}
}

// checkContinued demands that a record has what it had before, and perhaps more.
func checkContinued(t *testing.T, before, after []demo.Event) {
	t.Helper()
	if len(before) == 0 || len(after) < len(before) {
		t.Fatalf("%d events became %d", len(before), len(after))
	}
	for i, e := range before {
		if after[i].Seq != e.Seq || after[i].Type != e.Type || string(after[i].Data) != string(e.Data) {
			t.Fatalf("event %d changed from %+v to %+v", i, e, after[i])
		}
	}
}

// checkUsers demands people of every role, each with a token, in a file that its owner alone can read.
func checkUsers(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, demo.UsersFile)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var users []map[string]any
	if err := json.Unmarshal(raw, &users); err != nil {
		t.Fatal(err)
	}
	var roles []string
	for _, u := range users {
		for _, field := range []string{"user", "name", "organisation", "token"} {
			if s, ok := u[field].(string); !ok || s == "" {
				t.Errorf("%v has no %s", u["user"], field)
			}
		}
		for _, role := range u["roles"].([]any) {
			roles = append(roles, role.(string))
		}
	}
	for _, r := range identity.Roles {
		if !slices.Contains(roles, string(r.Role)) {
			t.Errorf("nobody has the role %s", r.Role)
		}
	}
}

func checkMemory(t *testing.T, pid int) {
	t.Helper()
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		t.Skip("resident memory is only known on Linux")
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if kib, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.Atoi(strings.Fields(kib)[0])
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d MiB resident", n>>10)
			if n<<10 > idleMemory {
				t.Errorf("%d MiB resident", n>>10)
			}
		}
	}
}

// A program that cannot run says why in one line and exits with 1.
func TestRefusesToStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	anywhere := []string{"--listen", "127.0.0.1:0"}
	training := []string{"--demo", "--day-length", "2s", "--start-date", "2026-01-05"}
	for _, tc := range []struct {
		name, says string
		args       func(dir string) []string
	}{
		{"data directory is a file", "data directory", func(dir string) []string {
			return append(anywhere, "--data", written(t, filepath.Join(dir, "file"), "no directory"))
		}},
		{"taken port", "cannot listen on " + taken.Addr().String(), func(dir string) []string {
			return []string{"--data", dir, "--listen", taken.Addr().String()}
		}},
		{"database of a newer version", store.ErrNewerSchema.Error(), func(dir string) []string {
			migrate(t, dir)
			execute(t, dir, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, 1)")
			return append(anywhere, "--data", dir)
		}},
		{"no database", "reach the database", func(dir string) []string {
			written(t, filepath.Join(dir, "datacharter.db"), strings.Repeat("this is no database. ", 100))
			return append(anywhere, "--data", dir)
		}},
		{"training clock without demo", "--demo", func(dir string) []string {
			return append(anywhere, append(training[1:], "--data", dir)...)
		}},
		{"half a training clock", "needs both", func(dir string) []string {
			return append(anywhere, "--demo", "--day-length", "2s", "--data", dir)
		}},
		{"impossible training clock", "day length", func(dir string) []string {
			return append(anywhere, "--demo", "--day-length", "1ms", "--start-date", "2026-01-05", "--data", dir)
		}},
		{"training clock on real data", "real clock", func(dir string) []string {
			migrate(t, dir)
			execute(t, dir, `INSERT INTO settings (key, value) VALUES ('clock', '{"mode":"real"}')`)
			return append(anywhere, append(training, "--data", dir)...)
		}},
		{"real clock on training data", "training clock", func(dir string) []string {
			migrate(t, dir)
			execute(t, dir, `INSERT INTO settings (key, value) VALUES ('clock', '{"mode":"training","start":"2026-01-05","day_length":"2s","anchor":"2026-01-01T00:00:00Z"}')`)
			return append(anywhere, "--data", dir)
		}},
		{"unknown flag", "--colour", func(string) []string { return []string{"--colour"} }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := launch(t, tc.args(t.TempDir())...)
			if code := p.exit(startWithin); code != 1 {
				t.Errorf("exit code %d", code)
			}
			lines := p.stderr.lines()
			if len(lines) != 1 || !strings.Contains(lines[0], tc.says) || !strings.HasPrefix(lines[0], "standalone: ") {
				t.Errorf("said %q, and not %q in one line", lines, tc.says)
			}
		})
	}
}

// A data directory in use is not opened by a second program.
func TestOneProgramPerDirectory(t *testing.T) {
	dir := t.TempDir()
	first := launch(t, "--data", dir, "--listen", "127.0.0.1:0")
	first.ready(dir)
	second := launch(t, "--data", dir, "--listen", "127.0.0.1:0")
	if code := second.exit(startWithin); code != 1 || len(second.stderr.lines()) != 1 {
		t.Errorf("exit code %d, %q", code, second.stderr.lines())
	}
	first.stop()
}

// Temporal's state of another server version is set aside, and every open case goes on, of whichever kind: its clock runs although nobody touches it.
func TestOpenCasesGoOnWithoutTemporalsState(t *testing.T) {
	dir := withCatalogue(t)
	args := []string{"--demo", "--data", dir, "--listen", "127.0.0.1:0", "--day-length", "600ms", "--start-date", "2026-01-05"}
	p := launch(t, args...)
	url, _ := p.ready(dir)
	client := speaker(t, dir, url)
	id := drive(t, dir, url, "quorum-missed")[0] // it waits for a decision, which is due within 20 working days
	planned, err := client.PlanHeard(t.Context(), "实施方案（虚构）")
	must(t, err)
	noticed, err := client.RegistrationNoticed(t.Context(), "登记（虚构）")
	must(t, err)
	waits := map[string]string{ // what comes of itself, by case
		"authorizations/" + id: "deadline-passed", "plans/" + planned: "plan-comment-over", "registrations/" + noticed: "registration-notice-over",
	}
	before := map[string][]demo.Event{}
	for path := range waits {
		before[path] = eventsOf(t, dir, url, path)
	}
	p.kill()
	written(t, filepath.Join(dir, "temporal", "server.json"), `{"server":"0.0.1","settled":true}`)

	p = launch(t, args...)
	url, _ = p.ready(dir)
	for path, kind := range waits {
		for asked := time.Now(); ; time.Sleep(100 * time.Millisecond) {
			after := eventsOf(t, dir, url, path)
			checkContinued(t, before[path], after)
			if slices.ContainsFunc(after[len(before[path]):], func(e demo.Event) bool { return e.Type == kind }) {
				break
			}
			if time.Since(asked) > startWithin {
				t.Fatalf("no %s of %s in %s", kind, path, startWithin)
			}
		}
	}
	if aside, err := filepath.Glob(filepath.Join(dir, "temporal-aside-*")); err != nil || len(aside) != 1 {
		t.Errorf("set aside: %q, %v", aside, err)
	}
	p.stop()
}

func written(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func migrate(t *testing.T, dir string) {
	t.Helper()
	if _, err := store.MigrateUp(t.Context(), database(dir)); err != nil {
		t.Fatal(err)
	}
}

// execute changes a database behind the program's back.
func execute(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "datacharter.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
