package main

import (
	"context"
	"fmt"
	"path"
	"slices"
	"testing"
	"time"

	"datacharter/demo"
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/policies"
	"datacharter/store"
)

const (
	leavers = 6                    // authorisations of each wave, all of which are wound down
	look    = 2 * time.Millisecond // between two looks at the record; the system's steps last some tens of them
)

// TestCrashThroughWindDown kills the program at every step of the wind-down: once while the step is under way and, where people take it, once as soon as they
// are told that it is done. Afterwards every step of every exit must have been finished exactly once, and its authorisation give no access and offer nothing.
func TestCrashThroughWindDown(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	ctx, cancel := context.WithTimeoutCause(t.Context(), crashWithin, fmt.Errorf("the test took longer than %s", crashWithin))
	defer cancel()
	dir := withCatalogue(t)
	args := []string{"--demo", "--data", dir, "--listen", freeAddress(t), "--day-length", "700ms", "--start-date", "2025-01-06"}
	p := launch(t, args...)
	url, _ := p.ready(dir)
	inStore(t, dir, gradedImportant)

	waived := slices.IndexFunc(demo.Endings, func(e demo.Ending) bool { return e.Name == "waived" })
	ending := demo.Endings[waived]
	ending.Times = leavers
	lives := live(ctx, t, dir, url, demo.Demonstration{Endings: []demo.Ending{ending}})

	k := killings{lives: lives, left: momentsToKill()}
	for all := len(k.left); len(k.left) > 0; {
		inStore(t, dir, func(_ context.Context, db *store.Store) error { return k.await(ctx, db) })
		p.kill()
		inStore(t, dir, k.note)
		if ctx.Err() != nil {
			t.Fatalf("%v; never killed at %v", context.Cause(ctx), k.left)
		}
		t.Logf("killed at %d of %d moments", all-len(k.left), all)
		p = launch(t, args...)
		p.ready(dir)
	}
	acknowledged := lives.end(t)
	p.stop()
	inStore(t, dir, func(ctx context.Context, db *store.Store) error {
		if err := compare(ctx, t, db, acknowledged); err != nil {
			return err
		}
		return woundDownOnce(ctx, t, db)
	})
}

// moment is one at which to kill the program.
type moment struct {
	step string
	told bool // right after somebody was told that it is done; while it is under way otherwise
}

// gradedImportant makes important data of all resources, their risks assessed: what becomes of such data is reported in a step of its own.
func gradedImportant(ctx context.Context, db *store.Store) error {
	return db.InTx(ctx, func(tx *store.Tx) error {
		for _, id := range demo.Resources() {
			_, err := tx.AddGrading(store.Request{ID: "important-" + id, Fingerprint: "important"}, grading.Grading{
				Resource: id, Grade: grading.Important, Standard: grading.Standard, Table: grading.TableVersion,
				Input: grading.Input{Sector: grading.OtherSector, Papers: []grading.Paper{grading.RiskAssessment}},
				By:    identity.By{Person: "supply-reviewer", Organization: demo.Supplier, Role: identity.SupplyReviewer},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// momentsToKill are those of all steps.
func momentsToKill() map[moment]bool {
	left := map[moment]bool{}
	for _, s := range policies.National().Exit.Steps {
		left[moment{step: s.Code}] = true
		if s.By == policy.ByPeople {
			left[moment{step: s.Code, told: true}] = true
		}
	}
	return left
}

// killings waits for the moments at which the program is still to be killed.
type killings struct {
	lives *lives
	left  map[moment]bool
	heard int             // of what was acknowledged, so much was looked at
	told  map[string]bool // tasks whose people were told since the last look that their step is done
}

// await returns as soon as one of the moments is there, or time is up.
func (k *killings) await(ctx context.Context, db *store.Store) error {
	for ctx.Err() == nil {
		k.listen()
		now, err := k.moments(ctx, db)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(now, func(m moment) bool { return k.left[m] }) {
			return nil
		}
		time.Sleep(look)
	}
	return nil
}

// note takes off the list what the record of the killed program shows. What people were told to be done is so in the record, or its moment stays on the list.
func (k *killings) note(ctx context.Context, db *store.Store) error {
	now, err := k.moments(ctx, db)
	for _, m := range now {
		delete(k.left, m)
	}
	return err
}

func (k *killings) listen() {
	k.lives.mu.Lock()
	defer k.lives.mu.Unlock()
	k.told = map[string]bool{}
	for _, a := range k.lives.acknowledged[k.heard:] {
		if path.Base(a.Command) == "finish-step" {
			k.told[path.Base(path.Dir(a.Command))] = true
		}
	}
	k.heard = len(k.lives.acknowledged)
}

// moments are those at which the exits stand.
func (k *killings) moments(ctx context.Context, db *store.Store) ([]moment, error) {
	open, err := db.OpenCases(ctx)
	if err != nil {
		return nil, err
	}
	var out []moment
	for _, c := range open {
		if c.Kind != exit.Kind || c.State != exit.WindingDown && c.State != exit.Surviving { // the last step is done, and all that is left comes at once
			continue
		}
		x, err := db.Case(ctx, exit.Machine, c.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range x.(*exit.Exit).Steps {
			switch {
			case s.State == exit.StepOpen:
				out = append(out, moment{step: s.Code})
			case s.State == exit.StepDone && k.told[s.Task]:
				out = append(out, moment{step: s.Code, told: true})
			}
		}
	}
	return out, nil
}

// woundDownOnce holds the record of every exit against its steps: each finished once, and with its effect on the authorisation.
func woundDownOnce(ctx context.Context, t *testing.T, db *store.Store) error {
	t.Helper()
	exits, err := db.ListCases(ctx, identity.System(), store.CaseFilter{Kind: exit.Kind, Limit: store.MaxLimit})
	if err != nil {
		return err
	}
	for _, c := range exits.Items {
		x, err := db.Case(ctx, exit.Machine, c.ID)
		if err != nil {
			return err
		}
		finished, err := countEvents(ctx, db, c.ID, exit.StepFinished{}.EventType())
		if err != nil {
			return err
		}
		if steps := len(x.(*exit.Exit).Steps); finished != steps || x.(*exit.Exit).StepsLeft() != nil {
			t.Errorf("%s: %d of %d steps finished", c.ID, finished, steps)
		}
		ended, err := db.Case(ctx, authorization.Machine, x.(*exit.Exit).Authorization)
		if err != nil {
			return err
		}
		a := ended.(*authorization.Authorization)
		closed, err := countEvents(ctx, db, a.ID, authorization.AccessSet{}.EventType())
		if err != nil {
			return err
		}
		offered := slices.ContainsFunc(a.Products, func(p authorization.Product) bool { return p.Listed })
		if closed > 1 || a.Access != authorization.AccessClosed || offered {
			t.Errorf("%s: access was set %d times and is %s, something is on offer: %t", c.ID, closed, a.Access, offered)
		}
	}
	t.Logf("%d exits were wound down", len(exits.Items))
	if len(exits.Items) == 0 {
		t.Error("no exit was wound down")
	}
	return nil
}

func countEvents(ctx context.Context, db *store.Store, id, kind string) (n int, err error) {
	events, err := db.Events(ctx, identity.System(), id, 0, store.MaxLimit)
	for _, e := range events {
		if e.Type == kind {
			n++
		}
	}
	return n, err
}
