package exit_test

import (
	"strings"
	"testing"

	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"

	"github.com/google/go-cmp/cmp"
)

func TestOpenRefused(t *testing.T) {
	tests := []struct {
		name, ground string
		change       func(*run)
		code         refusal.Code
	}{
		{"no such case", "breach", func(r *run) { delete(r.env.Facts.Cases, authorization) }, refusal.ExitNotRequested},
		{"another kind of case", "breach", func(r *run) { r.env.Facts.Cases[authorization] = &exit.Exit{} }, refusal.ExitNotRequested},
		{"nothing requested", "breach", func(r *run) { r.granted.request = nil }, refusal.ExitNotRequested},
		{"another exit requested", "breach", func(r *run) { r.granted.request.Exit = "exit-2" }, refusal.ExitNotRequested},
		{"other rules", "breach", func(r *run) { r.granted.Policy.Hash = "sha256:other" }, refusal.PolicyUnknown},
		{"unknown ground", "breach", func(r *run) { r.granted.request.Ground = "whim" }, refusal.InvalidInput},
		{"started in another way", "breach", func(r *run) { r.granted.request.Trigger = policy.ByOperator }, refusal.ExitTrigger},
		{"without evidence", "breach", func(r *run) { r.granted.request.Evidence = nil }, refusal.InvalidInput},
		{"nobody agreed", "consent", func(r *run) { r.granted.request.AgreedBy = nil }, refusal.ExitNotAgreed},
		{"agreed with itself", "consent", func(r *run) { r.granted.request.AgreedBy.Organization = operator }, refusal.ExitNotAgreed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := newRun(profile(), test.ground)
			test.change(r)
			r.refuse(t, "system", "open", exit.OpenInput{Authorization: authorization}, test.code)
		})
	}
}

func TestOpenTakesOver(t *testing.T) {
	r := newRun(profile(), "breach")
	r.do(t, "system", "open", exit.OpenInput{Authorization: authorization})
	got := []any{r.c.Applicant, r.c.Agency, r.c.Policy.Hash, r.c.Title, r.c.Authorization, r.c.Ground.Code, len(r.c.Steps)}
	want := []any{operator, agency, "sha256:test", "某市交通数据授权运营(退出)", authorization, "breach", 5}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var marked []string
	for _, s := range r.c.Steps {
		if s.Irreversible {
			marked = append(marked, s.Code)
		}
	}
	if diff := cmp.Diff([]string{"return-or-delete-data"}, marked); diff != "" {
		t.Errorf("irreversible steps, -want +got:\n%s", diff)
	}
}

// fieldsOf lists the fields at fault as "path code".
func fieldsOf(r *refusal.Refusal) []string {
	var out []string
	for _, f := range r.Fields {
		out = append(out, f.Path+" "+f.Code)
	}
	return out
}

func TestInputs(t *testing.T) {
	long := strings.Repeat("长", 4001)
	hearing := lived(t, profile(), "breach")
	deciding := lived(t, profile(), "breach", defend(t), waive(t))
	decided := lived(t, profile(), "breach", defend(t), waive(t), decide(t, exit.Terminate, 2))
	deleting := lived(t, profile(), "expired")
	settling := lived(t, profile(), "expired", finish(t))
	for _, r := range []*run{deleting, settling} {
		task := r.openTask(t)
		who := map[identity.Kind]string{identity.Operator: "applicant", identity.Agency: "finance"}[task.Kind]
		r.do(t, who, "claim", lifecycle.TaskInput{Task: task.ID})
	}
	deletion, settlement := finishing(deleting.openTask(t), operatorFile), finishing(settling.openTask(t), agencyFile)
	type (
		points = exit.DefenceInput
		served = exit.ServiceInput
		ended  = exit.FinishInput
	)
	one := []string{"x"}
	unanswered := decision(exit.Terminate, 2)
	unanswered.Answers[1].Text = ""
	numbered, unbalanced, unbooked, wrong, crowded := deletion, deletion, settlement, settlement, settlement
	numbered.Certificate = strings.Repeat("9", 101)
	unbalanced.Accounts = balanced[:1]
	unbooked.Accounts = nil
	wrong.Accounts = []exit.Line{{Fen: -1}, {Side: exit.Paid, Party: identity.Public, Item: "x", Fen: 1e15 + 1}}
	crowded.Accounts = make([]exit.Line, 201)
	opened := at("breach", func(r *run) { r.do(t, "system", "open", exit.OpenInput{Authorization: authorization}) })
	tests := []struct {
		name    string
		r       *run
		who     string
		command string
		input   any
		fields  []string
	}{
		{"no points", hearing, "applicant", "state-defence", points{}, []string{"points required"}},
		{"empty and long points", hearing, "applicant", "state-defence", points{Points: []string{" ", long}}, []string{"points[0] required", "points[1] too-long"}},
		{"too many points", hearing, "applicant", "state-defence", points{Points: make([]string, 51)}, []string{"points too-many"}},
		{"another's file", hearing, "applicant", "state-defence", points{Points: one, Attachments: []string{agencyFile}}, []string{"attachments[0] unknown-reference"}},
		{"a file twice", hearing, "applicant", "state-defence", points{Points: one, Attachments: []string{operatorFile, operatorFile}}, []string{"attachments[1] repeated"}},
		{"too many files", hearing, "applicant", "state-defence", points{Points: one, Attachments: make([]string, 4)}, []string{"attachments too-many"}},
		{"stop without reason", hearing, "administrator", "stop", exit.ReasonInput{}, []string{"reason required"}},
		{"no outcome", deciding, "decider", "decide", decision("", 2), []string{"outcome not-a-choice"}},
		{"no reasons", deciding, "decider", "decide", exit.DecisionInput{Outcome: exit.Continue, Answers: decision("", 2).Answers}, []string{"reasons required"}},
		{"points not answered", deciding, "decider", "decide", decision(exit.Terminate, 1), []string{"answers[1].text required"}},
		{"empty answer", deciding, "decider", "decide", unanswered, []string{"answers[1].text required"}},
		{"answers to nothing", deciding, "decider", "decide", decision(exit.Terminate, 3), []string{"answers too-many"}},
		{"no service", decided, "officer", "serve-decision", served{}, []string{"date not-a-date", "how required", "proof unknown-reference"}},
		{"served before the decision", decided, "officer", "serve-decision", served{Date: "2026-03-01", How: "x", Proof: agencyFile}, []string{"date exit-service-date"}},
		{"served tomorrow", decided, "officer", "serve-decision", served{Date: "2026-03-03", How: "x", Proof: agencyFile}, []string{"date exit-service-date"}},
		{"operator's proof of service", decided, "officer", "serve-decision", served{Date: "2026-03-02", How: "x", Proof: operatorFile}, []string{"proof unknown-reference"}},
		{"no proof of deletion", deleting, "applicant", "finish-step", ended{TaskInput: deletion.TaskInput}, []string{"proof required"}},
		{"long certificate number", deleting, "applicant", "finish-step", numbered, []string{"certificate too-long"}},
		{"unbalanced accounts on any step", deleting, "applicant", "finish-step", unbalanced, []string{"accounts exit-unbalanced"}},
		{"no accounts", settling, "finance", "finish-step", unbooked, []string{"accounts required"}},
		{"unbalanced", settling, "finance", "finish-step", ended{TaskInput: settlement.TaskInput, Accounts: balanced[:2]}, []string{"accounts exit-unbalanced"}},
		{"wrong lines", settling, "finance", "finish-step", wrong, []string{
			"accounts[0].side not-a-choice", "accounts[0].party not-a-choice", "accounts[0].item required",
			"accounts[0].fen not-negative", "accounts[1].fen exit-amount-too-large",
		}},
		{"too many lines", settling, "finance", "finish-step", crowded, []string{"accounts too-many"}},
		{"no result", opened, "system", "note-notice", exit.ResultInput{}, []string{"result required"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			refused := test.r.refuse(t, test.who, test.command, test.input, refusal.InvalidInput)
			if diff := cmp.Diff(test.fields, fieldsOf(refused)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDefenceIsBounded(t *testing.T) {
	r := lived(t, profile(), "breach")
	points := make([]string, 50)
	for i := range points {
		points[i] = "a point"
	}
	for range 4 {
		r.do(t, "signatory", "state-defence", exit.DefenceInput{Points: points})
	}
	r.refuse(t, "signatory", "state-defence", exit.DefenceInput{Points: points[:1]}, refusal.InvalidInput)
}

// TestPeriodOfDefence: it is reminded of, ends by itself, and nobody is escalated to, since nothing was missed.
func TestPeriodOfDefence(t *testing.T) {
	r := lived(t, profile(), "public-interest")
	r.tick(t)
	reminder := r.effects[len(r.effects)-1].Notice
	if reminder.Subject != "deadline-reminder" || reminder.To.Organization != operator || r.c.State != exit.Hearing {
		t.Fatalf("reminder %+v in %q", reminder, r.c.State)
	}
	r.tick(t)
	if got := r.c.Deadline("decision"); r.c.State != exit.Deciding || r.c.Defence.ClosedAt == nil || r.c.Defence.Waived || got == nil || !got.Running() {
		t.Fatalf("%q, defence %+v, decision %+v", r.c.State, r.c.Defence, got)
	}
	for _, s := range r.subjects() {
		if s == "deadline-passed" {
			t.Fatalf("the end of the period was escalated")
		}
	}
	r.tick(t)
	r.tick(t)
	last := r.effects[len(r.effects)-1].Notice
	if last.Subject != "deadline-passed" || last.To.Role != identity.Administrator || r.c.State != exit.Deciding {
		t.Fatalf("a late decision: %+v in %q", last, r.c.State)
	}
	r.do(t, "decider", "decide", decision(exit.Terminate, 0))
}

func TestOrderOfSteps(t *testing.T) {
	r := at("expired", func(r *run) { r.do(t, "system", "open", exit.OpenInput{Authorization: authorization}) },
		func(r *run) { r.do(t, "system", "note-notice", exit.ResultInput{Result: "done"}) })
	r.refuse(t, "system", "open-step", exit.StepInput{Step: "return-or-delete-data"}, refusal.ExitStepOrder)
	r.refuse(t, "system", "note-step", exit.StepResultInput{Step: "public-notice", Result: "done"}, refusal.ExitStepOrder)
	r.refuse(t, "system", "note-step", exit.StepResultInput{Step: "no-such-step", Result: "done"}, refusal.ExitStepOrder)
	r.do(t, "system", "note-step", exit.StepResultInput{Step: "close-access", Result: "done"})
	r.refuse(t, "system", "note-step", exit.StepResultInput{Step: "close-access", Result: "done"}, refusal.ExitStepOrder)
	r.refuse(t, "system", "note-step", exit.StepResultInput{Step: "return-or-delete-data", Result: "done"}, refusal.ExitStepDoer)
	r.do(t, "system", "open-step", exit.StepInput{Step: "return-or-delete-data"})
	r.refuse(t, "system", "open-step", exit.StepInput{Step: "return-or-delete-data"}, refusal.ExitNoted)
	r.refuse(t, "system", "close", nil, refusal.ExitStepsLeft)
}

// TestUndoing: measures are undone newest first, each once, and one that was taken just before the stop is caught up with.
func TestUndoing(t *testing.T) {
	r := at("breach", func(r *run) { r.do(t, "system", "open", exit.OpenInput{Authorization: authorization}) }, stop(t))
	r.do(t, "system", "note-interim", exit.ResultInput{Result: "suspended meanwhile"})
	r.refuse(t, "system", "note-interim", exit.ResultInput{Result: "again"}, refusal.ExitNoted)
	r.refuse(t, "system", "note-notice", exit.ResultInput{Result: "too late"}, refusal.NotInState)
	r.refuse(t, "system", "conclude-stop", nil, refusal.ExitNotUndone)
	r.advance(t)
	checkEnd(t, r, exit.OutcomeStopped)

	r = at("breach", func(r *run) { r.advance(t) }, stop(t))
	r.refuse(t, "system", "note-undone", exit.UndoneInput{Measure: exit.Interim, Result: "x"}, refusal.ExitUndoOrder)
	r.do(t, "system", "note-undone", exit.UndoneInput{Measure: exit.Notice, Result: "x"})
	r.refuse(t, "system", "note-undone", exit.UndoneInput{Measure: exit.Notice, Result: "x"}, refusal.ExitUndoOrder)
	r.do(t, "system", "note-undone", exit.UndoneInput{Measure: exit.Interim, Result: "x"})
	r.refuse(t, "system", "note-undone", exit.UndoneInput{Measure: exit.Interim, Result: "x"}, refusal.ExitUndoOrder)
	r.advance(t)
	checkEnd(t, r, exit.OutcomeStopped)

	r = at("waiver", func(r *run) { r.do(t, "system", "open", exit.OpenInput{Authorization: authorization}) })
	r.refuse(t, "system", "note-interim", exit.ResultInput{Result: "x"}, refusal.ExitNoInterim)
}

// TestSeparation: whoever asked for the exit or agreed to it, works for the operator or declared an interest, does not decide.
func TestSeparation(t *testing.T) {
	for ground, codes := range map[string]map[string]refusal.Code{
		"breach":  {"requester": refusal.ExitOwnRequest, "turncoat": refusal.OwnOrganization, "interested": refusal.InterestDeclared, "administrator": refusal.NotEntitled},
		"consent": {"requester": refusal.ExitOwnRequest},
	} {
		r := lived(t, profile(), ground)
		if r.c.State == exit.Hearing {
			waive(t)(r)
		}
		for who, code := range codes {
			r.refuse(t, who, "decide", decision(exit.Terminate, 0), code)
		}
		decide(t, exit.Terminate, 0)(r)
		if diff := cmp.Diff([]lifecycle.Act{{Step: "exit-decision", Person: "decider"}}, r.c.Acts); diff != "" {
			t.Errorf("acts, -want +got:\n%s", diff)
		}
	}
}
