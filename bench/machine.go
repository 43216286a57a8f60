package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// printMachine says what the figures were taken on. Load of others and a slow disk make any comparison with another machine's figures moot.
func printMachine(out io.Writer, dir string) error {
	sync, err := syncTime(dir)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s · %d cores, %s · %s/%s, %s · load before: %s · write and fsync of 4 KiB: median %d µs\n",
		time.Now().Format(time.DateOnly), runtime.NumCPU(), processor(), runtime.GOOS, runtime.GOARCH, runtime.Version(), load(), sync.Microseconds())
	return err
}

// processor and load are empty where the system does not tell.
func processor() string {
	raw, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(raw), " ")
	return one
}

// syncTime is how long the disk takes to make a small write last.
func syncTime(dir string) (_ time.Duration, err error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	took := make([]time.Duration, 200)
	page := make([]byte, 4096)
	for i := range took {
		began := time.Now()
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return quantile(took, 0.5), nil
}
