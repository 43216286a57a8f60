package authorization_test

import (
	"testing"

	"pgregory.net/rapid"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

func ceiling(product, unit, yuan string) authorization.CeilingInput {
	return authorization.CeilingInput{Product: product, Unit: unit, Ceiling: yuan}
}

func listing(product, yuan string) authorization.ListingInput {
	return authorization.ListingInput{Product: product, Price: yuan}
}

// Products for public benefit are free, and no other is charged above its ceiling (65号 1–3).
func TestPrices(t *testing.T) {
	r := operating(t)
	r.refuse(t, applicant, "list-product", listing("alerts", "0.01"), refusal.PublicBenefitIsFree, "price")
	r.do(t, applicant, "list-product", listing("alerts", "0.00"))
	r.refuse(t, applicant, "change-price", listing("alerts", "1"), refusal.PublicBenefitIsFree, "price")
	r.refuse(t, officer, "set-ceiling", ceiling("alerts", "calls", "1"), refusal.PublicBenefitIsFree, "product")

	r.refuse(t, applicant, "list-product", listing("flow", "1"), refusal.NoCeiling, "price")
	r.refuse(t, applicant, "list-product", listing("other", "1"), refusal.NotInAgreement, "product")
	r.refuse(t, applicant, "list-product", listing("alerts", "0"), refusal.ListedAlready)
	r.refuse(t, applicant, "change-price", listing("flow", "1"), refusal.NotListed)
	r.refuse(t, applicant, "delist-product", authorization.ProductInput{Product: "flow"}, refusal.NotListed)
	r.refuse(t, officer, "set-ceiling", ceiling("other", "calls", "1"), refusal.NotInAgreement, "product")
	r.refuse(t, officer, "set-ceiling", ceiling("flow", "kilos", "1"), refusal.NotAChoice, "unit")
	r.refuse(t, officer, "set-ceiling", ceiling("flow", "calls", "-1"), refusal.NotAPrice, "ceiling")
	r.do(t, officer, "set-ceiling", ceiling("flow", "calls", "0.05"))
	r.refuse(t, applicant, "list-product", listing("flow", "0.050000001"), refusal.NotAPrice, "price")
	r.refuse(t, applicant, "list-product", listing("flow", "0.05000001"), refusal.AboveCeiling, "price")
	r.do(t, applicant, "list-product", listing("flow", "0.05"))
	r.refuse(t, applicant, "change-price", listing("flow", "0.06"), refusal.AboveCeiling, "price")
	r.do(t, applicant, "change-price", listing("flow", "0.02"))
	r.refuse(t, officer, "set-ceiling", ceiling("flow", "times", "0.05"), refusal.UnitInUse, "unit")
	r.do(t, applicant, "delist-product", authorization.ProductInput{Product: "flow"})
	r.do(t, officer, "set-ceiling", ceiling("flow", "times", "1"))
	if p := r.a.Products; len(p) != 2 || p[1].Listed || p[1].Unit != "times" || p[1].Class != agreement.Industry {
		t.Errorf("%+v", p)
	}
}

// The granting body lowers a ceiling without the operator's leave: the price goes down with it.
func TestLoweredCeilingLowersThePrice(t *testing.T) {
	r := operating(t)
	sell(r) // at 2
	r.subjects("")
	before := len(r.events)
	r.do(t, officer, "set-ceiling", ceiling("flow", "calls", "1.5"))
	if got := r.types(before); got != "[ceiling-set price-changed]" || r.a.Products[0].Price.String() != "1.5" {
		t.Errorf("%s: %+v", got, r.a.Products[0])
	}
	if got := r.subjects(identity.Applicant); len(got) != 1 || got[0] != "ceiling-set" {
		t.Errorf("the operator is told %v", got)
	}
	before = len(r.events)
	r.do(t, officer, "set-ceiling", ceiling("flow", "calls", "1.7"))
	if got := r.types(before); got != "[ceiling-set]" {
		t.Error(got)
	}
}

// Whatever the order of ceilings and prices: what is on offer never costs more than its ceiling, and public benefit is free.
func TestPriceProperty(t *testing.T) {
	base := operating(t)
	money := rapid.SampledFrom([]string{"0", "0.01", "1", "1.5", "2", "9999999999", "x", ""})
	product := rapid.SampledFrom([]string{"flow", "alerts", "other"})
	rapid.Check(t, func(rt *rapid.T) {
		r := base.copy(rt)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			name, yuan := product.Draw(rt, "product"), money.Draw(rt, "yuan")
			switch rapid.IntRange(0, 3).Draw(rt, "command") {
			case 0:
				_ = r.try(rt, officer, "set-ceiling", ceiling(name, rapid.SampledFrom([]string{"calls", "times"}).Draw(rt, "unit"), yuan))
			case 1:
				_ = r.try(rt, applicant, "list-product", listing(name, yuan))
			case 2:
				_ = r.try(rt, applicant, "change-price", listing(name, yuan))
			case 3:
				_ = r.try(rt, applicant, "delist-product", authorization.ProductInput{Product: name})
			}
			checkPrices(rt, r.a)
		}
	})
}

func checkPrices(t fataler, a *authorization.Authorization) {
	t.Helper()
	for _, p := range a.Products {
		free := p.Class == agreement.PublicBenefit
		if p.Listed && (free && !p.Price.IsZero() || !free && (p.Ceiling == nil || p.Price.Exceeds(*p.Ceiling))) {
			t.Fatalf("on offer: %+v", p)
		}
	}
}
