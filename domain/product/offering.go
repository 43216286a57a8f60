package product

import (
	"strings"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// offered: what is not on offer cannot be taken off.
var offered = guard{
	Words: say("有在架版本", "a version is on offer"),
	Check: func(p *Product, _ lifecycle.Env) refused {
		if !p.Listed {
			return refusal.ProductNotOffered.With()
		}
		return nil
	},
}

// notHeld: while the authorisation is suspended or in exit, nothing is put on offer.
var notHeld = guard{
	Words: say("所属授权运营未暂停、未退出", "the authorisation is neither suspended nor in exit"),
	Check: func(p *Product, _ lifecycle.Env) refused {
		if p.Held() {
			return refusal.ProductHeld.With()
		}
		return nil
	},
}

// list puts the version that was reviewed on offer. What the agreement said when it was handed in is looked at again.
func list(p *Product, _ Nothing, env lifecycle.Env) (contents, refused) {
	a, r := p.operating(env)
	if r != nil {
		return nil, r
	}
	if other := a.OfferedBy(p.Drafted.Name); other != "" && other != p.ID {
		return nil, refusal.ProductElsewhere.With()
	}
	var f refusal.Faults
	p.Drafted.checkWithin(&f, a, env)
	if c := p.Charge(); !p.free() { // a charge that a ceiling does not allow was lowered with it
		f.Unless(c.Tariff.Within(p.Ceiling().Tariff), refusal.AboveCeiling.At("tariff"))
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{PutOnOffer{Hash: p.Drafted.Hash()}}, nil
}

// proposeChange begins a change of content: a new version that goes through the reviews again. The version on offer stays until the new one is listed.
func proposeChange(_ *Product, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return contents{ChangeProposed{Reason: strings.TrimSpace(in.Reason)}}, nil
}

// delist takes the product off offer for good; orderDelisting does so for the agency.
func delist(p *Product, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	return p.takeOff(ByOperator, in)
}

func orderDelisting(p *Product, in ReasonInput, _ lifecycle.Env) (contents, refused) {
	return p.takeOff(ByAgency, in)
}

func (p *Product) takeOff(side Side, in ReasonInput) (contents, refused) {
	if r := in.check(); r != nil {
		return nil, r
	}
	return append(p.Drop(), TakenOff{Side: side, Reason: strings.TrimSpace(in.Reason)}), nil
}
