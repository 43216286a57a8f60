package exit_test

import (
	"encoding/json"
	"slices"
	"testing"

	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/resolution"
	"datacharter/policies"

	"github.com/google/go-cmp/cmp"
)

// What people and time do between the system's own commands.

func tick(t fataler) func(*run) {
	return func(r *run) { r.tick(t) }
}

func waive(t fataler) func(*run) {
	return func(r *run) { r.do(t, "signatory", "waive-defence", nil) }
}

func stop(t fataler) func(*run) {
	return func(r *run) { r.do(t, "administrator", "stop", exit.ReasonInput{Reason: "settled"}) }
}

func finish(t fataler) func(*run) {
	return func(r *run) { r.finish(t) }
}

// bothSteps finishes the two steps that people take.
func bothSteps(t fataler) func(*run) {
	return func(r *run) {
		r.finish(t)
		r.advance(t)
		r.finish(t)
	}
}

func serve(t fataler) func(*run) {
	return func(r *run) { r.do(t, "officer", "serve-decision", r.service()) }
}

func defend(t fataler) func(*run) {
	return func(r *run) {
		r.do(t, "applicant", "state-defence", exit.DefenceInput{Points: []string{"first", "second"}, Attachments: []string{operatorFile}})
	}
}

func decide(t fataler, v exit.Verdict, answers int) func(*run) {
	return func(r *run) { r.do(t, "decider", "decide", decision(v, answers)) }
}

// TestProcedures takes every ground through to each of its ends.
func TestProcedures(t *testing.T) {
	full := []string{
		"open-step", "note-step", "open-step", "claim", "finish-step", "open-step", "note-step",
		"open-step", "claim", "finish-step", "open-step", "note-step", "close",
	}
	tests := []struct {
		name     string
		ground   string
		people   []func(*run)
		states   []lifecycle.State
		commands []string // after opening, ticks among them
		outcome  exit.Outcome
	}{
		{
			"adverse, defended to the end of the period", "breach",
			append(heard(t), decide(t, exit.Terminate, 2), serve(t), bothSteps(t)),
			[]lifecycle.State{exit.Opened, exit.Hearing, exit.Deciding, exit.Decided, exit.Served, exit.WindingDown, exit.Closed},
			append([]string{"note-interim", "note-notice", "state-defence", "tick", "tick", "decide", "serve-decision", "begin-wind-down"}, full...),
			exit.OutcomeClosed,
		},
		{
			"adverse, defence waived", "public-interest",
			[]func(*run){waive(t), decide(t, exit.Terminate, 0), serve(t), bothSteps(t)},
			[]lifecycle.State{exit.Opened, exit.Hearing, exit.Deciding, exit.Decided, exit.Served, exit.WindingDown, exit.Closed},
			append([]string{"note-notice", "waive-defence", "decide", "serve-decision", "begin-wind-down"}, full...),
			exit.OutcomeClosed,
		},
		{
			"waiver accepted", "waiver",
			[]func(*run){decide(t, exit.Terminate, 0), serve(t), bothSteps(t)},
			[]lifecycle.State{exit.Opened, exit.Deciding, exit.Decided, exit.Served, exit.WindingDown, exit.Closed},
			append([]string{"note-notice", "decide", "serve-decision", "begin-wind-down"}, full...),
			exit.OutcomeClosed,
		},
		{
			"agreed", "consent",
			[]func(*run){decide(t, exit.Terminate, 0), serve(t), bothSteps(t)},
			[]lifecycle.State{exit.Opened, exit.Deciding, exit.Decided, exit.Served, exit.WindingDown, exit.Closed},
			append([]string{"note-notice", "decide", "serve-decision", "begin-wind-down"}, full...),
			exit.OutcomeClosed,
		},
		{
			"expired", "expired",
			[]func(*run){bothSteps(t)},
			[]lifecycle.State{exit.Opened, exit.WindingDown, exit.Closed},
			append([]string{"note-interim", "note-notice"}, full...),
			exit.OutcomeClosed,
		},
		{
			"adverse, not upheld", "breach",
			[]func(*run){defend(t), waive(t), decide(t, exit.Continue, 2)},
			[]lifecycle.State{exit.Opened, exit.Hearing, exit.Deciding, exit.Stopping, exit.Stopped},
			[]string{"note-interim", "note-notice", "state-defence", "waive-defence", "decide", "note-undone", "note-undone", "conclude-stop"},
			exit.OutcomeContinued,
		},
		{
			"waiver not accepted", "waiver",
			[]func(*run){decide(t, exit.Continue, 0)},
			[]lifecycle.State{exit.Opened, exit.Deciding, exit.Stopping, exit.Stopped},
			[]string{"note-notice", "decide", "note-undone", "conclude-stop"},
			exit.OutcomeContinued,
		},
		{
			"stopped while the operator may speak", "breach",
			[]func(*run){stop(t)},
			[]lifecycle.State{exit.Opened, exit.Hearing, exit.Stopping, exit.Stopped},
			[]string{"note-interim", "note-notice", "stop", "note-undone", "note-undone", "conclude-stop"},
			exit.OutcomeStopped,
		},
		{
			"stopped before the decision", "consent",
			[]func(*run){stop(t)},
			[]lifecycle.State{exit.Opened, exit.Deciding, exit.Stopping, exit.Stopped},
			[]string{"note-notice", "stop", "note-undone", "conclude-stop"},
			exit.OutcomeStopped,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := lived(t, profile(), test.ground, test.people...)
			if diff := cmp.Diff(test.states, r.visited); diff != "" {
				t.Errorf("states (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(append([]string{"open"}, test.commands...), r.commands); diff != "" {
				t.Errorf("commands (-want +got):\n%s", diff)
			}
			checkEnd(t, r, test.outcome)
		})
	}
}

// checkEnd checks that an exit that is over leaves nothing behind, and told its authorisation so, once.
func checkEnd(t fataler, r *run, outcome exit.Outcome) {
	t.Helper()
	if r.c.Outcome != outcome || r.c.ClosedAt == nil {
		t.Fatalf("outcome %q in %q, closed %v", r.c.Outcome, r.c.State, r.c.ClosedAt)
	}
	if _, due := r.c.WakeAt(); due || slices.ContainsFunc(r.c.Tasks, lifecycle.Task.Active) {
		t.Fatalf("a task or a time limit is left over")
	}
	if outcome == exit.OutcomeClosed && len(r.c.StepsLeft()) > 0 {
		t.Fatalf("steps are left over")
	}
	for _, m := range r.c.Measures {
		if (m.UndoneAt == nil) != (outcome == exit.OutcomeClosed) {
			t.Fatalf("%s: undone %v after %q", m.Name, m.UndoneAt, outcome)
		}
	}
	var results []exit.Result
	for _, e := range r.effects {
		if e.Send == nil {
			continue
		}
		var result exit.Result
		if err := json.Unmarshal(e.Send.Data, &result); err != nil {
			t.Fatalf("%v", err)
		}
		if e.Send.Kind != "authorization" || e.Send.Case != authorization || e.Send.Command != "record-exit-outcome" {
			t.Fatalf("sent %q to %s %s", e.Send.Command, e.Send.Kind, e.Send.Case)
		}
		results = append(results, result)
	}
	if len(results) != 1 || results[0].Exit != exitID || results[0].Outcome != outcome || results[0].Ground != r.c.Ground.Code {
		t.Fatalf("results sent: %v", results)
	}
	if decided := r.c.Service != nil; decided != (results[0].Effective != nil) {
		t.Fatalf("effective %v, served %v", results[0].Effective, r.c.Service)
	}
}

// heard is a defence stated, the reminder, and the end of the period.
func heard(t fataler) []func(*run) {
	t.Helper()
	return []func(*run){defend(t), tick(t), tick(t)}
}

// TestOutbound reads everything that leaves the case in one long exit.
func TestOutbound(t *testing.T) {
	r := lived(t, profile(), "breach", append(heard(t), decide(t, exit.Terminate, 2), serve(t), bothSteps(t))...)
	want := []string{
		"exit-access-suspended", "exit-notice-adverse", "exit-defence-stated", "deadline-reminder", "exit-defence-closed", "exit-decision-due",
		"exit-decision-to-serve", "exit-decision-served", "exit-wind-down", "exit-wind-down", "task-opened", "task-opened",
		"publish exit-public-notice", "send record-exit-outcome",
	}
	if diff := cmp.Diff(want, r.subjects()); diff != "" {
		t.Errorf("outbound (-want +got):\n%s", diff)
	}
	for _, e := range r.effects {
		if p := e.Publication; p != nil {
			want := `{"authorization":"authorization-1","operator":"org-operator","agency":"org-agency","ground":{"zh":"情形breach","en":"ground breach"},` +
				`"way":"test","notified":"2026-03-02","decided":"2026-04-02","served":"2026-04-02"}`
			if string(p.Content) != want {
				t.Errorf("published %s\nwant      %s", p.Content, want)
			}
		}
		if n := e.Notice; n != nil && n.Subject == "exit-notice-adverse" && (n.Params["due"] != "2026-04-01" || n.To.Organization != operator) {
			t.Errorf("notice of intention: %+v", n)
		}
		if n := e.Notice; n != nil && n.Subject == "exit-decision-served" && n.Params["remedies_zh"] != "复议与诉讼" {
			t.Errorf("the decision does not state remedies: %+v", n)
		}
	}
}

// TestAgencyTakesOver: an operator that is gone cannot keep the exit from closing.
func TestAgencyTakesOver(t *testing.T) {
	r := lived(t, profile(), "expired")
	first := r.openTask(t)
	r.do(t, "applicant", "claim", lifecycle.TaskInput{Task: first.ID})
	r.tick(t) // reminder
	r.tick(t)
	second := r.openTask(t)
	if second.ID == first.ID || second.Organization != agency || second.Role != identity.CaseOfficer || r.c.Task(first.ID).State != lifecycle.TaskCancelled {
		t.Fatalf("the step stayed with the operator: %+v", second)
	}
	if got := r.subjects(); !slices.Contains(got, "deadline-passed") {
		t.Errorf("not escalated: %v", got)
	}
	r.tick(t) // the agency's reminder
	r.tick(t) // the agency's own limit is escalated, and the task stays
	if r.openTask(t).ID != second.ID {
		t.Fatalf("the agency's task went away")
	}
	r.finish(t)
	r.advance(t)
	r.finish(t)
	r.advance(t)
	checkEnd(t, r, exit.OutcomeClosed)
}

// TestSystemStepEscalates: a step of the system that keeps failing is brought before the administrators.
func TestSystemStepEscalates(t *testing.T) {
	r := newRun(profile(), "expired")
	for r.c.State != exit.WindingDown || r.c.StepsLeft()[0].State == exit.StepPending {
		if r.c.Version == 0 {
			r.do(t, "system", "open", exit.OpenInput{Authorization: authorization})
		}
		name, input := r.next()
		r.do(t, "system", name, input)
	}
	r.tick(t)
	r.tick(t)
	last := r.effects[len(r.effects)-1].Notice
	if last == nil || last.Subject != "deadline-passed" || last.To.Role != identity.Administrator {
		t.Fatalf("escalation: %+v", last)
	}
	r.advance(t)
	if r.c.Steps[0].State != exit.StepDone {
		t.Fatalf("the step cannot be taken late")
	}
}

// TestNationalGrounds runs every ground of the profile that is shipped to its end.
func TestNationalGrounds(t *testing.T) {
	p := policies.National()
	for _, code := range []string{exit.SettleAccounts, exit.PublicNotice} {
		if !slices.ContainsFunc(p.Exit.Steps, func(s policy.ExitStep) bool { return s.Code == code }) {
			t.Errorf("the profile has no step %q", code)
		}
	}
	for _, g := range p.Exit.Grounds {
		t.Run(g.Code, func(t *testing.T) {
			r := newRun(p, g.Code)
			for r.c.State != exit.Closed {
				r.advance(t)
				switch r.c.State {
				case exit.Curing, exit.Surviving:
					r.tick(t)
				case exit.Hearing:
					waive(t)(r)
				case exit.Resolving:
					r.do(t, "system", "record-resolution", r.resolved(resolution.ToAgree, resolution.For))
				case exit.Deciding:
					decide(t, exit.Terminate, 0)(r)
				case exit.Decided:
					serve(t)(r)
				case exit.WindingDown:
					r.finish(t)
				}
			}
			checkEnd(t, r, exit.OutcomeClosed)
		})
	}
}
