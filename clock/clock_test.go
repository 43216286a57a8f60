package clock_test

import (
	"testing"
	"time"

	"datacharter/clock"
	"datacharter/domain/calendar"

	"pgregory.net/rapid"
)

var (
	start  = calendar.NewDate(2026, time.January, 5)
	anchor = time.Date(2026, time.November, 23, 8, 30, 0, 123_456_789, time.UTC)
)

// clockAt makes a clock whose real time stands at the instant.
func clockAt(t testing.TB, s clock.Settings, real time.Time) clock.Clock {
	t.Helper()
	c, err := clock.New(s, func() time.Time { return real })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRealClock(t *testing.T) {
	real := anchor.In(calendar.China)
	c := clockAt(t, clock.Real(), real)
	if now := c.Now(); !now.Equal(real) || now.Location() != time.UTC {
		t.Errorf("now %s", now)
	}
	if at := c.Real(real); !at.Equal(real) || at.Location() != time.UTC {
		t.Errorf("real %s", at)
	}
	if c.Training() || c.Header() != "" {
		t.Errorf("training %t, header %q", c.Training(), c.Header())
	}
}

func TestTrainingClock(t *testing.T) {
	for _, tc := range []struct {
		dayLength, elapsed time.Duration
		header             string
	}{
		{2 * time.Second, 0, "training; day-length=2s; now=2026-01-05T00:00:00+08:00"},
		{2 * time.Second, time.Second, "training; day-length=2s; now=2026-01-05T12:00:00+08:00"},
		{2 * time.Second, 58*2*time.Second + 500*time.Millisecond, "training; day-length=2s; now=2026-03-04T06:00:00+08:00"},
		{2 * time.Second, -time.Second, "training; day-length=2s; now=2026-01-04T12:00:00+08:00"},
		{10 * time.Millisecond, 18_260 * time.Millisecond, "training; day-length=10ms; now=2031-01-05T00:00:00+08:00"},
		{24 * time.Hour, 30 * time.Hour, "training; day-length=24h0m0s; now=2026-01-06T06:00:00+08:00"},
		{10 * time.Millisecond, 365 * 24 * time.Hour, "training; day-length=10ms; now=9999-12-31T00:00:00+08:00"}, // it stands still there
	} {
		c := clockAt(t, clock.Training(start, tc.dayLength, anchor), anchor.Add(tc.elapsed))
		if got := c.Header(); got != tc.header {
			t.Errorf("%s after the start: %q, want %q", tc.elapsed, got, tc.header)
		}
		if now := c.Now(); now.Location() != time.UTC || !c.Training() {
			t.Errorf("now %s, training %t", now, c.Training())
		}
	}
}

// A timer set for Real of a due time fires when business time has reached it, and not a nanosecond later than needed.
func TestRealIsTheFirstInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := time.Duration(rapid.Int64Range(int64(clock.MinDayLength), int64(24*time.Hour)).Draw(t, "day length"))
		c, err := clock.New(clock.Training(start, length, anchor), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		business := start.AddDays(rapid.IntRange(-4000, 400_000).Draw(t, "days")).Start().
			Add(time.Duration(rapid.Int64Range(0, int64(24*time.Hour)-1).Draw(t, "rest")))
		real := c.Real(business)
		if real.Sub(anchor) == 1<<63-1 { // further away than a Duration reaches
			return
		}
		if reached := c.At(real); reached.Before(business) {
			t.Fatalf("at %s it is only %s, not %s", real, reached, business)
		}
		if early := c.At(real.Add(-1)); !early.Before(business) {
			t.Fatalf("a nanosecond before %s it is already %s", real, early)
		}
	})
}

func TestTrainingTimeRunsForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := time.Duration(rapid.Int64Range(int64(clock.MinDayLength), int64(24*time.Hour)).Draw(t, "day length"))
		c, err := clock.New(clock.Training(start, length, anchor), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		real := anchor.Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(1000*time.Hour)).Draw(t, "elapsed")))
		step := time.Duration(rapid.Int64Range(0, int64(time.Hour)).Draw(t, "step"))
		from, to := c.At(real), c.At(real.Add(step))
		if to.Before(from) {
			t.Fatalf("business time ran back from %s to %s", from, to)
		}
		if to.Sub(from) < step && to.Before(calendar.NewDate(9999, 12, 31).Start()) && step-to.Sub(from) > 1 {
			t.Fatalf("business time ran slower than real time: %s in %s", to.Sub(from), step)
		}
	})
}

// After a restart the stored settings go on where business time stood, whatever anchor the new start would have chosen.
func TestBusinessTimeContinuesAcrossRestart(t *testing.T) {
	stored := clock.Training(start, 2*time.Second, anchor)
	before := clockAt(t, stored, anchor.Add(time.Hour)).Now()
	wanted := clock.Training(start, 2*time.Second, anchor.Add(2*time.Hour))
	if err := stored.Compatible(wanted); err != nil {
		t.Fatal(err)
	}
	after := clockAt(t, stored, anchor.Add(2*time.Hour)).Now()
	if want := before.AddDate(0, 0, 1800); !after.Equal(want) {
		t.Errorf("after an hour's stop it is %s, want %s", after, want)
	}
}
