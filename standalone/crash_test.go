package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"datacharter/demo"
	"datacharter/domain/identity"
	"datacharter/store"
)

// The crash test kills the program this often, at any moment from its start on.
const (
	kills       = 50
	killAfter   = 6 * time.Second // at most, from the start of a process
	crashWithin = 8 * time.Minute // all of it; it takes about half of that
)

// TestCrash runs whole lives over HTTP while the program is killed and started again. Afterwards every acknowledged command must be in the
// record exactly once and with the version that was answered, nothing else may be, and every authorisation must have come to its planned end,
// every plan be open to applications and every registration have its code.
//
// DATACHARTER_TEST_SEED repeats the moments of an earlier run as far as a machine can.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	seed := crashSeed(t)
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	ctx, cancel := context.WithTimeoutCause(t.Context(), crashWithin, fmt.Errorf("the test took longer than %s", crashWithin))
	defer cancel()

	dir := withCatalogue(t)
	args := []string{"--demo", "--data", dir, "--listen", freeAddress(t), "--day-length", "700ms", "--start-date", "2025-01-06"}
	p := launch(t, args...)
	url, took := p.ready(dir)
	t.Logf("ready in %s", took.Round(time.Millisecond))

	once := slices.Clone(demo.Endings)
	for i := range once {
		once[i].Times = 1
	}
	lives := live(ctx, t, dir, url, demo.Demonstration{Endings: once, TermDays: 100}, aPlan, aRegistration)
	for range kills {
		select {
		case <-time.After(time.Duration(random.Int64N(int64(killAfter)))):
		case <-ctx.Done():
			t.Fatal(context.Cause(ctx))
		}
		select {
		case <-p.exited:
			t.Fatalf("the program ended by itself with %d:\n%s", p.cmd.ProcessState.ExitCode(), p.stderr)
		default:
		}
		p.kill()
		p = launch(t, args...)
	}
	_, took = p.ready(dir)
	t.Logf("ready after the last kill in %s", took.Round(time.Millisecond))
	acknowledged := lives.end(t)
	p.stop()
	inStore(t, dir, func(ctx context.Context, db *store.Store) error { return compare(ctx, t, db, acknowledged) })
}

func crashSeed(t *testing.T) uint64 {
	t.Helper()
	given := os.Getenv("DATACHARTER_TEST_SEED")
	if given == "" {
		return uint64(time.Now().UnixNano())
	}
	seed, err := strconv.ParseUint(given, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

// lives are the cases that are driven to their ends all the while, one wave after the other.
type lives struct {
	enough       chan struct{} // closed when no further wave is wanted
	ended        chan error
	mu           sync.Mutex
	acknowledged []demo.Answered
}

// besides is what is led beside the authorisations of a wave.
type besides func(ctx context.Context, d demo.Demonstration, wave int) error

func aPlan(ctx context.Context, d demo.Demonstration, wave int) error {
	return d.Plan(ctx, fmt.Sprintf("实施方案%d（虚构）", wave))
}

func aRegistration(ctx context.Context, d demo.Demonstration, wave int) error {
	return d.Register(ctx, fmt.Sprintf("登记%d（虚构）", wave))
}

// live drives waves of authorisations to their endings until end is called.
func live(ctx context.Context, t *testing.T, dir, url string, d demo.Demonstration, beside ...besides) *lives {
	t.Helper()
	l := &lives{enough: make(chan struct{}), ended: make(chan error, 1)}
	d.Client = speaker(t, dir, url)
	d.Client.Patience = 5 * time.Minute // on a busy machine a start takes longer than most processes live, and all is answered after the last kill
	d.Client.Heard = func(a demo.Answered) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.acknowledged = append(l.acknowledged, a)
	}
	d.Progress = func(int, int) {}
	go func() { l.ended <- l.waves(ctx, t, d, beside) }()
	return l
}

func (l *lives) waves(ctx context.Context, t *testing.T, d demo.Demonstration, beside []besides) error {
	for wave := 1; ; wave++ {
		began := time.Now()
		var others errgroup.Group
		for _, lead := range beside {
			others.Go(func() error { return lead(ctx, d, wave) })
		}
		results, err := d.Run(ctx)
		if err := errors.Join(err, others.Wait()); err != nil {
			return err
		}
		for _, r := range results {
			if r.Err != nil {
				err = errors.Join(err, fmt.Errorf("%s: %w", r.Ending.Name, r.Err))
			}
		}
		if err != nil {
			return err
		}
		t.Logf("wave %d: %d authorisations and %d other cases came to their end in %s", wave, len(results), len(beside), time.Since(began).Round(time.Second))
		select {
		case <-l.enough:
			return nil
		default:
		}
	}
}

// end lets the present wave come to its end and returns what was acknowledged.
func (l *lives) end(t *testing.T) []demo.Answered {
	t.Helper()
	close(l.enough)
	if err := <-l.ended; err != nil {
		t.Fatal(err)
	}
	return l.acknowledged
}

// recorded is where a command stands in the record.
type recorded struct {
	caseID      string
	first, last int64 // of its events
	events      int64
}

// compare holds the record against what was acknowledged.
func compare(ctx context.Context, t *testing.T, db *store.Store, acknowledged []demo.Answered) error {
	t.Helper()
	report, err := db.Verify(ctx, func(int64, int64) {})
	if err != nil {
		return err
	}
	for _, f := range report.Findings {
		t.Errorf("verify: %s/%d: %s", f.Case, f.Seq, f.Problem)
	}
	cases := map[string]bool{}
	for _, a := range acknowledged {
		cases[a.Case] = true
	}
	record := map[string]recorded{}
	for id := range cases {
		if err := collect(ctx, db, id, record); err != nil {
			return err
		}
	}
	for _, a := range acknowledged {
		sum := sha256.Sum256([]byte(a.Person + "\n" + a.Key))
		id := "cmd-" + hex.EncodeToString(sum[:])
		switch r, ok := record[id]; {
		case !ok:
			t.Errorf("%s of %s on %s was acknowledged and is not in the record", a.Command, a.Person, a.Case)
		case r.caseID != a.Case || a.Version > 0 && r.last != a.Version || r.last-r.first+1 != r.events:
			t.Errorf("%s of %s on %s was acknowledged at version %d, and the record has %+v", a.Command, a.Person, a.Case, a.Version, r)
		}
		delete(record, id)
	}
	for id, r := range record {
		t.Errorf("the record has %s, %+v, which nobody was told of", id, r)
	}
	t.Logf("%d commands acknowledged, %d cases and %d events in the record", len(acknowledged), report.Cases, report.Events)
	return nil
}

// collect notes where people's commands stand in the record of a case.
func collect(ctx context.Context, db *store.Store, id string, into map[string]recorded) error {
	for after := int64(0); ; {
		events, err := db.Events(ctx, identity.System(), id, after, store.MaxLimit)
		if err != nil {
			return err
		}
		for _, e := range events {
			after = e.Seq
			if !strings.HasPrefix(e.CommandID, "cmd-") {
				continue // the system's own
			}
			r, known := into[e.CommandID]
			if !known {
				r = recorded{caseID: id, first: e.Seq}
			}
			if r.caseID != id {
				return fmt.Errorf("command %s has events in %s and %s", e.CommandID, r.caseID, id)
			}
			r.last, r.events = e.Seq, r.events+1
			into[e.CommandID] = r
		}
		if len(events) < store.MaxLimit {
			return nil
		}
	}
}
