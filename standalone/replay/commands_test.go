package replay_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/internal/lives"
	"datacharter/workflows"
)

// Commands that arrive from many sides while run after run continues as new are all answered, and each is recorded once.
func TestCommandsWhileContinuingAsNew(t *testing.T) {
	t.Parallel()
	s := newRealServer(t, 30*time.Millisecond, 60)
	s.director().Operating("a-1", 60, 14)

	const clients, each = 8, 12
	commands := [2]string{"propose-exit", "decline-exit"}
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			for n := range each {
				name, data := commands[n%2], `{"reason":"继续运营(虚构)","ground":"consent","statement":"协商(虚构)"}`
				out, err := s.give(workflows.Command{
					Kind: authorization.Kind, Case: "a-1", ID: fmt.Sprintf("client-%d-%d", c, n), Name: name, Person: lives.Applicant, Data: []byte(data),
				})
				if err != nil || out.Version == 0 {
					t.Errorf("client %d, command %d: %+v, %v", c, n, out, err)
				}
			}
		})
	}
	group.Wait()

	accepted := 0
	for c := range clients {
		for n := range each {
			out, err := s.give(workflows.Command{Kind: authorization.Kind, Case: "a-1", ID: fmt.Sprintf("client-%d-%d", c, n), Name: commands[n%2], Person: lives.Applicant})
			if err != nil {
				t.Fatal(err)
			}
			if out.Refusal == nil {
				accepted++
			}
		}
	}
	recorded := 0
	for after, more := int64(0), true; more; {
		events, err := s.system.Store.Events(t.Context(), identity.System(), "a-1", after, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if after = e.Seq; strings.HasPrefix(e.CommandID, "client-") {
				recorded++
			}
		}
		more = len(events) > 0
	}
	if recorded != accepted || accepted == 0 {
		t.Errorf("%d commands were accepted, %d recorded", accepted, recorded)
	}
	runs := s.histories("a-1")
	if len(runs) < 5 {
		t.Errorf("%d runs", len(runs))
	}
	for _, h := range runs {
		if n := len(h.Events); n > 60+8*15 { // a workflow task takes the commands that are there, ten at most, and the rest follow
			t.Errorf("a run of %d events", n)
		}
	}
}

// Commands that arrive while a case begins, and while it closes, are answered too, by whichever run there is: one submission is accepted and the
// others are refused; what comes after the end is refused.
func TestCommandsAtBeginningAndEnd(t *testing.T) {
	t.Parallel()
	s := newRealServer(t, 30*time.Millisecond, 10_000)
	d := s.director()
	for round := range 5 {
		id := fmt.Sprintf("a-%d", round)
		d.Draft(id, 12)
		together := func(name, data string) map[string]int {
			t.Helper()
			const clients = 8
			answers := make([]string, clients)
			var group sync.WaitGroup
			for c := range clients {
				group.Go(func() {
					out, err := s.give(workflows.Command{
						Kind: authorization.Kind, Case: id, ID: fmt.Sprintf("%s-%s-%d", id, name, c), Name: name, Person: lives.Applicant, Data: []byte(data),
					})
					switch {
					case err != nil:
						answers[c] = err.Error()
					case out.Refusal != nil:
						answers[c] = out.Refusal.Code
					}
				})
			}
			group.Wait()
			count := map[string]int{}
			for _, a := range answers {
				count[a]++
			}
			return count
		}
		if got := together("submit", `{}`); got[""] != 1 || got["not-in-state"] != 7 {
			t.Errorf("submissions were answered %v", got)
		}
		if got := together("withdraw", `{"reason":"不再需要"}`); got[""] != 1 || got["case-closed"] != 7 {
			t.Errorf("withdrawals were answered %v", got)
		}
	}
}
