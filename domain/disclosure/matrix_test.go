package disclosure_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/lifecycle"
)

// input is one that passes wherever the command does.
func (r *run) input(name string) any {
	switch name {
	case authorization.CallForDisclosure:
		if r.d.Side == authorization.OperatorSide {
			return call(authorization.OperatorSide, "aut-2")
		}
		return call(authorization.AgencySide, "aut-2")
	case "edit":
		return entered()
	case "return":
		return disclosure.ReturnInput{Reason: "理由"}
	case "correct":
		return disclosure.CorrectInput{PublicReason: "理由"}
	case "withdraw":
		return disclosure.WithdrawInput{PublicReason: "理由", Records: "说明"}
	default:
		return nil
	}
}

// place is a case standing somewhere, with the commands that each person may give there; nobody else may give any.
type place struct {
	name string
	to   func(t testing.TB) *run
	may  map[string]string
}

func places() []place {
	then := func(before func(testing.TB) *run, steps ...string) func(testing.TB) *run {
		return func(t testing.TB) *run {
			r := before(t)
			for _, step := range steps {
				who, name, _ := strings.Cut(step, " ")
				r.do(t, who, name, r.input(name))
			}
			return r
		}
	}
	stand := func(at func(fataler, authorization.Side) *run, side authorization.Side) func(testing.TB) *run {
		return func(t testing.TB) *run { return at(t, side) }
	}
	const a, o = authorization.AgencySide, authorization.OperatorSide
	const called = authorization.CallForDisclosure
	correcting := then(stand(published, a), "officer correct")
	return []place{
		{"not yet", func(testing.TB) *run { return newRun(a) }, map[string]string{"system": called}},
		{"running", stand(running, a), map[string]string{"system": called}},
		{"due", stand(due, a), map[string]string{"officer": "compile", "officer-2": "compile", "system": called}},
		{"due, operator", stand(due, o), map[string]string{"applicant": "compile", "system": called}},
		{"drafting", stand(drafting, a), map[string]string{"officer": "compile edit submit", "officer-2": "compile edit submit", "system": called}},
		{"drafting, operator", stand(drafting, o), map[string]string{"applicant": "compile edit submit", "system": called}},
		{"checking", stand(checking, a), map[string]string{"officer-2": "publish return", "admin": "publish return", "system": called}},
		{"checking, operator", stand(checking, o), map[string]string{"signatory": "publish return", "system": called}},
		{"published", stand(published, a), map[string]string{"officer": "correct", "officer-2": "correct", "admin": "withdraw", "system": called}},
		{"published, operator", stand(published, o), map[string]string{"applicant": "correct", "signatory": "withdraw", "system": called}},
		{"correcting", correcting, map[string]string{"officer": "compile edit drop-correction", "officer-2": "compile edit drop-correction", "system": called}},
		{"withdrawn", then(stand(published, a), "admin withdraw"), map[string]string{"officer": "compile", "officer-2": "compile", "system": called}},
		{"withdrawn, operator", then(stand(published, o), "signatory withdraw"), map[string]string{"applicant": "compile", "system": called}},
	}
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused, and what is allowed is what a page would show.
func TestMatrix(t *testing.T) {
	rows := disclosure.Machine.Table().Rows
	states, passed := map[lifecycle.State]bool{}, map[string]bool{}
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			there := p.to(t)
			states[there.d.State] = true
			for who, actor := range people {
				var got []string
				for _, row := range rows {
					if row.Command == lifecycle.Recount || row.Command == lifecycle.Tick {
						continue
					}
					r := there.copy()
					if r.try(t, command(who, row.Command, r.input(row.Command))) == nil {
						got, passed[row.Command] = append(got, row.Command), true
					}
				}
				want := strings.Fields(p.may[who])
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s: may %v, want %v", who, got, want)
				}
				if actor.IsSystem() {
					continue // it has no page
				}
				var shown []string
				for _, a := range disclosure.Machine.Allowed(there.d, actor, there.env) {
					shown = append(shown, a.Command)
				}
				slices.Sort(shown)
				shown = slices.DeleteFunc(slices.Compact(shown), func(command string) bool { // which another content would let pass
					return command == "submit" && !slices.Contains(want, command)
				})
				if !slices.Equal(shown, want) {
					t.Errorf("%s: is shown %v, want %v", who, shown, want)
				}
			}
		})
	}
	for _, s := range disclosure.Machine.Table().States {
		if !states[s.Name] {
			t.Errorf("no place stands in %q", s.Name)
		}
	}
	for _, row := range rows {
		if row.Command != lifecycle.Recount && row.Command != lifecycle.Tick && !passed[row.Command] {
			t.Errorf("nobody could %s anywhere", row.Command)
		}
	}
}

// TestWalk lets everybody do anything at any time: what is published was checked by a second person, its versions only grow, and a limit runs whenever
// something is due to the public.
func TestWalk(t *testing.T) {
	var names []string
	for _, row := range disclosure.Machine.Table().Rows {
		if row.Command != lifecycle.Recount && row.Command != lifecycle.Tick {
			names = append(names, row.Command)
		}
	}
	who := append(slices.Sorted(maps.Keys(people)), "officer", "admin", "applicant", "signatory")
	rapid.Check(t, func(t *rapid.T) {
		r := due(t, rapid.SampledFrom(sides).Draw(t, "side"))
		versions := 0
		for range 60 {
			if rapid.IntRange(0, 9).Draw(t, "time") == 0 {
				if when, ok := r.d.WakeAt(); ok {
					r.env.Now = when
					r.do(t, "system", lifecycle.Tick, nil)
				}
			}
			name, person := rapid.SampledFrom(names).Draw(t, "command"), rapid.SampledFrom(who).Draw(t, "who")
			_ = r.try(t, command(person, name, r.input(name)))
			if len(r.d.Versions) < versions {
				t.Fatal("a version is gone")
			}
			versions = len(r.d.Versions)
			for _, v := range r.d.Versions {
				if v.Prepared.Person == v.Checked.Person || v.Hash != v.Content.Hash() {
					t.Fatalf("version %d was prepared and checked by one person, or is not what was checked", v.No)
				}
			}
			if _, waits := r.d.WakeAt(); waits == (r.d.Published() != nil) {
				t.Fatalf("in %q a limit runs: %v", r.d.State, waits)
			}
		}
	})
}
