package product

import (
	"strings"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The inputs of a trial.
type (
	// TrialInput begins a trial on this day.
	TrialInput struct {
		Until       string `json:"until" format:"date" doc:"last day of the trial"`
		Arrangement string `json:"arrangement" maxLength:"4000" doc:"with whom, how much and how it is watched"`
	}
	// ResultInput says what came of a trial.
	ResultInput struct {
		Result   TrialResult `json:"result" enum:"passed,failed" doc:"failed: returned to the operator for change"`
		Text     string      `json:"text" maxLength:"4000"`
		Evidence []string    `json:"evidence,omitempty"`
	}
)

// startTrial begins the trial: no longer than the profile says, and not beyond the term of the authorisation.
func startTrial(p *Product, in TrialInput, env lifecycle.Env) (contents, refused) {
	a, r := p.operating(env)
	if r != nil {
		return nil, r
	}
	var f refusal.Faults
	today, rules := calendar.DateOf(env.Now), env.Policy.Product.Trial
	grant, _ := a.Granted()
	until, err := calendar.ParseDate(in.Until)
	switch {
	case err != nil:
		f.Add(refusal.NotADate.At("until"))
	case !until.After(today):
		f.Add(refusal.DatePast.At("until"))
	case until.After(grant.Ends):
		f.Add(refusal.OutsideAgreement.At("until"))
	case until.After(env.Calendar.Term(today, rules.Longest.Span.Span).On):
		f.Add(refusal.ProductTrialLong.At("until"))
	}
	f.Text("arrangement", in.Arrangement, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{
		TrialBegun{From: today, Until: until, Arrangement: strings.TrimSpace(in.Arrangement)},
		env.LimitOn(trialEnds, rules.Longest, until, p.officers(), lifecycle.Recipients{}),
	}, nil
}

// concludeTrial says what came of it. Nothing is passed before its last day is over; what fails is stopped at once.
func concludeTrial(p *Product, in ResultInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	refusal.Choice(&f, "result", in.Result, TrialPassed, TrialFailed)
	f.Unless(in.Result != TrialPassed || calendar.DateOf(env.Now).After(p.Trial.Until), refusal.ProductTrialEarly.At("result"))
	f.Text("text", in.Text, maxText)
	env.CheckFiles(&f, "evidence", in.Evidence, env.By.Organization)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := append(contents{TrialEnded{Result: in.Result, Text: strings.TrimSpace(in.Text), Evidence: in.Evidence}}, p.EndDeadlines(trialEnds, result)...)
	if in.Result == TrialFailed {
		return append(out, p.completionLimit(env)), nil
	}
	return append(out, p.admitted(env)...), nil
}

// admitted is what follows once nothing stands in the way of the offer but its price: public benefit is free (65号 part 1), an industry product waits for its
// ceiling; one that is on offer already keeps what it has.
func (p *Product) admitted(env lifecycle.Env) contents {
	switch {
	case p.Drafted.Class == agreement.PublicBenefit && p.Charge() == nil:
		return contents{Admitted{State: ToBeListed}, ChargeSet{Tariff: free}}
	case p.Charge() != nil && p.Offer() != nil:
		return contents{Admitted{State: ToBeListed}}
	default:
		return contents{Admitted{State: ToBePriced}, env.Limit(toPrice, env.Policy.Product.Ceiling, p.officers(), p.administrators())}
	}
}
