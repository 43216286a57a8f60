//go:build !race

// One command after the other: there is no race to find, and the detector would make a quarter of an hour of a minute.

package api

import (
	"net/http"
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/registration"
)

// entitled says by the table alone whether somebody may give a command to a case, whatever its state.
func (h holder) entitled(row lifecycle.Row, c Case) bool {
	return slices.ContainsFunc(row.By, func(p lifecycle.Party) bool {
		of := map[lifecycle.Where]string{lifecycle.OfApplicant: c.Applicant, lifecycle.OfAgency: c.Agency, lifecycle.OfBody: c.Body, lifecycle.OfRegistry: c.Body, lifecycle.Anywhere: h.organization}
		return (p.Role == "" || p.Role == h.party.Role) && of[p.Where] == h.organization
	})
}

// TestMatrix gives every command on a case as everybody in every state: who does not see the case finds nothing there, who is not named is refused,
// and what the state does not allow is refused – and the case stays as it was.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for i, c := range newWorld(t).server.collections {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			c := w.server.collections[i]
			for _, state := range c.def.Table().States {
				id := w.CaseIn(c.def.Kind(), state.Name)
				for _, h := range holders() {
					w.tryAll(t, c, id, h)
				}
			}
		})
	}
}

func (w *world) tryAll(t *testing.T, c *collection, id string, h holder) {
	read := w.get(h.id, c.href(id))
	var before Case
	if read.status == http.StatusOK {
		before = into[Case](t, read)
	} else {
		read.wants(t, http.StatusNotFound, "not-found")
	}
	for _, row := range c.def.Table().Rows {
		if len(row.From) == 0 || !slices.Contains(c.commands, row.Command) || slices.Contains(row.By, tasked) || row.Outside {
			continue
		}
		offered := slices.ContainsFunc(before.Allowed, func(a Allowed) bool { return a.Command == row.Command })
		inState := slices.Contains(row.From, before.State)
		possible := read.status == http.StatusOK && h.entitled(row, before) && inState
		if offered && !possible {
			t.Errorf("%s offers %s %q in %s", c.name, h.id, row.Command, before.State)
		}
		if possible {
			continue // what then follows is the lifecycle's business
		}
		r := w.post(h.id, c.href(id)+"/"+row.Command, object{})
		status, code := http.StatusConflict, "not-in-state"
		switch {
		case read.status != http.StatusOK:
			status, code = http.StatusNotFound, "not-found"
		case r.status == http.StatusUnprocessableEntity: // what form alone can find is found first
			into[Problem](t, r)
			continue
		case !h.entitled(row, before):
			status, code = http.StatusForbidden, "not-entitled"
		case c.def.State(before.State).Final:
			code = "case-closed"
		}
		r.wants(t, status, code)
	}
	if after := w.get(h.id, c.href(id)); string(after.body) != string(read.body) && read.status == http.StatusOK {
		t.Errorf("%s in %s changed under %s: %s", c.name, before.State, h.id, after.body)
	}
}

// TestTasksMatrix does the same with the commands on tasks.
func TestTasksMatrix(t *testing.T) {
	w := newWorld(t)
	for _, at := range []struct {
		of       string
		id       string
		commands []string
	}{
		{"authorizations", w.AuthorizationIn(authorization.Reviewing), []string{"release", "decide", "claim"}},
		{"exits", func() string {
			id := w.ExitIn(exit.WindingDown)
			w.System(exit.Kind, id, "open-step", exit.StepInput{Step: "close-access"})
			w.System(exit.Kind, id, "note-step", exit.StepResultInput{Step: "close-access", Result: "done"})
			w.System(exit.Kind, id, "open-step", exit.StepInput{Step: "tell-customers"})
			return id
		}(), []string{"release", "finish-step", "claim"}},
		{"registrations", w.RegistrationIn(registration.Submitted), []string{"release", "accept", "claim"}},
		{"plans", w.PlanIn(plan.Reviewing), []string{"release", "claim"}},
	} {
		c := into[Case](t, w.get(theAuditor, base+"/"+at.of+"/"+at.id))
		if len(c.Tasks) == 0 {
			t.Fatalf("%s has no tasks", at.id)
		}
		for _, task := range c.Tasks {
			for _, h := range holders() {
				seen := w.get(h.id, tasksPath+task.ID).status == http.StatusOK
				its := h.party.Role == task.Role && (task.Organization == "" || task.Organization == h.organization)
				for _, command := range at.commands {
					input := object{}
					if command == "decide" {
						input = object{"outcome": "approve", "opinion": "意见"}
					}
					r := w.post(h.id, tasksPath+task.ID+"/"+command, input)
					switch {
					case !seen:
						r.wants(t, http.StatusNotFound, "not-found")
					case h.id == theAdmin && command == "release" && r.status == http.StatusOK: // an administrator frees a task that somebody sits on
					case h.id == theAdmin && command == "release" && h.organization == c.Agency, its && command != "claim":
						r.wants(t, http.StatusConflict, "task-not-claimed")
					case !its:
						r.wants(t, http.StatusForbidden, "not-entitled")
					case r.status != http.StatusOK:
						t.Errorf("%s cannot %s %s: %s", h.id, command, task.Name, r.body)
					}
				}
			}
		}
	}
}
