package town_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"datacharter/domain/kinds"
	"datacharter/internal/town"
)

// TestRebuildOfEveryKind: what is read of the cases of every kind, in every state, comes from their events alone.
func TestRebuildOfEveryKind(t *testing.T) {
	t.Parallel()
	w := town.New(t)
	for _, of := range kinds.All {
		for _, s := range of.Table().States {
			w.CaseIn(of.Kind(), s.Name)
		}
	}
	before := w.Contents()
	w.Must(w.Store.Rebuild(t.Context(), kinds.Definition, func(int64, int64) {}))
	if diff := cmp.Diff(before, w.Contents()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	report, err := w.Store.Verify(t.Context(), func(int64, int64) {})
	w.Must(err)
	if len(report.Findings) > 0 {
		t.Errorf("%v", report.Findings)
	}
}
