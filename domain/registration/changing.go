package registration

import (
	"fmt"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
)

// The inputs of what is applied for once a registration is valid.
type (
	// CorrectionInput says what of an entry is wrong; what is right is left empty (26号 Art. 9(3)).
	CorrectionInput struct {
		Name        string   `json:"name,omitempty" maxLength:"200" doc:"name of the data as it should be"`
		Brief       string   `json:"brief,omitempty" maxLength:"2000" doc:"content in brief as it should be"`
		Statement   string   `json:"statement" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of what proves it, or of the registrant's written consent"`
	}
	// RenewalInput applies for renewal (续展, 26号 Art. 15).
	RenewalInput struct {
		Months      int      `json:"months" minimum:"1" maximum:"36"`
		Statement   string   `json:"statement" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of uploaded attachments"`
	}
	// DeregistrationInput applies for deregistration (26号 Art. 9(4)).
	DeregistrationInput struct {
		Ground      string   `json:"ground" doc:"a ground of the policy profile"`
		Statement   string   `json:"statement" maxLength:"4000"`
		Attachments []string `json:"attachments,omitempty" doc:"digests of what proves it"`
	}
)

func applyChange(r *Registration, in Application, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(in.Registry == r.Body, refusal.FixedOnceSubmitted.At("registry"))
	f.Unless(in.Object == r.Entry.Object, refusal.FixedOnceSubmitted.At("object"))
	r.mandateKept(&f, in, env)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	if lifecycle.ContentHash(in) == lifecycle.ContentHash(*r.Entry) {
		return nil, refusal.SameVersion.With()
	}
	content, _, refused := r.handIn(in, Change, env.Now, env)
	if refused != nil {
		return nil, refused
	}
	return r.apply(Applied{Type: Change, Content: &content, Policy: r.Policy}, env), nil
}

// applyCorrection is the registrant's, requestCorrection an interested party's.
func applyCorrection(r *Registration, in CorrectionInput, env lifecycle.Env) (contents, refused) {
	return r.correct(in, env)
}

func requestCorrection(r *Registration, in CorrectionInput, env lifecycle.Env) (contents, refused) {
	return r.correct(in, env)
}

func (r *Registration) correct(in CorrectionInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.AtMost("name", in.Name, maxName)
	f.AtMost("brief", in.Brief, maxBrief)
	f.Unless(strings.TrimSpace(in.Name+in.Brief) != "", refusal.Required.At("name"))
	return r.request(Correction, Request{Name: in.Name, Brief: in.Brief, Statement: in.Statement, Attachments: in.Attachments}, f, env)
}

// request checks what every application has that is no change of content, and hands it in.
func (r *Registration) request(of Type, in Request, f refusal.Faults, env lifecycle.Env) (contents, refused) {
	f.Text("statement", in.Statement, maxText)
	env.CheckFiles(&f, "attachments", in.Attachments, env.By.Organization)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	return r.apply(Applied{Type: of, Request: in, Policy: r.Policy}, env), nil
}

// toConsent: somebody else asked for a correction, and the registrant has not consented yet.
var toConsent = guard{
	Words: words("有他人提出的更正待同意", "a correction that somebody else asked for waits for consent"),
	Check: func(r *Registration, _ lifecycle.Env) refused {
		p := r.underWay()
		if p == nil || p.Type != Correction || r.byRegistrant(p) || p.Consent != nil {
			return refusal.NothingToAnswer.With()
		}
		return nil
	},
}

func consentCorrection(r *Registration, _ Nothing, env lifecycle.Env) (contents, refused) {
	return contents{CorrectionConsented{For: r.acting(env)}}, nil
}

// windowOpen: renewal can be applied for within the days before the validity ends (26号 Art. 15).
var windowOpen = guard{
	Words: words("续展申请期已开始", "the window of renewal is open"),
	Check: func(r *Registration, env lifecycle.Env) refused {
		opens := env.Before(r.Valid.To, env.Policy.Registration.RenewalWindow.Span.Span)
		if calendar.DateOf(env.Now).Before(opens) {
			return refusal.RegistrationWindow.With("on", opens.String())
		}
		return nil
	},
}

func applyRenewal(r *Registration, in RenewalInput, env lifecycle.Env) (contents, refused) {
	most := 36
	if m, ok := env.Policy.Registration.Validity.Span.Span.(calendar.Months); ok {
		most = int(m)
	}
	var f refusal.Faults
	f.Unless(in.Months >= 1, refusal.Required.At("months"))
	f.Unless(in.Months <= most, refusal.TermTooLong.At("months", "months", fmt.Sprint(most)))
	return r.request(Renewal, Request{Months: in.Months, Statement: in.Statement, Attachments: in.Attachments}, f, env)
}

func applyDeregistration(r *Registration, in DeregistrationInput, env lifecycle.Env) (contents, refused) {
	return r.request(Deregistration, in.request(), in.check(env), env)
}

// openDeregistration is the registry's own: of a registrant that is gone, nobody else can apply. It needs no acceptance.
func openDeregistration(r *Registration, in DeregistrationInput, env lifecycle.Env) (contents, refused) {
	f := in.check(env)
	f.Text("statement", in.Statement, maxText)
	f.Unless(len(in.Attachments) > 0, refusal.Required.At("attachments"))
	env.CheckFiles(&f, "attachments", in.Attachments, env.By.Organization)
	if refused := f.Refusal(); refused != nil {
		return nil, refused
	}
	out := contents{Applied{Type: Deregistration, Request: in.request(), Policy: r.Policy}, Accepted{State: Deregistering}}
	return append(out, r.assign(deregistration, words("办理注销", "deregistration"), env)...), nil
}

func (in DeregistrationInput) request() Request {
	return Request{Ground: in.Ground, Statement: in.Statement, Attachments: in.Attachments}
}

func (in DeregistrationInput) check(env lifecycle.Env) (f refusal.Faults) {
	f.Unless(policy.Has(env.Policy.Registration.Grounds, in.Ground), refusal.NotAGround.At("ground"))
	return f
}

func needFiles[In interface{ files() []string }](_ *Registration, in In) lifecycle.Needs {
	return lifecycle.Needs{Attachments: in.files()}
}

func (in CorrectionInput) files() []string     { return in.Attachments }
func (in RenewalInput) files() []string        { return in.Attachments }
func (in DeregistrationInput) files() []string { return in.Attachments }
func (in ResubmitInput) files() []string       { return in.Attachments }
func (in MisconductInput) files() []string     { return in.Evidence }
func (in RegistryInput) files() []string       { return in.Evidence }
