package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/calendar"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/domain/regrading"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// input is one that passes wherever the command does; of commands on a task it names the one that the person may do, or any that is open.
func (r *run) input(name, who string) any {
	task := lifecycle.Task{ID: "none"}
	for _, t := range r.p.Tasks {
		if t.Active() && (task.ID == "none" || reviewers[t.Name] == who) {
			task = t
		}
	}
	switch name {
	case "draft":
		return plan.DraftInput{Content: content()}
	case "edit":
		return with(func(c *plan.Content) { c.TermMonths = 30 })
	case "amend":
		return plan.AmendInput{Content: with(func(c *plan.Content) { c.Other = "另行规定" }), Reason: "细化"}
	case "withdraw", "propose-change", "propose-end", "close-applications":
		return plan.ReasonInput{Reason: "理由"}
	case "open-applications":
		return plan.OpeningInput{Notice: "请申请"}
	case "comment":
		return plan.CommentInput{Text: "意见"}
	case "decide":
		return r.answer(task, review.Approve)
	case "file":
		return plan.FilingInput{On: calendar.DateOf(r.env.Now).String(), With: "省数据局", Receipt: "1"}
	case "record-resolution":
		if r.p.Pending == nil {
			return resolution.Resolution{}
		}
		return r.copy().resolved(resolution.ToAgree, "ffff")
	case regrading.Command:
		return regrading.Input{Resource: "res-1", Number: 2, Grade: grading.Core, Lacks: []string{"not-core"}}
	case "declare-interest":
		if who == "system" {
			return lifecycle.InterestInput{Person: "elsewhere"}
		}
		return lifecycle.InterestInput{}
	default:
		return lifecycle.TaskInput{Task: task.ID}
	}
}

// place is a case standing somewhere, with the commands that each person may give there; nobody else may give any but to declare an interest.
type place struct {
	name string
	to   func(t testing.TB) *run
	may  map[string]string
}

const everybody = "*" // who is signed in

func places() []place {
	then := func(before func(testing.TB) *run, step func(testing.TB, *run)) func(testing.TB) *run {
		return func(t testing.TB) *run { r := before(t); step(t, r); return r }
	}
	drafted := func(t testing.TB) *run {
		r := newRun("2026-01-05")
		r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
		return r
	}
	reviewing := func(t testing.TB) *run { return submitted(t, "2026-01-05", content()) }
	returned := then(reviewing, func(t testing.TB, r *run) {
		for _, name := range []string{"feasibility", "supplier", "experts"} {
			r.review(t, name, review.Approve)
		}
		r.heard(t)
		r.review(t, "participation", review.Approve)
		r.review(t, "risk", review.Return)
	})
	awaiting := then(reviewing, func(t testing.TB, r *run) { r.reviewed(t) })
	agreed := then(awaiting, func(t testing.TB, r *run) { r.resolve(t, resolution.ToAgree, "ffff") })
	published := then(agreed, func(t testing.TB, r *run) { r.published(t) })
	taking := then(published, func(t testing.TB, r *run) {
		r.do(t, "planner", "open-applications", r.input("open-applications", "planner"))
	})
	revising := then(taking, func(t testing.TB, r *run) { r.do(t, "planner", "propose-change", r.input("propose-change", "planner")) })
	claimed := map[string]string{everybody: "comment", "planner": "comment withdraw", "system": "record-regrading"}
	for _, who := range reviewers {
		claimed[who] = "comment claim"
	}
	claimed["competition"], claimed["legal"] = "comment", "comment"
	claimed["business"] = "comment decide release"
	claimed["admin"] = "comment release"
	open := maps.Clone(claimed)
	open["business"], open["admin"] = "comment claim", "comment"
	return []place{
		{"not yet", func(testing.TB) *run { return newRun("2026-01-05") }, map[string]string{"planner": "draft", "elsewhere": "draft"}},
		{"draft", drafted, map[string]string{"planner": "edit delete-draft submit"}},
		{"reviewing", reviewing, open},
		{"reviewing, claimed", then(reviewing, func(t testing.TB, r *run) { r.claim(t, "feasibility") }), claimed},
		{"returned", returned, map[string]string{"planner": "edit resubmit withdraw", "system": "record-regrading"}},
		{"awaiting decision", awaiting, map[string]string{"planner": "withdraw", "system": "record-resolution record-regrading"}},
		{"amending", then(awaiting, func(t testing.TB, r *run) { r.resolve(t, resolution.ToAmend, "ffff") }), map[string]string{"planner": "edit resubmit withdraw", "system": "record-regrading"}},
		{"to be filed", agreed, map[string]string{"planner": "file", "system": "record-regrading"}},
		{"to be published", then(agreed, func(t testing.TB, r *run) { r.filed(t) }), map[string]string{"planner": "publish", "system": "record-regrading"}},
		{"published", published, map[string]string{"planner": "amend propose-change propose-end open-applications", "system": "record-regrading"}},
		{"published, taking applications", taking, map[string]string{"planner": "amend propose-change propose-end close-applications", "system": "record-regrading"}},
		{"revising", revising, map[string]string{"planner": "edit withdraw close-applications", "system": "record-regrading"}},
		{"revising, edited", then(revising, func(t testing.TB, r *run) { r.do(t, "planner", "edit", r.input("edit", "planner")) }), map[string]string{"planner": "edit submit withdraw close-applications", "system": "record-regrading"}},
		{"ending", then(taking, func(t testing.TB, r *run) { r.do(t, "planner", "propose-end", r.input("propose-end", "planner")) }), map[string]string{"planner": "submit withdraw close-applications", "system": "record-regrading"}},
		{"withdrawn", then(reviewing, func(t testing.TB, r *run) { r.do(t, "planner", "withdraw", r.input("withdraw", "planner")) }), nil},
		{"rejected", then(awaiting, func(t testing.TB, r *run) {
			r.resolve(t, resolution.ToAmend, "ffff")
			r.do(t, "planner", "resubmit", plan.Nothing{})
			for _, name := range []string{"feasibility", "supplier", "experts", "participation"} {
				r.review(t, name, review.Approve)
			}
			r.review(t, "risk", review.Reject)
		}), nil},
		{"refused", then(awaiting, func(t testing.TB, r *run) { r.resolve(t, resolution.ToAgree, "aaaa") }), nil},
		{"ended", then(published, func(t testing.TB, r *run) {
			r.do(t, "planner", "propose-end", r.input("propose-end", "planner"))
			r.do(t, "planner", "submit", plan.Nothing{})
			r.reviewed(t).resolve(t, resolution.ToAgree, "ffff")
		}), nil},
	}
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused, and what is allowed is what a page would show.
func TestMatrix(t *testing.T) {
	rows := plan.Machine.Table().Rows
	states := map[lifecycle.State]bool{}
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			there := p.to(t)
			states[there.p.State] = true
			for who, actor := range people {
				var got []string
				for _, row := range rows {
					if row.Command == lifecycle.Recount || row.Command == lifecycle.Tick || row.Command == "declare-interest" {
						continue
					}
					r := there.copy()
					if r.try(t, command(who, row.Command, r.input(row.Command, who))) == nil {
						got = append(got, row.Command)
					}
				}
				may, named := p.may[who]
				if !named && who != "nobody" && who != "system" {
					may = p.may[everybody]
				}
				want := strings.Fields(may)
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) {
					t.Errorf("%s: may %v, want %v", who, got, want)
				}
				if actor.IsSystem() {
					continue // it has no page
				}
				var shown []string
				for _, a := range plan.Machine.Allowed(there.p, actor, there.env) {
					if a.Command != "declare-interest" {
						shown = append(shown, a.Command)
					}
				}
				want = slices.DeleteFunc(want, func(command string) bool {
					row, _ := plan.Machine.Row(command)
					return row.Outside || len(row.From) == 0
				})
				slices.Sort(shown)
				shown = slices.DeleteFunc(slices.Compact(shown), func(command string) bool { // which any other content would let pass
					return command == "submit" && !slices.Contains(want, command) || command == "edit" && !slices.Contains(want, command)
				})
				if !slices.Equal(shown, want) {
					t.Errorf("%s: is shown %v, want %v", who, shown, want)
				}
			}
		})
	}
	for _, s := range plan.Machine.Table().States {
		if !states[s.Name] && s.Name != plan.Deleted {
			t.Errorf("no place stands in %q", s.Name)
		}
	}
}

// TestWalk lets everybody do anything at any time: the table holds, one person acts in one step, nothing is in force without a government's decision,
// and what is closed waits for nothing.
func TestWalk(t *testing.T) {
	var names []string
	for _, row := range plan.Machine.Table().Rows {
		if row.Command != lifecycle.Recount && row.Command != lifecycle.Tick {
			names = append(names, row.Command)
		}
	}
	names = append(names, "decide", "decide", "decide", "claim", "claim", "claim", "record-resolution", "file", "publish")
	who := append(slices.Sorted(maps.Keys(people)), "planner", "planner", "system")
	rapid.Check(t, func(t *rapid.T) {
		r := newRun("2026-01-05")
		r.do(t, "planner", "draft", plan.DraftInput{Content: content()})
		r.do(t, "planner", "submit", plan.Nothing{})
		for range 80 {
			if rapid.IntRange(0, 6).Draw(t, "time") == 0 {
				if at, ok := r.p.WakeAt(); ok {
					if at.After(r.env.Now) {
						r.env.Now = at
					}
					r.do(t, "system", lifecycle.Tick, nil)
				}
				r.sound(t)
				continue
			}
			name, person := rapid.SampledFrom(names).Draw(t, "command"), rapid.SampledFrom(who).Draw(t, "who")
			_ = r.try(t, command(person, name, r.input(name, person)))
			r.sound(t)
		}
	})
}

func (r *run) sound(t fataler) {
	t.Helper()
	steps := map[string]string{}
	for _, a := range r.p.Acts {
		if other, ok := steps[a.Person]; ok && other != a.Step {
			t.Fatalf("%s acted in %s and %s", a.Person, other, a.Step)
		}
		steps[a.Person] = a.Step
	}
	info := plan.Machine.State(r.p.State)
	if _, waits := r.p.WakeAt(); info.Final && waits || info.Final && slices.ContainsFunc(r.p.Tasks, lifecycle.Task.Active) {
		t.Fatalf("closed in %q and waiting", r.p.State)
	}
	if info.Final != (r.p.Outcome != "") {
		t.Fatalf("in %q, outcome %q", r.p.State, r.p.Outcome)
	}
	if (r.p.State == plan.AwaitingDecision) != (r.p.Pending != nil) {
		t.Fatalf("in %q, pending %v", r.p.State, r.p.Pending)
	}
	for _, v := range r.p.Versions {
		agreed := slices.ContainsFunc(r.p.Resolutions, func(x plan.Resolved) bool {
			return x.Resolution.ID == v.Resolution && x.Resolution.Outcome == resolution.Agreed && x.Resolution.Body != agency
		})
		if !agreed {
			t.Fatalf("version %d is in force without a decision", v.No)
		}
	}
	if r.p.Taking() && r.p.InForce() == nil {
		t.Fatalf("takes applications and is not in force")
	}
}
