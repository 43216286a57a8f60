package authorization_test

import (
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// Versions come from both sides; each agrees to the newest of the other, named by its hash, and to nothing else.
func TestVersionsByBothSides(t *testing.T) {
	r := drafting(t).propose(t, officer)
	first := r.newest()
	r.refuse(t, officer, "agree-text", first, refusal.OtherSideAgrees)
	r.refuse(t, applicant, "propose-agreement", r.agreement(), refusal.SameVersion)
	r.propose(t, applicant, func(a *agreement.Agreement) { a.Breach = "damages and interest" })
	r.refuse(t, applicant, "agree-text", r.newest(), refusal.OtherSideAgrees)
	r.refuse(t, officer, "agree-text", first, refusal.NotThatVersion)
	r.do(t, officer, "agree-text", r.newest())
	r.want(t, authorization.AgreementPending)
	v := r.a.Versions
	if len(v) != 2 || v[0].Side != authorization.AgencySide || v[1].Side != authorization.OperatorSide || v[1].No != 2 || v[0].AgreedBy != nil ||
		v[1].AgreedBy == nil || v[1].AgreedBy.Person != "officer" || v[1].Hash != v[1].Content.Hash() {
		t.Errorf("%+v", v)
	}
	r.refuse(t, applicant, "propose-agreement", r.agreement(), refusal.NotInState)
	r.wantDue(t, "agreement-drafting", "ended")
	r.wantDue(t, "agreement-decision", "2026-02-02")
}

// The checks of package agreement are asked with what was decided.
func TestAgreementStaysWithinTheDecision(t *testing.T) {
	r := drafting(t)
	for path, c := range map[string]struct {
		change func(*agreement.Agreement)
		code   refusal.Code
	}{
		"resources[0]":     {func(a *agreement.Agreement) { a.Resources = []string{"resource-3"} }, refusal.BeyondDecision},
		"products[0]":      {func(a *agreement.Agreement) { a.Products[0].Class = agreement.PublicBenefit }, refusal.BeyondDecision},
		"term.to":          {func(a *agreement.Agreement) { a.Term.To = a.Term.To.AddDays(1) }, refusal.BeyondDecision},
		"term.from":        {func(a *agreement.Agreement) { a.Term.From = r.today().AddDays(-1) }, refusal.StartInPast},
		"disputes.ways[0]": {func(a *agreement.Agreement) { a.Disputes.Ways[0] = agreement.Arbitration }, refusal.ArbitrationVoid},
		"other":            {func(a *agreement.Agreement) { a.Other = "" }, refusal.Required},
	} {
		in := r.agreement()
		c.change(&in)
		r.refuse(t, officer, "propose-agreement", in, c.code, path)
	}
}

// The term of five years is the cap even when more was decided, unless the agreement documents its exception.
func TestFiveYears(t *testing.T) {
	r := newRun(national).draft(t, func(a *authorization.Application) { a.TermMonths, a.TermReason = 72, "reason" }).submit(t).accept(t).reviewed(t).agreed(t)
	in := r.agreement()
	in.Term.Exception = ""
	r.refuse(t, officer, "propose-agreement", in, refusal.TermTooLong, "term.to")
	in.Term.To = in.Term.From.AddMonths(60).AddDays(-1)
	r.do(t, officer, "propose-agreement", in)
}

// Each side signs once, by its signatory, over the hash that was decided on; then the agreement is to be filed.
func TestSigning(t *testing.T) {
	r := signing(t)
	hash := r.newest()
	r.refuse(t, officer, "sign", hash, refusal.NotEntitled)
	r.refuse(t, applicant, "sign", hash, refusal.NotEntitled)
	r.refuse(t, signatory, "sign", authorization.HashInput{Hash: "sha256:other"}, refusal.NotThatVersion)
	r.do(t, signatory, "sign", hash)
	r.want(t, authorization.Signing)
	r.refuse(t, holds("another", operator, identity.OperatorSignatory), "sign", hash, refusal.SignedAlready)
	r.do(t, agencySigns, "sign", hash)
	r.want(t, authorization.ToBeFiled)
	r.wantDue(t, "signing", "ended")
	r.wantDue(t, "filing", "2026-01-20")
	s := r.a.Signatures
	if len(s) != 2 || s[0].Hash != hash.Hash || s[1].Hash != hash.Hash || s[0].Side != authorization.OperatorSide || s[1].Side != authorization.AgencySide {
		t.Errorf("%+v", s)
	}
}

// Neither one signature nor a filing without the papers that a profile demands lets operation start.
func TestRequirement48ActivationNeedsBothSignaturesAndThePapers(t *testing.T) {
	r := newRun(profile(func(p *policy.Profile) { p.Agreement.Papers = []policy.Ground{{Code: "confidentiality-letter"}} }))
	r.draft(t).submit(t).accept(t).reviewed(t).agreed(t).propose(t, officer).agreeText(t).agreed(t)
	r.do(t, signatory, "sign", r.newest())
	r.refuse(t, officer, "file", r.filing(), refusal.NotInState)
	r.do(t, agencySigns, "sign", r.newest())
	in := r.filing()
	r.refuse(t, officer, "file", in, refusal.PaperMissing, "papers")
	in.Papers = []string{"confidentiality-letter", "another"}
	r.refuse(t, officer, "file", in, refusal.UnknownReference, "papers[1]")
	in.Papers, in.Evidence = in.Papers[:1], nil
	r.refuse(t, officer, "file", in, refusal.Required, "evidence")
	r.now = day("2026-03-02").Start()
	r.do(t, system, "tick", nil)
	r.want(t, authorization.ToBeFiled)
	in = r.filing()
	in.Papers = []string{"confidentiality-letter"}
	r.do(t, officer, "file", in)
	r.tick(t)
	r.want(t, authorization.Operating)
}

func TestFiling(t *testing.T) {
	r := signing(t)
	r.pass(t, "2026-01-07")
	r.sign(t)
	r.pass(t, "2026-01-12")
	for path, c := range map[string]struct {
		change func(*authorization.FilingInput)
		code   refusal.Code
	}{
		"on":          {func(in *authorization.FilingInput) { in.On = "2026-1-8" }, refusal.NotADate},
		"with":        {func(in *authorization.FilingInput) { in.With = "" }, refusal.Required},
		"receipt":     {func(in *authorization.FilingInput) { in.Receipt = " " }, refusal.Required},
		"evidence[0]": {func(in *authorization.FilingInput) { in.Evidence = []string{operatorFile} }, refusal.UnknownReference},
	} {
		in := r.filing()
		c.change(&in)
		r.refuse(t, officer, "file", in, c.code, path)
	}
	in := r.filing()
	in.On = "2026-01-13"
	r.refuse(t, officer, "file", in, refusal.DateInFuture, "on")
	in.On = "2026-01-06"
	r.refuse(t, officer, "file", in, refusal.DateBeforeSigning, "on")
	in.On = "2026-01-07"
	r.do(t, officer, "file", in)
	r.want(t, authorization.Filed)
	if f := r.a.Filing; f.On.String() != "2026-01-07" || f.Receipt != in.Receipt || f.By.Person != "officer" {
		t.Errorf("%+v", f)
	}
}

// Operation starts by itself when the agreed first day begins in China, holiday or not – or at once, when it is filed later.
func TestStartAtTheAgreedDate(t *testing.T) {
	r := filed(t) // the first of March 2026 is a Sunday
	r.wantDue(t, "start", "2026-02-28")
	r.now = day("2026-03-01").Start().Add(-1)
	r.do(t, system, "tick", nil)
	r.want(t, authorization.Filed)
	r.now = day("2026-03-01").Start()
	r.do(t, system, "tick", nil)
	r.want(t, authorization.Operating)
	if !r.a.Started.Equal(r.now) || r.a.Access != authorization.AccessOpen {
		t.Errorf("%s, %s", r.a.Started, r.a.Access)
	}

	late := signing(t).sign(t)
	late.pass(t, "2026-03-20")
	late.file(t)
	late.tick(t)
	late.want(t, authorization.Operating)
	if late.today().String() != "2026-03-20" {
		t.Error(late.today())
	}
}
