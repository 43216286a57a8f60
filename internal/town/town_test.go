package town_test

import (
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/meeting"
	"datacharter/internal/town"
)

// TestEveryState: the town brings a case into every state that the tables have; AuthorizationIn and the others check where it stands.
func TestEveryState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		table lifecycle.Table
		in    func(*town.Town) func(lifecycle.State) string
	}{
		{authorization.Machine.Table(), func(w *town.Town) func(lifecycle.State) string { return w.AuthorizationIn }},
		{meeting.Machine.Table(), func(w *town.Town) func(lifecycle.State) string { return w.MeetingIn }},
		{exit.Machine.Table(), func(w *town.Town) func(lifecycle.State) string { return w.ExitIn }},
	} {
		w := town.New(t)
		for _, s := range c.table.States {
			c.in(w)(s.Name)
		}
	}
}
