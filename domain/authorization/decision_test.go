package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

func TestAgreedByVote(t *testing.T) {
	r := awaiting(t)
	r.subjects("")
	in := r.resolved(resolution.ToAgree, "ffff")
	r.do(t, system, "record-resolution", in)
	r.want(t, authorization.AgreementDrafting)
	r.wantDue(t, "major-decision", "ended")
	r.wantDue(t, "agreement-drafting", "2026-02-04")
	if got := r.a.Resolutions; len(got) != 1 || got[0].Hash != in.Hash() || r.a.Pending != nil {
		t.Errorf("%+v", got)
	}
	for _, person := range members(government) {
		if !slices.Contains(r.a.Acts, lifecycle.Act{Step: "vote:major-decision", Person: person}) {
			t.Errorf("the vote of %s is not among the acts", person)
		}
	}
	for _, role := range []identity.Role{identity.Applicant, identity.CaseOfficer} {
		if !slices.ContainsFunc(r.notices, func(n lifecycle.Notice) bool { return n.To.Role == role && n.Subject == "resolution-recorded" }) {
			t.Errorf("the %s is not told", role)
		}
	}
}

// Amended: the applicant amends, the reviews come again, and then another decision on what has become of it.
func TestAmendedByVote(t *testing.T) {
	r := awaiting(t)
	first := r.a.Pending.ContentHash
	amended := r.resolved(resolution.ToAmend, "ffff")
	r.do(t, system, "record-resolution", amended)
	r.want(t, authorization.Amending)
	r.wantDue(t, "completion", "2026-01-19")
	in := application()
	in.TermMonths = 36
	r.do(t, applicant, "edit", in)
	r.do(t, applicant, "resubmit", nil)
	r.want(t, authorization.Reviewing)
	r.refuse(t, system, "record-resolution", amended, refusal.NotInState)
	r.reviewed(t)
	r.want(t, authorization.AwaitingDecision)
	if r.a.Round != 2 || r.a.Pending.ContentHash == first {
		t.Error("the second decision is on the content of the first")
	}
	late := r.resolved(resolution.ToAgree, "ffff")
	late.ContentHash = first
	r.refuse(t, system, "record-resolution", late, refusal.ResolutionOtherContent)
	r.agreed(t)
	r.want(t, authorization.AgreementDrafting)
}

// Deferred: the case goes on waiting on the same content, with a new limit; the same resolution counts once.
func TestDeferredByVote(t *testing.T) {
	r := awaiting(t)
	hash := r.a.Pending.ContentHash
	r.pass(t, "2026-01-20")
	deferred := r.resolved(resolution.ToDefer, "fffa")
	r.do(t, system, "record-resolution", deferred)
	r.want(t, authorization.AwaitingDecision)
	r.wantDue(t, "major-decision", "2026-02-24")
	if r.a.Pending.ContentHash != hash {
		t.Error("it waits for something else")
	}
	r.refuse(t, system, "record-resolution", deferred, refusal.ResolutionTaken)
	r.subjects("")
	r.pass(t, "2026-02-25")
	if got := r.subjects(identity.Administrator); !slices.Equal(got, []string{"deadline-passed"}) {
		t.Errorf("the administrator is told %v", got)
	}
	r.agreed(t)
}

func TestRefusedByVote(t *testing.T) {
	r := awaiting(t).resolve(t, resolution.ToAgree, "ffa-")
	r.want(t, authorization.Refused)
	if r.a.Outcome != "refused-by-vote" {
		t.Error(r.a.Outcome)
	}
}

// Nothing but a resolution that follows from its own votes, on exactly this content, by the right body, moves the case on.
func TestForgedResolutions(t *testing.T) {
	for name, forge := range map[string]struct {
		change func(*run, *resolution.Resolution)
		code   refusal.Code
	}{
		"another case":     {func(_ *run, in *resolution.Resolution) { in.Case = "authorization-2" }, refusal.ResolutionNotForThis},
		"another content":  {func(_ *run, in *resolution.Resolution) { in.ContentHash = lifecycle.ContentHash("x") }, refusal.ResolutionOtherContent},
		"another decision": {func(_ *run, in *resolution.Resolution) { in.Decision = resolution.Agreement }, refusal.ResolutionOtherContent},
		"another kind of body": {
			func(_ *run, in *resolution.Resolution) { in.Body, in.BodyKind = agency, identity.Agency },
			refusal.ResolutionOtherBody,
		},
		"another outcome": {func(_ *run, in *resolution.Resolution) { in.Outcome, in.Reason = resolution.Refused, "x" }, refusal.ResolutionCount},
		"another count":   {func(_ *run, in *resolution.Resolution) { in.Count.For++ }, refusal.ResolutionCount},
		"a minority": {func(_ *run, in *resolution.Resolution) {
			in.Votes[0].Vote, in.Votes[1].Vote = resolution.Against, resolution.Against
		}, refusal.ResolutionCount},
		"a vote left out":    {func(_ *run, in *resolution.Resolution) { in.Votes = in.Votes[1:] }, refusal.ResolutionVotes},
		"a vote twice":       {func(_ *run, in *resolution.Resolution) { in.Votes[1] = in.Votes[0] }, refusal.ResolutionVotes},
		"a stranger's vote":  {func(_ *run, in *resolution.Resolution) { in.Votes[0].Person = "stranger" }, refusal.ResolutionVotes},
		"nobody there":       {func(_ *run, in *resolution.Resolution) { in.Present, in.Votes = nil, nil }, refusal.ResolutionCount},
		"no chair":           {func(_ *run, in *resolution.Resolution) { in.Members[3].Role = identity.Member }, refusal.ResolutionRoster},
		"the chair first":    {func(_ *run, in *resolution.Resolution) { in.Votes[0], in.Votes[3] = in.Votes[3], in.Votes[0] }, refusal.ChairSpeaksLast},
		"no meeting":         {func(_ *run, in *resolution.Resolution) { in.Meeting = "" }, refusal.ResolutionIncomplete},
		"a reviewer's vote":  {voteOf("legal-reviewer"), refusal.ResolutionVoter},
		"the officer's vote": {voteOf("officer"), refusal.ResolutionVoter},
	} {
		t.Run(name, func(t *testing.T) {
			r := awaiting(t)
			in := r.resolved(resolution.ToAgree, "ffff")
			forge.change(r, &in)
			r.refuse(t, system, "record-resolution", in, forge.code)
		})
	}
	r := awaiting(t)
	for _, actor := range []identity.Actor{administrator, officer, applicant, holds("chair", government, identity.Chair), holds("secretary", government, identity.Secretary)} {
		r.refuse(t, actor, "record-resolution", r.resolved(resolution.ToAgree, "ffff"), refusal.NotEntitled)
	}
}

// voteOf puts a person in the place of the first member.
func voteOf(person string) func(*run, *resolution.Resolution) {
	return func(_ *run, in *resolution.Resolution) {
		in.Members[0].Person, in.Present[0], in.Votes[0].Person = person, person, person
	}
}

// Too few for a quorum decide nothing: such a meeting leaves no resolution, and one that claims to be it is refused.
func TestNoQuorum(t *testing.T) {
	r := awaiting(t)
	in := r.resolved(resolution.ToAgree, "f...")
	if in.Outcome != "" {
		t.Fatalf("one of four decides: %q", in.Outcome)
	}
	in.Outcome = resolution.Agreed
	r.refuse(t, system, "record-resolution", in, refusal.ResolutionCount)
	r.resolve(t, resolution.ToAgree, "fff.")
}

// The agreement is decided on by the agency itself, by its own body, and by nobody who decided before (27号 Art. 13).
func TestSecondDecision(t *testing.T) {
	r := pending(t)
	if p := r.a.Pending; p.Decision != resolution.Agreement || p.ContentHash != r.newest().Hash || p.BodyKind != identity.Agency || p.Body != agency || p.NotBody != government {
		t.Errorf("%+v", p)
	}
	for name, change := range map[string]func(*resolution.Resolution){
		"the first body": func(in *resolution.Resolution) { in.Body, in.BodyKind = government, identity.Government },
		"another agency": func(in *resolution.Resolution) { in.Body = otherAgency },
	} {
		in := r.resolved(resolution.ToAgree, "ffff")
		change(&in)
		r.refuse(t, system, "record-resolution", in, refusal.ResolutionOtherBody)
		if r.a.State != authorization.AgreementPending {
			t.Errorf("%s moved the case on", name)
		}
	}
	in := r.resolved(resolution.ToAgree, "ffff")
	voteOf("org-government-member-1")(r, &in)
	r.refuse(t, system, "record-resolution", in, refusal.ResolutionVoter)
	r.do(t, system, "record-resolution", r.resolved(resolution.ToAgree, "ffff"))
	r.want(t, authorization.Signing)
	r.wantDue(t, "agreement-decision", "ended")
	r.wantDue(t, "signing", "2026-01-19")
}

func TestSecondDecisionOutcomes(t *testing.T) {
	r := pending(t).resolve(t, resolution.ToDefer, "ffff")
	r.want(t, authorization.AgreementPending)
	r.wantDue(t, "agreement-decision", "2026-02-02")
	r.resolve(t, resolution.ToAmend, "ffff")
	r.want(t, authorization.AgreementDrafting)
	r.wantDue(t, "agreement-drafting", "2026-02-04")
	// What was to be amended cannot be agreed to again as it was.
	r.refuse(t, applicant, "agree-text", r.newest(), refusal.NothingToAnswer)
	same := r.a.Versions[0].Content
	r.refuse(t, officer, "propose-agreement", same, refusal.SameVersion)
	same.Other = "as the agency's meeting directed"
	r.do(t, officer, "propose-agreement", same)
	r.agreeText(t).resolve(t, resolution.ToAgree, "aaaa")
	r.want(t, authorization.Refused)
	if r.a.Outcome != "refused-by-vote" {
		t.Error(r.a.Outcome)
	}
}
