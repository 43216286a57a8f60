package product

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The inputs of pricing.
type (
	// StepInput is one step of a tariff.
	StepInput struct {
		UpTo  int64  `json:"up_to,omitempty" minimum:"0" doc:"last unit of the step; left out for the last step, which has no end"`
		Price string `json:"price" maxLength:"20" doc:"yuan for each unit of this step, as a decimal"`
	}
	// CeilingInput sets the highest charge (上限收费标准, 65号 part 2).
	CeilingInput struct {
		Tariff []StepInput `json:"tariff" minItems:"1" maxItems:"20" doc:"one step is a plain price; a charge above it is lowered to it"`
		Reason string      `json:"reason" maxLength:"4000" doc:"on what it was reckoned"`
	}
	// ChargeInput sets what is charged (65号 part 3).
	ChargeInput struct {
		Tariff    []StepInput     `json:"tariff" minItems:"1" maxItems:"20" doc:"one step is a plain price; no quantity may cost more than by the ceiling"`
		Discounts []DiscountInput `json:"discounts,omitempty" maxItems:"20"`
		Reason    string          `json:"reason,omitempty" maxLength:"4000" doc:"of a change; needed once a charge was set"`
	}
	// DiscountInput is a named discount.
	DiscountInput struct {
		Name   string `json:"name" maxLength:"200" doc:"for whom or what it is"`
		Reason string `json:"reason" maxLength:"2000"`
		Rate   string `json:"rate" maxLength:"20" doc:"percent off the charge, more than 0 and up to 100"`
	}
)

const (
	maxSteps     = 20
	maxDiscounts = 20
)

// free is the charge of public benefit (65号 part 1).
var free = pricing.Flat(pricing.Price{})

// priceable: a price is set once reviews and trial have passed, and from then on at any time.
var priceable = guard{
	Words: say("已通过审核", "its reviews have passed"),
	Check: func(p *Product, _ lifecycle.Env) refused {
		if p.State != ToBePriced && p.State != ToBeListed && !p.Listed {
			return refusal.ProductNotPriced.With()
		}
		return nil
	},
}

// chargeable: public benefit is free.
var chargeable = guard{
	Words: say("属产业、行业类", "it is for industry and sector development"),
	Check: func(p *Product, _ lifecycle.Env) refused {
		if p.free() {
			return refusal.ProductFree.With()
		}
		return nil
	},
}

// ceilinged: no charge without a ceiling.
var ceilinged = guard{
	Words: say("已设定上限收费标准", "its ceiling is set"),
	Check: func(p *Product, _ lifecycle.Env) refused {
		if p.Ceiling() == nil {
			return refusal.ProductNoCeiling.With()
		}
		return nil
	},
}

// tariff reads steps, with every fault at its place.
func tariff(f *refusal.Faults, path string, steps []StepInput) pricing.Tariff {
	f.Unless(len(steps) > 0, refusal.Required.At(path))
	if !f.Count(path, len(steps), maxSteps) {
		return nil
	}
	before := len(*f)
	out := make(pricing.Tariff, len(steps))
	for i, s := range steps {
		price, err := pricing.ParsePrice(strings.TrimSpace(s.Price))
		f.Unless(err == nil, refusal.NotAPrice.At(refusal.In(path, i, "price")))
		out[i] = pricing.Step{UpTo: s.UpTo, Price: price}
	}
	if len(*f) == before && len(steps) > 0 {
		f.Unless(out.Check() == nil, refusal.NotATariff.At(path))
	}
	return out
}

// setCeiling never waits for the operator: a charge that the new ceiling does not allow is lowered with it (65号 parts 2–4).
func setCeiling(p *Product, in CeilingInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	highest := tariff(&f, "tariff", in.Tariff)
	f.Text("reason", in.Reason, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	set := CeilingSet{Tariff: highest, Trial: !completeYear(p.rests(env).Started, env), Reason: strings.TrimSpace(in.Reason)}
	out := append(contents{set}, p.EndDeadlines(toPrice)...)
	if c := p.Charge(); c != nil && !c.Tariff.Within(highest) {
		out = append(out, ChargeSet{Tariff: highest, Discounts: c.Discounts, Lowered: true})
	}
	return out, nil
}

// setCharge is the operator's own, up to the ceiling.
func setCharge(p *Product, in ChargeInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	charged := tariff(&f, "tariff", in.Tariff)
	discounts := readDiscounts(&f, in.Discounts)
	f.AtMost("reason", in.Reason, maxText)
	now := p.Charge()
	f.Unless(now == nil || strings.TrimSpace(in.Reason) != "", refusal.Required.At("reason"))
	if len(f) == 0 {
		f.Unless(charged.Within(p.Ceiling().Tariff), refusal.AboveCeiling.At("tariff"))
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	if now != nil && slices.Equal(now.Tariff, charged) && (len(now.Discounts) == 0 && len(discounts) == 0 || reflect.DeepEqual(now.Discounts, discounts)) {
		return nil, refusal.ProductChargeSame.With()
	}
	out := ChargeSet{Tariff: charged, Discounts: discounts, Reason: strings.TrimSpace(in.Reason)}
	if p.State == ToBePriced {
		out.State = ToBeListed
	}
	return contents{out}, nil
}

func readDiscounts(f *refusal.Faults, all []DiscountInput) []pricing.Discount {
	if len(all) == 0 || !f.Count("discounts", len(all), maxDiscounts) {
		return nil
	}
	out, names := make([]pricing.Discount, len(all)), make([]string, len(all))
	for i, d := range all {
		f.Text(refusal.In("discounts", i, "name"), d.Name, maxTitle)
		f.Text(refusal.In("discounts", i, "reason"), d.Reason, maxPart)
		rate, err := pricing.ParseRate(strings.TrimSpace(d.Rate))
		f.Unless(err == nil && rate != pricing.Percent(0) && !rate.Exceeds(pricing.Percent(100)), refusal.NotADiscount.At(refusal.In("discounts", i, "rate")))
		names[i] = strings.TrimSpace(d.Name)
		out[i] = pricing.Discount{Name: names[i], Reason: strings.TrimSpace(d.Reason), Rate: rate}
	}
	f.Distinct(names, func(i int) string { return refusal.In("discounts", i, "name") })
	return out
}

// prices are the inputs that write a tariff.
func prices(t pricing.Tariff) []StepInput {
	out := make([]StepInput, len(t))
	for i, s := range t {
		out[i] = StepInput{UpTo: s.UpTo, Price: s.Price.String()}
	}
	return out
}

// ChargeAsSet is the input that would set the charge that holds, for a form that changes it.
func (p *Product) ChargeAsSet() ChargeInput {
	c := p.Charge()
	if c == nil {
		return ChargeInput{}
	}
	in := ChargeInput{Tariff: prices(c.Tariff)}
	for _, d := range c.Discounts {
		in.Discounts = append(in.Discounts, DiscountInput{Name: d.Name, Reason: d.Reason, Rate: d.Rate.String()})
	}
	return in
}

// CeilingAsSet is the input that would set the ceiling that holds, for a form that changes it.
func (p *Product) CeilingAsSet() CeilingInput {
	if c := p.Ceiling(); c != nil {
		return CeilingInput{Tariff: prices(c.Tariff)}
	}
	return CeilingInput{}
}

// Offered is what somebody pays for a quantity by the charge less a discount, nil for none.
func (c Charge) Offered(quantity int64, less *pricing.Discount) (pricing.Amount, error) {
	if less == nil {
		return c.Tariff.Charge(quantity)
	}
	return c.Tariff.Less(less.Rate).Charge(quantity)
}

// completeYear reports whether operation has lasted for a whole calendar year by now, on whose accounts maximum revenue can be fixed (65号 part 4: 一个完整运营年度;
// that it is a calendar year is concluded from the yearly report).
func completeYear(started *time.Time, env lifecycle.Env) bool {
	if started == nil {
		return false
	}
	from := calendar.DateOf(*started)
	first := calendar.NewDate(from.Year(), time.January, 1)
	if from.After(first) {
		first = calendar.NewDate(from.Year()+1, time.January, 1)
	}
	return calendar.DateOf(env.Now).Year() > first.Year()
}
