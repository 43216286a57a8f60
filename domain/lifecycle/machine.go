package lifecycle

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Machine is one kind of case: its states, its rules and its events.
type Machine[S Case] struct {
	Name   Kind
	Words  text.Text
	New    func() S
	Phases []PhaseInfo
	States []StateInfo // in the order of the lifecycle
	Rules  []Rule[S]
	Events []EventType[S]
	// Due answers a time limit that has just passed: the events beside its escalation. Nil when nothing follows.
	Due      func(c S, d Deadline, env Env) []Content
	DueEmits []Content // the events that Due may answer with, beside those of tasks and time limits
	DueTo    []State   // the final states that Due may lead to
	// Disclose says what the public may know of a case and how its changes are published. The zero value discloses nothing.
	Disclose Disclosure[S]
	Recounts []Party // who beside the system may have the limits counted anew after a change of the calendar
}

// Command is one command as it reaches a case.
type Command struct {
	ID    string // unique over all commands; a repeat with the same ID changes nothing
	Name  string
	Actor identity.Actor
	Data  json.RawMessage
}

// Tick is the command by which the workflow says that a due time has come.
const Tick = "tick"

// Compiled is a Machine made ready for use by looking its parts up once.
type Compiled[S Case] struct {
	Machine[S]
	states map[State]StateInfo
	rules  map[string]*Rule[S]
	events map[string]EventType[S]
}

// Compile checks that the table is whole – every state and event it names is there, every wording complete – and panics when it is not:
// a broken table must not start.
func (m Machine[S]) Compile() *Compiled[S] {
	m.Events = append(append(taskEvents[S](), deadlineEvents[S]()...), m.Events...)
	m.Rules = append(m.Rules, Rule[S]{
		Command: Tick, Words: text.Text{ZH: "到期处理", EN: "act on what is due"},
		From: m.openStates(), To: append(m.openStates(), m.DueTo...), By: By(TheSystem), Emits: m.DueEmits, Decide: Decide(func(c S, _ struct{}, env Env) ([]Content, *refusal.Refusal) { return m.tick(c, env), nil }),
	}, m.recountRule())
	c := &Compiled[S]{Machine: m, states: map[State]StateInfo{}, rules: map[string]*Rule[S]{}, events: map[string]EventType[S]{}}
	for _, s := range m.States {
		phase := slices.IndexFunc(m.Phases, func(p PhaseInfo) bool { return p.Name == s.Phase })
		if _, twice := c.states[s.Name]; twice || !s.Words.Complete() || phase < 0 || !m.Phases[phase].Words.Complete() {
			panic(fmt.Sprintf("%s: state %q is there twice, or it or its phase is without words", m.Name, s.Name))
		}
		if s.Final == (len(s.Turn) > 0) {
			panic(fmt.Sprintf("%s: state %q is open and waits for nobody, or final and waits", m.Name, s.Name))
		}
		c.states[s.Name] = s
	}
	for i := range m.Rules {
		r := &m.Rules[i]
		if _, twice := c.rules[r.Command]; twice || !r.Words.Complete() || len(r.By) == 0 || r.Decide.decide == nil {
			panic(fmt.Sprintf("%s: rule %q is there twice or not whole", m.Name, r.Command))
		}
		for _, e := range r.Emits {
			if !slices.ContainsFunc(m.Events, func(t EventType[S]) bool { return t.name == e.EventType() }) {
				panic(fmt.Sprintf("%s: rule %q names the unknown event %q", m.Name, r.Command, e.EventType()))
			}
		}
		for _, s := range slices.Concat(r.From, r.To) {
			if _, ok := c.states[s]; !ok {
				panic(fmt.Sprintf("%s: rule %q names the unknown state %q", m.Name, r.Command, s))
			}
		}
		for _, g := range r.Guards {
			if !g.Words.Complete() {
				panic(fmt.Sprintf("%s: rule %q has a guard without words", m.Name, r.Command))
			}
		}
		c.rules[r.Command] = r
	}
	if (m.Disclose.Entry == nil) != (m.Disclose.Release == nil) {
		panic(fmt.Sprintf("%s: what is disclosed must be published too", m.Name))
	}
	for _, e := range m.Events {
		if _, twice := c.events[e.name]; twice {
			panic(fmt.Sprintf("%s: event %q is there twice", m.Name, e.name))
		}
		c.events[e.name] = e
	}
	return c
}

func (m Machine[S]) openStates() []State {
	var names []State
	for _, s := range m.States {
		if !s.Final && !s.Draft {
			names = append(names, s.Name)
		}
	}
	return names
}

// Kind returns the name of the kind.
func (m *Compiled[S]) Kind() Kind { return m.Name }

// Blank returns a case that has no events yet.
func (m *Compiled[S]) Blank(id string) Case {
	c := m.New()
	c.Head().ID, c.Head().Kind = id, m.Name
	return c
}

// Decode reads a folded state back from JSON.
func (m *Compiled[S]) Decode(raw []byte) (Case, error) {
	c := m.New()
	if err := json.Unmarshal(raw, c); err != nil {
		return nil, fmt.Errorf("read %s: %w", m.Name, err)
	}
	return c, nil
}

// State describes the state the case is in.
func (m *Compiled[S]) State(s State) StateInfo { return m.states[s] }

// Needs says what must be looked up before the command can be decided; a malformed input needs nothing and is refused by Decide.
func (m *Compiled[S]) Needs(c Case, cmd Command) Needs {
	r, ok := m.rules[cmd.Name]
	if !ok {
		return Needs{}
	}
	in, refused := r.Decide.decode(cmd.Data)
	if refused != nil {
		return Needs{}
	}
	return r.Decide.needs(as[S](c), in)
}

// Decide answers a command with the events it leads to, or refuses it. It changes nothing.
func (m *Compiled[S]) Decide(c Case, cmd Command, env Env) ([]Event, *refusal.Refusal) {
	s := as[S](c)
	r, ok := m.rules[cmd.Name]
	if !ok {
		return nil, refusal.UnknownCommand.With()
	}
	in, refused := r.Decide.decode(cmd.Data)
	if refused != nil {
		return nil, refused
	}
	env.Actor = cmd.Actor
	if env.By, refused = m.admit(s, r, in, env); refused != nil {
		return nil, refused
	}
	contents, refused := r.Decide.decide(s, in, env)
	if refused != nil {
		return nil, refused
	}
	events := make([]Event, len(contents))
	for i, content := range contents {
		events[i] = Event{
			Case: s.Head().ID, Seq: s.Head().Version + int64(i) + 1, Type: content.EventType(), Schema: m.events[content.EventType()].schema(),
			At: env.Now, By: env.By, CommandID: cmd.ID, Data: mustJSON(content),
		}
	}
	return events, nil
}

// Evolve folds one event into the case, in place. An event of an unknown type or schema is an error: it was written by a newer program.
func (m *Compiled[S]) Evolve(c Case, e Event) error {
	s := as[S](c)
	h := s.Head()
	if e.Case != h.ID || e.Seq != h.Version+1 {
		return fmt.Errorf("event %s/%d does not follow version %d of %s", e.Case, e.Seq, h.Version, h.ID)
	}
	t, ok := m.events[e.Type]
	if !ok {
		return fmt.Errorf("event %s/%d: type %q is not known to this program", e.Case, e.Seq, e.Type)
	}
	data, err := t.lift(e)
	if err != nil {
		return err
	}
	if h.Version == 0 {
		h.OpenedAt = e.At
	}
	known := m.Disclose.of(s)
	if err := t.apply(s, e, data); err != nil {
		return fmt.Errorf("event %s/%d: %w", e.Case, e.Seq, err)
	}
	m.Disclose.note(s, known, e)
	h.Version, h.ChangedAt = e.Seq, e.At
	if m.states[h.State].Final && h.ClosedAt == nil {
		at := e.At
		h.ClosedAt = &at
	}
	return nil
}

// Apply folds the events of one command into the case, in place, and lists by event what leaves it. When the public learns of a change,
// that leaves with the last event.
func (m *Compiled[S]) Apply(c Case, events []Event) ([][]Effect, error) {
	s := as[S](c)
	known := m.Disclose.of(s)
	for _, e := range events {
		if err := m.Evolve(c, e); err != nil {
			return nil, err
		}
	}
	effects := make([][]Effect, len(events))
	for i, e := range events {
		var err error
		if effects[i], err = m.Effects(c, e); err != nil {
			return nil, err
		}
	}
	if now := m.Disclose.of(s); now != nil && !bytes.Equal(known, now) {
		last := len(events) - 1
		effects[last] = append(effects[last], m.Disclose.Release(s, known, events))
	}
	return effects, nil
}

// Effects lists what leaves the case for an event, given the case after the whole command, disclosures apart.
func (m *Compiled[S]) Effects(c Case, e Event) ([]Effect, error) {
	t := m.events[e.Type]
	if t.effects == nil {
		return nil, nil
	}
	data, err := t.lift(e)
	if err != nil {
		return nil, err
	}
	return t.effects(as[S](c), e, data)
}

// Input returns the Go type of a command's input, for API descriptions; nil when there is no such command.
func (m *Compiled[S]) Input(command string) reflect.Type {
	if r, ok := m.rules[command]; ok {
		return r.Decide.input
	}
	return nil
}

// tick reminds of what is coming, and says what has passed with all that follows.
func (m Machine[S]) tick(c S, env Env) []Content {
	var out []Content
	for _, d := range c.Head().Deadlines {
		if !d.Running() {
			continue
		}
		if d.RemindAt != nil && !d.Reminded && !env.Now.Before(*d.RemindAt) {
			out = append(out, DeadlineReminded{Name: d.Name, Due: d.Due.On})
		}
		if !env.Now.Before(d.Due.At) {
			out = append(out, DeadlinePassed{Name: d.Name, Due: d.Due.On})
			if m.Due != nil {
				env.Opened = opened(out)
				out = append(out, m.Due(c, d, env)...)
			}
		}
	}
	return out
}

// opened counts the tasks that are opened.
func opened(all []Content) int {
	n := 0
	for _, c := range all {
		if _, ok := c.(TaskOpened); ok {
			n++
		}
	}
	return n
}

// as is a value as the type that it has by construction: a case of the machine's own kind, an input that its own rule decoded.
func as[T any](v any) T {
	t, ok := v.(T)
	if !ok {
		panic(fmt.Sprintf("%T where a %v belongs", v, reflect.TypeFor[T]()))
	}
	return t
}
