package lifecycle_test

import (
	"slices"
	"testing"

	"datacharter/domain/lifecycle"
)

func TestCompileRefusesABrokenTable(t *testing.T) {
	type M = lifecycle.Machine[*job]
	ruleOf := func(m *M, command string) *rule {
		return &m.Rules[slices.IndexFunc(m.Rules, func(r rule) bool { return r.Command == command })]
	}
	for name, breaks := range map[string]func(*M){
		"a state twice":               func(m *M) { m.States = append(m.States, m.States[0]) },
		"a state without words":       func(m *M) { m.States[1].Words.EN = "" },
		"a state of no phase":         func(m *M) { m.States[1].Phase = "other" },
		"a phase without words":       func(m *M) { m.Phases[0].Words.ZH = "" },
		"a command twice":             func(m *M) { m.Rules = append(m.Rules, m.Rules[0]) },
		"a command called tick":       func(m *M) { ruleOf(m, "start").Command = lifecycle.Tick },
		"a command without words":     func(m *M) { ruleOf(m, "start").Words.ZH = "" },
		"a command of nobody":         func(m *M) { ruleOf(m, "start").By = nil },
		"a command without decision":  func(m *M) { ruleOf(m, "start").Decide = lifecycle.Decider[*job]{} },
		"a guard without words":       func(m *M) { ruleOf(m, "reject").Guards[0].Words.EN = "" },
		"from an unknown state":       func(m *M) { ruleOf(m, "start").From = at("nowhere") },
		"to an unknown state":         func(m *M) { ruleOf(m, "start").To = at("nowhere") },
		"an event twice":              func(m *M) { m.Events = append(m.Events, m.Events[0]) },
		"a shared event's name taken": func(m *M) { m.Events = append(m.Events, moving[lifecycle.TaskDropped](func(*job) {})) },
		"an unknown event":            func(m *M) { m.Events = m.Events[1:] },
		"an unknown event of Due":     func(m *M) { m.Events = m.Events[:len(m.Events)-1] },
	} {
		t.Run(name, func(t *testing.T) {
			m := machine()
			breaks(&m)
			defer func() {
				if recover() == nil {
					t.Fatal("compiled")
				}
			}()
			m.Compile()
		})
	}
}

func TestTableTellsTheWholeRow(t *testing.T) {
	table := compiled.Table()
	row := func(command string) lifecycle.Row {
		return table.Rows[slices.IndexFunc(table.Rows, func(r lifecycle.Row) bool { return r.Command == command })]
	}
	if r := row("reject"); r.Step != "judgement" || len(r.Guards) != 1 || !slices.Equal(r.Events, []string{"rejected"}) {
		t.Errorf("reject: %+v", r)
	}
	tick := row(lifecycle.Tick)
	if want := at(working, paused); !slices.Equal(tick.From, want) || !slices.Equal(tick.To, want) || !slices.Equal(tick.Events, []string{"lapsed"}) {
		t.Errorf("tick: %+v", tick)
	}
	if compiled.Input("pick").Name() != "pickInput" || compiled.Input("none") != nil {
		t.Error("Input names the wrong types")
	}
}
