package exit_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"datacharter/domain/exit"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"

	"pgregory.net/rapid"
)

// TestRandomLives gives commands at random times – of those possible, or any at all – and checks after each what must always hold.
// That the version grows by one with each event, that deciding changes nothing, and that the table is kept to, try checks each time.
func TestRandomLives(t *testing.T) {
	p := profile()
	var names, who []string
	for _, row := range exit.Machine.Table().Rows {
		names = append(names, row.Command)
	}
	for name := range people {
		who = append(who, name)
	}
	slices.Sort(who)
	rapid.Check(t, func(t *rapid.T) {
		r := newRun(p, rapid.SampledFrom(p.Exit.Grounds).Draw(t, "ground").Code)
		r.do(t, "system", "open", exit.OpenInput{Authorization: authorization})
		for range rapid.IntRange(5, 60).Draw(t, "length") {
			if rapid.IntRange(0, 9).Draw(t, "wait") == 0 {
				r.env.Now = r.env.Now.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
				r.try(t, command("system", lifecycle.Tick, nil))
			}
			var choices []choice
			if name, input := r.next(); name != "" {
				choices = append(choices, choice{"system", name, input})
			}
			for _, person := range who {
				for _, a := range exit.Machine.Allowed(r.c, people[person], r.env) {
					if a.Command != "stop" || rapid.IntRange(0, 19).Draw(t, "stop") == 0 { // or hardly any exit would come to a decision
						choices = append(choices, choice{person, a.Command, randomInput(t, r, a.Command)})
					}
				}
			}
			if len(choices) == 0 || rapid.IntRange(0, 3).Draw(t, "astray") == 0 {
				name := rapid.SampledFrom(names).Draw(t, "command")
				choices = []choice{{rapid.SampledFrom(who).Draw(t, "who"), name, randomInput(t, r, name)}}
			}
			c := choices[rapid.IntRange(0, len(choices)-1).Draw(t, "choice")]
			r.try(t, command(c.who, c.command, c.input))
			checkAlways(t, r)
		}
		if exit.Machine.State(r.c.State).Final {
			checkEnd(t, r, r.c.Outcome)
		}
	})
}

type choice struct {
	who, command string
	input        any
}

func randomInput(t *rapid.T, r *run, name string) any {
	switch name {
	case "decide":
		points := 0
		for _, s := range r.c.Defence.Statements {
			points += len(s.Points)
		}
		return decision(rapid.SampledFrom([]exit.Verdict{exit.Terminate, exit.Terminate, exit.Continue}).Draw(t, "verdict"), points)
	case "finish-step":
		in := finishing(firstTask(r), "")
		in.Proof = []string{rapid.SampledFrom([]string{operatorFile, agencyFile}).Draw(t, "proof")}
		return in
	default:
		return fitting(r, name)
	}
}

// checkAlways reads the whole record: what must hold in every case at every time.
func checkAlways(t fataler, r *run) {
	t.Helper()
	pivot, done := false, []string{}
	for _, e := range r.events {
		switch e.Type {
		case "decision-taken":
			if r.c.Request.RequestedBy.Person == e.By.Person || r.c.Request.AgreedBy != nil && r.c.Request.AgreedBy.Person == e.By.Person {
				t.Fatalf("whoever opened the exit decided it")
			}
			pivot = r.c.Decision.Verdict == exit.Terminate
		case "wind-down-begun":
			pivot = true
		case "stop-ordered", "measure-undone":
			if pivot {
				t.Fatalf("%s after the point of no return", e.Type)
			}
		}
	}
	for _, s := range r.c.Steps {
		if s.State == exit.StepDone {
			done = append(done, s.Code)
		}
		if exit.Balance(s.Accounts) != 0 || s.Code == exit.SettleAccounts && s.State == exit.StepDone && len(s.Accounts) == 0 {
			t.Fatalf("the accounts do not balance")
		}
		if s.State == exit.StepDone && s.NeedsProof && len(s.Proof) == 0 {
			t.Fatalf("%s is done without proof", s.Code)
		}
	}
	var finished []string
	for _, e := range r.events {
		if e.Type == "step-finished" {
			var content exit.StepFinished
			if err := json.Unmarshal(e.Data, &content); err != nil {
				t.Fatalf("%v", err)
			}
			finished = append(finished, content.Step)
		}
	}
	if !slices.Equal(done, finished) || len(done) > 0 && !pivot {
		t.Fatalf("steps done %v, finished in order %v", done, finished)
	}
	if r.c.State == exit.Decided || r.c.State == exit.Served || r.c.State == exit.WindingDown || r.c.State == exit.Closed {
		if len(r.c.ToUndo()) > 0 {
			t.Fatalf("something is to be undone in %q", r.c.State)
		}
		if r.c.Decision == nil && r.c.Ground.Trigger != policy.ByExpiry {
			t.Fatalf("no decision, in %q", r.c.State)
		}
	}
	if r.c.State != exit.WindingDown && slices.ContainsFunc(r.c.Tasks, lifecycle.Task.Active) {
		t.Fatalf("a task is open in %q", r.c.State)
	}
}

// TestAccounts: a settlement passes exactly when what was received equals what was paid out.
func TestAccounts(t *testing.T) {
	settling := lived(t, profile(), "expired", finish(t))
	task := settling.openTask(t)
	settling.do(t, "finance", "claim", lifecycle.TaskInput{Task: task.ID})
	try := func(lines []exit.Line) *refusal.Refusal {
		in := finishing(task, agencyFile)
		in.Accounts = lines
		_, refused := exit.Machine.Decide(settling.c, command("finance", "finish-step", in), settling.env)
		return refused
	}
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, 1e15)
		var lines []exit.Line
		var left int64
		for range rapid.IntRange(1, 50).Draw(t, "received") {
			fen := amount.Draw(t, "fen")
			lines = append(lines, exit.Line{Side: exit.Received, Party: "public", Item: "income", Fen: fen})
			left += fen
		}
		for left > 0 && len(lines) < 150 {
			fen := rapid.Int64Range(1, min(left, 1e15)).Draw(t, "share")
			lines = append(lines, exit.Line{Side: exit.Paid, Party: "operator", Item: "share", Fen: fen})
			left -= fen
		}
		for left > 0 {
			fen := min(left, 1e15)
			lines = append(lines, exit.Line{Side: exit.Paid, Party: "agency", Item: "rest", Fen: fen})
			left -= fen
		}
		if refused := try(lines); refused != nil {
			t.Fatalf("balanced accounts are refused: %v", refused)
		}
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		other := amount.Draw(t, "other")
		if other == lines[i].Fen {
			return
		}
		lines[i].Fen = other
		if refused := try(lines); refused == nil || refused.Fields[0].Code != refusal.ExitUnbalanced.Name {
			t.Fatalf("unbalanced accounts: %v", refused)
		}
	})
}

// FuzzInputs feeds arbitrary bytes to every command in every place: nothing panics, and what is accepted folds.
func FuzzInputs(f *testing.F) {
	all := places(f)
	rows := exit.Machine.Table().Rows
	var who []string
	for name := range people {
		who = append(who, name)
	}
	slices.Sort(who)
	runs := make([]*run, len(all))
	for i, p := range all {
		runs[i] = p.run()
		for j, row := range rows {
			for k, name := range who {
				if _, refused := exit.Machine.Decide(runs[i].c, command(name, row.Command, fitting(runs[i], row.Command)), runs[i].env); refused == nil {
					f.Add(uint8(i), uint8(j), uint8(k), []byte(command(name, row.Command, fitting(runs[i], row.Command)).Data))
				}
			}
		}
	}
	f.Add(uint8(4), uint8(3), uint8(0), []byte(`{"points":null}`))
	f.Add(uint8(0), uint8(0), uint8(13), []byte(`[`))
	f.Fuzz(func(t *testing.T, place, row, person uint8, data []byte) {
		from := runs[int(place)%len(runs)]
		r := &run{c: decoded(t, encode(from.c)), env: from.env}
		name := rows[int(row)%len(rows)].Command
		cmd := lifecycle.Command{ID: "fuzz", Name: name, Actor: people[who[int(person)%len(who)]], Data: data}
		exit.Machine.Needs(r.c, cmd)
		if r.try(t, cmd) == nil && r.c.State == exit.Closed && len(r.c.StepsLeft()) > 0 {
			t.Fatalf("closed with steps left")
		}
	})
}
