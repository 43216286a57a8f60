package registration_test

import (
	"slices"
	"strings"
	"testing"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
)

// last is the newest effect of a subject.
func (r *run) last(t fataler, subject string) lifecycle.Effect {
	t.Helper()
	for _, e := range slices.Backward(r.effects) {
		if e.Notice != nil && e.Notice.Subject == subject {
			return e
		}
	}
	t.Fatalf("nobody was told %q", subject)
	return lifecycle.Effect{}
}

// TestAgentDrafts: an agent drafts and hands in for the registrant, whose the case is; the record says for whom it acted, and both are told.
func TestAgentDrafts(t *testing.T) {
	r := newRun("2026-04-29")
	for name, c := range map[string]struct {
		change func(*registration.DraftInput)
		want   string
	}{
		"for nobody known":  {func(in *registration.DraftInput) { in.For = "none" }, "for unknown-reference"},
		"for itself":        {func(in *registration.DraftInput) { in.For = "agent-co" }, "for unknown-reference"},
		"for a registry":    {func(in *registration.DraftInput) { in.For = registry }, "for unknown-reference"},
		"as another":        {func(in *registration.DraftInput) { in.Agent.Organization = operator }, "agent.organization mandate-of-another"},
		"without a mandate": {func(in *registration.DraftInput) { in.Agent.Mandate = nil }, "agent.mandate required"},
		"for nothing":       {func(in *registration.DraftInput) { in.Agent.Powers = nil }, "agent.powers required"},
		"for the end alone": {func(in *registration.DraftInput) { in.Agent.Powers = []registration.Power{registration.PowerEnding} }, "agent.powers mandate-exceeded"},
		"for more than all": {func(in *registration.DraftInput) { in.Agent.Powers = append(in.Agent.Powers, "x") }, "agent.powers[1] not-a-choice"},
	} {
		in := registration.DraftInput{Application: entrusted(registration.PowerApplication), For: agency}
		c.change(&in)
		refused := r.try(t, command("agent", "draft", in))
		if refused == nil || !slices.ContainsFunc(refused.Fields, func(f refusal.Field) bool { return f.Path+" "+f.Code == c.want }) {
			t.Errorf("%s: %v", name, refused)
		}
	}
	content := entrusted(registration.PowerApplication)
	content.Materials.Scenario.Attachments = []string{"file-agent"} // beside the registrant's own
	r.do(t, "agent", "draft", registration.DraftInput{Application: content, For: agency})
	if r.r.Applicant != agency || r.r.Agent != "agent-co" {
		t.Fatalf("the case is %q's, led by %q", r.r.Applicant, r.r.Agent)
	}
	if to := r.last(t, "registration-agent-drafted").Notice.To; to.Organization != agency {
		t.Errorf("told to %+v", to)
	}
	wider := content
	wider.Agent.Powers = registration.Powers()
	r.refuse(t, "agent", "edit", wider, refusal.InvalidInput)
	r.do(t, "agent", "submit", registration.Nothing{})
	p := r.r.Current()
	if p.By != (identity.By{Person: "agent", Organization: "agent-co", Role: identity.Registrant}) || p.For != agency {
		t.Errorf("applied by %+v for %q", p.By, p.For)
	}
	r.refuse(t, "agent", "withdraw", registration.ReasonInput{Reason: "x"}, refusal.MandateExceeded)
	r.accepted(t)
	if to := r.last(t, "registration-accepted").Notice.To; to.Organization != agency || to.Also != "agent-co" {
		t.Errorf("told to %+v", to)
	}
	r.reviewed(t)
	r.refuse(t, "agent", "object", objection("file-agent"), refusal.OwnOrganization)
	r.noticeOver(t)
	r.coded(t)
	for _, e := range r.effects {
		if e.Publication != nil && e.Publication.Subject == registration.EntrySubject && !strings.Contains(string(e.Publication.Content), `"registrant":"`+agency+`"`) {
			t.Errorf("registered for somebody else: %s", e.Publication.Content)
		}
	}
}

// TestMandateWithdrawn: from then on the agent does nothing and hears nothing, and what it brought stays in the case.
func TestMandateWithdrawn(t *testing.T) {
	r := newRun("2026-04-29")
	content := entrusted(registration.Powers()...)
	content.Materials.Scenario.Attachments = []string{"file-agent"}
	r.do(t, "registrant", "draft", registration.DraftInput{Application: content})
	r.do(t, "agent", "submit", registration.Nothing{})
	r.on(t, "registrar", "return", func(task lifecycle.TaskInput) any {
		return registration.ReturnInput{TaskInput: task, Missing: []registration.Missing{{Text: "缺"}}}
	})
	if r.r.Deadline("completion").Reminds.Also != "agent-co" {
		t.Error("the agent would not be reminded")
	}
	r.refuse(t, "agent", "withdraw-mandate", registration.Nothing{}, refusal.NotEntitled)
	r.do(t, "registrant", "withdraw-mandate", registration.Nothing{})
	if to := r.last(t, "registration-mandate-withdrawn").Notice.To; to.Organization != "agent-co" {
		t.Errorf("told to %+v", to)
	}
	for _, name := range []string{"edit", "resubmit", "withdraw"} {
		r.refuse(t, "agent", name, r.input(name, "agent"), refusal.NotEntitled)
	}
	for _, d := range r.r.Deadlines {
		if d.Reminds.Also != "" {
			t.Errorf("%s reminds %q", d.Name, d.Reminds.Also)
		}
	}
	r.refuse(t, "registrant", "withdraw-mandate", registration.Nothing{}, refusal.NoMandate)
	r.do(t, "registrant", "resubmit", registration.ResubmitInput{})
	r.accepted(t)
	r.reviewed(t)
	r.noticeOver(t)
	r.coded(t)
	if r.r.Agent != "" || r.r.Entry.Agent.Organization != "" {
		t.Errorf("the mandate came back: %q %+v", r.r.Agent, r.r.Entry.Agent)
	}
	r.do(t, "registrant", "apply-change", func() registration.Application {
		a := *r.r.Entry
		a.Brief = "改过的简介"
		return a
	}())
	if r.r.Agent != "" {
		t.Errorf("a change brought the mandate back: %q", r.r.Agent)
	}
}

// TestJointRegistrantsConfirm: an application of several is handed in once each has confirmed it as it stands, and a change of theirs is not accepted before.
func TestJointRegistrantsConfirm(t *testing.T) {
	r := newRun("2026-04-29")
	r.env.Facts.Organizations["partner-co"] = lifecycle.Organization{ID: "partner-co", Kind: identity.DataSupplier, Name: "某市交通委（虚构）"}
	r.do(t, "registrant", "draft", registration.DraftInput{Application: shared()})
	if to := r.last(t, "registration-to-confirm").Notice.To; to.Organization != "partner-co" {
		t.Errorf("told to %+v", to)
	}
	if refused := r.refuse(t, "registrant", "submit", registration.Nothing{}, refusal.JointUnconfirmed); !strings.Contains(refused.Detail("zh"), "某市交通委（虚构）") {
		t.Errorf("who has not confirmed is not named: %v", refused.Detail("zh"))
	}
	r.refuse(t, "operator", "confirm", registration.Nothing{}, refusal.NotEntitled)
	r.do(t, "partner", "confirm", registration.Nothing{})
	r.refuse(t, "partner", "confirm", registration.Nothing{}, refusal.NothingToConfirm)
	again := shared()
	again.Brief = "改过的简介"
	r.do(t, "registrant", "edit", again)
	r.refuse(t, "registrant", "submit", registration.Nothing{}, refusal.JointUnconfirmed)
	r.do(t, "partner", "confirm", registration.Nothing{})
	r.do(t, "registrant", "submit", registration.Nothing{})
	r.accepted(t)
	r.reviewed(t)
	r.refuse(t, "partner", "object", objection("file-partner"), refusal.OwnOrganization)
	r.noticeOver(t)
	r.coded(t)

	again.Brief = "再改的简介"
	r.do(t, "registrant", "apply-change", again)
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "registrar", "claim", task)
	r.refuse(t, "registrar", "accept", task, refusal.JointUnconfirmed)
	r.do(t, "partner", "confirm", registration.Nothing{})
	r.do(t, "registrar", "accept", task)
	// A correction has no content of its own to be confirmed.
	r.on(t, "reviewer", "fail-review", reasoned)
	r.do(t, "registrant", "apply-correction", registration.CorrectionInput{Name: "另一名称", Statement: "有误"})
	r.accepted(t)
}

// TestMandateWithdrawnFromJoint: an application that its joint registrants confirmed names its agent, so that they are asked anew once it has none.
func TestMandateWithdrawnFromJoint(t *testing.T) {
	r := newRun("2026-04-29")
	r.env.Facts.Organizations["partner-co"] = lifecycle.Organization{ID: "partner-co", Kind: identity.DataSupplier, Name: "某市交通委（虚构）"}
	content := shared()
	content.Agent = entrusted(registration.Powers()...).Agent
	r.do(t, "registrant", "draft", registration.DraftInput{Application: content})
	r.do(t, "partner", "confirm", registration.Nothing{})
	r.do(t, "agent", "submit", registration.Nothing{})
	told := len(r.effects)
	r.do(t, "registrant", "withdraw-mandate", registration.Nothing{})
	r.effects = r.effects[told:]
	if to := r.last(t, "registration-to-confirm").Notice.To; to.Organization != "partner-co" {
		t.Errorf("told to %+v", to)
	}
	task := lifecycle.TaskInput{Task: r.task(t)}
	r.do(t, "registrar", "claim", task)
	r.refuse(t, "registrar", "accept", task, refusal.JointUnconfirmed)
	r.do(t, "partner", "confirm", registration.Nothing{})
	r.do(t, "registrar", "accept", task)
}

// TestNobodyOfTheRegistryIsAgent: who also works for the registry neither acts for an agent nor decides where his own organisation is one.
func TestNobodyOfTheRegistryIsAgent(t *testing.T) {
	r := newRun("2026-04-29")
	both := identity.Actor{Person: "both", Grants: append(slices.Clone(people["agent"].Grants), people["registrar"].Grants...)}
	r.do(t, "registrant", "draft", registration.DraftInput{Application: entrusted(registration.Powers()...)})
	for _, agent := range []string{registry, agency, "none"} {
		a := entrusted(registration.Powers()...)
		a.Agent.Organization = agent
		if refused := r.refuse(t, "registrant", "edit", a, refusal.InvalidInput); refused.Fields[0].Path != "agent.organization" {
			t.Errorf("%s: %v", agent, refused.Fields)
		}
	}
	give := func(name string, input any) *refusal.Refusal {
		cmd := command("agent", name, input)
		cmd.Actor = both
		return r.try(t, cmd)
	}
	if refused := give("submit", registration.Nothing{}); refused == nil || refused.Code != refusal.OwnOrganization.Name {
		t.Errorf("%v", refused)
	}
	r.do(t, "agent", "submit", registration.Nothing{})
	if refused := give("claim", lifecycle.TaskInput{Task: r.task(t)}); refused == nil || refused.Code != refusal.OwnOrganization.Name {
		t.Errorf("%v", refused)
	}
}
