package authorization

import (
	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/resolution"
)

// The names of the limits of the contract phase.
const (
	drafting         = "agreement-drafting"
	agreementAwaited = "agreement-decision"
	signing          = "signing"
	filing           = "filing"
	start            = "start"
)

// Filing is the filing (备案) of the signed agreement (27号 Art. 13).
type Filing struct {
	On       calendar.Date `json:"on"`
	With     string        `json:"with"`
	Receipt  string        `json:"receipt"`
	Evidence []string      `json:"evidence,omitempty"`
	By       identity.By   `json:"by"`
}

// The inputs of the contract phase.
type (
	// HashInput names the exact version meant, by its hash.
	HashInput struct {
		Hash string `json:"hash" maxLength:"100" doc:"hash of the agreement version"`
	}
	// FilingInput records the filing.
	FilingInput struct {
		On       string   `json:"on" format:"date"`
		With     string   `json:"with" maxLength:"200" doc:"where it was filed"`
		Receipt  string   `json:"receipt" maxLength:"200"`
		Evidence []string `json:"evidence,omitempty"`
	}
)

// The events of the contract phase.
type (
	// AgreementProposed is a new version of the agreement by one side.
	AgreementProposed struct {
		Version Version `json:"version"`
	}
	// TextAgreed says that the other side agrees to the version: it goes to the agency's own decision.
	TextAgreed struct {
		Hash    string            `json:"hash"`
		Pending lifecycle.Pending `json:"pending"`
	}
	// Signed is one side's signature.
	Signed struct {
		Signature Signature `json:"signature"`
	}
	// BothSigned says that the agreement is concluded.
	BothSigned struct{}
	// AgreementFiled records the filing.
	AgreementFiled struct {
		Filing Filing `json:"filing"`
	}
)

// EventType implements lifecycle.Content.
func (AgreementProposed) EventType() string { return "agreement-proposed" }

// EventType implements lifecycle.Content.
func (TextAgreed) EventType() string { return "agreement-text-agreed" }

// EventType implements lifecycle.Content.
func (Signed) EventType() string { return "agreement-signed" }

// EventType implements lifecycle.Content.
func (BothSigned) EventType() string { return "agreement-concluded" }

// EventType implements lifecycle.Content.
func (AgreementFiled) EventType() string { return "agreement-filed" }

func (a *Authorization) side(by identity.By) Side {
	if by.Organization == a.Applicant {
		return OperatorSide
	}
	return AgencySide
}

// scope is what the major decision allowed.
func (a *Authorization) scope() agreement.Scope {
	app := a.latest().Content
	s := agreement.Scope{Resources: app.Resources, TermMonths: app.TermMonths, Conditions: a.conditions()}
	for _, p := range app.Products {
		s.Products = append(s.Products, agreement.Product{Name: p.Name, Class: p.Class, Form: p.Form})
	}
	return s
}

func proposeAgreement(a *Authorization, in agreement.Agreement, env lifecycle.Env) (contents, refused) {
	if r := refusal.InvalidFields(agreement.Check(in, a.scope(), env.Policy.Agreement, calendar.DateOf(env.Now))); r != nil {
		return nil, r
	}
	hash := in.Hash()
	if v := a.version(); v != nil && v.Hash == hash {
		return nil, refusal.SameVersion.With()
	}
	return contents{AgreementProposed{Version: Version{
		No: len(a.Versions) + 1, Side: a.side(env.By), Hash: hash, Content: in, By: env.By, At: env.Now,
	}}}, nil
}

// agreeText is the other side's yes to the newest version, named by its hash.
func agreeText(a *Authorization, in HashInput, env lifecycle.Env) (contents, refused) {
	v := a.version()
	switch {
	case v == nil || v.Hash != in.Hash:
		return nil, refusal.NotThatVersion.With()
	case v.Side == a.side(env.By):
		return nil, refusal.OtherSideAgrees.With()
	}
	rules := env.Policy.Decisions.Agreement
	pending := lifecycle.Pending{Decision: resolution.Agreement, ContentHash: v.Hash, BodyKind: rules.BodyKind, NotBody: a.firstBody(rules)}
	out := append(contents{TextAgreed{Hash: v.Hash, Pending: pending}}, a.EndDeadlines(drafting)...)
	return append(out, env.Limit(agreementAwaited, rules.Limit, a.officers(), a.administrators())), nil
}

// sign records one side's signature over the hash decided on. The second one concludes the agreement.
func sign(a *Authorization, in HashInput, env lifecycle.Env) (contents, refused) {
	side := a.side(env.By)
	if in.Hash != a.version().Hash {
		return nil, refusal.NotThatVersion.With()
	}
	for _, s := range a.Signatures {
		if s.Side == side {
			return nil, refusal.SignedAlready.With()
		}
	}
	out := contents{Signed{Signature: Signature{Side: side, Hash: in.Hash, By: env.By, At: env.Now}}}
	if len(a.Signatures) == 0 {
		return out, nil
	}
	out = append(append(out, BothSigned{}), a.EndDeadlines(signing)...)
	return append(out, env.Limit(filing, env.Policy.Agreement.Filing, a.officers(), a.administrators())), nil
}

// file records the filing; operation starts at the agreed date by itself.
func file(a *Authorization, in FilingInput, env lifecycle.Env) (contents, refused) {
	fields := append(required("with", in.With), required("receipt", in.Receipt)...)
	on, err := calendar.ParseDate(in.On)
	switch {
	case err != nil:
		fields = append(fields, refusal.NotADate.At("on"))
	case on.After(calendar.DateOf(env.Now)):
		fields = append(fields, refusal.DateInFuture.At("on"))
	}
	fields = append(fields, checkAttachments("evidence", in.Evidence, env.By.Organization, env)...)
	if r := refusal.InvalidFields(fields); r != nil {
		return nil, r
	}
	from := a.version().Content.Term.From
	out := append(contents{AgreementFiled{Filing: Filing{On: on, With: in.With, Receipt: in.Receipt, Evidence: in.Evidence, By: env.By}}}, a.EndDeadlines(filing)...)
	// The first day belongs to the term, so it starts when the day before has ended.
	return append(out, env.LimitOn(start, env.Policy.Operation.Start, from.AddDays(-1), a.applicants(), lifecycle.Recipients{})), nil
}

func contractEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e AgreementProposed, _ lifecycle.Event) { a.Versions = append(a.Versions, e.Version) }),
			func(a A, e AgreementProposed, _ lifecycle.Event) []lifecycle.Effect {
				if e.Version.Side == AgencySide {
					return tell(a, a.applicants(), "agreement-proposed")
				}
				return tell(a, a.officers(), "agreement-proposed")
			}),
		lifecycle.Sending(
			lifecycle.On(func(a A, e TextAgreed, at lifecycle.Event) {
				a.version().AgreedBy = &at.By
				a.State, a.Pending, a.Signatures = AgreementPending, &e.Pending, nil
			}),
			func(a A, e TextAgreed, _ lifecycle.Event) []lifecycle.Effect {
				return []lifecycle.Effect{lifecycle.Tell(lifecycle.Recipients{Organization: a.Agency, Role: identity.Secretary}, "decision-awaited", "case", a.ID)}
			}),
		lifecycle.On(func(a A, e Signed, _ lifecycle.Event) { a.Signatures = append(a.Signatures, e.Signature) }),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ BothSigned, _ lifecycle.Event) { a.State = ToBeFiled }),
			func(a A, _ BothSigned, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "agreement-concluded"), tell(a, a.officers(), "agreement-concluded")...)
			}),
		lifecycle.On(func(a A, e AgreementFiled, _ lifecycle.Event) { a.State, a.Filing = Filed, &e.Filing }),
	}
}
