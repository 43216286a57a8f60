package exit_test

import (
	"maps"
	"slices"
	"testing"

	"datacharter/domain/calendar"
	"datacharter/domain/exit"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// guardedInFull is the refusal of each command of an exit in full whose guard does not hold.
var guardedInFull = map[string]refusal.Code{
	"report-cure": refusal.ExitCureReported, "accept-cure": refusal.ExitNoCure, "reject-cure": refusal.ExitNoCure,
	"request-hearing": refusal.ExitNoHearing, "call-hearing": refusal.ExitNoHearing, "object-to-chair": refusal.ExitNoHearing,
	"answer-objection": refusal.ExitNoHearing, "record-hearing": refusal.ExitNoHearing, "sign-record": refusal.ExitNoHearing, "close-unsigned": refusal.ExitNoHearing,
	"note-review": refusal.ExitNotServed, "stay-effect": refusal.ExitNoReview, "lift-stay": refusal.ExitNotStayed, "note-review-result": refusal.ExitNoReview,
	"reinstate": refusal.ExitNoReview, "proceed": refusal.ExitNoReview,
	"discharge-duty": refusal.ExitNoDuty, "blacklist": refusal.ExitNoListing, "appeal-listing": refusal.ExitNoListing, "answer-appeal": refusal.ExitNoListing,
	"declare-interest": refusal.NotEntitled,
}

// fittingInFull is an input of a command of an exit in full that would be accepted if any.
func fittingInFull(r *run, name string) any {
	today := calendar.DateOf(r.env.Now)
	review := max(len(r.c.Reviews), 1)
	switch name {
	case "report-cure":
		return exit.CureInput{Text: "put right", Attachments: []string{operatorFile}}
	case "accept-cure", "reject-cure", "object-to-chair", "close-unsigned", "lift-stay", "blacklist", "appeal-listing":
		return exit.ReasonInput{Reason: "for a reason"}
	case "call-hearing":
		on := r.env.Calendar.Due(today, calendar.WorkingDays(7)).On
		return exit.CallInput{Date: on.String(), Time: "9:00", Place: "hall"}
	case "answer-objection":
		return exit.ObjectionAnswerInput{Upheld: true, Reason: "biased"}
	case "record-hearing":
		return exit.RecordInput{Record: agencyFile, Attended: []string{"both"}, Summary: "said"}
	case "record-resolution":
		return r.resolved(resolution.ToAgree, resolution.For)
	case "note-review":
		return exit.ReviewInput{Kind: exit.Suit, Body: "court", Number: "1", Date: today.String()}
	case "stay-effect":
		return exit.StayInput{Review: review, Body: "court", Reason: "harm", Proof: agencyFile}
	case "note-review-result":
		return exit.ReviewResultInput{Review: review, Result: exit.Annulled, Date: today.String(), Document: "2", Proof: agencyFile}
	case "reinstate", "proceed":
		return exit.CarryInput{Review: review, Reference: "3", Reasons: "the judgment"}
	case "discharge-duty":
		in := exit.DischargeInput{Proof: agencyFile, Note: "paid"}
		for _, d := range r.c.Duties {
			if d.Owed {
				in.Duty = d.Code
			}
		}
		return in
	case "answer-appeal":
		return exit.AppealAnswerInput{Reason: "it stays"}
	default:
		return exit.Nothing{}
	}
}

// fullPlaces are those of an exit in full, beside those that it has in common with every other.
func fullPlaces(t testing.TB) []place {
	t.Helper()
	type acts = []func(*run)
	advance := func(r *run) { r.advance(t) }
	do := func(who, name string) func(*run) { return func(r *run) { r.do(t, who, name, fitting(r, name)) } }
	result := func(result exit.ReviewResult) func(*run) {
		return func(r *run) {
			in := fittingInFull(r, "note-review-result").(exit.ReviewResultInput)
			in.Result = result
			r.do(t, "officer", "note-review-result", in)
		}
	}
	over := func(r *run) { take(t, r, func() bool { return len(r.c.StepsLeft()) == 0 }) }
	noReturn := func(r *run) { take(t, r, func() bool { return r.c.NoReturn() != nil }) }
	hearingDay := func(r *run) { r.env.Now = r.c.Oral.On.End().Add(-1) }

	curing := acts{advance}
	statement := acts{advance} // on a ground of which nothing can be cured
	asked := append(slices.Clip(statement), do("applicant", "request-hearing"))
	called := append(slices.Clip(asked), do("lawyer", "call-hearing"))
	inHearing := append(slices.Clip(called), do("applicant", "waive-defence"), hearingDay, do("lawyer", "record-hearing"))
	resolving := acts{advance, do("applicant", "waive-defence")}
	served := append(slices.Clip(statement), do("applicant", "waive-defence"), do("decider", "decide"), do("officer", "serve-decision"))
	windingDown := append(slices.Clip(served), do("system", "begin-wind-down"))
	reviewed := append(slices.Clip(windingDown), do("officer", "note-review"))
	stayed := append(slices.Clip(reviewed), do("officer", "stay-effect"))
	surviving := append(slices.Clip(windingDown), over, do("system", "close"))
	listed := append(slices.Clip(surviving), do("officer", "blacklist"))

	stops := map[string]string{"administrator": "stop", "requester": "stop", "system": "tick"}
	with := func(base map[string]string, more map[string]string) map[string]string {
		out := maps.Clone(base)
		for who, commands := range more {
			out[who] += " " + commands
		}
		return out
	}
	defends := with(stops, map[string]string{"applicant": "state-defence waive-defence", "signatory": "state-defence waive-defence"})
	own := map[string]refusal.Code{}
	for _, command := range []string{"decide", "reinstate", "proceed", "answer-appeal"} {
		own[command+" requester"] = refusal.ActedBefore
	}
	besides := func(more map[string]refusal.Code) map[string]refusal.Code {
		out := maps.Clone(own)
		maps.Copy(out, more)
		out["declare-interest system"] = refusal.InvalidInput // it declares for somebody
		return out
	}
	left := refusal.ExitStepsLeft
	declares := map[string]string{}
	for _, who := range []string{
		"administrator", "requester", "decider", "finance", "lawyer", "officer", "other-agency", "other-officer", "other-operator", "public", "supervisor",
	} {
		declares[who] = "declare-interest"
	}
	notes := map[string]string{"system": "tick", "officer": "note-review blacklist"}
	closing := map[string]refusal.Code{"close": left, "release": refusal.NotFoundHere}
	return []place{
		{"in full: curing", "breach", curing, with(stops, map[string]string{"applicant": "report-cure", "signatory": "report-cure"}), nil},
		{
			"in full: curing, cure reported", "breach", append(slices.Clip(curing), do("applicant", "report-cure")),
			with(stops, map[string]string{"officer": "accept-cure reject-cure"}), nil,
		},
		{"in full: cured", "breach", append(slices.Clip(curing), do("applicant", "report-cure"), do("officer", "accept-cure"), advance), nil, nil},
		{
			"in full: statement", "beyond-scope", statement,
			with(defends, map[string]string{"applicant": "request-hearing", "signatory": "request-hearing"}), nil,
		},
		{
			"in full: statement, hearing asked for", "beyond-scope", asked, with(defends, map[string]string{"lawyer": "call-hearing"}),
			map[string]refusal.Code{"request-hearing": refusal.ExitNoted},
		},
		{
			"in full: statement, too late for a hearing", "beyond-scope",
			append(slices.Clip(statement), func(r *run) { past(t, r, "hearing-request") }), defends,
			map[string]refusal.Code{"request-hearing": refusal.ExitHearingLate},
		},
		{
			"in full: statement, hearing called", "beyond-scope", called,
			with(defends, map[string]string{"applicant": "object-to-chair", "signatory": "object-to-chair"}),
			map[string]refusal.Code{"request-hearing": refusal.ExitNoted, "record-hearing": refusal.ExitHearingEarly},
		},
		{
			"in full: statement, chair objected to", "beyond-scope", append(slices.Clip(called), do("applicant", "object-to-chair")),
			with(defends, map[string]string{"administrator": "answer-objection", "requester": "answer-objection"}),
			map[string]refusal.Code{"request-hearing": refusal.ExitNoted},
		},
		{
			"in full: statement, chair replaced", "beyond-scope",
			append(slices.Clip(called), do("applicant", "object-to-chair"), do("administrator", "answer-objection")), defends, // there is no other lawyer
			map[string]refusal.Code{"request-hearing": refusal.ExitNoted},
		},
		{
			"in full: statement, day of the hearing", "beyond-scope", append(slices.Clip(called), hearingDay),
			with(defends, map[string]string{"applicant": "object-to-chair", "signatory": "object-to-chair", "lawyer": "record-hearing"}),
			map[string]refusal.Code{"request-hearing": refusal.ExitNoted},
		},
		{
			"in full: hearing, record to be signed", "beyond-scope", inHearing,
			with(with(stops, declares), map[string]string{"applicant": "sign-record", "signatory": "sign-record", "lawyer": "close-unsigned"}), besides(nil),
		},
		{"in full: awaiting a resolution", "public-interest", resolving, with(with(stops, declares), map[string]string{"system": "record-resolution"}), besides(nil)},
		{
			"in full: awaiting another resolution", "public-interest", append(slices.Clip(resolving), func(r *run) {
				r.do(t, "system", "record-resolution", r.resolved(resolution.ToDefer, resolution.For))
			}),
			with(with(stops, declares), map[string]string{"system": "record-resolution"}), besides(nil),
		},
		{"in full: deciding", "beyond-scope", append(slices.Clip(inHearing), do("applicant", "sign-record")), with(stops, map[string]string{"decider": "decide"}), besides(nil)},
		{
			"in full: served", "beyond-scope", served, map[string]string{"system": "begin-wind-down tick", "officer": "note-review"}, besides(nil),
		},
		{
			"in full: winding down, system's turn", "beyond-scope", windingDown, with(notes, map[string]string{"system": "open-step note-step"}), besides(closing),
		},
		{
			"in full: winding down, under review", "beyond-scope", reviewed,
			with(notes, map[string]string{"system": "open-step note-step", "officer": "stay-effect note-review-result"}), besides(closing),
		},
		{
			"in full: winding down, stayed", "beyond-scope", stayed, with(notes, map[string]string{"officer": "lift-stay note-review-result"}),
			besides(map[string]refusal.Code{"close": left, "open-step": refusal.ExitStayed, "note-step": refusal.ExitStayed, "stay-effect": refusal.ExitNoted}),
		},
		{
			"in full: winding down, annulled", "beyond-scope", append(slices.Clip(stayed), result(exit.Annulled)),
			with(notes, map[string]string{"decider": "reinstate", "officer": "lift-stay"}),
			besides(map[string]refusal.Code{"close": left, "open-step": refusal.ExitStayed, "note-step": refusal.ExitStayed, "proceed": refusal.ExitAnnulled}),
		},
		{
			"in full: winding down, changed", "beyond-scope", append(slices.Clip(reviewed), result(exit.Changed)),
			with(notes, map[string]string{"decider": "reinstate proceed"}),
			besides(map[string]refusal.Code{"close": left, "open-step": refusal.ExitStayed, "note-step": refusal.ExitStayed}),
		},
		{
			"in full: reinstating", "beyond-scope", append(slices.Clip(reviewed), result(exit.Annulled), do("decider", "reinstate")),
			map[string]string{"system": "note-undone tick"},
			map[string]refusal.Code{"conclude-stop": refusal.ExitNotUndone, "note-step": refusal.ExitStayed},
		},
		{
			"in full: reinstated", "beyond-scope", append(slices.Clip(reviewed), result(exit.Annulled), do("decider", "reinstate"), advance), nil, nil,
		},
		{"in full: surviving", "beyond-scope", surviving, notes, besides(nil)},
		{
			"in full: surviving, listed", "beyond-scope", listed,
			map[string]string{"system": "tick", "officer": "note-review", "applicant": "appeal-listing", "signatory": "appeal-listing"},
			besides(nil),
		},
		{
			"in full: surviving, appealed", "beyond-scope", append(slices.Clip(listed), do("applicant", "appeal-listing")),
			map[string]string{"system": "tick", "officer": "note-review", "decider": "answer-appeal"},
			besides(nil),
		},
		{
			"in full: winding down, owing", "beyond-scope", append(slices.Clip(windingDown), noReturn, do("officer", "note-review"), result(exit.Annulled), over),
			map[string]string{"system": "close tick", "officer": "note-review blacklist discharge-duty"},
			besides(map[string]refusal.Code{"open-step": refusal.ExitStepOrder, "note-step": refusal.ExitStepOrder}),
		},
		{
			"in full: closed", "beyond-scope", append(slices.Clip(surviving), func(r *run) {
				for r.c.State != exit.Closed {
					r.tick(t)
				}
			}), nil, nil,
		},
	}
}
