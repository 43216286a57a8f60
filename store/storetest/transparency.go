package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"datacharter/store"
	"datacharter/transparency"
)

func logKeys(t *testing.T) transparency.Keys {
	t.Helper()
	private := must[string](t)(transparency.GenerateKeys(rand.Reader, "register.example"))
	return must[transparency.Keys](t)(transparency.ParseKeys(private))
}

// logged are the lines of the log, read in small parts.
func (f *fixture) logged() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for from := int64(0); ; {
			part, err := f.LogLines(f.t.Context(), from, 3)
			for _, l := range part {
				if !yield([]byte(l), nil) {
					return
				}
			}
			if err != nil || len(part) == 0 {
				if err != nil {
					yield(nil, err)
				}
				return
			}
			from += int64(len(part))
		}
	}
}

// testTransparencyLog: what is published is in the log with the same transaction, each once and in order; the checkpoints prove it, and nothing can be changed.
func testTransparencyLog(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	keys := logKeys(t)
	f.open("a", opening{})
	if _, err := f.LastCheckpoint(ctx); err == nil {
		t.Error("a checkpoint that nobody signed")
	}
	check(t, f.SignLog(ctx, keys))
	var kept [][]byte
	var published []string
	for i := range 5 {
		var notes []string
		for n := range i + 1 {
			notes = append(notes, fmt.Sprint(i, "-", n))
		}
		f.pass(time.Minute)
		f.do("a", "", "note", noting{Notes: notes, Publish: true})
		for _, m := range must[[]store.Message](t)(f.Outbox(ctx, 100, f.now())) {
			if m.Effect.Publication != nil {
				published = append(published, m.ID)
			}
		}
		f.deliverAll()
		check(t, f.SignLog(ctx, keys))
		check(t, f.SignLog(ctx, keys))
		kept = append(kept, []byte(must[store.LogCheckpoint](t)(f.LastCheckpoint(ctx)).Signed))
	}
	last := must[store.LogCheckpoint](t)(f.LastCheckpoint(ctx))
	claim := transparency.Claim{Origin: keys.Name(), Keys: keys.Verifiers, Lines: f.logged(), Checkpoint: []byte(last.Signed), Kept: kept}
	if r, err := claim.Verify(time.Minute); err != nil || r.Checkpoint.Tree.N != last.Size || last.Size == 0 {
		t.Errorf("%+v, %v, of %d", r, err, last.Size)
	}
	if all := must[[]store.LogCheckpoint](t)(f.Checkpoints(ctx, 0, 0)); len(all) != len(kept) || all[len(all)-1] != last {
		t.Errorf("%d checkpoints", len(all))
	}
	f.proved(last, kept)
	for _, id := range published {
		position := must[int64](t)(f.LogPosition(ctx, id))
		if l := must[[]string](t)(f.LogLines(ctx, position, 1)); !strings.Contains(l[0], `"id":"`+id+`"`) {
			t.Errorf("%s is not at %d: %s", id, position, l)
		}
	}
	_, err := f.LogPosition(ctx, "a/0/0\x00")
	wantErr(t, err, store.ErrNotFound)
	for _, statement := range []string{
		"UPDATE log_entries SET line = ''", "DELETE FROM log_entries", "UPDATE log_hashes SET position = 9", "DELETE FROM log_hashes",
		"UPDATE log_checkpoints SET signed = ''", "DELETE FROM log_checkpoints",
	} {
		if _, err := f.raw().ExecContext(ctx, statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// proved holds the proofs of every entry and of every checkpoint that was kept against the last one.
func (f *fixture) proved(last store.LogCheckpoint, kept [][]byte) {
	f.t.Helper()
	ctx := f.t.Context()
	tree := f.tree(last.Signed)
	for position := range last.Size {
		line := must[[]string](f.t)(f.LogLines(ctx, position, 1))[0]
		proof := must[tlog.RecordProof](f.t)(f.ProveEntry(ctx, last.Size, position))
		check(f.t, tlog.CheckRecord(proof, tree.N, tree.Hash, position, tlog.RecordHash([]byte(line))))
	}
	for _, k := range kept {
		before := f.tree(string(k))
		check(f.t, tlog.CheckTree(must[tlog.TreeProof](f.t)(f.ProveGrowth(ctx, tree.N, before.N)), tree.N, tree.Hash, before.N, before.Hash))
	}
	if _, err := f.ProveEntry(ctx, last.Size+5, 0); err == nil {
		f.t.Error("a proof beyond the log")
	}
}

// tree reads the tree that a signed checkpoint states.
func (f *fixture) tree(signed string) tlog.Tree {
	f.t.Helper()
	lines := strings.Split(signed, "\n")
	var size int64
	_, err := fmt.Sscan(lines[1], &size)
	check(f.t, err)
	return tlog.Tree{N: size, Hash: must[tlog.Hash](f.t)(tlog.ParseHash(lines[2]))}
}

// testLogOfOldPublications: what was published before there was a log is taken in, the oldest first, once, by whoever comes first.
func testLogOfOldPublications(t *testing.T, d Database) {
	f := setup(t, d)
	ctx := t.Context()
	const old = 1_203 // more than enter in one transaction
	tx := must[interface{ Commit() error }](t)(f.publishOld(ctx, old))
	check(t, tx.Commit())
	var racers sync.WaitGroup
	for range 4 {
		racers.Go(func() {
			for more := true; more; {
				var err error
				if more, err = f.LogPublications(ctx); err != nil {
					more = true // another one was first
				}
			}
		})
	}
	racers.Wait()
	keys := logKeys(t)
	f.pass(time.Hour)
	check(t, f.SignLog(ctx, keys))
	last := must[store.LogCheckpoint](t)(f.LastCheckpoint(ctx))
	claim := transparency.Claim{Origin: keys.Name(), Keys: keys.Verifiers, Lines: f.logged(), Checkpoint: []byte(last.Signed)}
	if r, err := claim.Verify(0); err != nil || last.Size != old {
		t.Errorf("%+v, %v, of %d", r, err, last.Size)
	}
	before := ""
	for line, err := range f.logged() {
		check(t, err)
		e := must[transparency.Entry](t)(transparency.ParseEntry(line))
		if e.ID <= before {
			t.Fatalf("%s comes after %s", e.ID, before)
		}
		before = e.ID
	}
}

// publishOld writes publications as they were written before there was a log.
func (f *fixture) publishOld(ctx context.Context, n int) (interface{ Commit() error }, error) {
	tx, err := f.raw().BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	for i := range n {
		at := start.UnixMicro() + int64(i)
		_, err := tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO publications (id, case_id, kind, subject, content, at) VALUES ('p/%06d', 'a', 'errand', 'noted', '{"note":1}', %d)`, i, at))
		if err != nil {
			return nil, err
		}
	}
	return tx, nil
}
