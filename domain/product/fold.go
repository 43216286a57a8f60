package product

import (
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/regrading"
	"datacharter/domain/review"
)

// folds says how each event changes the case and what it sends out.
func folds() []lifecycle.EventType[*Product] {
	type (
		P  = *Product
		at = lifecycle.Event
	)
	return []lifecycle.EventType[P]{
		lifecycle.InterestEvent[P](),
		lifecycle.On(func(p P, e review.StageOpened, _ at) { p.State, p.Round, p.Stage = Reviewing, e.Round, e.Stage }),
		lifecycle.Sending(lifecycle.On(func(p P, e regrading.Recorded, at at) { p.Regraded = regrading.Note(p.Regraded, e, at.At) }), tellRegraded),
		lifecycle.On(func(p P, e Drafted, _ at) {
			p.State, p.Applicant, p.Agency, p.Authorization, p.Policy = Draft, e.Operator, e.Agency, e.Authorization, e.Policy
			p.put(e.Content)
		}),
		lifecycle.On(func(p P, e Edited, _ at) { p.put(e.Content) }),
		lifecycle.On(func(p P, _ DraftDeleted, _ at) { p.State, p.Outcome = Deleted, WasDeleted }),
		lifecycle.Sending(lifecycle.On(func(p P, e Handed, at at) {
			p.Policy, p.Submitted = e.Policy, &Submission{Hash: e.Hash, By: at.By, At: at.At}
		}), report[Handed]),
		lifecycle.Sending(lifecycle.On(func(p P, _ ReviewsReturned, _ at) { p.State = ReviewReturned }), tellReturned),
		lifecycle.Sending(lifecycle.On(func(p P, _ TrialAsked, _ at) { p.State, p.Trial = ToBeTried, nil }), tellTrialAsked),
		lifecycle.Sending(lifecycle.On(func(p P, e TrialBegun, at at) {
			p.State, p.Trial = OnTrial, &Trial{From: e.From, Until: e.Until, Arrangement: e.Arrangement, By: at.By}
		}), tellTrialBegun),
		lifecycle.Sending(lifecycle.On(func(P, TrialOver, at) {}), tellTrialOver),
		lifecycle.Sending(lifecycle.On(func(p P, e TrialEnded, at at) {
			p.Trial.Result, p.Trial.Text, p.Trial.Evidence, p.Trial.EndedBy, p.Trial.EndedAt = e.Result, e.Text, e.Evidence, &at.By, &at.At
			p.Acted(trialStep, at.By.Person)
			if e.Result == TrialFailed {
				p.State = ReviewReturned
			}
		}), tellTrialEnded),
		lifecycle.Sending(lifecycle.On(func(p P, e Admitted, _ at) { p.State = e.State }), tellAdmitted),
		lifecycle.Sending(lifecycle.On(func(p P, e CeilingSet, at at) {
			p.Ceilings = append(p.Ceilings, Ceiling{Tariff: e.Tariff, Trial: e.Trial, Reason: e.Reason, By: at.By, At: at.At})
		}), tellCeiling),
		lifecycle.Sending(lifecycle.On(func(p P, e ChargeSet, at at) {
			p.Charges = append(p.Charges, Charge{Tariff: e.Tariff, Discounts: e.Discounts, Reason: e.Reason, Lowered: e.Lowered, By: at.By, At: at.At})
			if e.State != "" {
				p.State = e.State
			}
		}), tellCharge),
		lifecycle.Sending(lifecycle.On(func(p P, e PutOnOffer, at at) {
			v := Version{No: len(p.Versions) + 1, Hash: e.Hash, Content: p.Drafted, Trial: p.Trial, From: at.At, By: at.By}
			if p.Change != nil {
				v.Reason = p.Change.Reason
			}
			p.Versions = append(p.Versions, v)
			p.State, p.Listed, p.Change, p.Trial = Listed, true, nil, nil
			p.Regraded = regrading.Keep(p.Regraded, p.Drafted.Resources)
		}), tellOffer),
		lifecycle.On(func(p P, e ChangeProposed, at at) {
			p.State, p.Change = Revising, &Change{Reason: e.Reason, By: at.By, At: at.At}
		}),
		lifecycle.Sending(lifecycle.On(func(p P, e CameToNothing, at at) { p.fell(e, at) }), tellNothing),
		lifecycle.Sending(lifecycle.On(func(p P, e TakenOff, at at) {
			p.State, p.Listed, p.Withheld, p.Outcome = Delisted, false, false, WasDelisted
			p.Closing = &Closing{Side: e.Side, Reason: e.Reason, By: at.By, At: at.At}
		}), tellTakenOff),
		lifecycle.Sending(lifecycle.On(func(p P, _ WentWithIt, _ at) { p.State, p.Outcome = Lapsed, WasLapsed }), tellLapsed),
		lifecycle.Sending(lifecycle.On(func(p P, e StandingNoted, _ at) { p.stand(e) }), tellStanding),
	}
}

// stand: what is on offer is off it while its authorisation is being wound down, and back on it once that is reinstated.
func (p *Product) stand(e StandingNoted) {
	off := p.Listed && e.Standing == authorization.StandsWindingDown
	p.Standing, p.Listed, p.Withheld = e.Standing, (p.Listed || e.Back) && !off, (p.Withheld || off) && !e.Back
}

func (p *Product) put(c Content) { p.Drafted, p.Title = c, c.Name }

// fell: a case without a version on offer is over; else the change is, and the offer stands as before.
func (p *Product) fell(e CameToNothing, at lifecycle.Event) {
	v := p.Offer()
	if v == nil {
		p.Outcome = e.Outcome
		p.State = map[string]lifecycle.State{WasWithdrawn: Withdrawn, WasRejected: Rejected}[e.Outcome]
		return
	}
	p.Failures = append(p.Failures, Failure{Reason: p.Change.Reason, Outcome: e.Outcome, At: at.At})
	p.State, p.Change, p.Trial = Listed, nil, nil
	p.put(v.Content)
	p.Regraded = regrading.Keep(p.Regraded, v.Content.Resources)
}
