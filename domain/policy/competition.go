package policy

import "datacharter/domain/text"

// Indicator is a sign that competition may not be fair (27号 Art. 6). It explains itself and decides nothing: a person may raise a finding on it.
type Indicator struct {
	Ground    `yaml:",inline"`
	When      Condition `yaml:"when" json:"when"`           // on CompetitionFacts
	Explain   text.Text `yaml:"explain" json:"explain"`     // what is looked at, and what it may mean
	Threshold Duty      `yaml:"threshold" json:"threshold"` // from when it shows, and who says so
	Subject   string    `yaml:"subject" json:"subject"`     // of the finding that it may lead to
}

// CompetitionFacts are what an indicator may speak of, of one authorisation:
//
//	takers      int             who took products within the scope, each once
//	own_takers  int             the operator itself and its listed affiliates as takers, by credit code or name, also beyond the scope
//	products    list of offer   {name, class string; listed, over_ceiling bool; takers, events, largest_share, discounts, largest_discount int}; shares and discounts in whole percent
//	pairs       list of pair    {product, with string; takers, both int}: of the takers of a product, how many took the other, too
//	texts       list of string  what the agreement says in words
//
// Such as: products.exists(p, p.takers >= 3 && p.largest_share >= 70)
type CompetitionFacts struct {
	Takers    int      `json:"takers"`
	OwnTakers int      `json:"own_takers"`
	Products  []Offer  `json:"products"`
	Pairs     []Pair   `json:"pairs"`
	Texts     []string `json:"-"` // on the page of the agreement
}

// Offer is a product or service as an indicator looks at it.
type Offer struct {
	Name            string `json:"name"`
	Class           string `json:"class"`
	Listed          bool   `json:"listed"`
	OverCeiling     bool   `json:"over_ceiling"`
	Takers          int    `json:"takers"`
	Events          int    `json:"events"`           // within the scope
	LargestShare    int    `json:"largest_share"`    // of one taker in the volume, in whole percent, in the unit in which it is largest
	Discounts       int    `json:"discounts"`        // named ones
	LargestDiscount int    `json:"largest_discount"` // in whole percent
}

// Pair is two products and who took both.
type Pair struct {
	Product string `json:"product"`
	With    string `json:"with"`
	Takers  int    `json:"takers"` // of the product
	Both    int    `json:"both"`   // of these, who took the other, too
}

// Map is the facts as a condition looks at them.
func (f CompetitionFacts) Map() map[string]any {
	products, pairs, texts := make([]any, len(f.Products)), make([]any, len(f.Pairs)), make([]any, len(f.Texts))
	for i, p := range f.Products {
		products[i] = map[string]any{
			"name": p.Name, "class": p.Class, "listed": p.Listed, "over_ceiling": p.OverCeiling, "takers": p.Takers, "events": p.Events,
			"largest_share": p.LargestShare, "discounts": p.Discounts, "largest_discount": p.LargestDiscount,
		}
	}
	for i, p := range f.Pairs {
		pairs[i] = map[string]any{"product": p.Product, "with": p.With, "takers": p.Takers, "both": p.Both}
	}
	for i, t := range f.Texts {
		texts[i] = t
	}
	return map[string]any{"takers": f.Takers, "own_takers": f.OwnTakers, "products": products, "pairs": pairs, "texts": texts}
}
