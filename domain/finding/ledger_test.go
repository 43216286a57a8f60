package finding_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/lifecycle"
)

// chain delivers what the ledger and closed findings send, to as many findings as it takes.
type chain struct {
	t    *rapid.T
	runs map[string]*run
}

func (c *chain) at(id string) *run {
	if c.runs[id] == nil {
		r := newRun()
		r.f.ID = id
		c.runs[id] = r
	}
	return c.runs[id]
}

func (c *chain) deliver(id string, in finding.UsesInput) {
	r := c.at(id)
	r.effects = nil
	if refused := r.try("system", finding.GatherUses, in); refused != "" {
		c.t.Fatalf("%s refuses uses: %s", id, refused)
	}
	for _, e := range r.effects {
		if e.Send != nil && e.Send.Kind == finding.Kind {
			var on finding.UsesInput
			if err := json.Unmarshal(e.Send.Data, &on); err != nil {
				c.t.Fatal(err)
			}
			c.deliver(e.Send.Case, on)
		}
	}
}

// TestRequirement49NoUseLostOrToldTwice: whenever a finding is closed while uses are on their way to it, every use ends in exactly one finding, and one finding at
// most is open (27号 Art. 15, 21).
func TestRequirement49NoUseLostOrToldTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := &chain{t: rt, runs: map[string]*run{}}
		var sum int64
		target := func() string { // as the ledger chooses when it takes a batch in
			for n := 1; ; n++ {
				id := finding.LedgerID("aut-1", "suspended", "指数", n)
				if r := c.runs[id]; r == nil || r.f.ClosedAt == nil {
					return id
				}
			}
		}
		type sent struct {
			to string
			in finding.UsesInput
		}
		var waiting []sent
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"report", "deliver", "close"}).Draw(rt, "step") {
			case "report":
				in := finding.UsesInput{Authorization: "aut-1", Reason: "suspended", Product: "指数", Events: rapid.Int64Range(1, 9).Draw(rt, "events"), First: day("2026-01-04"), Last: day("2026-01-05")}
				sum += in.Events
				waiting = append(waiting, sent{target(), in})
			case "deliver":
				if len(waiting) > 0 {
					c.deliver(waiting[0].to, waiting[0].in)
					waiting = waiting[1:]
				}
			case "close":
				if r := c.runs[target()]; r != nil {
					if refused := r.try("officer", "dismiss", input("dismiss")); refused != "" {
						rt.Fatal(refused)
					}
				}
			}
		}
		for _, s := range waiting {
			c.deliver(s.to, s.in)
		}
		var told int64
		open := 0
		for id, r := range c.runs {
			if r.f.Version == 0 {
				continue
			}
			told += r.f.Uses.Events
			if r.f.ClosedAt == nil {
				open++
			}
			if r.f.Found != finding.ByLedger || r.f.Subject.Code != "beyond-scope" || r.f.Deadline("finding-handling") == nil {
				rt.Fatalf("%s: %+v", id, r.f)
			}
		}
		if told != sum || open > 1 {
			rt.Fatalf("%d of %d uses are in findings, %d of which are open", told, sum, open)
		}
	})
}

// TestLedgerID: the same sort of uses has the same finding, another sort another, and nothing of the product can be read off it.
func TestLedgerID(t *testing.T) {
	seen := map[string]string{}
	for _, a := range []string{"aut-1", "aut-2"} {
		for _, reason := range []string{"suspended", "exiting"} {
			for _, product := range []string{"", "指数"} {
				for n := range 3 {
					id := finding.LedgerID(a, reason, product, n+1)
					what := fmt.Sprint(a, reason, product, n)
					if before, twice := seen[id]; twice {
						t.Errorf("%s and %s have one ID", before, what)
					}
					seen[id] = what
				}
			}
		}
	}
}

// TestFollowsTheAuthorisation: what a finding asks for goes to the authorisation, and what comes of it comes back.
func TestFollowsTheAuthorisation(t *testing.T) {
	reported := func(r *run) authorization.FindingState {
		t.Helper()
		var out authorization.FindingState
		for _, e := range slices.Backward(r.effects) {
			if e.Send == nil || e.Send.Command != authorization.RecordFinding {
				continue
			}
			if e.Send.Case != "aut-1" || json.Unmarshal(e.Send.Data, &out) != nil {
				t.Fatalf("%+v", e.Send)
			}
			return out
		}
		t.Fatal("nothing is reported")
		return out
	}
	r := to(t, "officer", "raise", "officer", "order", "operator", "hand-in", "officer", "suspend-operation")
	if got := reported(r); got.Asks != authorization.AskedSuspension || got.Ground != "security-risk" || got.State != finding.Suspended || got.Over {
		t.Errorf("a suspension asked for: %+v", got)
	}
	if d := r.f.Deadline("finding-consequence"); d == nil || d.Span != "5 working_days" || d.Mark != "default" || !d.Running() {
		t.Errorf("%+v", d)
	}
	r.do(t, "system", authorization.RecordConsequence, authorization.ConsequenceInput{})
	if got := reported(r); got.Asks != "" || r.f.Taken == nil || r.f.Deadline("finding-consequence").Open() || !r.f.Deadline("rectification").Running() {
		t.Errorf("suspended: %+v, %+v", got, r.f)
	}
	r.do(t, "officer", "propose-exit", input("propose-exit"))
	if got := reported(r); got.Asks != authorization.AskedExit || r.f.Taken != nil {
		t.Errorf("an exit proposed: %+v", got)
	}
	before := r.f.Version
	r.do(t, "system", authorization.RecordConsequence, authorization.ConsequenceInput{}) // the suspension's word, overtaken
	if r.f.Version != before || r.f.State != finding.ExitProposed {
		t.Errorf("an overtaken suspension leads to %s", r.f.State)
	}
	r.do(t, "system", authorization.RecordConsequence, authorization.ConsequenceInput{Exit: "aut-1.exit-1"})
	if got := reported(r); !got.Over || got.State != finding.Exited || r.f.Exit() != "aut-1.exit-1" {
		t.Errorf("the exit opened: %+v, %+v", got, r.f)
	}
	if _, wakes := r.f.WakeAt(); wakes {
		t.Error("a limit runs on after the exit was opened")
	}
}

// TestEveryStepIsReported: whatever changes the state, or ends it, is told to the authorisation.
func TestEveryStepIsReported(t *testing.T) {
	path := []string{"officer", "raise", "officer", "order", "operator", "hand-in", "officer", "extend", "operator", "hand-in", "officer", "propose-exit", "admin", "decline-consequence", "officer", "lift"}
	for i := 2; i <= len(path); i += 2 {
		r := to(t, path[:i]...)
		told := slices.ContainsFunc(r.effects, func(e lifecycle.Effect) bool {
			var s authorization.FindingState
			return e.Send != nil && json.Unmarshal(e.Send.Data, &s) == nil && s.State == r.f.State && s.Over == (r.f.ClosedAt != nil)
		})
		if !told {
			t.Errorf("after %s the authorisation is not told that it is %s", path[i-1], r.f.State)
		}
	}
}
