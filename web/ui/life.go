package ui

import (
	"slices"

	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Stage is one phase of a case as its lifecycle picture shows it.
type Stage struct {
	Words  text.Text
	Stand  Stand
	Note   text.Text // the state in it; zero when it says no more than the phase
	Detail string    // since when, or how far it is; may be empty
	States []State   // that a case can be in during it
}

// State is one state of a phase.
type State struct {
	Words   text.Text
	Final   bool
	Current bool
}

// Stand is where a phase stands.
type Stand string

// The stands. Skipped is a phase that a closed case never came to.
const (
	Done    Stand = "done"
	Now     Stand = "now"
	Ahead   Stand = "ahead"
	Skipped Stand = "skipped"
)

var stands = map[Stand]text.Text{
	Done: {ZH: "已完成", EN: "done"}, Now: {ZH: "进行中", EN: "current"}, Ahead: {ZH: "未开始", EN: "ahead"}, Skipped: {ZH: "未进行", EN: "not reached"},
}

// Stages draws a case's lifecycle from its state table. reached are the phases that the case came to, for a closed case; nil otherwise.
func Stages(table lifecycle.Table, state lifecycle.StateInfo, reached []lifecycle.Phase) []Stage {
	var out []Stage
	at := slices.IndexFunc(table.Phases, func(p lifecycle.PhaseInfo) bool { return p.Name == state.Phase })
	for i, p := range table.Phases {
		s := Stage{Words: p.Words, Stand: Ahead}
		for _, each := range table.States {
			if each.Phase == p.Name {
				s.States = append(s.States, State{Words: each.Words, Final: each.Final, Current: each.Name == state.Name})
			}
		}
		switch {
		case i == at && state.Final:
			s.Stand = Done
		case i == at:
			s.Stand = Now
		case state.Final && !slices.Contains(reached, p.Name):
			s.Stand = Skipped
		case i < at:
			s.Stand = Done
		}
		if i == at && state.Words != p.Words {
			s.Note = state.Words
		}
		out = append(out, s)
	}
	return out
}
