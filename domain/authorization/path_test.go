package authorization_test

import (
	"fmt"
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// application is one that lacks nothing.
func application() authorization.Application {
	return authorization.Application{
		Title: "某市交通数据授权运营", Agency: agency, Plan: planID, Purpose: "better journeys", Mode: "scenario", Resources: []string{"resource-1", "resource-2"},
		Products: []authorization.Intended{
			{Name: "flow", Class: agreement.Industry, Form: "API"}, {Name: "alerts", Class: agreement.PublicBenefit, Form: "data set"},
		},
		TermMonths:   60,
		Capabilities: authorization.Capabilities{Management: "ISO 9001", Technology: "own platform", Security: "MLPS 3"},
		Attachments:  []string{operatorFile},
	}
}

func (r *run) draft(t fataler, change ...func(*authorization.Application)) *run {
	t.Helper()
	in := authorization.DraftInput{Application: application()}
	for _, c := range change {
		c(&in.Application)
	}
	r.do(t, applicant, "draft", in)
	return r
}

func (r *run) submit(t fataler) *run {
	t.Helper()
	r.do(t, applicant, "submit", nil)
	return r
}

func (r *run) accept(t fataler) *run {
	t.Helper()
	r.do(t, officer, "accept", nil)
	return r
}

// active lists the tasks that wait for somebody.
func (r *run) active() []lifecycle.Task {
	var out []lifecycle.Task
	for _, task := range r.a.Tasks {
		if task.Active() {
			out = append(out, task)
		}
	}
	return out
}

func (r *run) task(t fataler, name string) lifecycle.Task {
	t.Helper()
	tasks := r.active()
	i := slices.IndexFunc(tasks, func(task lifecycle.Task) bool { return task.Name == name })
	if i < 0 {
		t.Fatalf("no task %q is open in %q", name, r.a.State)
	}
	return tasks[i]
}

func (r *run) claim(t fataler, name string) string {
	t.Helper()
	id := r.task(t, name).ID
	r.do(t, reviewers[name], "claim", lifecycle.TaskInput{Task: id})
	return id
}

// review has one review done.
func (r *run) review(t fataler, name, outcome string, conditions ...string) {
	t.Helper()
	in := review.Input{Task: r.claim(t, name), Outcome: outcome, Opinion: "considered", Conditions: conditions}
	r.do(t, reviewers[name], "decide", in)
}

// reviewed has every open review approved, stage after stage.
func (r *run) reviewed(t fataler) *run {
	t.Helper()
	for len(r.active()) > 0 {
		r.review(t, r.active()[0].Name, review.Approve)
	}
	return r
}

// members are the people who decide in a body: the chair last.
func members(body string) []string {
	return []string{body + "-member-1", body + "-member-2", body + "-member-3", body + "-chair"}
}

// resolved is the resolution that a meeting of the right body comes to when its members vote as given: f, a or - each, the chair last.
func (r *run) resolved(proposal resolution.Proposal, votes string) resolution.Resolution {
	r.votes++
	p := r.a.Pending
	body := government
	if p.Decision == resolution.Agreement {
		body = agency
	}
	rules, _ := resolution.Rules(r.policy, p.Decision)
	out := resolution.Resolution{
		Meeting: fmt.Sprintf("meeting-%d", r.votes), Item: 1, Body: body, BodyKind: kindOf[body], Decision: p.Decision,
		Case: caseID, ContentHash: p.ContentHash, Proposal: proposal, DecidedOn: r.now,
	}
	out.ID = resolution.ID(out.Meeting, out.Item)
	for i, person := range members(body) {
		role := identity.Member
		if i == 3 {
			role = identity.Chair
		}
		out.Members = append(out.Members, lifecycle.Seat{Person: person, Role: role})
		if votes[i] == '.' {
			continue // not there
		}
		choice := map[byte]resolution.Choice{'f': resolution.For, 'a': resolution.Against, '-': resolution.Abstain}[votes[i]]
		out.Present = append(out.Present, person)
		out.Votes = append(out.Votes, resolution.Vote{Person: person, Role: role, Vote: choice, Words: "words"})
	}
	out.Outcome, out.Count = resolution.Tally(rules, proposal, out.Roll)
	if out.Outcome == resolution.Amended {
		out.Directions = "narrow the scope"
	}
	if out.Outcome == resolution.Deferred || out.Outcome == resolution.Refused {
		out.Reason = "not convinced"
	}
	return out
}

// resolve records what the body that is waited for decides.
func (r *run) resolve(t fataler, proposal resolution.Proposal, votes string) *run {
	t.Helper()
	r.do(t, system, "record-resolution", r.resolved(proposal, votes))
	return r
}

func (r *run) agreed(t fataler) *run {
	t.Helper()
	return r.resolve(t, resolution.ToAgree, "ffff")
}

// agreement is one that lacks nothing, from the first of the month after next for the term that was decided.
func (r *run) agreement() agreement.Agreement {
	app := r.a.Submissions[len(r.a.Submissions)-1].Content
	from := calendar.NewDate(r.today().Year(), r.now.Month()+2, 1)
	out := agreement.Agreement{
		Resources: app.Resources, Term: agreement.Term{From: from, To: from.AddMonths(app.TermMonths).AddDays(-1), Exception: app.TermReason},
		Platform: "the city's platform", Assets: "to whoever paid", Disclosure: agreement.Openness{Requirements: "yearly", NoRedevelopment: true},
		Accounting: agreement.Sharing{Rules: "separate", Shares: []agreement.Share{{Party: "agency", BasisPoints: 3000}, {Party: "operator", BasisPoints: 7000}}},
		Security:   "monitoring", Evaluation: "yearly", Breach: "damages", Disputes: agreement.Disputes{Ways: []agreement.Way{agreement.Litigation}, Text: "in court"},
		Change: "in writing", Other: "无",
	}
	for _, p := range app.Products {
		out.Products = append(out.Products, agreement.Product{
			Name: p.Name, Class: p.Class, Form: p.Form, Standard: "GB/T", Security: "before listing", Compliance: "before listing",
		})
	}
	for _, task := range r.a.Tasks {
		out.Conditions = append(out.Conditions, task.Conditions...)
	}
	return out
}

func (r *run) propose(t fataler, who identity.Actor, change ...func(*agreement.Agreement)) *run {
	t.Helper()
	in := r.agreement()
	for _, c := range change {
		c(&in)
	}
	r.do(t, who, "propose-agreement", in)
	return r
}

// newest names the newest version of the agreement.
func (r *run) newest() authorization.HashInput {
	if len(r.a.Versions) == 0 {
		return authorization.HashInput{}
	}
	return authorization.HashInput{Hash: r.a.Versions[len(r.a.Versions)-1].Hash}
}

func (r *run) agreeText(t fataler) *run {
	t.Helper()
	r.do(t, applicant, "agree-text", r.newest())
	return r
}

func (r *run) sign(t fataler) *run {
	t.Helper()
	r.do(t, agencySigns, "sign", r.newest())
	r.do(t, signatory, "sign", r.newest())
	return r
}

func (r *run) filing() authorization.FilingInput {
	return authorization.FilingInput{On: r.today().String(), With: "provincial data department", Receipt: "2026-1", Evidence: []string{agencyFile}}
}

func (r *run) file(t fataler) *run {
	t.Helper()
	r.do(t, officer, "file", r.filing())
	return r
}

// started lets the agreed first day come.
func (r *run) started(t fataler) *run {
	t.Helper()
	for r.a.State == authorization.Filed {
		r.tick(t)
	}
	r.want(t, authorization.Operating)
	return r
}

func (r *run) suspend(t fataler) *run {
	t.Helper()
	r.do(t, administrator, "suspend", suspension())
	return r
}

func suspension() authorization.SuspendInput {
	return authorization.SuspendInput{Ground: "security-risk", Authority: "order 7", Reason: "an incident", Evidence: []string{agencyFile}}
}

func (r *run) resume(t fataler) *run {
	t.Helper()
	r.do(t, administrator, "resume", authorization.ReasonInput{Reason: "remedied"})
	return r
}

func breach() authorization.ExitInput {
	return authorization.ExitInput{Ground: "beyond-scope", Statement: "the log shows it", Evidence: []string{agencyFile}}
}

func (r *run) openExit(t fataler) *run {
	t.Helper()
	r.do(t, administrator, "open-exit", breach())
	return r
}

func (r *run) result(outcome exit.Outcome) exit.Result {
	if r.a.ExitRequest() == nil {
		return exit.Result{Outcome: outcome}
	}
	return exit.Result{Exit: r.a.ExitRequest().Exit, Outcome: outcome, Ground: r.a.ExitRequest().Ground, At: r.now}
}

func (r *run) exitEnds(t fataler, outcome exit.Outcome) *run {
	t.Helper()
	r.do(t, system, "record-exit-outcome", r.result(outcome))
	return r
}

// The way to the places where the tests begin.

func submitted(t fataler) *run { t.Helper(); return newRun(national).draft(t).submit(t) }

func reviewing(t fataler) *run { t.Helper(); return submitted(t).accept(t) }

func awaiting(t fataler) *run { t.Helper(); return reviewing(t).reviewed(t) }

func drafting(t fataler) *run { t.Helper(); return awaiting(t).agreed(t) }

func pending(t fataler) *run { t.Helper(); return drafting(t).propose(t, officer).agreeText(t) }

func signing(t fataler) *run { t.Helper(); return pending(t).agreed(t) }

func filed(t fataler) *run { t.Helper(); return signing(t).sign(t).file(t) }

func operating(t fataler) *run { t.Helper(); return filed(t).started(t) }
