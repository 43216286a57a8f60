package lifecycle

import (
	"slices"

	"datacharter/domain/identity"
)

// Allowed is one command that a person may give now; Task is set for commands on a task.
type Allowed struct {
	Command string `json:"command"`
	Task    string `json:"task,omitempty"`
}

// onTask stands for an input that names a task, before there is an input.
type onTask string

func (t onTask) TaskID() string { return string(t) }

// Allowed lists the commands that the actor may give in the case's present state, in the order of the table.
// It reads the same table as Decide, so what it lists is refused only for its input.
func (m *Compiled[S]) Allowed(c Case, actor identity.Actor, env Env) []Allowed {
	s := as[S](c)
	h := s.Head()
	env.Actor = actor
	var out []Allowed
	for i := range m.Rules {
		r := &m.Rules[i]
		if len(r.From) == 0 || r.Outside || r.By[0].Where == OfSystem || !slices.Contains(r.From, h.State) {
			continue
		}
		if !slices.ContainsFunc(r.By, func(p Party) bool { return p.Where == OfTask }) {
			if _, refused := m.admit(s, r, nil, env); refused == nil && (r.Offer == nil || r.Offer(s, env)) {
				out = append(out, Allowed{Command: r.Command})
			}
			continue
		}
		for _, t := range h.Tasks {
			if !t.Active() {
				continue
			}
			if _, refused := m.admit(s, r, onTask(t.ID), env); refused == nil {
				out = append(out, Allowed{Command: r.Command, Task: t.ID})
			}
		}
	}
	return out
}
