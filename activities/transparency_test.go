package activities_test

import (
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"datacharter/store"
	"datacharter/transparency"
)

func logKeys(t *testing.T) transparency.Keys {
	t.Helper()
	private, err := transparency.GenerateKeys(rand.Reader, "register.example")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := transparency.ParseKeys(private)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// checkpointed waits for a checkpoint of so many entries, and returns what the log's keys say of it.
func (w *world) checkpointed(size int64) transparency.Report {
	w.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		c, err := w.store.LastCheckpoint(w.t.Context())
		switch {
		case err == nil && c.Size >= size:
			return w.verified(c)
		case err != nil && !errors.Is(err, store.ErrNotFound), time.Now().After(deadline):
			w.t.Fatalf("a checkpoint of %d entries is wanted: %+v, %v", size, c, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (w *world) verified(c store.LogCheckpoint) transparency.Report {
	w.t.Helper()
	public, err := w.store.LogKeys(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	origin, keys, err := transparency.ParsePublic(public)
	if err != nil {
		w.t.Fatal(err)
	}
	lines, err := w.store.LogLines(w.t.Context(), 0, store.MaxLimit)
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := transparency.Claim{
		Origin: origin, Keys: keys, Checkpoint: []byte(c.Signed),
		Lines: func(yield func([]byte, error) bool) {
			for _, l := range lines {
				if !yield([]byte(l), nil) {
					return
				}
			}
		},
	}.Verify(0)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// TestPublicationsAreLogged: what a life publishes is in the transparency log, and a checkpoint states it soon.
func TestPublicationsAreLogged(t *testing.T) {
	c := newCity(t)
	contracted(c.director(true))
	published, err := c.store.ListPublications(t.Context(), store.PublicationFilter{Limit: store.MaxLimit})
	if err != nil || len(published.Items) == 0 {
		t.Fatal(len(published.Items), err)
	}
	stop := make(chan struct{})
	done := make(chan error, 1)
	go func() { done <- c.deliverUntil(&server{}, time.Now, stop) }()
	if r := c.checkpointed(int64(len(published.Items))); r.Checkpoint.Tree.N != int64(len(published.Items)) {
		t.Errorf("%d were published, %d are logged", len(published.Items), r.Checkpoint.Tree.N)
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// TestOtherKeys: deliveries go on, and nothing is signed, when the keys are not those that signed the log so far.
func TestOtherKeys(t *testing.T) {
	w := newWorld(t)
	if err := w.store.SignLog(t.Context(), w.keys); err != nil {
		t.Fatal(err)
	}
	if err := w.store.SignLog(t.Context(), logKeys(t)); !errors.Is(err, store.ErrOtherKeys) {
		t.Error(err)
	}
	before, err := w.store.LastCheckpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.keys = logKeys(t)
	w.drafted()
	w.accepted(command("submit", "spruce-applicant", "submit", struct{}{}))
	w.deliver(&server{}, time.Now)
	if c, err := w.store.LastCheckpoint(t.Context()); err != nil || c != before {
		t.Errorf("%+v, %v", c, err)
	}
}
