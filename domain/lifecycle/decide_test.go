package lifecycle_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

func TestWhoAndWhen(t *testing.T) {
	r := newRun(t)
	r.refuse(t, applicant, "no-such", nil, refusal.UnknownCommand)
	r.refuse(t, officer, "start", nil, refusal.NotEntitled)
	r.refuse(t, who("stranger", grant("other", identity.Operator, identity.Applicant)), "start", nil, refusal.NotEntitled)
	r.refuse(t, who("signs", grant(operator, identity.Operator, identity.OperatorSignatory)), "start", nil, refusal.NotEntitled)
	r.refuse(t, who("nobody"), "start", nil, refusal.NotEntitled)
	r.refuse(t, identity.System(), "start", nil, refusal.NotEntitled)
	r.refuse(t, applicant, "ready", nil, refusal.NotInState)
	r.refuse(t, applicant, "open", openInput{For: operator}, refusal.NotInState)
	r.do(t, applicant, "start", nil)
	r.refuse(t, applicant, "end", nil, refusal.NotEntitled)
	r.do(t, identity.System(), "end", nil)
	r.refuse(t, applicant, "start", nil, refusal.CaseClosed)
	r.refuse(t, officer, "start", nil, refusal.NotEntitled)
}

func TestWhoOpens(t *testing.T) {
	open := func(actor identity.Actor, in openInput) (identity.By, refused) {
		raw, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		events, no := compiled.Decide(compiled.Blank("job-2"), lifecycle.Command{Name: "open", Actor: actor, Data: raw}, lifecycle.Env{})
		if no != nil {
			return identity.By{}, no
		}
		return events[0].By, nil
	}
	two := who("two", grant("first", identity.Operator, identity.Applicant), grant("second", identity.Operator, identity.Applicant))
	for in, want := range map[string]string{"": "first", "first": "first", "second": "second"} {
		if by, no := open(two, openInput{For: in}); no != nil || by.Organization != want {
			t.Errorf("for %q: %v %v", in, by, no)
		}
	}
	if _, no := open(two, openInput{For: "third"}); no == nil || no.Code != refusal.NotEntitled.Name {
		t.Errorf("for an organisation of others: %v", no)
	}
}

func TestMalformedInput(t *testing.T) {
	r := newWork(t)
	for _, raw := range []string{`{"colour":7}`, `[`, `"x"`, `7`} {
		cmd := lifecycle.Command{Name: "pick", Actor: applicant, Data: json.RawMessage(raw)}
		if _, no := compiled.Decide(r.j, cmd, r.env); no == nil || no.Code != refusal.InvalidInput.Name {
			t.Errorf("%s: %v", raw, no)
		}
		if n := compiled.Needs(r.j, cmd); n.Cases != nil {
			t.Errorf("%s needs %v", raw, n)
		}
	}
	if n := compiled.Needs(r.j, lifecycle.Command{Name: "no-such"}); n.Cases != nil {
		t.Errorf("an unknown command needs %v", n)
	}
}

// Events are numbered one by one and say who did what in which capacity, when, by which command.
func TestEventsOfACommand(t *testing.T) {
	r := newRun(t)
	r.do(t, applicant, "start", nil)
	for i, e := range r.events {
		want := lifecycle.Event{
			Case: "job-1", Seq: int64(i) + 1, Type: e.Type, Schema: 1, At: r.env.Now, CommandID: "c", Data: e.Data,
			By: identity.By{Person: "applicant", Organization: operator, Role: identity.Applicant},
		}
		if e.By != want.By || e.Seq != want.Seq || e.Case != want.Case || !e.At.Equal(want.At) || e.Schema != 1 || e.CommandID != "c" {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if h := r.j.Head(); h.Version != int64(len(r.events)) || !h.OpenedAt.Equal(r.env.Now) || h.ClosedAt != nil {
		t.Errorf("header: %+v", h)
	}
	r.env.Now = r.env.Now.Add(time.Hour)
	r.do(t, identity.System(), "end", nil)
	if h := r.j.Head(); h.ClosedAt == nil || !h.ClosedAt.Equal(r.env.Now) || !h.ChangedAt.Equal(r.env.Now) {
		t.Errorf("closed: %+v", h)
	}
}

func TestEvolveRefusesWhatDoesNotFollow(t *testing.T) {
	r := newWork(t)
	next := lifecycle.Event{Case: "job-1", Seq: r.j.Version + 1, Type: "readied", Schema: 1, Data: json.RawMessage(`{}`)}
	for name, change := range map[string]func(e *lifecycle.Event){
		"a gap":           func(e *lifecycle.Event) { e.Seq++ },
		"a repeat":        func(e *lifecycle.Event) { e.Seq-- },
		"another case":    func(e *lifecycle.Event) { e.Case = "job-2" },
		"an unknown type": func(e *lifecycle.Event) { e.Type = "new" },
		"a newer schema":  func(e *lifecycle.Event) { e.Schema = 2 },
		"no schema":       func(e *lifecycle.Event) { e.Schema = 0 },
		"no content":      func(e *lifecycle.Event) { e.Data = nil },
	} {
		e := next
		change(&e)
		if err := compiled.Evolve(r.j, e); err == nil {
			t.Errorf("%s was folded", name)
		}
	}
	if err := compiled.Evolve(r.j, next); err != nil {
		t.Error(err)
	}
}

// admission are the codes of who, when and separation of duty, and of the guard of the tests.
var admission = []string{
	refusal.NotEntitled.Name, refusal.NotInState.Name, refusal.CaseClosed.Name, refusal.OwnOrganization.Name, refusal.ActedBefore.Name,
	refusal.InterestDeclared.Name, refusal.TaskClaimed.Name, refusal.TaskNotClaimed.Name, refusal.TaskOver.Name, refusal.HoldsAnother.Name,
	refusal.NotFoundHere.Name,
}

// Whatever happened before: what Allowed lists is refused for its input alone, and some input passes; what it does not list is refused
// whatever the input. The version grows by one with each event.
func TestAllowedIsWhatDecideTakes(t *testing.T) {
	people := []identity.Actor{
		applicant, officer, administrator, reviewer, colleague, who("nobody"), who("both", asksFor, handles),
		who("all", handles, runs, supplies), who("turncoat", asksFor, supplies), who("careful", supplies), identity.System(),
	}
	commands := []string{"start", "ready", "pick", "pause", "go-on", "reject", "claim", "release", "finish", "end", lifecycle.Tick}
	rapid.Check(t, func(rt *rapid.T) {
		r := newRun(t)
		r.j.Interests = []string{"careful"}
		for range rapid.IntRange(0, 30).Draw(rt, "length") {
			actor := rapid.SampledFrom(people).Draw(rt, "actor")
			r.env.Now = r.env.Now.Add(time.Duration(rapid.IntRange(0, 48).Draw(rt, "hours")) * time.Hour)
			tasks := []string{""}
			for _, task := range r.j.Tasks {
				tasks = append(tasks, task.ID)
			}
			listed := compiled.Allowed(r.j, actor, r.env)
			for _, command := range commands {
				onTask := command == "claim" || command == "release" || command == "finish"
				for _, id := range tasks {
					if onTask == (id == "") {
						continue
					}
					in := map[string]any{"task": id, "words": "seen", "colour": "red"}
					good, empty := decide(t, r, actor, command, in), decide(t, r, actor, command, map[string]any{"task": id})
					if slices.Contains(listed, lifecycle.Allowed{Command: command, Task: id}) {
						if good != "" || slices.Contains(admission, empty) {
							rt.Fatalf("%s by %s in %q is listed and refused: %s, %s", command, actor.Person, r.j.State, good, empty)
						}
					} else if !actor.IsSystem() && (good == "" || empty == "") {
						rt.Fatalf("%s by %s in %q is not listed and passes", command, actor.Person, r.j.State)
					}
				}
			}
			version, seen := r.j.Version, len(r.events)
			command, id := rapid.SampledFrom(commands).Draw(rt, "command"), rapid.SampledFrom(tasks).Draw(rt, "task")
			if command == "end" {
				continue
			}
			r.try(t, actor, command, map[string]any{"task": id, "words": "seen", "colour": "red"})
			if r.j.Version != version+int64(len(r.events)-seen) {
				rt.Fatal("the version does not count events")
			}
		}
	})
}

func decide(t *testing.T, r *run, actor identity.Actor, command string, in any) string {
	t.Helper()
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if _, no := compiled.Decide(r.j, lifecycle.Command{Name: command, Actor: actor, Data: raw}, r.env); no != nil {
		return no.Code
	}
	return ""
}
