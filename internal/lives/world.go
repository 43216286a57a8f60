package lives

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/policy"
	"datacharter/internal/agreedplan"
	"datacharter/policies"
	"datacharter/workflows"
)

// World is a database in memory: the rules are the real ones, everybody in it is fictitious. It is safe for concurrent use.
type World struct {
	Now     func() time.Time           // business time, which is the real one too
	Fail    func(command string) error // stands for a database that is not there; nil when it is
	Profile *policy.Profile            // the national one, unless a test sets another

	mu       sync.Mutex
	calendar calendar.Calendar
	inForce  *plan.Plan
	cases    map[string]stored
	commands map[string]workflows.Outcome
	events   []lifecycle.Event
	outbox   []Sent
	notices  []Told
}

// stored is a case as a database keeps it: what is not written is lost.
type stored struct {
	def lifecycle.Definition
	raw []byte
}

// Sent is a command of one case to another, with the ID of its message.
type Sent struct {
	ID string
	lifecycle.Send
}

// Told is a notice with the time of its event.
type Told struct {
	At   time.Time
	Case string
	lifecycle.Notice
}

// NewWorld is a world without cases.
func NewWorld() (*World, error) {
	spec, err := InForce()
	if err != nil {
		return nil, err
	}
	inForce, _ := agreedplan.Lead(spec)
	return &World{calendar: spec.Calendar, inForce: inForce, Profile: policies.National(), cases: map[string]stored{}, commands: map[string]workflows.Outcome{}}, nil
}

// Load stands for the activity of that name.
func (w *World) Load(_ context.Context, kind lifecycle.Kind, id string) (workflows.Header, error) {
	if err := w.failure("load"); err != nil {
		return workflows.Header{}, err
	}
	def, err := kinds.Of(kind)
	if err != nil {
		return workflows.Header{}, err
	}
	return header(def, w.Case(def, id)), nil
}

// Apply stands for the activity of that name: it decides a command by the rules and keeps the outcome for repeats.
func (w *World) Apply(_ context.Context, cmd workflows.Command) (workflows.Outcome, error) {
	if err := w.failure(cmd.Name); err != nil {
		return workflows.Outcome{}, err
	}
	def, err := kinds.Of(cmd.Kind)
	if err != nil {
		return workflows.Outcome{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	subject := w.load(def, cmd.Case)
	if out, known := w.commands[cmd.ID]; known {
		out.Header = header(def, subject)
		return out, nil
	}
	command := lifecycle.Command{ID: cmd.ID, Name: cmd.Name, Actor: actor(cmd.Person), Data: cmd.Data}
	env := lifecycle.Env{Now: w.Now().UTC(), Policy: w.Profile, Calendar: w.calendar, Facts: w.facts(def.Needs(subject, command)), Compile: policies.ApplicantCondition}
	events, refused := def.Decide(subject, command, env)
	if cmd.Name == lifecycle.Tick && refused == nil && len(events) == 0 {
		return workflows.Outcome{Version: subject.Head().Version, Header: header(def, subject)}, nil
	}
	if err := w.record(def, subject, events); err != nil {
		return workflows.Outcome{}, err
	}
	out := workflows.Outcome{Version: subject.Head().Version, Refusal: refused, Header: header(def, subject)}
	w.commands[cmd.ID] = out
	return out, nil
}

func (w *World) failure(command string) error {
	if w.Fail == nil {
		return nil
	}
	return w.Fail(command)
}

func (w *World) record(def lifecycle.Definition, subject lifecycle.Case, events []lifecycle.Event) error {
	effects, err := def.Apply(subject, events)
	if err != nil {
		return err
	}
	for i, e := range events {
		for n, effect := range effects[i] {
			switch {
			case effect.Send != nil:
				w.outbox = append(w.outbox, Sent{fmt.Sprintf("%s/%d/%d", e.Case, e.Seq, n), *effect.Send})
			case effect.Notice != nil:
				w.notices = append(w.notices, Told{e.At, e.Case, *effect.Notice})
			}
		}
	}
	w.events = append(w.events, events...)
	if len(events) == 0 {
		return nil
	}
	raw, err := json.Marshal(subject)
	w.cases[subject.Head().ID] = stored{def, raw}
	return err
}

// Case is a case as it stands; a blank one when there is none.
func (w *World) Case(def lifecycle.Definition, id string) lifecycle.Case {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.load(def, id)
}

func (w *World) load(def lifecycle.Definition, id string) lifecycle.Case {
	s, ok := w.cases[id]
	if !ok {
		return def.Blank(id)
	}
	c, err := s.def.Decode(s.raw)
	if err != nil {
		panic(err) // it was written by record
	}
	return c
}

// Due is a running case whose next due time is the earliest of all, and false when nothing will be due by the time.
func (w *World) Due(by time.Time) (next workflows.Header, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.cases {
		c, err := s.def.Decode(s.raw)
		if err != nil {
			panic(err) // it was written by record
		}
		h := header(s.def, c)
		if h.Running() && h.WakeAt != nil && !h.WakeAt.After(by) && (!ok || h.WakeAt.Before(*next.WakeAt) || h.WakeAt.Equal(*next.WakeAt) && h.Case < next.Case) {
			next, ok = h, true
		}
	}
	return next, ok
}

// Undelivered takes what waits in the outbox.
func (w *World) Undelivered() []Sent {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.outbox
	w.outbox = nil
	return out
}

// Events are all events of a case, oldest first.
func (w *World) Events(id string) []lifecycle.Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []lifecycle.Event
	for _, e := range w.events {
		if e.Case == id {
			out = append(out, e)
		}
	}
	return out
}

// Notices are all notices of a case, oldest first.
func (w *World) Notices(id string) []Told {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []Told
	for _, n := range w.notices {
		if n.Case == id {
			out = append(out, n)
		}
	}
	return out
}

func (w *World) facts(needs lifecycle.Needs) lifecycle.Facts {
	f := lifecycle.Facts{
		Organizations: map[string]lifecycle.Organization{}, Resources: map[string]lifecycle.Resource{Resource.ID: Resource},
		Attachments: map[string]lifecycle.Attachment{Evidence.Digest: Evidence, Proof.Digest: Proof},
		Cases:       map[string]lifecycle.Case{}, Rosters: map[string][]lifecycle.Seat{},
		Gradings: map[string]grading.Grading{Resource.ID: {Resource: Resource.ID, Number: 1, Grade: grading.General}},
	}
	for _, o := range Organizations {
		f.Organizations[o.ID] = o
	}
	for _, id := range needs.Cases {
		if _, ok := w.cases[id]; ok {
			f.Cases[id] = w.load(nil, id)
		} else if id == PlanID {
			f.Cases[id] = w.inForce
		}
	}
	for _, id := range needs.Rosters {
		for _, p := range People {
			if p.Organization == id && (p.Role == identity.Member || p.Role == identity.Chair) {
				f.Rosters[id] = append(f.Rosters[id], lifecycle.Seat{Person: p.ID, Role: p.Role, Organizations: []string{id}})
			}
		}
	}
	return f
}

func header(def lifecycle.Definition, subject lifecycle.Case) workflows.Header {
	return workflows.HeaderOf(def, subject, func(business time.Time) time.Time { return business })
}

func actor(person string) identity.Actor {
	if person == identity.SystemPerson {
		return identity.System()
	}
	a := identity.Actor{Person: person}
	for _, p := range People {
		if p.ID == person {
			a.Grants = append(a.Grants, identity.Grant{Organization: p.Organization, Kind: p.Kind, Role: p.Role})
		}
	}
	return a
}
