package product_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/grading"
	"datacharter/domain/lifecycle"
	"datacharter/domain/product"
	"datacharter/domain/regrading"
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
		return product.DraftInput{Content: content(), Authorization: rests}
	case "edit":
		c := r.p.Drafted
		c.Scenario = "选址与排班"
		return c
	case "withdraw", "propose-change", "delist", "order-delisting":
		return product.ReasonInput{Reason: "理由"}
	case "decide":
		return review.Input{Task: task.ID, Outcome: review.Approve, Opinion: "意见"}
	case "start-trial":
		return product.TrialInput{Until: r.env.Now.AddDate(0, 0, 20).Format("2006-01-02"), Arrangement: "两家用户试用"}
	case "conclude-trial":
		return product.ResultInput{Result: product.TrialFailed, Text: "误差过大"}
	case "set-ceiling":
		return ceiling("3")
	case "set-charge":
		return charge("1.5", "成本变化")
	case authorization.FollowAuthorization:
		return authorization.StandInput{Standing: authorization.StandsSuspended}
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

const told = "follow-authorization record-regrading"

func places() []place {
	then := func(before func(testing.TB) *run, step func(testing.TB, *run)) func(testing.TB) *run {
		return func(t testing.TB) *run { r := before(t); step(t, r); return r }
	}
	give := func(before func(testing.TB) *run, who, name string) func(testing.TB) *run {
		return then(before, func(t testing.TB, r *run) { r.do(t, who, name, r.input(name, who)) })
	}
	draft := give(func(testing.TB) *run { return newRun("2026-04-01") }, "operator", "draft")
	reviewing := func(t testing.TB) *run { return submitted(t, content()) }
	claimed := then(reviewing, func(t testing.TB, r *run) {
		r.do(t, "security", "claim", lifecycle.TaskInput{Task: r.open("product-security").ID})
	})
	returned := then(reviewing, func(t testing.TB, r *run) {
		r.review(t, "product-security", review.Approve)
		r.review(t, "product-compliance", review.Return)
	})
	try := func(t testing.TB) *run { return submitted(t, model()).reviewed(t) }
	toPrice := then(reviewing, func(t testing.TB, r *run) { r.reviewed(t) })
	toList := then(toPrice, func(t testing.TB, r *run) { r.priced(t) })
	offered := then(toList, func(t testing.TB, r *run) { r.listed(t) })
	revising := give(offered, "operator", "propose-change")
	changed := then(give(revising, "operator", "edit"), func(t testing.TB, r *run) { r.do(t, "operator", "submit", product.Nothing{}) })
	const priced = "set-charge delist"
	return []place{
		{"not yet", func(testing.TB) *run { return newRun("2026-04-01") }, map[string]string{"operator": "draft"}},
		{"draft", draft, map[string]string{"operator": "edit delete-draft submit"}},
		{"deleted", give(draft, "operator", "delete-draft"), nil},
		{"reviewing", reviewing, map[string]string{"operator": "withdraw", "security": "claim", "business": "claim", "system": told}},
		{"reviewing, claimed", claimed, map[string]string{"operator": "withdraw", "security": "decide release", "business": "claim", "admin": "release", "system": told}},
		{"returned", returned, map[string]string{"operator": "edit resubmit withdraw", "system": told}},
		{"to be tried", try, map[string]string{"operator": "start-trial withdraw", "system": told}},
		{"on trial", give(try, "operator", "start-trial"), map[string]string{"operator": "withdraw", "officer": "conclude-trial", "admin": "conclude-trial", "system": told}},
		{"to be priced", toPrice, map[string]string{"operator": "withdraw", "officer": "set-ceiling", "admin": "set-ceiling", "system": told}},
		{"to be priced, ceiling set", give(toPrice, "officer", "set-ceiling"), map[string]string{"operator": "set-charge withdraw", "officer": "set-ceiling", "admin": "set-ceiling", "system": told}},
		{"to be listed", toList, map[string]string{"operator": "list set-charge withdraw", "officer": "set-ceiling", "admin": "set-ceiling", "system": told}},
		{"to be listed, free", func(t testing.TB) *run { return submitted(t, public()).reviewed(t) }, map[string]string{"operator": "list withdraw", "system": told}},
		{"to be listed, held", give(toList, "system", authorization.FollowAuthorization), map[string]string{"operator": "set-charge withdraw", "officer": "set-ceiling", "admin": "set-ceiling", "system": told}},
		{"to be listed, regraded", give(toList, "system", regrading.Command), map[string]string{"operator": "set-charge withdraw", "officer": "set-ceiling", "admin": "set-ceiling", "system": told}},
		{"listed", offered, map[string]string{"operator": "propose-change " + priced, "officer": "set-ceiling order-delisting", "admin": "set-ceiling order-delisting", "system": told}},
		{"revising", revising, map[string]string{"operator": "edit withdraw " + priced, "officer": "set-ceiling order-delisting", "admin": "set-ceiling order-delisting", "system": told}},
		{"change under review", changed, map[string]string{
			"operator": "withdraw " + priced, "officer": "set-ceiling order-delisting", "admin": "set-ceiling order-delisting", "security": "claim", "business": "claim", "system": told,
		}},
		{"change to be listed", then(changed, func(t testing.TB, r *run) { r.reviewed(t) }), map[string]string{
			"operator": "list withdraw " + priced, "officer": "set-ceiling order-delisting", "admin": "set-ceiling order-delisting", "system": told,
		}},
		{"withdrawn", give(reviewing, "operator", "withdraw"), nil},
		{"rejected", then(reviewing, func(t testing.TB, r *run) {
			r.review(t, "product-security", review.Reject)
			r.review(t, "product-compliance", review.Approve)
		}), nil},
		{"lapsed", then(reviewing, func(t testing.TB, r *run) { r.ended(t) }), nil},
		{"delisted", give(offered, "operator", "delist"), nil},
	}
}

func (r *run) ended(t fataler) *run {
	t.Helper()
	return r.do(t, "system", authorization.FollowAuthorization, authorization.StandInput{Standing: authorization.StandsEnded})
}

// TestMatrix gives every command in every state as everybody: what is not expected is refused, and what is allowed is what a page would show.
func TestMatrix(t *testing.T) {
	rows := product.Machine.Table().Rows
	states := map[lifecycle.State]bool{}
	passed := map[string]bool{}
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
				for _, a := range product.Machine.Allowed(there.p, actor, there.env) {
					if a.Command != "declare-interest" {
						shown = append(shown, a.Command)
					}
				}
				want = slices.DeleteFunc(want, func(command string) bool {
					row, _ := product.Machine.Row(command)
					return len(row.From) == 0
				})
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
	for _, s := range product.Machine.Table().States {
		if !states[s.Name] {
			t.Errorf("no place stands in %q", s.Name)
		}
	}
	for _, row := range rows {
		if shared := row.Command == lifecycle.Recount || row.Command == lifecycle.Tick || row.Command == "declare-interest"; !shared && !passed[row.Command] {
			t.Errorf("nobody could %s anywhere", row.Command)
		}
	}
}

// TestWalk lets everybody do anything at any time: the table holds, one person acts in one step, nothing is on offer without its reviews, nothing costs more than
// its ceiling, public benefit costs nothing, and what is closed waits for nothing.
func TestWalk(t *testing.T) {
	var names []string
	for _, row := range product.Machine.Table().Rows {
		if row.Command != lifecycle.Recount && row.Command != lifecycle.Tick {
			names = append(names, row.Command)
		}
	}
	names = append(names, "decide", "decide", "claim", "claim", "set-ceiling", "set-charge", "list", "list")
	who := append(slices.Sorted(maps.Keys(people)), "operator", "operator", "officer")
	rapid.Check(t, func(t *rapid.T) {
		r := submitted(t, rapid.SampledFrom([]product.Content{content(), public(), model()}).Draw(t, "content"))
		for range 60 {
			if rapid.IntRange(0, 6).Draw(t, "time") == 0 {
				if _, ok := r.p.WakeAt(); ok {
					r.tick(t)
				}
				continue
			}
			name, person := rapid.SampledFrom(names).Draw(t, "command"), rapid.SampledFrom(who).Draw(t, "who")
			in := r.input(name, person)
			if name == "set-ceiling" || name == "set-charge" {
				in = product.ChargeInput{Tariff: drawTariff(t), Reason: "理由"}
			}
			_ = r.try(t, command(person, name, in))
			r.sound(t)
		}
	})
}

func drawTariff(t *rapid.T) []product.StepInput {
	out, upTo := []product.StepInput{}, int64(0)
	yuan := rapid.SampledFrom([]string{"0", "0.05", "1", "1.5", "2", "3"})
	for range rapid.IntRange(0, 2).Draw(t, "steps") {
		upTo += rapid.Int64Range(1, 100).Draw(t, "length")
		out = append(out, product.StepInput{UpTo: upTo, Price: yuan.Draw(t, "price")})
	}
	return append(out, product.StepInput{Price: yuan.Draw(t, "price")})
}

func (r *run) sound(t fataler) {
	t.Helper()
	steps := map[string]string{}
	for _, a := range r.p.Acts {
		if other, ok := steps[a.Person]; ok && other != a.Step {
			t.Fatalf("%s acted in %s and %s", a.Person, other, a.Step)
		}
		steps[a.Person] = a.Step
		if a.Person == "operator" || a.Person == "both" {
			t.Fatalf("%s is of the operator and acted in %s", a.Person, a.Step)
		}
	}
	info := product.Machine.State(r.p.State)
	if _, waits := r.p.WakeAt(); info.Final && waits || info.Final && slices.ContainsFunc(r.p.Tasks, lifecycle.Task.Active) {
		t.Fatalf("closed in %q and waiting", r.p.State)
	}
	if info.Final != (r.p.Outcome != "") || info.Final && r.p.Listed {
		t.Fatalf("in %q, outcome %q, listed %v", r.p.State, r.p.Outcome, r.p.Listed)
	}
	c, highest := r.p.Charge(), r.p.Ceiling()
	switch {
	case r.p.Listed && c == nil:
		t.Fatalf("on offer without a price")
	case c != nil && r.p.Drafted.Class == agreement.PublicBenefit && !c.Tariff.Free():
		t.Fatalf("public benefit is charged")
	case c != nil && r.p.Drafted.Class == agreement.Industry:
		for _, n := range []int64{0, 1, 7, 50, 99, 100, 101, 1000, 100000} {
			if must(c.Tariff.Charge(n)) > must(highest.Tariff.Charge(n)) {
				t.Fatalf("%d units cost more than the ceiling", n)
			}
		}
	}
	if r.p.Listed && len(r.p.Versions) == 0 || r.p.Listed && r.p.Offer().Hash != r.p.Offer().Content.Hash() {
		t.Fatalf("on offer, and not what was reviewed")
	}
	if r.p.State == product.Listed && r.p.Drafted.Hash() != r.p.Offer().Hash {
		t.Fatalf("what is on offer is not what the page shows")
	}
}
