package authorization_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
	"datacharter/domain/review"
)

// place is where a case can stand. The guards name what is refused there to those whom the table names, by "command", "command/side" or "command@organization".
type place struct {
	name   string
	guards map[string]refusal.Code
	*run
}

// claimant is the person who has claimed a task in one of the places; he has no other part in the path there.
var claimant = holds("claimant", agency, identity.BusinessReviewer)

// places has every state, and each state in every form that a guard tells apart.
var places = sync.OnceValue(func() []place {
	t := panicker{}
	type guards = map[string]refusal.Code
	noRenewal := guards{"request-renewal": refusal.RenewalWindowClosed, "answer-renewal": refusal.NothingToAnswer}
	noProposal := guards{"consent-exit": refusal.NothingToAnswer, "decline-exit": refusal.NothingToAnswer}
	at := func(name string, r *run, all ...guards) place {
		p := place{name: name, run: r, guards: guards{
			"answer-question": refusal.NothingToAnswer, lifecycle.Recount: refusal.NothingToRecount, authorization.RecordProduct: refusal.ProductNotCase,
			"confirm-incident": refusal.NoIncident, "lift-incident": refusal.NoIncident,
			"record-inspection": refusal.NoInspection, "cancel-inspection": refusal.NoInspection, "view-evaluation": refusal.NothingToAnswer, "conclude-evaluation": refusal.NothingToConclude,
			"evaluate": refusal.NoYearOver, "hand-in-audit": refusal.NoYearOver,
		}}
		for _, g := range all {
			for k, v := range g {
				p.guards[k] = v
			}
		}
		return p
	}
	then := func(r *run, steps ...func(*run)) *run {
		for _, step := range steps {
			step(r)
		}
		return r
	}
	byCases := guards{
		"set-ceiling": refusal.ProductIsCase, "list-product": refusal.ProductIsCase, "change-price": refusal.ProductIsCase, "delist-product": refusal.ProductIsCase,
		authorization.RecordProduct: {},
	}
	incident := guards{"confirm-incident": {}, "lift-incident": {}, "resume": refusal.IncidentOpen}
	returned := then(submitted(t), sendBack)
	resubmitted := then(returned.copy(t), func(r *run) { r.do(t, applicant, "resubmit", nil) })
	claimed := then(reviewing(t),
		func(r *run) { r.do(t, claimant, "claim", lifecycle.TaskInput{Task: r.task(t, "business").ID}) },
		func(r *run) { r.review(t, "supplier", review.Approve) })
	draftingNow, signingNow, selling := drafting(t), signing(t), then(operating(t), sell)
	window := then(selling.copy(t), func(r *run) { r.pass(t, "2031-01-05") })
	requested := then(window.copy(t), func(r *run) { r.do(t, applicant, "request-renewal", renewal()) })
	paused := selling.copy(t).suspend(t)
	inspection := then(selling.copy(t), func(r *run) { r.do(t, officer, "plan-inspection", toInspect("2026-06-01")) })
	inspectedBy := guards{
		"record-inspection@" + agency: {}, "cancel-inspection@" + agency: {}, "record-inspection": refusal.NoInspection, "cancel-inspection": refusal.NoInspection,
	}
	later := guards{"evaluate": {}, "hand-in-audit": {}}
	scored := then(selling.copy(t), func(r *run) { r.pass(t, "2027-04-01"); r.do(t, officer, "evaluate", r.scores(80)) })
	viewed := then(scored.copy(t), func(r *run) { r.do(t, applicant, "view-evaluation", view()) })
	recounted := at("reviewing, another calendar in force", then(reviewing(t), anotherCalendar))
	delete(recounted.guards, lifecycle.Recount)
	var asked []place
	for _, r := range questioned(t) {
		asked = append(asked, at(string(r.a.State)+", a question open", r, guards{"answer-question": {}, "agree-text": refusal.NothingToAnswer}))
	}
	return append(append(asked, recounted), []place{
		at("draft", newRun(national).draft(t)),
		at("draft deleted", then(newRun(national).draft(t), func(r *run) { r.do(t, applicant, "delete-draft", nil) })),
		at("submitted", submitted(t)),
		at("returned", returned),
		at("resubmitted", resubmitted, guards{"return": refusal.ReturnedBefore}),
		at("reviewing", reviewing(t)),
		at("reviewing, a task claimed and one done", claimed),
		at("reviewing, all but the last", then(reviewing(t), allButTheLast)),
		at("review returned", then(reviewing(t), sentBack)),
		at("awaiting decision", awaiting(t)),
		at("amending", awaiting(t).resolve(t, resolution.ToAmend, "ffff")),
		at("drafting", draftingNow, guards{"agree-text": refusal.NothingToAnswer}),
		at("drafting, agency proposed", draftingNow.copy(t).propose(t, officer), guards{"agree-text/agency": refusal.OtherSideAgrees}),
		at("drafting, operator proposed", draftingNow.copy(t).propose(t, applicant), guards{"agree-text/operator": refusal.OtherSideAgrees}),
		at("drafting, to be amended", pending(t).resolve(t, resolution.ToAmend, "ffff"), guards{"agree-text": refusal.NothingToAnswer}),
		at("agreement pending", pending(t)),
		at("signing", signingNow),
		at("signing, agency signed", then(signingNow.copy(t), func(r *run) { r.do(t, agencySigns, "sign", r.newest()) }), guards{"sign/agency": refusal.SignedAlready}),
		at("to be filed", signing(t).sign(t)),
		at("filed", filed(t)),
		at("operating", selling, noRenewal, noProposal),
		at("operating, agency proposed exit", then(selling.copy(t), func(r *run) { r.do(t, officer, "propose-exit", consent()) }), noRenewal,
			guards{"consent-exit/agency": refusal.OtherSideAgrees, "propose-exit": refusal.ExitProposedAlready}),
		at("operating, renewal open", window, noProposal, later, guards{"answer-renewal": refusal.NothingToAnswer}),
		at("operating, renewal requested", requested, noProposal, later, guards{"request-renewal": refusal.RenewalRequested}),
		at("suspended", paused, noProposal),
		at("suspended, operator proposed exit", then(paused.copy(t), func(r *run) { r.do(t, applicant, "propose-exit", consent()) }),
			guards{"consent-exit/operator": refusal.OtherSideAgrees, "propose-exit": refusal.ExitProposedAlready}),
		at("suspended at once", glassBroken(selling.copy(t)), noProposal, incident),
		at("suspended at once, confirmed", then(glassBroken(selling.copy(t)), func(r *run) { r.do(t, auditor, "confirm-incident", opinion()) }), noProposal),
		at("exiting from a suspension at once", glassBroken(selling.copy(t)).openExit(t), incident),
		at("exiting", selling.copy(t).openExit(t)),
		at("exiting from suspension", paused.copy(t).openExit(t)),
		at("exiting, the term over meanwhile", then(selling.copy(t).openExit(t), func(r *run) { r.pass(t, "2031-03-02") }), later),
		at("operating, an inspection planned", inspection, noRenewal, noProposal, inspectedBy),
		at("suspended, an inspection planned", inspection.copy(t).suspend(t), noProposal, inspectedBy),
		at("operating, a year scored", scored, noRenewal, noProposal, guards{"view-evaluation": {}, "conclude-evaluation": refusal.ViewPending}, later),
		at("operating, the operator heard on the year", viewed, noRenewal, noProposal, guards{"conclude-evaluation": {}}, later),
		at("suspended, the operator heard on the year", viewed.copy(t).suspend(t), noProposal, guards{"conclude-evaluation": {}}, later),
		at("suspended, a year scored", scored.copy(t).suspend(t), noProposal, guards{"view-evaluation": {}, "conclude-evaluation": refusal.ViewPending}, later),
		at("exiting, a year scored", scored.copy(t).openExit(t), guards{"view-evaluation": {}, "conclude-evaluation": refusal.ViewPending}, later),
		at("exiting, the operator heard on the year", viewed.copy(t).openExit(t), guards{"conclude-evaluation": {}}, later),
		at("refused", then(submitted(t), func(r *run) { r.do(t, officer, "refuse", reason()) })),
		at("rejected", then(reviewing(t), reject)),
		at("withdrawn", then(reviewing(t), func(r *run) { r.do(t, applicant, "withdraw", reason()) })),
		at("filed, products as cases", filedByCase(t), noRenewal, noProposal, byCases),
		at("operating, products as cases", offeringByCase(t), noRenewal, noProposal, byCases),
		at("suspended, products as cases", offeringByCase(t).suspend(t), noProposal, byCases),
		at("exiting, products as cases", offeringByCase(t).openExit(t), byCases),
		at("closed", selling.copy(t).openExit(t).exitEnds(t, exit.OutcomeClosed)),
	}...)
})

// panicker stands for a test where there is none.
type panicker struct{}

func (panicker) Helper()                           {}
func (panicker) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func sendBack(r *run) { r.do(panicker{}, officer, "return", missing()) }

// anotherCalendar puts one in force by which each limit that runs would end on a day off.
func anotherCalendar(r *run) {
	var years []calendar.Year
	for _, d := range r.a.Deadlines {
		on := d.Due.On
		i := slices.IndexFunc(years, func(y calendar.Year) bool { return y.Year == on.Year() })
		if i < 0 {
			i, years = len(years), append(years, calendar.Year{Year: on.Year(), Notice: "test"})
		}
		if !slices.Contains(years[i].Off, on) {
			years[i].Off = append(years[i].Off, on)
		}
	}
	var err error
	if r.days, err = calendar.New(years...); err != nil {
		panic(err)
	}
}

// sentBack has the reviews return the application, and reject ends the case.
func sentBack(r *run) {
	for _, name := range []string{"business", "supplier", "security"} {
		r.review(panicker{}, name, review.Approve)
	}
	r.review(panicker{}, "finance", review.Return)
}

// allButTheLast leaves one review of the last stage.
func allButTheLast(r *run) {
	for len(r.active()) > 1 || r.a.Stage == 1 {
		r.review(panicker{}, r.active()[0].Name, review.Approve)
	}
}

func reject(r *run) {
	for _, name := range []string{"business", "supplier", "security"} {
		r.review(panicker{}, name, review.Approve)
	}
	r.review(panicker{}, "finance", review.Reject)
}

// sell lists the industry product at its ceiling.
func sell(r *run) {
	r.do(panicker{}, officer, "set-ceiling", authorization.CeilingInput{Product: "flow", Unit: "calls", Ceiling: "2"})
	r.do(panicker{}, applicant, "list-product", authorization.ListingInput{Product: "flow", Price: "2"})
}

// questioned is every state in which the applicant can answer what was asked while the application was submitted.
func questioned(t fataler) []*run {
	begin := submitted(t)
	begin.do(t, officer, "ask-question", question())
	open := begin.copy(t).accept(t)
	decision := open.copy(t).reviewed(t)
	contract := decision.copy(t).agreed(t)
	agreement := contract.copy(t).propose(t, officer).agreeText(t)
	toSign := agreement.copy(t).agreed(t)
	out := []*run{begin, begin.copy(t), open, open.copy(t), decision, decision.copy(t).resolve(t, resolution.ToAmend, "ffff"), contract, agreement, toSign, toSign.copy(t).sign(t)}
	sendBack(out[1])
	sentBack(out[3])
	return out
}

func question() authorization.QuestionInput {
	return authorization.QuestionInput{Text: "who keeps the log?", Path: "capabilities.security"}
}

func missing() authorization.ReturnInput {
	return authorization.ReturnInput{Missing: []authorization.Missing{{Path: "attachments", Text: "balance sheet"}, {Path: "capabilities.finance", Text: "funds"}}}
}

func reason() authorization.ReasonInput { return authorization.ReasonInput{Reason: "for good reason"} }

func renewal() authorization.RenewalInput {
	return authorization.RenewalInput{Months: 36, Reason: "demand goes on"}
}

func consent() authorization.ExitInput {
	return authorization.ExitInput{Ground: "consent", Statement: "both sides want it"}
}

// input is one that a command takes in the case's present state, if the state takes the command at all.
func (r *run) input(command, task string) any {
	switch command {
	case "draft":
		return authorization.DraftInput{Application: application()}
	case "edit":
		return r.a.Application
	case "return":
		return missing()
	case "refuse", "withdraw", "resume", "decline-exit":
		return reason()
	case "claim", "release":
		return lifecycle.TaskInput{Task: task}
	case "decide":
		return review.Input{Task: task, Outcome: review.Approve, Opinion: "considered"}
	case "ask-question":
		return question()
	case "ask-in-review":
		return authorization.TaskQuestionInput{Task: task, QuestionInput: question()}
	case "answer-question":
		return authorization.ReplyInput{Question: len(r.a.Questions), Text: "by the end of the year"}
	case "record-resolution":
		if r.a.Pending == nil {
			return json.RawMessage(`{}`)
		}
		return r.resolved(resolution.ToAgree, "ffff")
	case "propose-agreement":
		if len(r.a.Submissions) == 0 {
			return agreement.Agreement{}
		}
		in := r.agreement()
		in.Other = fmt.Sprintf("text %d", len(r.a.Versions)+1)
		return in
	case "agree-text", "sign":
		return r.newest()
	case "file":
		return r.filing()
	default:
		return r.inputOfOperation(command)
	}
}

func (r *run) inputOfOperation(command string) any {
	switch command {
	case "set-ceiling":
		return authorization.CeilingInput{Product: "flow", Unit: "calls", Ceiling: "3"}
	case "list-product":
		return authorization.ListingInput{Product: "alerts", Price: "0"}
	case "change-price":
		return authorization.ListingInput{Product: "flow", Price: "1"}
	case "delist-product":
		return authorization.ProductInput{Product: "flow"}
	case "report-operation":
		return authorization.ReportInput{Year: r.today().Year(), Summary: "so far so good"}
	case "plan-inspection":
		return toInspect(r.today().String())
	case "record-inspection":
		return authorization.InspectionResultInput{Inspection: len(r.a.Inspections), Held: r.held(authorization.InspectionFound)}
	case "record-unplanned-inspection":
		return authorization.UnplannedInput{InspectionScope: scopeOfInspection(), Held: r.held(authorization.InspectionClean)}
	case "cancel-inspection":
		return authorization.CancelInspectionInput{Inspection: len(r.a.Inspections), Reason: "another day"}
	case "evaluate":
		return r.scores(80)
	case "view-evaluation":
		return view()
	case "conclude-evaluation":
		return authorization.ConcludeInput{Opinion: "as scored"}
	case "hand-in-audit":
		return r.audit(authorization.AuditSound)
	case "suspend-at-once":
		return emergency()
	case "confirm-incident", "lift-incident":
		return opinion()
	case "suspend":
		return suspension()
	case "request-renewal":
		return renewal()
	case "answer-renewal":
		return authorization.AnswerInput{Answer: authorization.Invited, Text: "apply again"}
	case "open-exit":
		return breach()
	case "waive":
		return authorization.ExitInput{Ground: "waiver", Statement: "no more need"}
	case "propose-exit":
		return consent()
	case "set-access":
		return authorization.AccessInput{Access: authorization.AccessSuspended}
	case "record-exit-outcome":
		return r.result(exit.OutcomeStopped)
	case authorization.RecordProduct:
		return offered("prd-1", "flow", "2")
	case authorization.RecordFinding:
		return found("fnd-1", "rectifying", "")
	case "record-registration":
		return authorization.RegistrationInput{Registration: "reg-1", Object: "resource", Subject: "resource-1", Code: "opaque"}
	default:
		return struct{}{}
	}
}
