package exit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/policies"

	"github.com/google/go-cmp/cmp"
)

// place is a case standing somewhere, with the commands that each person may give there; nobody else may give any.
type place struct {
	name   string
	ground string
	steps  []func(*run)
	may    map[string]string
	// refusals other than for state, for commands that the row of the table would allow here
	besides map[string]refusal.Code
}

// run drives an exit to the place: under the profile of the tests, or in full under the national one.
func (p place) run() *run {
	profile := profile()
	if p.full() {
		profile = policies.National()
	}
	r := newRun(profile, p.ground)
	for _, step := range p.steps {
		step(r)
	}
	return r
}

func (p place) full() bool { return strings.HasPrefix(p.name, "in full: ") }

func places(t testing.TB) []place {
	t.Helper()
	advance := func(r *run) { r.advance(t) }
	open := func(r *run) { r.do(t, "system", "open", exit.OpenInput{Authorization: authorization}) }
	system := func(name string, input any) func(*run) { return func(r *run) { r.do(t, "system", name, input) } }
	done := exit.ResultInput{Result: "done"}
	claim := func(r *run) {
		r.do(t, "applicant", "claim", lifecycle.TaskInput{Task: r.openTask(t).ID})
	}
	toTheEnd := func(r *run) {
		r.advance(t)
		bothSteps(t)(r)
		r.advance(t)
	}
	windDown := []func(*run){advance, waive(t), decide(t, exit.Terminate, 0), serve(t), system("begin-wind-down", nil)}
	stopped := map[string]refusal.Code{"stop": refusal.ExitOfExpiry}
	own := map[string]refusal.Code{"decide requester": refusal.ExitOwnRequest}
	left := map[string]refusal.Code{"close": refusal.ExitStepsLeft}
	return append(fullPlaces(t), []place{
		{"not yet", "breach", nil, map[string]string{"system": "open"}, nil},
		{"opened", "breach", []func(*run){open}, map[string]string{"system": "note-interim note-notice tick", "administrator": "stop", "requester": "stop"}, nil},
		{
			"opened, interim noted", "breach",
			[]func(*run){open, system("note-interim", done)},
			map[string]string{"system": "note-notice tick", "administrator": "stop", "requester": "stop"},
			map[string]refusal.Code{"note-interim": refusal.ExitNoted},
		},
		{"opened on expiry", "expired", []func(*run){open}, map[string]string{"system": "note-interim note-notice tick"}, stopped},
		{
			"statement", "breach",
			[]func(*run){advance},
			map[string]string{
				"applicant": "state-defence waive-defence", "signatory": "state-defence waive-defence",
				"administrator": "stop", "requester": "stop", "system": "tick",
			},
			nil,
		},
		{
			"statement, another calendar in force", "breach",
			[]func(*run){advance, anotherCalendar(t)},
			map[string]string{
				"applicant": "state-defence waive-defence", "signatory": "state-defence waive-defence",
				"administrator": "stop recount-deadlines", "requester": "stop recount-deadlines", "system": "tick recount-deadlines",
			},
			nil,
		},
		{
			"deciding", "breach",
			[]func(*run){advance, waive(t)},
			map[string]string{"decider": "decide", "administrator": "stop", "requester": "stop", "system": "tick"},
			own,
		},
		{
			"deciding what both want", "consent",
			[]func(*run){advance},
			map[string]string{"decider": "decide", "administrator": "stop", "requester": "stop", "system": "tick"},
			own,
		},
		{"decided", "breach", []func(*run){advance, waive(t), decide(t, exit.Terminate, 0)}, map[string]string{"officer": "serve-decision", "system": "tick"}, nil},
		{"served", "breach", []func(*run){advance, waive(t), decide(t, exit.Terminate, 0), serve(t)}, map[string]string{"system": "begin-wind-down tick"}, nil},
		{"winding down, system's turn", "breach", windDown, map[string]string{"system": "open-step note-step tick"}, left},
		{
			"winding down, task open", "breach", append(slices.Clip(windDown), advance),
			map[string]string{"applicant": "claim", "system": "tick"},
			map[string]refusal.Code{
				"close": refusal.ExitStepsLeft, "open-step": refusal.ExitNoted, "note-step": refusal.ExitStepDoer,
				"release": refusal.TaskNotClaimed, "finish-step": refusal.TaskNotClaimed,
			},
		},
		{
			"winding down, task claimed", "breach", append(slices.Clip(windDown), advance, claim),
			map[string]string{"applicant": "release finish-step", "administrator": "release", "requester": "release", "system": "tick"},
			map[string]refusal.Code{
				"close": refusal.ExitStepsLeft, "open-step": refusal.ExitNoted, "note-step": refusal.ExitStepDoer,
				"claim": refusal.TaskClaimed,
			},
		},
		{
			"winding down, all done", "breach",
			append(slices.Clip(windDown), advance, bothSteps(t), system("note-step", exit.StepResultInput{Step: exit.PublicNotice, Result: "done"})),
			map[string]string{"system": "close tick"},
			map[string]refusal.Code{"open-step": refusal.ExitStepOrder, "note-step": refusal.ExitStepOrder},
		},
		{"closed", "breach", append(slices.Clip(windDown), toTheEnd), nil, nil},
		{
			"stopping, notice to be withdrawn", "breach",
			[]func(*run){advance, stop(t)},
			map[string]string{"system": "note-undone tick"},
			map[string]refusal.Code{"note-interim": refusal.ExitNoted, "conclude-stop": refusal.ExitNotUndone},
		},
		{
			"stopping, nothing done yet", "breach",
			[]func(*run){open, stop(t)},
			map[string]string{"system": "note-interim conclude-stop tick"},
			map[string]refusal.Code{"note-undone": refusal.ExitUndoOrder},
		},
		{"stopped", "breach", []func(*run){advance, stop(t), advance}, nil, nil},
		{"stopped by a decision to go on", "waiver", []func(*run){advance, decide(t, exit.Continue, 0), advance}, nil, nil},
	}...)
}

// anotherCalendar puts one in force that knows the year, so that no count is provisional any more.
func anotherCalendar(t testing.TB) func(*run) {
	days, err := calendar.New(calendar.Year{Year: 2026, Notice: "test", Off: []calendar.Date{calendar.NewDate(2026, time.March, 4)}})
	if err != nil {
		t.Fatal(err)
	}
	return func(r *run) { r.env.Calendar = days }
}

// entitled says who may ever give each command; commands on tasks depend on the task and are read off the places alone.
var entitled = map[string]string{
	"open": "system", "note-interim": "system", "note-notice": "system", "begin-wind-down": "system", "open-step": "system", "note-step": "system",
	"close": "system", "note-undone": "system", "conclude-stop": "system", "tick": "system",
	"state-defence": "applicant signatory", "waive-defence": "applicant signatory",
	"decide":          "decider requester turncoat interested",
	"serve-decision":  "officer",
	"stop":            "administrator requester",
	"release":         "administrator requester",
	lifecycle.Recount: "administrator requester system",
	"claim":           "", "finish-step": "",

	"report-cure": "applicant signatory", "request-hearing": "applicant signatory", "object-to-chair": "applicant signatory", "sign-record": "applicant signatory",
	"appeal-listing": "applicant signatory",
	"accept-cure":    "officer", "reject-cure": "officer", "note-review": "officer", "stay-effect": "officer", "lift-stay": "officer", "note-review-result": "officer",
	"discharge-duty": "officer", "blacklist": "officer",
	"call-hearing": "lawyer", "record-hearing": "lawyer", "close-unsigned": "lawyer",
	"answer-objection":  "administrator requester",
	"record-resolution": "system",
	"reinstate":         "decider requester turncoat interested", "proceed": "decider requester turncoat interested", "answer-appeal": "decider requester turncoat interested",
	"declare-interest": "administrator applicant decider finance interested lawyer officer other-agency other-officer other-operator public requester signatory " +
		"supervisor system turncoat",
}

// from says in which states each command is possible at all.
var from = map[string][]lifecycle.State{
	"open": nil, "note-interim": {exit.Opened, exit.Stopping}, "note-notice": {exit.Opened}, "begin-wind-down": {exit.Served},
	"open-step": {exit.WindingDown}, "note-step": {exit.WindingDown, exit.Reinstating}, "close": {exit.WindingDown},
	"claim": {exit.WindingDown}, "release": {exit.WindingDown}, "finish-step": {exit.WindingDown},
	"note-undone": {exit.Stopping, exit.Reinstating}, "conclude-stop": {exit.Stopping, exit.Reinstating},
	"state-defence": {exit.Hearing}, "waive-defence": {exit.Hearing}, "decide": {exit.Deciding}, "serve-decision": {exit.Decided},
	"stop":            {exit.Opened, exit.Curing, exit.Hearing, exit.InHearing, exit.Resolving, exit.Deciding},
	"tick":            openStates,
	lifecycle.Recount: openStates,

	"report-cure": {exit.Curing}, "accept-cure": {exit.Curing}, "reject-cure": {exit.Curing},
	"request-hearing": {exit.Hearing},
	"call-hearing":    oral, "object-to-chair": oral, "answer-objection": oral, "record-hearing": oral, "sign-record": oral, "close-unsigned": oral,
	"record-resolution": {exit.Resolving}, "declare-interest": {exit.InHearing, exit.Resolving},
	"note-review": reviewable, "stay-effect": reviewable, "lift-stay": reviewable, "note-review-result": reviewable,
	"reinstate": {exit.WindingDown}, "proceed": {exit.WindingDown},
	"discharge-duty": afterwards, "blacklist": afterwards, "appeal-listing": afterwards, "answer-appeal": afterwards,
}

var (
	openStates = []lifecycle.State{
		exit.Opened, exit.Curing, exit.Hearing, exit.InHearing, exit.Resolving, exit.Deciding, exit.Decided, exit.Served, exit.WindingDown,
		exit.Reinstating, exit.Surviving, exit.Stopping,
	}
	oral       = []lifecycle.State{exit.Hearing, exit.InHearing}
	reviewable = []lifecycle.State{exit.Served, exit.WindingDown, exit.Surviving}
	afterwards = []lifecycle.State{exit.WindingDown, exit.Surviving}
)

// firstTask is the open task, or one that is not there.
func firstTask(r *run) lifecycle.Task {
	if i := slices.IndexFunc(r.c.Tasks, lifecycle.Task.Active); i >= 0 {
		return r.c.Tasks[i]
	}
	return lifecycle.Task{ID: "no-such-task"}
}

// fitting is an input that the command would accept in this place if any.
func fitting(r *run, name string) any {
	task := firstTask(r)
	step := "close-access"
	if left := r.c.StepsLeft(); len(left) > 0 {
		step = left[0].Code
	}
	if ready := r.c.Ready(); len(ready) > 0 {
		step = ready[0].Code
	}
	measure := exit.Notice
	if left := r.c.ToUndo(); len(left) > 0 {
		measure = left[0]
	}
	switch name {
	case "open":
		return exit.OpenInput{Authorization: authorization}
	case "note-interim", "note-notice":
		return exit.ResultInput{Result: "done"}
	case "state-defence":
		return exit.DefenceInput{Points: []string{"a point"}, Attachments: []string{operatorFile}}
	case "decide":
		return decision(exit.Terminate, 0)
	case "serve-decision":
		return r.service()
	case "open-step":
		return exit.StepInput{Step: step}
	case "note-step":
		return exit.StepResultInput{Step: step, Result: "done"}
	case "claim", "release":
		return lifecycle.TaskInput{Task: task.ID}
	case "finish-step":
		return finishing(task, operatorFile)
	case "stop":
		return exit.ReasonInput{Reason: "settled"}
	case "note-undone":
		return exit.UndoneInput{Measure: measure, Result: "undone"}
	default:
		return fittingInFull(r, name)
	}
}

// TestMatrix gives every command by everybody in every place.
func TestMatrix(t *testing.T) {
	table := exit.Machine.Table()
	reached := map[lifecycle.State]bool{}
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			r := p.run()
			reached[r.c.State] = true
			for who := range people {
				var allowed, accepted []string
				for _, a := range exit.Machine.Allowed(r.c, people[who], r.env) {
					allowed = append(allowed, a.Command)
				}
				for _, row := range table.Rows {
					events, refused := exit.Machine.Decide(r.c, command(who, row.Command, fitting(r, row.Command)), r.env)
					if refused == nil {
						accepted = append(accepted, row.Command)
						if len(events) == 0 && row.Command != lifecycle.Tick {
							t.Errorf("%s by %s changes nothing", row.Command, who)
						}
						continue
					}
					if r.c.Version == 0 {
						continue // nobody has a relation to a case that is not there: the kernel's concern
					}
					if want := p.refusal(r, row.Command, who); refused.Code != want.Name {
						t.Errorf("%s by %s is refused with %q, want %q", row.Command, who, refused.Code, want.Name)
					}
				}
				want := strings.Fields(p.may[who])
				slices.Sort(want)
				slices.Sort(accepted)
				if !slices.Equal(want, accepted) {
					t.Errorf("%s may give %v, want %v", who, accepted, want)
				}
				slices.Sort(allowed)
				if who != "system" && !slices.Equal(want, allowed) {
					t.Errorf("%s is offered %v, want %v", who, allowed, want)
				}
			}
		})
	}
	for _, s := range table.States {
		if !reached[s.Name] {
			t.Errorf("no place stands in %q", s.Name)
		}
	}
}

// refusal is the code with which a command that is not accepted must be refused.
func (p place) refusal(r *run, command, who string) refusal.Code {
	onTask := slices.Contains([]string{"claim", "release", "finish-step"}, command)
	holder := onTask && who == "applicant" && slices.ContainsFunc(r.c.Tasks, lifecycle.Task.Active)
	if !holder && !slices.Contains(strings.Fields(entitled[command]), who) {
		return refusal.NotEntitled
	}
	if !slices.Contains(from[command], r.c.State) {
		if exit.Machine.State(r.c.State).Final {
			return refusal.CaseClosed
		}
		return refusal.NotInState
	}
	if onTask && firstTask(r).Name == "" {
		return refusal.NotFoundHere
	}
	if code, ok := p.besides[command+" "+who]; ok {
		return code
	}
	if code, ok := map[string]refusal.Code{"turncoat": refusal.OwnOrganization, "interested": refusal.InterestDeclared}[who]; ok {
		return code
	}
	if code, ok := p.besides[command]; ok {
		return code
	}
	if command == lifecycle.Recount {
		return refusal.NothingToRecount
	}
	return guardedInFull[command]
}

// TestTable checks that the expectations above are about the whole table, and that every state has a phase.
func TestTable(t *testing.T) {
	table := exit.Machine.Table()
	var commands, states []string
	for _, row := range table.Rows {
		commands = append(commands, row.Command)
		if diff := cmp.Diff(fmt.Sprint(from[row.Command]), fmt.Sprint(row.From)); diff != "" {
			t.Errorf("%s: from, -want +got:\n%s", row.Command, diff)
		}
		if _, ok := entitled[row.Command]; !ok {
			t.Errorf("nothing is expected of %s", row.Command)
		}
		if exit.Machine.Input(row.Command) == nil {
			t.Errorf("%s has no input type", row.Command)
		}
	}
	for _, s := range table.States {
		states = append(states, string(s.Name))
		if !slices.ContainsFunc(table.Phases, func(p lifecycle.PhaseInfo) bool { return p.Name == s.Phase && p.Words.Complete() }) {
			t.Errorf("%s: phase %q is not described", s.Name, s.Phase)
		}
	}
	want := "opened curing statement hearing awaiting-resolution deciding decided served winding-down reinstating surviving closed stopping stopped"
	if got := strings.Join(states, " "); got != want {
		t.Errorf("states are stored data: %s", got)
	}
	want = "open note-interim note-notice state-defence waive-defence decide serve-decision begin-wind-down " +
		"open-step note-step finish-step close stop note-undone conclude-stop claim release report-cure accept-cure reject-cure " +
		"request-hearing call-hearing object-to-chair answer-objection record-hearing sign-record close-unsigned record-resolution " +
		"note-review stay-effect lift-stay note-review-result reinstate proceed discharge-duty blacklist appeal-listing answer-appeal " +
		"declare-interest tick recount-deadlines"
	if got := strings.Join(commands, " "); got != want {
		t.Errorf("commands are public: %s", got)
	}
}
