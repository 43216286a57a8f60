package exit_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/policies"

	"github.com/google/go-cmp/cmp"
)

// run is one exit being driven, with everything that came of it.
type run struct {
	c        *exit.Exit
	env      lifecycle.Env
	granted  *granted // the authorisation
	commands []string // those that were not refused
	events   []lifecycle.Event
	effects  []lifecycle.Effect
	visited  []lifecycle.State
}

// fataler is what testing.T and rapid.T have in common.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// newRun is a case that is not opened yet, on a Monday.
func newRun(p *policy.Profile, groundCode string) *run {
	i := slices.IndexFunc(p.Exit.Grounds, func(g policy.ExitGround) bool { return g.Code == groundCode })
	g := &granted{request: requested(p.Exit.Grounds[i])}
	g.ID, g.Kind, g.Title, g.State = authorization, "authorization", "某市交通数据授权运营", "exiting"
	g.Applicant, g.Agency, g.Interests = operator, agency, []string{"interested"}
	g.Policy = lifecycle.PolicyRef{Name: p.Name, Version: p.Version, Hash: p.Hash}
	file := func(digest, organization string) lifecycle.Attachment {
		return lifecycle.Attachment{Digest: digest, Organization: organization}
	}
	c := &exit.Exit{}
	c.ID, c.Kind = exitID, exit.Kind
	return &run{
		c: c, granted: g,
		env: lifecycle.Env{
			Now: time.Date(2026, 3, 2, 9, 0, 0, 0, calendar.China), Policy: p,
			Facts: lifecycle.Facts{
				Cases:       map[string]lifecycle.Case{authorization: g},
				Attachments: map[string]lifecycle.Attachment{operatorFile: file(operatorFile, operator), agencyFile: file(agencyFile, agency)},
			},
		},
	}
}

func command(who, name string, input any) lifecycle.Command {
	raw, err := json.Marshal(input)
	if err != nil {
		panic(err)
	}
	return lifecycle.Command{ID: name, Name: name, Actor: people[who], Data: raw}
}

// try gives a command; when it is not refused, it is folded and checked against the table.
func (r *run) try(t fataler, cmd lifecycle.Command) *refusal.Refusal {
	t.Helper()
	before, from, version := encode(r.c), r.c.State, r.c.Version
	events, refused := exit.Machine.Decide(r.c, cmd, r.env)
	if after := encode(r.c); after != before {
		t.Fatalf("%s: deciding changed the case", cmd.Name)
	}
	if refused != nil {
		if len(events) > 0 {
			t.Fatalf("%s: refused with events", cmd.Name)
		}
		return refused
	}
	for _, e := range events {
		if err := exit.Machine.Evolve(r.c, e); err != nil {
			t.Fatalf("%s: %v", cmd.Name, err)
		}
		if version++; r.c.Version != version {
			t.Fatalf("%s: version %d after event %d", cmd.Name, r.c.Version, version)
		}
	}
	for _, e := range events {
		effects, err := exit.Machine.Effects(r.c, e)
		if err != nil {
			t.Fatalf("%s: %v", cmd.Name, err)
		}
		r.effects = append(r.effects, effects...)
	}
	r.commands = append(r.commands, cmd.Name)
	r.events = append(r.events, events...)
	r.checkRow(t, cmd.Name, from, events)
	if len(r.visited) == 0 || r.visited[len(r.visited)-1] != r.c.State {
		r.visited = append(r.visited, r.c.State)
	}
	return nil
}

// checkRow compares what a command did with what its row of the table says.
func (r *run) checkRow(t fataler, name string, from lifecycle.State, events []lifecycle.Event) {
	t.Helper()
	rows := exit.Machine.Table().Rows
	row := rows[slices.IndexFunc(rows, func(row lifecycle.Row) bool { return row.Command == name })]
	if from != "" && !slices.Contains(row.From, from) || !slices.Contains(row.To, r.c.State) {
		t.Fatalf("%s led from %q to %q, which its row does not say", name, from, r.c.State)
	}
	shared := []string{
		"task-opened", "task-claimed", "task-released", "task-finished", "task-dropped",
		"deadline-started", "deadline-reminded", "deadline-passed", "deadline-ended", "deadline-recounted",
	}
	for _, e := range events {
		if !slices.Contains(row.Events, e.Type) && !slices.Contains(shared, e.Type) {
			t.Fatalf("%s led to %q, which its row does not say", name, e.Type)
		}
	}
	if diff := cmp.Diff(encode(r.c), encode(decoded(t, encode(r.c)))); diff != "" {
		t.Fatalf("%s: the case does not survive JSON: %s", name, diff)
	}
}

func encode(c *exit.Exit) string {
	raw, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// decoded reads a folded case back from JSON.
func decoded(t fataler, raw string) *exit.Exit {
	t.Helper()
	again, err := exit.Machine.Decode([]byte(raw))
	if err != nil {
		t.Fatalf("%v", err)
	}
	c, ok := again.(*exit.Exit)
	if !ok {
		t.Fatalf("decoded a %T", again)
	}
	return c
}

func (r *run) do(t fataler, who, name string, input any) {
	t.Helper()
	if refused := r.try(t, command(who, name, input)); refused != nil {
		t.Fatalf("%s by %s in %q is refused: %s %v", name, who, r.c.State, refused.Code, refused.Fields)
	}
}

func (r *run) refuse(t fataler, who, name string, input any, code refusal.Code) *refusal.Refusal {
	t.Helper()
	refused := r.try(t, command(who, name, input))
	if refused == nil || refused.Code != code.Name {
		t.Fatalf("%s by %s in %q: want %q, got %v", name, who, r.c.State, code.Name, refused)
	}
	return refused
}

// tick lets the earliest due time of the case come.
func (r *run) tick(t fataler) {
	t.Helper()
	at, ok := r.c.WakeAt()
	if !ok {
		t.Fatalf("nothing is due in %q", r.c.State)
	}
	r.env.Now = at
	r.do(t, "system", lifecycle.Tick, nil)
}

// advance does what the workflow does, in plain order, until people or time are waited for.
func (r *run) advance(t fataler) {
	t.Helper()
	if r.c.Version == 0 {
		r.do(t, "system", "open", exit.OpenInput{Authorization: authorization})
	}
	for {
		name, input := r.next()
		if name == "" {
			return
		}
		r.do(t, "system", name, input)
	}
}

// next is the system's next command, read off the folded case alone, as after a restart.
func (r *run) next() (string, any) {
	done := exit.ResultInput{Result: "done"}
	switch r.c.State {
	case exit.Opened:
		if r.c.Ground.Interim && len(r.c.Measures) == 0 {
			return "note-interim", done
		}
		return "note-notice", done
	case exit.Served:
		return "begin-wind-down", nil
	case exit.Stopping, exit.Reinstating:
		if left := r.c.ToUndo(); len(left) > 0 {
			return "note-undone", exit.UndoneInput{Measure: left[0], Result: "undone"}
		}
		return "conclude-stop", nil
	case exit.WindingDown:
		if len(r.c.StepsLeft()) == 0 && !r.c.Paused() {
			return "close", nil
		}
		for _, s := range r.c.Ready() {
			switch {
			case s.State == exit.StepPending:
				return "open-step", exit.StepInput{Step: s.Code}
			case s.By == policy.BySystem:
				return "note-step", exit.StepResultInput{Step: s.Code, Result: "done"}
			}
		}
	}
	return "", nil
}

// finish claims and finishes the open task, in the name of whoever it is for.
func (r *run) finish(t fataler) {
	t.Helper()
	task := r.openTask(t)
	who, file := "applicant", operatorFile
	if task.Kind == identity.Agency {
		who, file = "finance", agencyFile
		if task.Role == identity.CaseOfficer {
			who = "officer"
		}
	}
	r.do(t, who, "claim", lifecycle.TaskInput{Task: task.ID})
	r.do(t, who, "finish-step", finishing(task, file))
}

func (r *run) openTask(t fataler) lifecycle.Task {
	t.Helper()
	i := slices.IndexFunc(r.c.Tasks, lifecycle.Task.Active)
	if i < 0 {
		t.Fatalf("no task is open in %q", r.c.State)
	}
	return r.c.Tasks[i]
}

func finishing(task lifecycle.Task, file string) exit.FinishInput {
	in := exit.FinishInput{TaskInput: lifecycle.TaskInput{Task: task.ID}, Proof: []string{file}, Certificate: "DEL-2026-001", Note: "done"}
	if task.Name == exit.SettleAccounts {
		in.Accounts = balanced
	}
	return in
}

var balanced = []exit.Line{
	{Side: exit.Received, Party: identity.Public, Item: "operating income", Fen: 1_000_00},
	{Side: exit.Paid, Party: identity.Agency, Item: "share of income", Fen: 300_00},
	{Side: exit.Paid, Party: identity.Operator, Item: "share of income", Fen: 700_00},
}

func decision(v exit.Verdict, answers int) exit.DecisionInput {
	in := exit.DecisionInput{Outcome: v, Reasons: "established by the evidence"}
	for i := range answers {
		in.Answers = append(in.Answers, exit.Answer{Accepted: i%2 == 0, Text: fmt.Sprintf("on point %d", i+1)})
	}
	return in
}

func (r *run) service() exit.ServiceInput {
	return exit.ServiceInput{Date: calendar.DateOf(r.env.Now).String(), How: "in person", Proof: agencyFile}
}

// resolved is a resolution of the agency's meeting on what the exit waits for, for which all present vote alike.
func (r *run) resolved(proposal resolution.Proposal, voice resolution.Choice) resolution.Resolution {
	out := resolution.Resolution{
		Meeting: fmt.Sprintf("meeting-%d", len(r.c.Resolutions)+1), Item: 1, Body: agency, BodyKind: identity.Agency, Decision: resolution.Exit,
		Case: exitID, Proposal: proposal, DecidedOn: r.env.Now,
	}
	if r.c.Pending != nil {
		out.ContentHash = r.c.Pending.ContentHash
	}
	out.ID = resolution.ID(out.Meeting, out.Item)
	for _, person := range []string{"member-1", "member-2", "chair"} {
		role := identity.Member
		if person == "chair" {
			role = identity.Chair
		}
		out.Members = append(out.Members, lifecycle.Seat{Person: person, Role: role})
		out.Present = append(out.Present, person)
		out.Votes = append(out.Votes, resolution.Vote{Person: person, Role: role, Vote: voice, Words: "said"})
	}
	rules, _ := resolution.Rules(policies.National(), resolution.Exit)
	out.Outcome, out.Count = resolution.Tally(rules, proposal, out.Roll)
	switch out.Outcome {
	case resolution.Amended:
		out.Directions = "look again"
	case resolution.Deferred, resolution.Refused:
		out.Reason = "not yet"
	}
	return out
}

// subjects lists the notices, commands and publications that went out, in order.
func (r *run) subjects() []string {
	var out []string
	for _, e := range r.effects {
		switch {
		case e.Notice != nil:
			out = append(out, e.Notice.Subject)
		case e.Send != nil:
			out = append(out, "send "+e.Send.Command)
		case e.Publication != nil:
			out = append(out, "publish "+e.Publication.Subject)
		}
	}
	return out
}

// at drives an exit on the ground through steps.
func at(groundCode string, steps ...func(*run)) *run {
	r := newRun(profile(), groundCode)
	for _, step := range steps {
		step(r)
	}
	return r
}

// lived drives an exit through what people do, the system advancing before and after each.
func lived(t fataler, p *policy.Profile, groundCode string, acts ...func(*run)) *run {
	t.Helper()
	r := newRun(p, groundCode)
	r.advance(t)
	for _, act := range acts {
		act(r)
		r.advance(t)
	}
	return r
}
