package authorization_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/exit"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
)

func price(yuan string) pricing.Price {
	p, err := pricing.ParsePrice(yuan)
	if err != nil {
		panic(err)
	}
	return p
}

// offered is a product on offer at a price that is its ceiling.
func offered(id, name, yuan string) authorization.ProductState {
	class := agreement.Industry
	if name == "alerts" {
		class = agreement.PublicBenefit
	}
	return authorization.ProductState{
		Case: id, Name: name, Class: class, Form: agreement.API, Unit: agreement.PerCall, Scenario: "travel", Standard: "GB/T", Capabilities: []string{"query"},
		Resources: []string{"resource-1"}, Version: 1, Ceiling: pricing.Flat(price(yuan)), Charge: pricing.Flat(price(yuan)), Listed: true,
	}
}

func filedByCase(t fataler) *run {
	t.Helper()
	return newRun(byCase).draft(t).submit(t).accept(t).reviewed(t).agreed(t).propose(t, officer).agreeText(t).agreed(t).sign(t).file(t)
}

func operatingByCase(t fataler) *run { t.Helper(); return filedByCase(t).started(t) }

// offeringByCase has one product case with the industry product on offer.
func offeringByCase(t fataler) *run {
	t.Helper()
	r := operatingByCase(t)
	r.sent = nil // what the beginning of operation sent
	r.do(t, system, authorization.RecordProduct, offered("prd-1", "flow", "2"))
	return r
}

// By a profile with rules of products the authorisation's own commands on them name the way; by an older one they stay, and no product case speaks.
func TestProductsAreCasesByTheNewerProfile(t *testing.T) {
	r := operatingByCase(t)
	r.refuse(t, officer, "set-ceiling", ceiling("flow", "calls", "1"), refusal.ProductIsCase)
	r.refuse(t, applicant, "list-product", listing("alerts", "0"), refusal.ProductIsCase)
	r.refuse(t, applicant, "change-price", listing("alerts", "0"), refusal.ProductIsCase)
	r.refuse(t, applicant, "delist-product", authorization.ProductInput{Product: "flow"}, refusal.ProductIsCase)
	operating(t).refuse(t, system, authorization.RecordProduct, offered("prd-1", "flow", "2"), refusal.ProductNotCase)
}

// What a product case tells is what the register says of it, each news a release with its reason.
func TestProductCaseFeedsTheRegister(t *testing.T) {
	r := operatingByCase(t)
	under := offered("prd-1", "flow", "2")
	under.Version, under.Listed, under.Ceiling, under.Charge = 0, false, nil, nil
	before := len(r.published)
	r.do(t, system, authorization.RecordProduct, under)
	if len(r.published) != before || len(r.a.Products) != 0 || len(r.a.ProductCases) != 1 {
		t.Fatalf("a product under review is nobody's business: %+v", r.a.Products)
	}
	steps := []struct {
		change func(*authorization.ProductState)
		want   register.Reason
	}{
		{func(p *authorization.ProductState) { p.Ceiling, p.Trial = pricing.Flat(price("2")), true }, register.CeilingSet},
		{func(p *authorization.ProductState) { p.Version, p.Listed, p.Charge = 1, true, pricing.Flat(price("1")) }, register.ProductListed},
		{func(p *authorization.ProductState) {
			p.Charge = pricing.Tariff{{UpTo: 100, Price: price("2")}, {Price: price("1")}}
		}, register.PriceChanged},
		{func(p *authorization.ProductState) { p.Version, p.Scenario = 2, "logistics" }, register.ProductChanged},
		{func(p *authorization.ProductState) { p.Listed, p.Over = false, true }, register.ProductDelisted},
	}
	for _, s := range steps {
		s.change(&under)
		r.do(t, system, authorization.RecordProduct, under)
		var out register.Release
		if err := json.Unmarshal(r.published[len(r.published)-1].Content, &out); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(out.Reasons, []register.Reason{s.want}) || !slices.Equal(out.Changed, []string{"products"}) {
			t.Errorf("want %s: %v %v", s.want, out.Reasons, out.Changed)
		}
		got := out.Entry.Products[0]
		if got.Case != "prd-1" || got.Kind != agreement.API || got.Scenario != under.Scenario || got.Listed != under.Listed || got.Version != under.Version {
			t.Errorf("%+v", got)
		}
	}
	again := len(r.events)
	r.do(t, system, authorization.RecordProduct, under)
	if len(r.events) != again {
		t.Error("what is told twice is recorded twice")
	}
}

// A tariff by steps costs something unless every step is free.
func TestChargeOfATariff(t *testing.T) {
	for want, tariff := range map[register.Charge]pricing.Tariff{
		register.Charged:  {{UpTo: 10, Price: price("0")}, {Price: price("1")}},
		register.Free:     {{Price: price("0")}},
		register.NoCharge: nil,
	} {
		if got := (register.Product{Tariff: tariff}).Charge(); got != want {
			t.Errorf("%v: %q, want %q", tariff, got, want)
		}
	}
}

// Suspension, resumption, exit and its end reach every open product case; what the exit takes off offer is told so.
func TestAuthorizationTellsItsProducts(t *testing.T) {
	r := offeringByCase(t)
	closed := offered("prd-0", "alerts", "0")
	closed.Listed, closed.Over = false, true
	r.do(t, system, authorization.RecordProduct, closed)
	wants := func(standing string) {
		t.Helper()
		if want := []string{`prd-1 follow-authorization {"standing":"` + standing + `"}`}; !slices.Equal(r.sent, want) {
			t.Errorf("sent %v, want %v", r.sent, want)
		}
		r.sent = nil
	}
	products := func(sent []string) []string {
		return slices.DeleteFunc(sent, func(s string) bool { return strings.Contains(s, authorization.EndAccounts) })
	}
	r.suspend(t)
	wants("suspended")
	r.resume(t)
	wants("operating")
	stopped := r.copy(t)
	stopped.openExit(t).exitEnds(t, exit.OutcomeStopped)
	if last := stopped.sent[len(stopped.sent)-1]; last != `prd-1 follow-authorization {"standing":"operating"}` {
		t.Error(last)
	}
	r.openExit(t)
	wants("exiting")
	r.do(t, system, "delist-all", nil)
	wants("winding-down")
	// It was put on offer while that happened: it is not, and is told so.
	r.do(t, system, authorization.RecordProduct, offered("prd-1", "flow", "2"))
	wants("winding-down")
	if r.a.Products[0].Listed {
		t.Error("listed after everything was delisted")
	}
	reinstated := r.copy(t)
	r.exitEnds(t, exit.OutcomeClosed)
	r.sent = products(r.sent)
	wants("ended") // only now the case of the product ends
	// A decision that was annulled puts the product back on offer by its own case, which the authorisation takes note of.
	reinstated.do(t, system, "relist", nil)
	reinstated.exitEnds(t, exit.OutcomeReinstated)
	if want := []string{`prd-1 follow-authorization {"standing":"operating"}`}; !slices.Equal(reinstated.sent, want) || reinstated.a.Products[0].Listed {
		t.Errorf("sent %v, listed %t", reinstated.sent, reinstated.a.Products[0].Listed)
	}
	reinstated.do(t, system, authorization.RecordProduct, offered("prd-1", "flow", "2"))
	if !reinstated.a.Products[0].Listed {
		t.Error("not on offer again")
	}
	under := operatingByCase(t)
	still := offered("prd-3", "flow", "2")
	still.Version, still.Listed, still.Ceiling, still.Charge = 0, false, nil, nil
	under.do(t, system, authorization.RecordProduct, still)
	under.openExit(t).exitEnds(t, exit.OutcomeClosed)
	if told := products(under.sent); told[len(told)-1] != `prd-3 follow-authorization {"standing":"ended"}` {
		t.Error("a product under way is not told of the end:", told)
	}
}

// Two cases for one product: the first one on offer keeps the place, the other is told.
func TestOneCaseOffersAProduct(t *testing.T) {
	r := offeringByCase(t)
	r.do(t, system, authorization.RecordProduct, offered("prd-2", "flow", "1"))
	if want := []string{`prd-2 follow-authorization {"standing":"ended"}`}; !slices.Equal(r.sent, want) || r.a.OfferedBy("flow") != "prd-1" {
		t.Errorf("%v: %+v", r.sent, r.a.Products)
	}
}

// A product that a case puts on offer is to be registered within 20 working days, as before (26号 Art. 9(1)).
func TestProductCaseIsToBeRegistered(t *testing.T) {
	r := operatingByCase(t)
	if r.a.Deadline("register-products") != nil {
		t.Fatal("nothing is on offer yet")
	}
	r.do(t, system, authorization.RecordProduct, offered("prd-1", "flow", "2"))
	if d := r.a.Deadline("register-products"); d == nil || !d.Open() {
		t.Fatal("no limit runs")
	}
	r.do(t, system, "record-registration", authorization.RegistrationInput{Registration: "reg-1", Object: "product", Subject: "flow", Code: "opaque"})
	if d := r.a.Deadline("register-products"); d.Open() {
		t.Error("the limit runs on")
	}
}
