package main

import (
	"context"
	"errors"
	"slices"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// session is one client with the case that it is at work on. It is used by one goroutine at a time.
type session interface {
	// step gives the next command and returns when it is answered. Making a new case to begin with is not part of it where prepare could do so.
	step(ctx context.Context) error
}

// contender is one way of doing the same work.
type contender struct {
	name     string
	commands int // of one case
	sessions []session
	// prepare makes what the clients will use up in the time.
	prepare func(ctx context.Context, clients int, within time.Duration) error
	// finished returns the IDs of workflows that took all their updates.
	finished func() []string
	turns    map[int][]turn // by number of clients
}

// turn is what one contender did in one round.
type turn struct {
	took        []time.Duration // of each command that was answered in the turn, ascending
	length      time.Duration
	cpu         time.Duration // of this process in the turn: clients, handlers, workers and the embedded servers
	undelivered int64         // messages in the outbox at the end
}

// perSecond is the throughput.
func (t turn) perSecond() float64 { return float64(len(t.took)) / t.length.Seconds() }

// measure lets every session give one command after the other. What is answered after the warm-up and before the end counts.
func measure(ctx context.Context, sessions []session, warmUp, length time.Duration) (turn, error) {
	took := make([][]time.Duration, len(sessions))
	begin := time.Now().Add(warmUp)
	end := begin.Add(length)
	group, ctx := errgroup.WithContext(ctx)
	var cpu time.Duration
	group.Go(func() (err error) {
		cpu, err = cpuBetween(begin, end)
		return err
	})
	for i, s := range sessions {
		group.Go(func() error {
			for {
				asked := time.Now()
				if !asked.Before(end) {
					return nil
				}
				if err := s.step(ctx); err != nil {
					return err
				}
				if answered := time.Now(); answered.After(begin) && answered.Before(end) {
					took[i] = append(took[i], answered.Sub(asked))
				}
			}
		})
	}
	if err := group.Wait(); err != nil {
		return turn{}, err
	}
	all := slices.Concat(took...)
	slices.Sort(all)
	return turn{took: all, length: length, cpu: cpu}, nil
}

// cpuBetween is the processor time that this process takes between two moments to come.
func cpuBetween(begin, end time.Time) (time.Duration, error) {
	time.Sleep(time.Until(begin))
	before, err := cpuSpent()
	time.Sleep(time.Until(end))
	after, late := cpuSpent()
	return after - before, errors.Join(err, late)
}

// cpuSpent is the processor time, in user and system mode, that this process has taken so far.
func cpuSpent() (time.Duration, error) {
	var used syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano()), err
}

// quantile of ascending values, which must not be empty.
func quantile(ascending []time.Duration, q float64) time.Duration {
	return ascending[min(int(q*float64(len(ascending))), len(ascending)-1)]
}
