package authorization_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// crowd is everybody who may turn up on a walk: two for each part, some of whom hold several, some on both sides.
func crowd() ([]identity.Actor, map[string]identity.Actor) {
	all := append(cast(),
		holds("applicant-2", operator, identity.Applicant, identity.OperatorSignatory), holds("stranger", otherOperator, identity.Applicant),
		holds("officer-2", agency, identity.CaseOfficer, identity.BusinessReviewer, identity.FinanceReviewer),
		holds("everything", agency, identity.CaseOfficer, identity.SecurityReviewer, identity.FinanceReviewer, identity.AgencySignatory, identity.Administrator),
		holds("government-all", government, identity.LegalReviewer, identity.FairCompetition, identity.Member),
		also(holds("turncoat", operator, identity.Applicant), holds("supplier", supplier, identity.SupplyReviewer)),
		also(holds("spy", operator, identity.Applicant), holds("office", agency, identity.CaseOfficer)),
		holds("reader", public, identity.Reader),
	)
	people := map[string]identity.Actor{}
	for _, a := range all {
		people[a.Person] = a
	}
	return all, people
}

// admission are the codes of who, when and separation of duty, and those that guards alone refuse with.
var admission = []string{
	refusal.NotEntitled.Name, refusal.NotInState.Name, refusal.CaseClosed.Name, refusal.OwnOrganization.Name, refusal.ActedBefore.Name,
	refusal.InterestDeclared.Name, refusal.TaskClaimed.Name, refusal.TaskNotClaimed.Name, refusal.TaskOver.Name, refusal.HoldsAnother.Name,
	refusal.NotFoundHere.Name, refusal.ReturnedBefore.Name, refusal.NothingToAnswer.Name, refusal.OtherSideAgrees.Name, refusal.SignedAlready.Name,
	refusal.RenewalWindowClosed.Name, refusal.RenewalRequested.Name, refusal.ExitProposedAlready.Name,
	refusal.SupervisionNotRuled.Name, refusal.NoInspection.Name, refusal.NothingToConclude.Name, refusal.NoYearOver.Name, refusal.OwnEvaluation.Name, refusal.ViewPending.Name,
}

// A walk over the table by anybody, with inputs right and wrong, and time going by. Whatever happens: deciding changes nothing, what is
// folded is what is kept, every row leads where it says (all of that in try), the separation of duty holds, the public learns no more than it
// may, prices stay below their ceilings, the term ends by the cap, and the clock never stands at a time that has been.
func TestWalk(t *testing.T) {
	all, people := crowd()
	starts := places()
	rapid.Check(t, func(rt *rapid.T) {
		r := newRun(national).draft(rt)
		if rapid.Bool().Draw(rt, "later") {
			r = rapid.SampledFrom(starts).Draw(rt, "place").copy(rt)
		}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			r.now = r.now.Add(time.Duration(rapid.IntRange(0, 400).Draw(rt, "hours")) * time.Hour)
			actor := rapid.SampledFrom(all).Draw(rt, "actor")
			r.step(rt, actor)
			checkSeparation(rt, r, people)
			checkPrices(rt, r.a)
			checkDisclosure(rt, r)
			if rapid.IntRange(0, 2).Draw(rt, "the system is late") < 2 {
				r.checkClocks(rt)
			}
		}
		r.checkClocks(rt)
	})
}

// step gives a command: mostly one that is allowed.
func (r *run) step(t *rapid.T, actor identity.Actor) {
	allowed := authorization.Machine.Allowed(r.a, actor, r.env(lifecycle.Needs{}))
	var command, task string
	if len(allowed) > 0 && rapid.IntRange(0, 4).Draw(t, "follow") > 0 {
		choice := rapid.SampledFrom(allowed).Draw(t, "allowed")
		command, task = choice.Command, choice.Task
	} else {
		command = rapid.SampledFrom(commands()).Draw(t, "command")
		task = rapid.SampledFrom(tasksFor(rows[command], r.a.Tasks)).Draw(t, "task").ID
	}
	listed := slices.Contains(allowed, lifecycle.Allowed{Command: command, Task: task})
	before, input := encode(r.a), r.drawInput(t, command, task)
	no := r.try(t, actor, command, input)
	if no != nil && encode(r.a) != before {
		t.Fatalf("%s is refused and changes the case", command)
	}
	var named lifecycle.TaskInput
	if json.Unmarshal([]byte(encode(input)), &named) != nil || named.Task != task {
		return // rubbish, which means no task or another
	}
	// What is listed is refused for its input alone; what is not listed is refused whatever the input.
	if listed && no != nil && slices.Contains(admission, no.Code) {
		t.Fatalf("%s by %s in %q is listed and refused: %s", command, actor.Person, r.a.State, no.Code)
	}
	if !listed && no == nil && !actor.IsSystem() {
		t.Fatalf("%s by %s in %q is not listed and passes", command, actor.Person, r.a.State)
	}
}

func commands() []string {
	var out []string
	for _, row := range authorization.Machine.Table().Rows {
		out = append(out, row.Command)
	}
	return out
}

// drawInput is a right input, one of another command, or rubbish.
func (r *run) drawInput(t *rapid.T, command, task string) any {
	switch rapid.IntRange(0, 9).Draw(t, "input") {
	case 0:
		return json.RawMessage(rapid.SampledFrom([]string{`{}`, `null`, `[]`, `{"task":7}`, `{"task":"` + task + `","outcome":"approve"}`, `"x"`}).Draw(t, "rubbish"))
	case 1:
		return r.input(rapid.SampledFrom(commands()).Draw(t, "other"), task)
	}
	switch command {
	case "decide":
		return review.Input{
			Task: task, Opinion: "considered", Outcome: rapid.SampledFrom([]string{"approve", "approve", "approve", "return", "reject"}).Draw(t, "outcome"),
		}
	case "record-resolution":
		if r.a.Pending == nil {
			return r.input(command, task)
		}
		in := r.resolved(
			rapid.SampledFrom([]resolution.Proposal{resolution.ToAgree, resolution.ToAgree, resolution.ToAmend, resolution.ToDefer}).Draw(t, "proposal"),
			rapid.SampledFrom([]string{"ffff", "fffa", "aaaf", "ff-.", "f..."}).Draw(t, "votes"))
		voteOf(rapid.SampledFrom([]string{in.Members[0].Person, "government-all", "officer-2"}).Draw(t, "voter"))(r, &in)
		return in
	case "propose-agreement":
		in, ok := r.input(command, task).(agreement.Agreement)
		if ok && len(in.Resources) > 0 {
			in.Term.From = calendar.DateOf(r.now).AddDays(rapid.IntRange(0, 60).Draw(t, "from"))
			in.Term.To = in.Term.From.AddDays(rapid.IntRange(30, 1800).Draw(t, "days"))
		}
		return in
	case "record-exit-outcome":
		return rapid.SampledFrom(r.inputs(command, task)).Draw(t, "outcome")
	default:
		return r.input(command, task)
	}
}

// checkClocks: a tick leaves nothing due, and no term outlives five years from its first day.
func (r *run) checkClocks(t fataler) {
	t.Helper()
	for range 10 {
		at, ok := r.a.WakeAt()
		if !ok || at.After(r.now) || authorization.Machine.State(r.a.State).Final {
			break
		}
		version := r.a.Version
		r.do(t, system, lifecycle.Tick, nil)
		if r.a.Version == version {
			t.Fatalf("something is due at %s, and a tick at %s does nothing", at, r.now)
		}
	}
	if at, ok := r.a.WakeAt(); ok && !at.After(r.now) {
		t.Fatalf("after ten ticks something is still due: %s", encode(r.a.Deadlines))
	}
	if d := r.a.Deadline("expiry"); d != nil && d.Running() {
		from := r.a.Versions[len(r.a.Versions)-1].Content.Term.From
		if d.Due.On.After(from.AddMonths(60).AddDays(-1)) {
			t.Fatalf("the term from %s ends on %s", from, d.Due.On)
		}
	}
}
