package authorization_test

import (
	"slices"
	"testing"

	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// An administrator opens an exit on a ground of the profile that is his, with evidence of the agency's.
func TestExitByGround(t *testing.T) {
	r := operating(t)
	sell(r)
	for path, c := range map[string]struct {
		change func(*authorization.ExitInput)
		code   refusal.Code
	}{
		"ground":      {func(in *authorization.ExitInput) { in.Ground = "mood" }, refusal.NotAChoice},
		"evidence":    {func(in *authorization.ExitInput) { in.Evidence = nil }, refusal.Required},
		"evidence[0]": {func(in *authorization.ExitInput) { in.Evidence = []string{operatorFile} }, refusal.UnknownReference},
		"statement":   {func(in *authorization.ExitInput) { in.Statement = "" }, refusal.Required},
	} {
		in := breach()
		c.change(&in)
		r.refuse(t, administrator, "open-exit", in, c.code, path)
	}
	for _, ground := range []string{"waiver", "consent", "term-expired"} {
		in := breach()
		in.Ground = ground
		r.refuse(t, administrator, "open-exit", in, refusal.ExitTrigger)
	}
	r.do(t, administrator, "open-exit", breach())
	r.want(t, authorization.Exiting)
	e := r.a.ExitRequest()
	if e.Exit != caseID+".exit-1" || e.Trigger != policy.ByAdministrator || e.RequestedBy.Person != "administrator" || !slices.Equal(e.Products, []string{"flow"}) ||
		!slices.Equal(e.Evidence, []string{agencyFile}) || e.AgreedBy != nil {
		t.Errorf("%+v", e)
	}
}

func TestWaiver(t *testing.T) {
	r := operating(t)
	r.refuse(t, applicant, "waive", authorization.ExitInput{Ground: "waiver", Statement: "x"}, refusal.NotEntitled)
	r.refuse(t, signatory, "waive", authorization.ExitInput{Ground: "breach", Statement: "x"}, refusal.ExitTrigger)
	r.do(t, signatory, "waive", authorization.ExitInput{Ground: "waiver", Statement: "no more need", Evidence: []string{operatorFile}})
	if e := r.a.ExitRequest(); e.Trigger != policy.ByOperator || e.RequestedBy.Organization != operator {
		t.Errorf("%+v", e)
	}
}

// An exit by agreement is proposed by either side and opened by the other's consent; declining ends the proposal.
func TestExitByAgreement(t *testing.T) {
	for _, c := range []struct{ proposes, declines, consents identity.Actor }{{officer, applicant, signatory}, {applicant, officer, agencySigns}} {
		r := operating(t)
		r.refuse(t, c.proposes, "propose-exit", breach(), refusal.NotAGround, "ground")
		r.refuse(t, c.consents, "consent-exit", nil, refusal.NothingToAnswer)
		r.subjects("")
		r.do(t, c.proposes, "propose-exit", consent())
		if got := r.subjects(c.declines.Grants[0].Role); !slices.Equal(got, []string{"exit-proposed"}) {
			t.Errorf("the other side is told %v", got)
		}
		r.refuse(t, c.declines, "propose-exit", consent(), refusal.ExitProposedAlready)
		r.refuse(t, c.declines, "decline-exit", authorization.ReasonInput{}, refusal.Required, "reason")
		r.do(t, c.declines, "decline-exit", reason())
		r.refuse(t, c.consents, "consent-exit", nil, refusal.NothingToAnswer)
		r.do(t, c.proposes, "propose-exit", consent())
		own := map[identity.Role]identity.Actor{identity.OperatorSignatory: agencySigns, identity.AgencySignatory: signatory}[c.consents.Grants[0].Role]
		r.refuse(t, own, "consent-exit", nil, refusal.OtherSideAgrees)
		r.do(t, c.consents, "consent-exit", nil)
		e := r.a.ExitRequest()
		if e.Trigger != policy.ByBoth || e.RequestedBy.Person != c.proposes.Person || e.AgreedBy.Person != c.consents.Person || r.a.Proposal != nil {
			t.Errorf("%+v", e)
		}
		if _, no := e.Check(national.Exit); no != nil {
			t.Error(no)
		}
	}
}

// Where a profile wants evidence of an exit by agreement, the proposal carries it into the exit.
func TestEvidenceOfAnExitByAgreement(t *testing.T) {
	strict := profile(func(p *policy.Profile) {
		p.Exit.Grounds = slices.Clone(p.Exit.Grounds)
		i := slices.IndexFunc(p.Exit.Grounds, func(g policy.ExitGround) bool { return g.Trigger == policy.ByBoth })
		p.Exit.Grounds[i].Evidence = true
	})
	r := operating(t)
	r.policy = strict
	r.refuse(t, officer, "propose-exit", consent(), refusal.Required, "evidence")
	in := consent()
	in.Evidence = []string{agencyFile}
	r.do(t, officer, "propose-exit", in)
	r.do(t, signatory, "consent-exit", nil)
	if e := r.a.ExitRequest(); !slices.Equal(e.Evidence, in.Evidence) {
		t.Errorf("%+v", e)
	}
}

// An exit that is stopped or not upheld leads back to where it began; the next one is another case.
func TestExitStopped(t *testing.T) {
	r := operating(t).openExit(t)
	r.refuse(t, system, "record-exit-outcome", exit.Result{Exit: "authorization-2.exit-1", Outcome: exit.OutcomeClosed}, refusal.NotThatExit)
	bad := r.result("perhaps")
	r.refuse(t, system, "record-exit-outcome", bad, refusal.NotAChoice, "outcome")
	r.exitEnds(t, exit.OutcomeStopped)
	r.want(t, authorization.Operating)
	r.suspend(t).openExit(t)
	if e := r.a.ExitRequest(); e.Exit != caseID+".exit-2" {
		t.Errorf("%+v", e)
	}
	first := r.result(exit.OutcomeClosed)
	first.Exit = caseID + ".exit-1"
	r.refuse(t, system, "record-exit-outcome", first, refusal.NotThatExit)
	r.exitEnds(t, exit.OutcomeContinued)
	r.want(t, authorization.Suspended)
	r.wantDue(t, "expiry", "left 1825 calendar_days")
	r.resume(t)
}

// Access follows the exit's measures and steps; a suspension that came before stays in force when they are undone.
func TestAccess(t *testing.T) {
	set := func(r *run, access authorization.Access) authorization.Access {
		r.do(t, system, "set-access", authorization.AccessInput{Access: access})
		return r.a.Access
	}
	r := operating(t).openExit(t)
	r.refuse(t, system, "set-access", authorization.AccessInput{Access: "ajar"}, refusal.NotAChoice, "access")
	for _, access := range []authorization.Access{authorization.AccessSuspended, authorization.AccessSuspended, authorization.AccessOpen, authorization.AccessClosed} {
		if got := set(r, access); got != access {
			t.Errorf("%q became %q", access, got)
		}
	}
	r.refuse(t, administrator, "set-access", authorization.AccessInput{Access: authorization.AccessOpen}, refusal.NotEntitled)
	r = operating(t).suspend(t).openExit(t)
	if got := set(r, authorization.AccessOpen); got != authorization.AccessSuspended {
		t.Errorf("the suspension was lifted by an exit: %q", got)
	}
}

func TestWindDownAndClose(t *testing.T) {
	r := operating(t)
	sell(r)
	r.do(t, applicant, "list-product", listing("alerts", "0"))
	r.openExit(t)
	r.refuse(t, administrator, "delist-all", nil, refusal.NotEntitled)
	r.do(t, system, "delist-all", nil)
	before := len(r.events)
	r.do(t, system, "delist-all", nil) // again, and nothing more
	if len(r.events) > before || slices.ContainsFunc(r.a.Products, func(p authorization.Product) bool { return p.Listed }) {
		t.Errorf("%+v", r.a.Products)
	}
	r.exitEnds(t, exit.OutcomeClosed)
	r.want(t, authorization.Closed)
	if r.a.Outcome != "closed-after-exit" || r.a.Access != authorization.AccessClosed {
		t.Errorf("%s, %s", r.a.Outcome, r.a.Access)
	}
}

// Where people did by hand what the system could not, nothing stays on offer all the same.
func TestNothingIsOfferedAfterTheEnd(t *testing.T) {
	r := operating(t)
	sell(r)
	r.do(t, applicant, "list-product", listing("alerts", "0"))
	r.openExit(t).exitEnds(t, exit.OutcomeClosed)
	if slices.ContainsFunc(r.a.Products, func(p authorization.Product) bool { return p.Listed }) || r.a.Access != authorization.AccessClosed {
		t.Errorf("%+v, access %s", r.a.Products, r.a.Access)
	}
}

// The end of the term opens the exit by itself, in the name of the system.
func TestExpiryOpensTheExit(t *testing.T) {
	r := operating(t)
	sell(r)
	r.pass(t, "2031-03-02")
	r.want(t, authorization.Exiting)
	e := r.a.ExitRequest()
	if e.Ground != "term-expired" || e.Trigger != policy.ByExpiry || e.RequestedBy.Person != identity.SystemPerson || len(e.Products) != 1 {
		t.Errorf("%+v", e)
	}
	if _, no := e.Check(national.Exit); no != nil {
		t.Error(no)
	}
}

// When the term ends while another exit is under way, nothing happens until that exit ends without exit: then the next opens at once.
func TestExpiryDuringAnotherExit(t *testing.T) {
	for _, suspended := range []bool{false, true} {
		r := newOperation(t, 12)
		if suspended {
			r.suspend(t)
		}
		r.openExit(t)
		r.pass(t, "2031-03-02") // past the term, and past the latest day for a term that was held
		if len(r.a.Exits) != 1 {
			t.Fatalf("suspended %v: %d exits", suspended, len(r.a.Exits))
		}
		before := len(r.events)
		stopped := r.result(exit.OutcomeStopped)
		r.do(t, system, "record-exit-outcome", stopped)
		r.want(t, authorization.Exiting)
		if got := r.types(before); got != "[exit-ended exit-opened]" || r.a.ExitRequest().Exit != caseID+".exit-2" || r.a.ExitRequest().Trigger != policy.ByExpiry {
			t.Errorf("suspended %v: %s, %+v", suspended, got, r.a.ExitRequest())
		}
		r.refuse(t, system, "record-exit-outcome", stopped, refusal.NotThatExit)
		r.exitEnds(t, exit.OutcomeClosed)
		r.want(t, authorization.Closed)
	}
}

// A term that was held when the exit began is still held when the exit is stopped.
func TestHeldTermSurvivesAnExit(t *testing.T) {
	r := newOperation(t, 12)
	r.pass(t, "2026-06-01")
	r.suspend(t).openExit(t)
	r.pass(t, "2027-06-01")
	r.want(t, authorization.Exiting)
	r.exitEnds(t, exit.OutcomeStopped)
	r.want(t, authorization.Suspended)
	r.resume(t)
	r.wantDue(t, "expiry", "2028-02-28")
}

// The request that the exit's case reads is there as soon as, and only when, there is an exit.
func TestExitRequest(t *testing.T) {
	var a exit.Authorization = operating(t).a
	if a.ExitRequest() != nil {
		t.Error("a request without exit")
	}
	for _, p := range places() {
		exiting := p.a.State == authorization.Exiting
		if request := p.a.ExitRequest(); exiting && (request == nil || request.Exit == "") {
			t.Errorf("%s: %+v", p.name, request)
		}
		if phase := authorization.Machine.State(p.a.State).Phase; exiting != (phase == lifecycle.Phase("exit")) {
			t.Errorf("%s is in phase %q", p.name, phase)
		}
	}
}
