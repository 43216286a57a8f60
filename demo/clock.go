package demo

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// businessClock is what the system said of its training clock, in the header DataCharter-Clock of its answers.
type businessClock struct {
	mu       sync.Mutex
	business time.Time
	heard    time.Time     // when it was said, in real time
	day      time.Duration // the length of a day of business time; 0 before anything was heard
}

// hear takes note of a header such as "training; day-length=2s; now=2026-01-05T00:00:00+08:00". There is none on the real clock.
func (c *businessClock) hear(header string) error {
	if header == "" {
		return nil
	}
	fields := map[string]string{}
	for part := range strings.SplitSeq(header, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	day, err := time.ParseDuration(fields["day-length"])
	if err != nil {
		return fmt.Errorf("header DataCharter-Clock %q: %w", header, err)
	}
	business, err := time.Parse(time.RFC3339, fields["now"])
	if err != nil {
		return fmt.Errorf("header DataCharter-Clock %q: %w", header, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.business, c.heard, c.day = business, time.Now(), day
	return nil
}

// now is the business time by what was heard last, and false when nothing was.
func (c *businessClock) now() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.day == 0 {
		return time.Time{}, false
	}
	days := float64(time.Since(c.heard)) / float64(c.day)
	return c.business.Add(time.Duration(days * float64(24*time.Hour))), true
}
