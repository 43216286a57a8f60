package authorization

import (
	"datacharter/domain/agreement"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The inputs on products.
type (
	// CeilingInput sets the highest charge for a product (上限收费标准, 65号).
	CeilingInput struct {
		Product string `json:"product" maxLength:"200"`
		Unit    string `json:"unit" enum:"number,times,time,calls" doc:"what is charged for: 产品数量、服务次数、服务时间、数据调用量"`
		Ceiling string `json:"ceiling" maxLength:"20" doc:"yuan a unit, as a decimal; a price above it is lowered to it"`
	}
	// ListingInput puts a product on offer or changes its price.
	ListingInput struct {
		Product string `json:"product" maxLength:"200"`
		Price   string `json:"price" maxLength:"20" doc:"yuan a unit, as a decimal; 0 for public benefit"`
	}
	// ProductInput names a product.
	ProductInput struct {
		Product string `json:"product" maxLength:"200"`
	}
)

// The events of products.
type (
	// CeilingSet records a product's ceiling.
	CeilingSet struct {
		Product string          `json:"product"`
		Class   agreement.Class `json:"class"`
		Unit    string          `json:"unit"`
		Ceiling pricing.Price   `json:"ceiling"`
	}
	// ProductListed puts a product on offer.
	ProductListed struct {
		Product string          `json:"product"`
		Class   agreement.Class `json:"class"`
		Price   pricing.Price   `json:"price"`
	}
	// PriceChanged changes the price of a product on offer.
	PriceChanged struct {
		Product string        `json:"product"`
		Price   pricing.Price `json:"price"`
	}
	// ProductDelisted takes a product off offer.
	ProductDelisted struct {
		// Withheld says that its case goes on until the exit is closed, and puts it back on offer should the authorisation be reinstated.
		Withheld bool   `json:"withheld,omitempty"`
		Product  string `json:"product"`
	}
)

// EventType implements lifecycle.Content.
func (CeilingSet) EventType() string { return "ceiling-set" }

// EventType implements lifecycle.Content.
func (ProductListed) EventType() string { return "product-listed" }

// EventType implements lifecycle.Content.
func (PriceChanged) EventType() string { return "price-changed" }

// EventType implements lifecycle.Content.
func (ProductDelisted) EventType() string { return "product-delisted" }

// agreed finds a product of the signed agreement.
func (a *Authorization) agreed(name string) (agreement.Product, bool) {
	for _, p := range a.version().Content.Products {
		if p.Name == name {
			return p, true
		}
	}
	return agreement.Product{}, false
}

// offered returns the product when it is on offer, or nil.
func (a *Authorization) offered(name string) *Product {
	if p := a.product(name); p != nil && p.Listed {
		return p
	}
	return nil
}

// itself: by a newer profile the products and services are cases of their own, where all this is done.
var itself = guard{
	Words: words("产品和服务不作为单独事项", "products and services are no cases of their own"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if a.ProductsByCase {
			return refusal.ProductIsCase.With()
		}
		return nil
	},
}

// setCeiling never waits for the operator: a price that the new ceiling does not allow is lowered with it (65号 2–4).
func setCeiling(a *Authorization, in CeilingInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	agreed, ok := a.agreed(in.Product)
	f.Unless(ok, refusal.NotInAgreement.At("product"))
	f.Unless(agreed.Class != agreement.PublicBenefit, refusal.PublicBenefitIsFree.At("product"))
	refusal.Choice(&f, "unit", in.Unit, agreement.Units...)
	offered := a.offered(in.Product)
	f.Unless(offered == nil || offered.Unit == in.Unit, refusal.UnitInUse.At("unit"))
	ceiling, err := pricing.ParsePrice(in.Ceiling)
	f.Unless(err == nil, refusal.NotAPrice.At("ceiling"))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{CeilingSet{Product: in.Product, Class: agreed.Class, Unit: in.Unit, Ceiling: ceiling}}
	if offered != nil && offered.Price.Exceeds(ceiling) {
		out = append(out, PriceChanged{Product: in.Product, Price: ceiling})
	}
	return out, nil
}

func listProduct(a *Authorization, in ListingInput, env lifecycle.Env) (contents, refused) {
	if a.offered(in.Product) != nil {
		return nil, refusal.ListedAlready.With()
	}
	agreed, ok := a.agreed(in.Product)
	if !ok {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.NotInAgreement.At("product")})
	}
	price, r := a.price(in, agreed.Class)
	if r != nil {
		return nil, r
	}
	return append(contents{ProductListed{Product: in.Product, Class: agreed.Class, Price: price}}, a.toRegisterProduct(in.Product, env)...), nil
}

func changePrice(a *Authorization, in ListingInput, _ lifecycle.Env) (contents, refused) {
	p := a.offered(in.Product)
	if p == nil {
		return nil, refusal.NotListed.With()
	}
	price, r := a.price(in, p.Class)
	if r != nil {
		return nil, r
	}
	return contents{PriceChanged{Product: in.Product, Price: price}}, nil
}

// price reads a price and holds it against the rules: public benefit is free, and no charge is above the ceiling (65号 1–3).
func (a *Authorization) price(in ListingInput, class agreement.Class) (pricing.Price, refused) {
	var f refusal.Faults
	price, err := pricing.ParsePrice(in.Price)
	p := a.product(in.Product)
	switch {
	case err != nil:
		f.Add(refusal.NotAPrice.At("price"))
	case class == agreement.PublicBenefit:
		f.Unless(price.IsZero(), refusal.PublicBenefitIsFree.At("price"))
	case p == nil || p.Ceiling == nil:
		f.Add(refusal.NoCeiling.At("price"))
	default:
		f.Unless(!price.Exceeds(*p.Ceiling), refusal.AboveCeiling.At("price"))
	}
	return price, f.Refusal()
}

func delistProduct(a *Authorization, in ProductInput, _ lifecycle.Env) (contents, refused) {
	if a.offered(in.Product) == nil {
		return nil, refusal.NotListed.With()
	}
	return contents{ProductDelisted{Product: in.Product}}, nil
}

func productEvents() []lifecycle.EventType[*Authorization] {
	type A = *Authorization
	return []lifecycle.EventType[A]{
		lifecycle.Sending(
			lifecycle.On(func(a A, e CeilingSet, _ lifecycle.Event) {
				p := a.known(e.Product, e.Class)
				p.Unit, p.Ceiling = e.Unit, &e.Ceiling
			}),
			func(a A, _ CeilingSet, _ lifecycle.Event) []lifecycle.Effect {
				return tell(a, a.applicants(), "ceiling-set")
			}),
		lifecycle.On(func(a A, e ProductListed, at lifecycle.Event) {
			p := a.known(e.Product, e.Class)
			p.Price, p.Listed, p.ListedAt = &e.Price, true, &at.At
		}),
		lifecycle.On(func(a A, e PriceChanged, _ lifecycle.Event) { a.product(e.Product).Price = &e.Price }),
		lifecycle.Sending(lifecycle.On(func(a A, e ProductDelisted, _ lifecycle.Event) {
			a.product(e.Product).Listed = false
			if !e.Withheld {
				a.caseIsOver(a.caseOf(e.Product))
			}
		}), tellDelisted),
		lifecycle.Sending(lifecycle.On(func(a A, e ProductRecorded, at lifecycle.Event) { a.record(e, at.At) }), answerProduct),
	}
}

// known returns the product of the name, adding it when it is new.
func (a *Authorization) known(name string, class agreement.Class) *Product {
	if p := a.product(name); p != nil {
		return p
	}
	a.Products = append(a.Products, Product{Name: name, Class: class})
	return a.product(name)
}
