package product

import (
	"slices"

	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/regrading"
)

func (p *Product) tell(to lifecycle.Recipients, subject string) lifecycle.Effect {
	return lifecycle.Tell(to, subject, "case", p.ID)
}

// report tells the authorisation how the product stands, as far as it is on offer or was: its register entry and its releases follow. It is told from the
// first handing in on, so that it knows whom to tell of its own suspension and end.
func report[E lifecycle.Content](p *Product, _ E, _ lifecycle.Event) effects {
	return effects{lifecycle.SendTo(authorization.Kind, p.Authorization, authorization.RecordProduct, p.Reported())}
}

// Reported is how the product stands, as its authorisation is told.
func (p *Product) Reported() authorization.ProductState {
	in := authorization.ProductState{Case: p.ID, Name: p.Drafted.Name, Listed: p.Listed, Over: !slices.Contains(open, p.State)}
	content := p.Drafted
	if v := p.Offer(); v != nil {
		content, in.Version = v.Content, v.No
		if c := p.Charge(); c != nil {
			in.Charge, in.Discounts = c.Tariff, c.Discounts
		}
	}
	in.Name, in.Class, in.Form, in.Unit = content.Name, content.Class, content.Form, content.Unit
	in.Scenario, in.Standard, in.Capabilities, in.Resources = content.Scenario, content.Standard, content.Capabilities, content.Resources
	if c := p.Ceiling(); c != nil {
		in.Ceiling, in.Trial = c.Tariff, c.Trial
	}
	return in
}

func tellReturned(p *Product, _ ReviewsReturned, _ lifecycle.Event) effects {
	return effects{p.tell(p.operators(), "product-returned")}
}

func tellTrialAsked(p *Product, _ TrialAsked, _ lifecycle.Event) effects {
	return effects{p.tell(p.operators(), "product-trial-asked")}
}

func tellTrialBegun(p *Product, _ TrialBegun, _ lifecycle.Event) effects {
	return effects{p.tell(p.officers(), "product-trial-begun")}
}

func tellTrialOver(p *Product, _ TrialOver, _ lifecycle.Event) effects {
	return effects{p.tell(p.officers(), "product-trial-over")}
}

func tellTrialEnded(p *Product, _ TrialEnded, _ lifecycle.Event) effects {
	return effects{p.tell(p.operators(), "product-trial-ended")}
}

// tellAdmitted tells who is to go on: the agency with the ceiling, or the operator with the listing.
func tellAdmitted(p *Product, e Admitted, _ lifecycle.Event) effects {
	out := effects{p.tell(p.operators(), "product-admitted")}
	if e.State == ToBePriced {
		out = append(out, p.tell(p.officers(), "product-ceiling-awaited"))
	}
	return out
}

func tellCeiling(p *Product, e CeilingSet, at lifecycle.Event) effects {
	return append(report(p, e, at), p.tell(p.operators(), "product-ceiling-set"))
}

func tellCharge(p *Product, e ChargeSet, at lifecycle.Event) effects {
	if p.Offer() == nil {
		return nil // nobody pays it yet
	}
	out := append(report(p, e, at), p.tell(p.officers(), "product-charge-changed"))
	if e.Lowered {
		out = append(out, p.tell(p.operators(), "product-charge-changed"))
	}
	return out
}

func tellOffer(p *Product, e PutOnOffer, at lifecycle.Event) effects {
	return append(report(p, e, at), p.tell(p.officers(), "product-on-offer"))
}

func tellNothing(p *Product, e CameToNothing, at lifecycle.Event) effects {
	out := effects{}
	if p.Offer() == nil {
		out = report(p, e, at)
	}
	if e.Outcome == WasWithdrawn {
		return append(out, p.tell(p.officers(), "product-withdrawn"))
	}
	return append(out, p.tell(p.operators(), "product-rejected"))
}

// tellTakenOff tells the authorisation unless it was the one who told.
func tellTakenOff(p *Product, e TakenOff, at lifecycle.Event) effects {
	switch e.Side {
	case ByOperator:
		return append(report(p, e, at), p.tell(p.officers(), "product-delisted"))
	case ByAgency:
		return append(report(p, e, at), p.tell(p.operators(), "product-delisted"))
	default:
		return effects{p.tell(p.operators(), "product-delisted")}
	}
}

func tellLapsed(p *Product, _ WentWithIt, _ lifecycle.Event) effects {
	return effects{p.tell(p.operators(), "product-lapsed")}
}

// tellStanding tells the operator what the authorisation itself does not say, and the authorisation that its product is back on offer.
func tellStanding(p *Product, e StandingNoted, at lifecycle.Event) effects {
	switch {
	case p.Withheld && e.Standing == authorization.StandsWindingDown:
		return effects{p.tell(p.operators(), "product-delisted")}
	case p.Listed && e.Back:
		return report(p, e, at)
	case p.Listed && e.Standing == authorization.StandsSuspended:
		return effects{p.tell(p.operators(), "product-suspended")}
	default:
		return nil
	}
}

func tellRegraded(p *Product, _ regrading.Recorded, _ lifecycle.Event) effects {
	return effects{p.tell(p.officers(), "resource-regraded"), p.tell(p.administrators(), "resource-regraded")}
}
