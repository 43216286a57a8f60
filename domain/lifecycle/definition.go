package lifecycle

import (
	"reflect"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Definition is a compiled machine as those see it who handle every kind of case alike.
type Definition interface {
	Kind() Kind
	Blank(id string) Case
	Decode(raw []byte) (Case, error)
	Needs(c Case, cmd Command) Needs
	Decide(c Case, cmd Command, env Env) ([]Event, *refusal.Refusal)
	Evolve(c Case, e Event) error
	Apply(c Case, events []Event) ([][]Effect, error)
	Allowed(c Case, actor identity.Actor, env Env) []Allowed
	State(s State) StateInfo
	Input(command string) reflect.Type
	Row(command string) (Row, bool)
	Table() Table
}

var _ Definition = (*Compiled[Case])(nil)

// Table is a machine's state table without its functions, for documentation, pages and tests.
type Table struct {
	Kind   Kind
	Words  text.Text
	Phases []PhaseInfo
	States []StateInfo
	Rows   []Row
	Events []string // every type of event, those of tasks and time limits among them
}

// Row is one rule of the table.
type Row struct {
	Command string
	Words   text.Text
	From    []State
	To      []State
	By      []Party
	Step    string
	Outside bool // given by people who are no party to the case and are shown nothing of it
	Guards  []text.Text
	Events  []string
}

// Table describes the machine.
func (m *Compiled[S]) Table() Table {
	t := Table{Kind: m.Name, Words: m.Words, Phases: m.Phases, States: m.States}
	for i := range m.Rules {
		t.Rows = append(t.Rows, m.Rules[i].row())
	}
	for _, e := range m.Events {
		t.Events = append(t.Events, e.name)
	}
	return t
}

// Row describes the rule of a command; false when there is no such command.
func (m *Compiled[S]) Row(command string) (Row, bool) {
	r, ok := m.rules[command]
	if !ok {
		return Row{}, false
	}
	return r.row(), true
}

func (r *Rule[S]) row() Row {
	row := Row{Command: r.Command, Words: r.Words, From: r.From, To: r.To, By: r.By, Step: r.Step, Outside: r.Outside}
	for _, g := range r.Guards {
		row.Guards = append(row.Guards, g.Words)
	}
	for _, e := range r.Emits {
		row.Events = append(row.Events, e.EventType())
	}
	return row
}
