package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// What is aimed at, and how long the program is left alone before its memory is looked at.
const (
	goalStart   = 3 * time.Second
	goalMemory  = 250 // MB
	goalStop    = 10 * time.Second
	startWithin = 30 * time.Second
	idle        = 10 * time.Second
)

// measureStart starts the program on an empty directory and again on the one that it left.
func measureStart(ctx context.Context, out io.Writer, program, dir string) error {
	data, err := subdirectory(dir, "standalone")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("\n## Standalone: start, memory, stop\n\n")
	b.WriteString("| start | first 200 after | resident after 10 s idle | stopped after |\n|---|---|---|---|\n")
	for _, name := range []string{"empty directory", "again"} {
		m, err := startOnce(ctx, program, data)
		if err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
		fmt.Fprintf(&b, "| %s | %.2f s (%s) | %d MB (%s) | %.2f s (%s) |\n", name,
			m.start.Seconds(), reached(m.start <= goalStart), m.megabytes, reached(m.megabytes <= goalMemory), m.stop.Seconds(), reached(m.stop <= goalStop))
	}
	fmt.Fprintf(&b, "\nAims: %v, %d MB, %v.\n", goalStart, goalMemory, goalStop)
	_, err = io.WriteString(out, b.String())
	return err
}

type lifetime struct {
	start, stop time.Duration
	megabytes   int
}

func startOnce(ctx context.Context, program, data string) (m lifetime, err error) {
	address := filepath.Join(data, "address")
	if err := os.Remove(address); err != nil && !errors.Is(err, os.ErrNotExist) {
		return m, err
	}
	cmd := exec.CommandContext(ctx, program, "--demo", "--data", data, "--listen", "127.0.0.1:0") //nolint:gosec // the caller names the program to measure
	cmd.Stderr = os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = goalStop
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return m, err
	}
	if err = firstAnswer(ctx, address); err == nil {
		m.start = time.Since(began)
		m.megabytes, err = residentWhenIdle(ctx, cmd.Process.Pid)
	}
	began = time.Now()
	err = errors.Join(err, cmd.Process.Signal(syscall.SIGTERM), cmd.Wait())
	m.stop = time.Since(began)
	return m, err
}

// firstAnswer waits until the program serves the address that it wrote down.
func firstAnswer(ctx context.Context, file string) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	for {
		if raw, err := os.ReadFile(file); err == nil && answers(ctx, strings.TrimSpace(string(raw))) {
			return nil
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w", ctx.Err())
		}
	}
}

func answers(ctx context.Context, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	return res.Body.Close() == nil && res.StatusCode == http.StatusOK
}

// residentWhenIdle is the process's resident memory in MB (10⁶ bytes) after a while.
func residentWhenIdle(ctx context.Context, pid int) (_ int, err error) {
	select {
	case <-time.After(idle):
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			kib, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(value), " kB"))
			return kib * 1024 / 1_000_000, err
		}
	}
	return 0, errors.Join(errors.New("the system does not tell a process's memory"), lines.Err())
}
