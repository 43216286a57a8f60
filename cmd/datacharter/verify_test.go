package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"datacharter/transparency"
)

// publicLog is a register's log as its owner serves it, honest or not.
type publicLog struct {
	t     *testing.T
	keys  transparency.Keys
	lines []string
	asked int
}

func newPublicLog(t *testing.T) (*publicLog, string) {
	t.Helper()
	private, err := transparency.GenerateKeys(rand.Reader, "register.example")
	if err != nil {
		t.Fatal(err)
	}
	l := &publicLog{t: t}
	if l.keys, err = transparency.ParseKeys(private); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(l)
	t.Cleanup(server.Close)
	return l, server.URL
}

func (l *publicLog) publish(n int) {
	l.t.Helper()
	for range n {
		i := len(l.lines)
		line, err := transparency.Entry{ID: fmt.Sprint("p", i), Case: "aut-1", At: time.Unix(int64(i), 0).UTC(), Content: json.RawMessage(`{}`)}.Line()
		if err != nil {
			l.t.Fatal(err)
		}
		l.lines = append(l.lines, string(line))
	}
}

func (l *publicLog) checkpoint() string {
	var tree transparency.Memory
	for _, line := range l.lines {
		if err := tree.Add([]byte(line)); err != nil {
			l.t.Error(err)
		}
	}
	stated, err := tree.Tree(int64(len(l.lines)))
	if err != nil {
		l.t.Error(err)
	}
	signed, err := transparency.Checkpoint{Origin: l.keys.Name(), Tree: stated, At: time.Unix(int64(len(l.lines)), 0)}.Sign(l.keys.Signers...)
	if err != nil {
		l.t.Error(err)
	}
	return string(signed)
}

// ServeHTTP answers every third question with "too many".
func (l *publicLog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if l.asked++; l.asked%3 == 0 {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	var err error
	switch r.URL.Path {
	case "/api/v1/register/log":
		err = json.NewEncoder(w).Encode(statedLog{Keys: l.keys.Public(), Size: int64(len(l.lines)), Checkpoint: l.checkpoint()})
	case "/api/v1/register/log/entries":
		from, errFrom := strconv.Atoi(r.URL.Query().Get("from"))
		limit, errLimit := strconv.Atoi(r.URL.Query().Get("limit"))
		if errFrom != nil || errLimit != nil {
			l.t.Error(errFrom, errLimit)
		}
		for _, line := range l.lines[min(from, len(l.lines)):min(from+limit, len(l.lines))] {
			_, err = fmt.Fprintln(w, line)
		}
	default:
		http.NotFound(w, r)
	}
	if err != nil {
		l.t.Error(err)
	}
}

// TestVerifyRegister: an outsider proves a register's log, keeps a copy, and finds what its owner changes later, though it is signed anew.
func TestVerifyRegister(t *testing.T) {
	log, url := newPublicLog(t)
	folder := filepath.Join(t.TempDir(), "kept")
	log.publish(1_203) // more than one answer holds
	if out := must(t, "verify", "register", url); !strings.Contains(out, "1203 entries are as they were published") || !strings.Contains(out, "no checkpoint was kept before") {
		t.Error(out)
	}
	must(t, "verify", "register", url, "--keep", folder)
	log.publish(5)
	if out := must(t, "verify", "register", url, "--keep", folder); !strings.Contains(out, "1208 entries") || !strings.Contains(out, "1 checkpoints that were kept agree") {
		t.Error(out)
	}
	if out := must(t, "verify", "register", folder); !strings.Contains(out, "1208 entries") || !strings.Contains(out, "2 checkpoints that were kept agree") {
		t.Error(out)
	}
	fails := func(what, want string, args ...string) {
		t.Helper()
		if code, out, problem := called(t, args...); code != 1 || !strings.Contains(problem, want) {
			t.Errorf("%s: %d, %s%s", what, code, out, problem)
		}
	}
	honest := log.lines[7]
	log.lines[7] = strings.Replace(honest, "aut-1", "aut-2", 1)
	if out := must(t, "verify", "register", url); !strings.Contains(out, "no checkpoint was kept before") {
		t.Error(out) // who kept nothing cannot know
	}
	fails("a line changed and signed anew", "something of before was changed", "verify", "register", url, "--keep", folder)
	log.lines[7] = honest
	fails("it was changed back, but the folder has the proof", "something of before was changed", "verify", "register", url, "--keep", folder)

	raw, err := os.ReadFile(filepath.Join(folder, "entries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "entries.jsonl"), raw[:len(raw)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	fails("the copy was damaged", "not an entry", "verify", "register", folder)

	another, elsewhere := newPublicLog(t)
	another.publish(1)
	fails("another log in the same folder", "other keys", "verify", "register", elsewhere, "--keep", folder)
	fails("no log", "404", "verify", "register", url+"/else")
	fails("no folder", "no such file", "verify", "register", t.TempDir())
}
