package town_test

import (
	"testing"

	"datacharter/domain/kinds"
	"datacharter/internal/town"
)

// TestEveryState: the town brings a case into every state that the tables have; CaseIn checks where it stands.
func TestEveryState(t *testing.T) {
	t.Parallel()
	for _, of := range kinds.All {
		w := town.New(t)
		for _, s := range of.Table().States {
			w.CaseIn(of.Kind(), s.Name)
		}
	}
}
