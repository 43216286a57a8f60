package demo

import (
	"slices"
	"strings"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/policies"
)

// Every final state there is, and every other in which an authorisation can be left, is some way's end.
func TestEndingsReachEveryFinalState(t *testing.T) {
	total := 0
	reached := map[lifecycle.State]bool{}
	var names []string
	for _, e := range Endings {
		total += e.Times
		reached[e.State] = true
		names = append(names, e.Name)
		if !e.Words.Complete() || e.Times < 1 || e.way == nil {
			t.Errorf("%s is not complete", e.Name)
		}
	}
	slices.Sort(names)
	if len(slices.Compact(names)) != len(Endings) {
		t.Error("two ways have one name")
	}
	if total < 30 {
		t.Errorf("only %d authorisations", total)
	}
	for _, s := range authorization.Machine.Table().States {
		if s.Final && !reached[s.Name] {
			t.Errorf("no way leads to %s", s.Name)
		}
	}
}

func TestEveryEventHasWords(t *testing.T) {
	for _, machine := range []lifecycle.Definition{authorization.Machine, exit.Machine} {
		for _, row := range machine.Table().Rows {
			for _, event := range row.Events {
				if !strings.HasPrefix(event, "deadline-") && !eventWords[event].Complete() {
					t.Errorf("%s: no words for %s", machine.Kind(), event)
				}
			}
		}
	}
}

// The people of the fictitious city can do every task that the national profile has.
func TestEveryTaskHasAHolder(t *testing.T) {
	library, err := policies.NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	profile, _ := library.Newest("national")
	var tasks []lifecycle.Task
	for _, r := range profile.Review.Reviews {
		tasks = append(tasks, lifecycle.Task{ID: r.Name, Kind: r.Kind, Role: r.Role})
	}
	for _, s := range profile.Exit.Steps {
		if s.Kind == identity.Operator {
			for _, c := range companies {
				tasks = append(tasks, lifecycle.Task{ID: s.Code, Kind: s.Kind, Role: s.Role, Organization: c.organization})
			}
		} else if s.Role != "" {
			tasks = append(tasks, lifecycle.Task{ID: s.Code, Kind: s.Kind, Role: s.Role, Organization: Agency})
		}
	}
	for _, task := range tasks {
		if _, err := holder(task); err != nil {
			t.Error(err)
		}
	}
	if len(tasks) < 8 {
		t.Errorf("only %d tasks", len(tasks))
	}
}
