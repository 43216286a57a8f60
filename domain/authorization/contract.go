package authorization

import (
	"slices"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/refusal"
	"datacharter/domain/regrading"
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
	Papers   []string      `json:"papers,omitempty"` // codes of those that the evidence holds
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
		Papers   []string `json:"papers,omitempty" doc:"codes of the profile's papers, beside both signatures, that the evidence holds; operation needs them all"`
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
		// ProductsByCase says that by its profile the products and services are cases of their own; filings under older profiles do not.
		ProductsByCase bool `json:"products_by_case,omitempty"`
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

// side is the side of the agreement on which somebody acts.
func (a *Authorization) side(by identity.By) Side {
	if by.Organization == a.Applicant {
		return OperatorSide
	}
	return AgencySide
}

// scope is what the major decision allowed.
func (a *Authorization) scope(env lifecycle.Env) agreement.Scope {
	app := a.latest().Content
	s := agreement.Scope{Resources: app.Resources, TermMonths: app.TermMonths, Conditions: a.course(env).Conditions()}
	for _, p := range app.Products {
		s.Products = append(s.Products, agreement.Product{Name: p.Name, Class: p.Class, Form: p.Form})
	}
	return s
}

func proposeAgreement(a *Authorization, in agreement.Agreement, env lifecycle.Env) (contents, refused) {
	if r := refusal.InvalidFields(agreement.Check(in, a.scope(env), env.Policy.Agreement, calendar.DateOf(env.Now))); r != nil {
		return nil, r
	}
	if f := a.stoppedBy(in.Resources); len(f) > 0 {
		return nil, f.Refusal()
	}
	hash := in.Hash()
	if v := a.version(); v != nil && v.Hash == hash {
		return nil, refusal.SameVersion.With()
	}
	return contents{AgreementProposed{Version: Version{
		No: len(a.Versions) + 1, Side: a.side(env.By), Hash: hash, Content: in, By: env.By, At: env.Now,
	}}}, nil
}

// otherProposed wants a version of the other side that has not been agreed to: after the agency's decision to amend, a new one.
var otherProposed = guard{
	Words: words("对方已提出尚未同意的文本", "the other side has proposed the newest version, not agreed to yet"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		switch v := a.version(); {
		case v == nil || v.AgreedBy != nil:
			return refusal.NothingToAnswer.With()
		case v.Side == a.side(env.By):
			return refusal.OtherSideAgrees.With()
		default:
			return nil
		}
	},
}

// agreeText is the other side's yes to the newest version, named by its hash. The agency itself decides on it, and not by the body
// that decided before (27号 Art. 13).
func agreeText(a *Authorization, in HashInput, env lifecycle.Env) (contents, refused) {
	v := a.version()
	if v.Hash != in.Hash {
		return nil, refusal.NotThatVersion.With()
	}
	rules := env.Policy.Decisions.Agreement
	pending := lifecycle.Pending{
		Decision: resolution.Agreement, ContentHash: v.Hash, BodyKind: rules.BodyKind, Body: a.Agency, NotBody: a.firstBody(rules),
	}
	out := append(contents{TextAgreed{Hash: v.Hash, Pending: pending}}, a.EndDeadlines(drafting)...)
	return append(out, agreementLimit(a, env)), nil
}

func agreementLimit(a *Authorization, env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.Limit(agreementAwaited, env.Policy.Decisions.Agreement.Limit, a.officers(), a.administrators())
}

var unsigned = guard{
	Words: words("本方尚未签署", "this side has not signed yet"),
	Check: func(a *Authorization, env lifecycle.Env) refused {
		if slices.ContainsFunc(a.Signatures, func(s Signature) bool { return s.Side == a.side(env.By) }) {
			return refusal.SignedAlready.With()
		}
		return nil
	},
}

// sign records one side's signature over the hash decided on. The second one concludes the agreement.
func sign(a *Authorization, in HashInput, env lifecycle.Env) (contents, refused) {
	if in.Hash != a.version().Hash {
		return nil, refusal.NotThatVersion.With()
	}
	out := contents{Signed{Signature: Signature{Side: a.side(env.By), Hash: in.Hash, By: env.By, At: env.Now}}}
	if len(a.Signatures) == 0 {
		return out, nil
	}
	out = append(append(out, BothSigned{}), a.EndDeadlines(signing)...)
	return append(out, env.Limit(filing, env.Policy.Agreement.Filing, a.officers(), a.administrators())), nil
}

// concluded is the day on which the second side signed.
func (a *Authorization) concluded() calendar.Date {
	return calendar.DateOf(a.Signatures[len(a.Signatures)-1].At)
}

// checkPapers finds which papers are lacking that the profile demands beside both signatures before operation starts.
func checkPapers(f *refusal.Faults, in FilingInput, demanded []policy.Ground) {
	for i, code := range in.Papers {
		known := slices.ContainsFunc(demanded, func(p policy.Ground) bool { return p.Code == code })
		f.Unless(known, refusal.UnknownReference.At(refusal.In("papers", i)))
	}
	for _, p := range demanded {
		f.Unless(slices.Contains(in.Papers, p.Code), refusal.PaperMissing.At("papers"))
	}
	f.Unless(len(demanded) == 0 || len(in.Evidence) > 0, refusal.Required.At("evidence"))
}

// file records the filing; operation starts at the agreed date by itself.
func file(a *Authorization, in FilingInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	on, err := calendar.ParseDate(in.On)
	switch {
	case err != nil:
		f.Add(refusal.NotADate.At("on"))
	case on.After(calendar.DateOf(env.Now)):
		f.Add(refusal.DateInFuture.At("on"))
	case on.Before(a.concluded()):
		f.Add(refusal.DateBeforeSigning.At("on"))
	}
	f.Text("with", in.With, maxTitle)
	f.Text("receipt", in.Receipt, maxTitle)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	checkPapers(&f, in, env.Policy.Agreement.Papers)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	from := a.version().Content.Term.From
	filed := AgreementFiled{
		Filing: Filing{On: on, With: in.With, Receipt: in.Receipt, Evidence: in.Evidence, Papers: in.Papers, By: env.By}, ProductsByCase: env.Policy.Product != nil,
	}
	out := append(contents{filed}, a.EndDeadlines(filing)...)
	// The first day belongs to the term, so it starts when the day before has ended.
	return append(out, env.LimitOn(start, env.Policy.Operation.Start, from.AddDays(-1), a.applicants(), lifecycle.Recipients{})), nil
}

func contractEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e AgreementProposed, _ lifecycle.Event) {
				a.Versions = append(a.Versions, e.Version)
				a.Regraded = regrading.Keep(a.Regraded, a.rests())
			}),
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
			func(a A, _ TextAgreed, _ lifecycle.Event) []lifecycle.Effect {
				return []lifecycle.Effect{lifecycle.Tell(lifecycle.Recipients{Organization: a.Agency, Role: identity.Secretary}, "decision-awaited", "case", a.ID)}
			}),
		lifecycle.On(func(a A, e Signed, _ lifecycle.Event) { a.Signatures = append(a.Signatures, e.Signature) }),
		lifecycle.Sending(
			lifecycle.On(func(a A, _ BothSigned, _ lifecycle.Event) { a.State = ToBeFiled }),
			func(a A, _ BothSigned, _ lifecycle.Event) []lifecycle.Effect {
				return append(tell(a, a.applicants(), "agreement-concluded"), tell(a, a.officers(), "agreement-concluded")...)
			}),
		lifecycle.On(func(a A, e AgreementFiled, _ lifecycle.Event) {
			a.State, a.Filing, a.ProductsByCase = Filed, &e.Filing, e.ProductsByCase
		}),
	}
}
