package workflows

import (
	"slices"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
)

// Header is the little that a workflow knows of its case.
type Header struct {
	Kind    lifecycle.Kind  `json:"kind"`
	Case    string          `json:"case"`
	Version int64           `json:"version"` // 0: there is no such case
	State   lifecycle.State `json:"state"`
	Phase   lifecycle.Phase `json:"phase"`
	Draft   bool            `json:"draft,omitempty"` // lives in the database alone
	Closed  bool            `json:"closed,omitempty"`
	WakeAt  *time.Time      `json:"wake_at,omitempty"` // real time at which a limit next needs attention
	Exit    string          `json:"exit,omitempty"`    // for an authorisation in exit: the exit's case
	Ending  *Ending         `json:"ending,omitempty"`  // for an exit: what the workflow has to do
}

// Running reports whether a workflow has anything to do for the case: it was begun and is not closed.
func (h Header) Running() bool { return h.Version > 0 && !h.Draft && !h.Closed }

// Ending is what an exit's workflow must know beside its phase.
type Ending struct {
	Authorization string   `json:"authorization"`
	Interim       bool     `json:"interim,omitempty"` // the ground has access suspended while the exit is pending
	Undo          []string `json:"undo,omitempty"`    // measures to be undone, newest first, while the exit is being stopped
	Steps         []Step   `json:"steps,omitempty"`   // what is left of the wind-down, in order
	InFull        bool     `json:"in_full,omitempty"` // steps are taken beside each other where they are ready
}

// Step is one step of a wind-down that is not done yet.
type Step struct {
	Code   string `json:"code"`
	People bool   `json:"people,omitempty"` // waits for people, as a task
	Open   bool   `json:"open,omitempty"`   // it was begun: its limit runs, and people have their task
	Ready  bool   `json:"ready,omitempty"`  // of an exit in full: those before it are done, and nothing holds it
}

// HeaderOf is what the workflow of a case has to know of it; real gives the real time at which a business time is reached.
func HeaderOf(def lifecycle.Definition, subject lifecycle.Case, real func(time.Time) time.Time) Header {
	h := subject.Head()
	info := def.State(h.State)
	out := Header{Kind: h.Kind, Case: h.ID, Version: h.Version, State: h.State, Phase: info.Phase, Draft: info.Draft, Closed: info.Final}
	if at, ok := h.WakeAt(); ok && !info.Final {
		wake := real(at)
		out.WakeAt = &wake
	}
	switch s := subject.(type) {
	case *authorization.Authorization:
		if r := s.ExitRequest(); r != nil && info.Phase == authorization.ExitPhase {
			out.Exit = r.Exit
		}
	case *exit.Exit:
		out.Ending = ending(s)
	}
	return out
}

func ending(e *exit.Exit) *Ending {
	out := &Ending{Authorization: e.Authorization, Interim: e.Ground.Interim, InFull: e.InFull()}
	for _, m := range e.ToUndo() {
		out.Undo = append(out.Undo, string(m))
	}
	var ready []exit.Step
	if out.InFull {
		ready = e.Ready()
	}
	for _, s := range e.StepsLeft() {
		step := Step{Code: s.Code, People: s.By == policy.ByPeople, Open: s.State == exit.StepOpen}
		step.Ready = slices.ContainsFunc(ready, func(r exit.Step) bool { return r.Code == s.Code })
		out.Steps = append(out.Steps, step)
	}
	return out
}
