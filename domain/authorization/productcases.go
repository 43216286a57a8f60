package authorization

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
	"datacharter/domain/register"
	"datacharter/domain/regrading"
)

// How an authorisation and the cases of its products and services speak: these tell it how they stand with RecordProduct, and it tells them how it stands itself
// with FollowAuthorization.
const (
	RecordProduct       = "record-product"
	FollowAuthorization = "follow-authorization"
)

// ProductKind is the kind of those cases.
const ProductKind lifecycle.Kind = "product"

// Stand is where an authorisation stands, for its products.
type Stand string

// The standings.
const (
	StandsOperating Stand = "operating"
	StandsSuspended Stand = "suspended"
	StandsExiting   Stand = "exiting"
	StandsEnded     Stand = "ended" // or its exit took every product off offer

	// StandsWindingDown: its exit, one in full, took every product off offer. They end with it, and come back when it is reinstated.
	StandsWindingDown Stand = "winding-down"
)

// ProductCase is a product or service that is a case of its own.
type ProductCase struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Over bool   `json:"over,omitempty"` // closed
}

// The inputs between an authorisation and its products.
type (
	// ProductState says how a product stands.
	ProductState struct {
		Case         string             `json:"case"`
		Name         string             `json:"name"`
		Class        agreement.Class    `json:"class"`
		Form         agreement.Form     `json:"form"`
		Unit         string             `json:"unit"`
		Scenario     string             `json:"scenario,omitempty"`
		Standard     string             `json:"standard,omitempty"`
		Capabilities []string           `json:"capabilities,omitempty"`
		Resources    []string           `json:"resources,omitempty"`
		Version      int                `json:"version,omitempty"` // on offer, or last; 0 for none yet
		Ceiling      pricing.Tariff     `json:"ceiling,omitempty"`
		Trial        bool               `json:"trial,omitempty"` // the ceiling is a trial tariff
		Charge       pricing.Tariff     `json:"charge,omitempty"`
		Discounts    []pricing.Discount `json:"discounts,omitempty"`
		Listed       bool               `json:"listed"`
		Over         bool               `json:"over,omitempty"` // closed
	}
	// StandInput says how the authorisation stands.
	StandInput struct {
		Standing Stand `json:"standing" enum:"operating,suspended,exiting,winding-down,ended"`
	}
)

// ProductRecorded records how a product stands, and what of it is new to the public.
type ProductRecorded struct {
	Product ProductState    `json:"product"`
	Why     register.Reason `json:"why,omitempty"` // empty when nothing of it is public
	// Withheld says that it was put on offer too late – the exit was under way, or another case has the product on offer – and is told so.
	Withheld bool `json:"withheld,omitempty"`
	// Returns says that it comes back on offer should the exit, one in full, not be carried through.
	Returns bool `json:"returns,omitempty"`
}

// EventType implements lifecycle.Content.
func (ProductRecorded) EventType() string { return "product-recorded" }

// Offering says whether a product that uses the resources can be put on offer now, and refuses what cannot.
func (a *Authorization) Offering(resources []string) *refusal.Refusal {
	switch {
	case regrading.Stopped(regrading.Keep(a.Regraded, resources), policy.StopListing):
		return refusal.StoppedByGrade.With()
	case a.State != Operating || a.Access != AccessOpen:
		return refusal.ProductHeld.With()
	default:
		return nil
	}
}

// OfferedBy is the case that has the product of the name on offer; empty for none.
func (a *Authorization) OfferedBy(name string) string {
	if p := a.offered(name); p != nil && p.Of != nil {
		return p.Of.Case
	}
	return ""
}

// recordProduct takes note of a product. One that was put on offer while the exit was being wound down is told that it is over.
func recordProduct(a *Authorization, in ProductState, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Text("case", in.Case, maxTitle)
	f.Text("name", in.Name, maxTitle)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	before := a.product(in.Name)
	newly := in.Listed && (before == nil || !before.Listed)
	taken := before != nil && before.Listed && a.caseOf(in.Name) != in.Case
	withheld := newly && a.State == Exiting || in.Listed && taken
	if withheld {
		in.Listed = false
	}
	if before != nil && before.Of != nil && reflect.DeepEqual(*before.Of, in) && before.Listed == in.Listed && !withheld {
		return nil, nil
	}
	recorded := ProductRecorded{Product: in, Withheld: withheld, Returns: withheld && !taken && env.Policy.Exit.Procedure != nil}
	if !taken {
		recorded.Why = in.why(before)
	}
	out := contents{recorded}
	if newly && !withheld {
		out = append(out, a.toRegisterProduct(in.Name, env)...)
	}
	return out, nil
}

// caseOf is the case by which the product of the name was recorded last; empty for none.
func (a *Authorization) caseOf(name string) string {
	if p := a.product(name); p != nil && p.Of != nil {
		return p.Of.Case
	}
	return ""
}

// why says what the public learns.
func (in ProductState) why(before *Product) register.Reason {
	var known ProductState
	was := false
	if before != nil {
		was = before.Listed
		if before.Of != nil {
			known = *before.Of
		}
	}
	switch {
	case !in.public():
		return ""
	case in.Listed && !was:
		return register.ProductListed
	case !in.Listed && was:
		return register.ProductDelisted
	case in.Version != known.Version:
		return register.ProductChanged
	case !slices.Equal(in.Ceiling, known.Ceiling) || in.Trial != known.Trial:
		return register.CeilingSet
	default:
		return register.PriceChanged
	}
}

// public reports whether the public knows of the product: it is or was on offer, or has a ceiling.
func (in ProductState) public() bool { return in.Version > 0 || len(in.Ceiling) > 0 }

// record folds what a product told.
func (a *Authorization) record(e ProductRecorded, at time.Time) {
	in := e.Product
	i := slices.IndexFunc(a.ProductCases, func(c ProductCase) bool { return c.ID == in.Case })
	if i < 0 {
		i = len(a.ProductCases)
		a.ProductCases = append(a.ProductCases, ProductCase{})
	}
	a.ProductCases[i] = ProductCase{ID: in.Case, Name: in.Name, Over: in.Over || e.Withheld && !e.Returns}
	if !in.public() {
		return
	}
	if of := a.caseOf(in.Name); of != "" && of != in.Case && a.product(in.Name).Listed {
		return // another case has it on offer
	}
	p := a.known(in.Name, in.Class)
	if in.Listed && !p.Listed {
		p.ListedAt = &at
	}
	p.Of, p.Unit, p.Listed, p.Ceiling, p.Price = &in, in.Unit, in.Listed, plain(in.Ceiling), plain(in.Charge)
}

// caseIsOver notes that the case of a product ends with what it is told.
func (a *Authorization) caseIsOver(id string) {
	for i := range a.ProductCases {
		if a.ProductCases[i].ID == id {
			a.ProductCases[i].Over = true
		}
	}
}

// plain is a tariff of one step as a price; nil for one of more or none.
func plain(t pricing.Tariff) *pricing.Price {
	if p, ok := t.Plain(); ok {
		return &p
	}
	return nil
}

// disclose adds to the public entry of a product what its case told.
func (in *ProductState) disclose(p *register.Product) {
	p.Case, p.Version, p.Kind, p.Scenario, p.Standard = in.Case, in.Version, in.Form, in.Scenario, in.Standard
	p.Capabilities, p.Resources, p.Highest, p.TrialTariff, p.Tariff, p.Discounts = in.Capabilities, in.Resources, in.Ceiling, in.Trial, in.Charge, in.Discounts
}

// recordedWhy is the reason of a release that a recorded product led to.
func recordedWhy(e lifecycle.Event) (register.Reason, bool) {
	var recorded ProductRecorded
	if err := json.Unmarshal(e.Data, &recorded); err != nil {
		panic(fmt.Sprintf("event %s/%d: %v", e.Case, e.Seq, err)) // it was folded just now
	}
	return recorded.Why, recorded.Why != ""
}

// stands is where the authorisation stands now.
func (a *Authorization) stands() Stand {
	switch a.State {
	case Suspended:
		return StandsSuspended
	case Exiting:
		return StandsExiting
	case Closed:
		return StandsEnded
	default:
		return StandsOperating
	}
}

// tellProducts tells every product that is still open.
func (a *Authorization) tellProducts(s Stand) []lifecycle.Effect {
	var out []lifecycle.Effect
	for _, c := range a.ProductCases {
		if !c.Over {
			out = append(out, lifecycle.SendTo(ProductKind, c.ID, FollowAuthorization, StandInput{Standing: s}))
		}
	}
	return out
}

// tellDelisted tells the case of a product that the exit took off offer.
func tellDelisted(a *Authorization, e ProductDelisted, _ lifecycle.Event) []lifecycle.Effect {
	of := a.caseOf(e.Product)
	if of == "" {
		return nil
	}
	stands := StandsEnded
	if e.Withheld {
		stands = StandsWindingDown
	}
	return []lifecycle.Effect{lifecycle.SendTo(ProductKind, of, FollowAuthorization, StandInput{Standing: stands})}
}

// answerProduct tells a product how the authorisation stands when that is news to it: it was handed in, or put on offer, while the other happened.
func answerProduct(a *Authorization, e ProductRecorded, _ lifecycle.Event) []lifecycle.Effect {
	stands := a.stands()
	switch {
	case e.Returns:
		stands = StandsWindingDown
	case e.Withheld:
		stands = StandsEnded
	}
	if e.Product.Over || stands == StandsOperating {
		return nil
	}
	return []lifecycle.Effect{lifecycle.SendTo(ProductKind, e.Product.Case, FollowAuthorization, StandInput{Standing: stands})}
}

// apart: the products and services are cases of their own.
var apart = guard{
	Words: words("产品和服务为单独事项", "products and services are cases of their own"),
	Check: func(a *Authorization, _ lifecycle.Env) refused {
		if !a.ProductsByCase {
			return refusal.ProductNotCase.With()
		}
		return nil
	},
}

func productRules() []rule {
	granted := from{Filed, Operating, Suspended, Exiting}
	return []rule{{
		Command: RecordProduct, Words: words("记录产品和服务状态", "record how a product stands"), From: granted, To: granted, By: lifecycle.By(system), Guards: []guard{apart},
		Emits: lifecycle.Emits(ProductRecorded{}), Decide: lifecycle.Decide(recordProduct),
	}}
}
