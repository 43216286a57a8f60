package authorization_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/policies"
)

// run is one authorisation being driven, with everything that came of it.
type run struct {
	a         *authorization.Authorization
	shadow    lifecycle.Case // the same events, folded apart
	now       time.Time
	policy    *policy.Profile
	days      calendar.Calendar
	facts     lifecycle.Facts
	events    []lifecycle.Event
	notices   []lifecycle.Notice
	published []lifecycle.Publication
	sent      []string // commands to other cases
	votes     int      // meetings held
	commands  int
}

// fataler is what testing.T, testing.F and rapid.T have in common.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newRun(p *policy.Profile) *run {
	return &run{a: typed(authorization.Machine.Blank(caseID)), shadow: authorization.Machine.Blank(caseID), now: monday, policy: p, days: days, facts: world()}
}

func typed(c lifecycle.Case) *authorization.Authorization {
	a, ok := c.(*authorization.Authorization)
	if !ok {
		panic("not an authorisation")
	}
	return a
}

// copy is a case of its own in the same place.
func (r *run) copy(t fataler) *run {
	t.Helper()
	out := *r
	read := func() lifecycle.Case {
		c, err := authorization.Machine.Decode([]byte(encode(r.a)))
		if err != nil {
			t.Fatalf("%v", err)
		}
		return c
	}
	out.a, out.shadow = typed(read()), read()
	out.sent = slices.Clone(r.sent)
	out.events, out.notices, out.published = slices.Clone(r.events), slices.Clone(r.notices), slices.Clone(r.published)
	return &out
}

func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// decide asks for a command's outcome, with the facts that it needs and no others.
func (r *run) decide(actor identity.Actor, name string, input any) ([]lifecycle.Event, *refusal.Refusal) {
	raw, ok := input.(json.RawMessage)
	if !ok {
		raw = json.RawMessage(encode(input))
	}
	cmd := lifecycle.Command{ID: fmt.Sprintf("c%d", r.commands), Name: name, Actor: actor, Data: raw}
	return authorization.Machine.Decide(r.a, cmd, r.env(authorization.Machine.Needs(r.a, cmd)))
}

func (r *run) env(needs lifecycle.Needs) lifecycle.Env {
	return lifecycle.Env{Now: r.now, Policy: r.policy, Calendar: r.days, Facts: asked(r.facts, needs), Compile: policies.ApplicantCondition}
}

// try gives a command; when it is not refused, its events are folded and held against the table.
func (r *run) try(t fataler, actor identity.Actor, name string, input any) *refusal.Refusal {
	t.Helper()
	before, from := encode(r.a), r.a.State
	r.commands++
	events, no := r.decide(actor, name, input)
	if encode(r.a) != before {
		t.Fatalf("%s: deciding changed the case", name)
	}
	if no != nil {
		if len(events) > 0 {
			t.Fatalf("%s: refused with events", name)
		}
		return no
	}
	asStored := make([]lifecycle.Event, len(events))
	for i, e := range events {
		if e.Seq != r.a.Version+int64(i)+1 {
			t.Fatalf("%s: event %d has number %d after version %d", name, i, e.Seq, r.a.Version)
		}
		asStored[i] = stored(e)
		if err := authorization.Machine.Evolve(r.shadow, asStored[i]); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	effects, err := authorization.Machine.Apply(r.a, asStored)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, effect := range slices.Concat(effects...) {
		switch {
		case effect.Publication != nil:
			r.published = append(r.published, *effect.Publication)
		case effect.Send != nil:
			r.sent = append(r.sent, effect.Send.Case+" "+effect.Send.Command+" "+string(effect.Send.Data))
		case effect.Notice.To == (lifecycle.Recipients{}):
			t.Fatalf("%s: a notice to nobody: %s", name, effect.Notice.Subject)
		default:
			r.notices = append(r.notices, *effect.Notice)
		}
	}
	r.events = append(r.events, events...)
	r.checkRow(t, name, from, events)
	return nil
}

// stored is an event as it comes back from a store.
func stored(e lifecycle.Event) lifecycle.Event {
	var out lifecycle.Event
	if err := json.Unmarshal([]byte(encode(e)), &out); err != nil {
		panic(err)
	}
	return out
}

var rows = func() map[string]lifecycle.Row {
	out := map[string]lifecycle.Row{}
	for _, row := range authorization.Machine.Table().Rows {
		out[row.Command] = row
	}
	return out
}()

// checkRow compares what a command did with what its row of the table says, and the case with itself after a rest on disk.
func (r *run) checkRow(t fataler, name string, from lifecycle.State, events []lifecycle.Event) {
	t.Helper()
	row := rows[name]
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.a.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", name, from, r.a.State)
	}
	for _, e := range events {
		if shared := strings.HasPrefix(e.Type, "task-") || strings.HasPrefix(e.Type, "deadline-"); !shared && !slices.Contains(row.Events, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", name, e.Type)
		}
	}
	state := encode(r.a)
	read, err := authorization.Machine.Decode([]byte(state))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if encode(read) != state || encode(r.shadow) != state {
		t.Fatalf("%s: the case is not what its events and its JSON say:\n%s\n%s", name, state, encode(r.shadow))
	}
	if authorization.Machine.State(r.a.State).Final {
		r.checkFinal(t)
	}
}

// checkFinal: a closed case waits for nothing.
func (r *run) checkFinal(t fataler) {
	t.Helper()
	if r.a.ClosedAt == nil || r.a.Pending != nil || slices.ContainsFunc(r.a.Tasks, lifecycle.Task.Active) || slices.ContainsFunc(r.a.Deadlines, lifecycle.Deadline.Open) {
		t.Fatalf("%q still waits for something: %s", r.a.State, encode(r.a.Header))
	}
}

func (r *run) do(t fataler, actor identity.Actor, name string, input any) {
	t.Helper()
	if no := r.try(t, actor, name, input); no != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, actor.Person, r.a.State, no.Code, no.Fields)
	}
}

// refuse wants a refusal, or a fault of a field when a path is given.
func (r *run) refuse(t fataler, actor identity.Actor, name string, input any, code refusal.Code, path ...string) {
	t.Helper()
	no := r.try(t, actor, name, input)
	switch {
	case no == nil:
		t.Fatalf("%s by %s in %q passes, want %s", name, actor.Person, r.a.State, code.Name)
	case len(path) == 0 && no.Code != code.Name:
		t.Fatalf("%s by %s in %q: want %s, got %s %v", name, actor.Person, r.a.State, code.Name, no.Code, no.Fields)
	case len(path) > 0 && !slices.ContainsFunc(no.Fields, func(f refusal.Field) bool { return f.Path == path[0] && f.Code == code.Name }):
		t.Fatalf("%s by %s in %q: want %s at %s, got %s %v", name, actor.Person, r.a.State, code.Name, path[0], no.Code, no.Fields)
	}
}

// tick lets the next due time come.
func (r *run) tick(t fataler) {
	t.Helper()
	at, ok := r.a.WakeAt()
	if !ok {
		t.Fatalf("nothing is due in %q", r.a.State)
	}
	if at.After(r.now) {
		r.now = at
	}
	r.do(t, system, lifecycle.Tick, nil)
}

// pass lets the days go by, with every tick that falls due, to nine o'clock in China on a day.
func (r *run) pass(t fataler, until string) {
	t.Helper()
	target := day(until).Start().Add(9 * time.Hour)
	for {
		at, ok := r.a.WakeAt()
		if !ok || at.After(target) {
			break
		}
		r.tick(t)
	}
	if target.Before(r.now) {
		t.Fatalf("%s is past", until)
	}
	r.now = target
}

func (r *run) today() calendar.Date { return calendar.DateOf(r.now) }

// due is the last day of a limit, or why it has none.
func (r *run) due(name string) string {
	switch d := r.a.Deadline(name); {
	case d == nil:
		return "none"
	case d.Ended:
		return "ended"
	case d.Passed:
		return "passed"
	case d.Left != "":
		return "left " + d.Left
	default:
		return d.Due.On.String()
	}
}

// subjects lists the notices that went out to a role since the last call for it, and forgets all.
func (r *run) subjects(role identity.Role) []string {
	var out []string
	for _, n := range r.notices {
		if n.To.Role == role {
			out = append(out, n.Subject)
		}
	}
	r.notices = nil
	return out
}

func (r *run) want(t fataler, state lifecycle.State) {
	t.Helper()
	if r.a.State != state {
		t.Fatalf("the case is in %q, want %q", r.a.State, state)
	}
}

func (r *run) wantDue(t fataler, name, due string) {
	t.Helper()
	if got := r.due(name); got != due {
		t.Fatalf("%s: %s, want %s", name, got, due)
	}
}

// types lists the types of the events from the n-th on.
func (r *run) types(from int) string {
	var out []string
	for _, e := range r.events[from:] {
		out = append(out, e.Type)
	}
	return fmt.Sprint(out)
}
