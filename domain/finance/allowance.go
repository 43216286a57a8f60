package finance

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The inputs of the allowance. Amounts are in yuan, rates in percent.
type (
	// CostItem is one item of cost.
	CostItem struct {
		Kind   pricing.CostKind `json:"kind" enum:"platform,handling,staff,acquisition,period"`
		Amount string           `json:"amount" maxLength:"20" doc:"yuan, as a decimal"`
	}
	// CostsInput hands in a year's costs, for products and services of industry use alone.
	CostsInput struct {
		Year     int        `json:"year" minimum:"2000" maximum:"2200"`
		Items    []CostItem `json:"items" minItems:"1" maxItems:"100" doc:"for products and services of industry use alone"`
		Subsidy  string     `json:"subsidy" maxLength:"20" doc:"from the government, yuan; it is taken off the costs"`
		Taxes    string     `json:"taxes" maxLength:"20" doc:"by law, yuan"`
		Note     string     `json:"note,omitempty" maxLength:"4000"`
		Evidence []string   `json:"evidence,omitempty"`
	}
	// AllowanceInput records the decision of the price and data departments on the maximum allowed revenue.
	AllowanceInput struct {
		From        int        `json:"from" minimum:"2000" maximum:"2200" doc:"first year for which it is fixed"`
		To          int        `json:"to" minimum:"2000" maximum:"2200" doc:"last year"`
		Items       []CostItem `json:"items" minItems:"1" maxItems:"100" doc:"costs of a year as recognised by the cost survey"`
		Subsidy     string     `json:"subsidy" maxLength:"20" doc:"yuan a year"`
		BondYield   string     `json:"bond_yield" maxLength:"20" doc:"average yield of ten-year government bonds in the year before the survey, percent"`
		Return      string     `json:"return" maxLength:"20" doc:"percent; at most 6 percentage points above the yield"`
		Taxes       string     `json:"taxes" maxLength:"20" doc:"yuan a year"`
		Departments string     `json:"departments" maxLength:"200" doc:"that decided"`
		Number      string     `json:"number" maxLength:"100" doc:"of the decision"`
		On          string     `json:"on" format:"date" doc:"of the decision"`
		Evidence    []string   `json:"evidence" minItems:"1" doc:"the decision itself"`
	}
	// VolumesInput checks the ceilings at a forecast.
	VolumesInput struct {
		Year    int           `json:"year" minimum:"2000" maximum:"2200"`
		Volumes []VolumeInput `json:"volumes" minItems:"1" maxItems:"200"`
	}
	// VolumeInput is how much of a product is expected.
	VolumeInput struct {
		Product string `json:"product" maxLength:"200"`
		Volume  int64  `json:"volume" minimum:"0" doc:"units in the year"`
	}
	// ReasonInput says why something goes back.
	ReasonInput struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
	// Nothing is the input of commands that need none.
	Nothing struct{}
)

// Bounds of inputs, in characters and in number.
const (
	maxText    = 4000
	maxTitle   = 200
	maxItems   = 100
	maxVolumes = 200
)

// amount reads an amount that is not negative.
func amount(f *refusal.Faults, path, s string) pricing.Amount {
	a, err := pricing.ParseAmount(strings.TrimSpace(s))
	f.Unless(err == nil && a >= 0, refusal.NotAnAmount.At(path))
	return a
}

func rate(f *refusal.Faults, path, s string) pricing.Rate {
	r, err := pricing.ParseRate(strings.TrimSpace(s))
	f.Unless(err == nil, refusal.NotARate.At(path))
	return r
}

// day reads a day that is not in the future.
func day(f *refusal.Faults, path, s string, env lifecycle.Env) calendar.Date {
	on, err := calendar.ParseDate(s)
	switch {
	case s == "":
		f.Add(refusal.Required.At(path))
	case err != nil:
		f.Add(refusal.NotADate.At(path))
	default:
		f.Unless(!on.After(calendar.DateOf(env.Now)), refusal.DateInFuture.At(path))
	}
	return on
}

func items(f *refusal.Faults, path string, in []CostItem) []pricing.Cost {
	f.Unless(len(in) > 0, refusal.Required.At(path))
	if !f.Count(path, len(in), maxItems) {
		return nil
	}
	out := make([]pricing.Cost, len(in))
	for i, item := range in {
		refusal.Choice(f, refusal.In(path, i, "kind"), item.Kind, pricing.Platform, pricing.Handling, pricing.Staff, pricing.Acquisition, pricing.Period)
		out[i] = pricing.Cost{Kind: item.Kind, Amount: amount(f, refusal.In(path, i, "amount"), item.Amount)}
	}
	return out
}

// allowed reckons the allowance, with what is wrong at its place.
func allowed(f *refusal.Faults, b pricing.Basis) pricing.Allowance {
	if len(*f) > 0 {
		return pricing.Allowance{}
	}
	a, err := b.Allowed()
	switch {
	case errors.Is(err, pricing.ErrReturnTooHigh):
		f.Add(refusal.ReturnTooHigh.At("return"))
	case errors.Is(err, pricing.ErrSubsidyTooMuch):
		f.Add(refusal.SubsidyTooMuch.At("subsidy"))
	case err != nil:
		f.Add(refusal.AmountTooLarge.At("items"))
	}
	return a
}

// over reports whether a year of operation is over, or ended early.
func (f *Finance) over(year int, env lifecycle.Env) bool {
	return calendar.DateOf(env.Now).Year() > year || f.Ended != nil && f.Ended.Year() <= year
}

// operated reports whether the authorisation operated in the year.
func (f *Finance) operated(year int) bool {
	return year >= f.Started.Year() && (f.Ended == nil || year <= f.Ended.Year())
}

func handInCosts(c *Finance, in CostsInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	f.Unless(c.operated(in.Year) && c.over(in.Year, env), refusal.NotAReportYear.At("year"))
	costs := Costs{Year: in.Year, Items: items(&f, "items", in.Items), Note: strings.TrimSpace(in.Note), Evidence: in.Evidence, By: env.By, At: env.Now}
	costs.Subsidy, costs.Taxes = amount(&f, "subsidy", in.Subsidy), amount(&f, "taxes", in.Taxes)
	f.AtMost("note", in.Note, maxText)
	env.CheckFiles(&f, "evidence", in.Evidence, c.Applicant)
	allowed(&f, pricing.Basis{Costs: costs.Items, Subsidy: costs.Subsidy, Taxes: costs.Taxes})
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	return contents{CostsHanded{Costs: costs}}, nil
}

// firstComplete is the first calendar year in which operation lasts from its first day to its last.
func (f *Finance) firstComplete() int {
	if f.Started.Month() == 1 && f.Started == calendar.NewDate(f.Started.Year(), 1, 1) {
		return f.Started.Year()
	}
	return f.Started.Year() + 1
}

var noneProposed = guard{
	Words: say("没有待确认的核定决定", "no decision on the allowance waits to be confirmed"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if f.Proposed != nil {
			return refusal.FinanceWaits.With()
		}
		return nil
	},
}

// proposed: what is confirmed was recorded by somebody else.
var proposed = guard{
	Words: say("有他人记录的核定决定待确认", "a decision that somebody else recorded waits to be confirmed"),
	Check: func(f *Finance, env lifecycle.Env) refused {
		switch {
		case f.Proposed == nil:
			return refusal.FinanceNothing.With()
		case f.Proposed.By.Person == env.Actor.Person:
			return refusal.FinancePrepared.With()
		default:
			return nil
		}
	},
}

func proposeAllowance(c *Finance, in AllowanceInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	fixed := Fixed{From: in.From, To: in.To, By: env.By, At: env.Now}
	fixed.Basis = pricing.Basis{
		Costs: items(&f, "items", in.Items), Subsidy: amount(&f, "subsidy", in.Subsidy), Return: rate(&f, "return", in.Return),
		BondYield: rate(&f, "bond_yield", in.BondYield), Taxes: amount(&f, "taxes", in.Taxes),
	}
	f.Text("departments", in.Departments, maxTitle)
	f.Text("number", in.Number, maxItems)
	on := day(&f, "on", in.On, env)
	f.Unless(len(in.Evidence) > 0, refusal.Required.At("evidence"))
	env.CheckFiles(&f, "evidence", in.Evidence, c.Agency)
	f.Unless(in.To >= in.From, refusal.AllowanceOverlaps.At("to"))
	months := int(longest(env))
	f.Unless((in.To-in.From+1)*12 <= months, refusal.AllowanceTooLong.At("to", "months", fmt.Sprint(months)))
	f.Unless(in.From > c.firstComplete() && (len(c.Allowances) == 0 || in.From > c.Allowances[len(c.Allowances)-1].To), refusal.AllowanceOverlaps.At("from"))
	f.Unless(c.costsOf(in.From-1) != nil, refusal.NoCosts.At("from"))
	fixed.Amounts = allowed(&f, fixed.Basis)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	fixed.Decision = Decision{Departments: strings.TrimSpace(in.Departments), Number: strings.TrimSpace(in.Number), On: on, Evidence: in.Evidence}
	return contents{AllowanceProposed{Fixed: fixed}}, nil
}

// longest is how many months an allowance may hold; the profile's check sees to it that it is counted in months.
func longest(env lifecycle.Env) calendar.Months {
	months, ok := env.Policy.Finance.Review.Span.Span.(calendar.Months)
	if !ok {
		panic("finance.review.span is no number of months")
	}
	return months
}

func confirmAllowance(f *Finance, _ Nothing, env lifecycle.Env) (contents, refused) {
	last := calendar.NewDate(f.Proposed.To, 12, 31)
	out := append(contents{AllowanceConfirmed{}}, f.EndDeadlines(completeYear, review)...)
	if f.Ended != nil {
		return out, nil
	}
	return append(out, env.LimitOn(review, env.Policy.Finance.Review, last, f.officers(), f.administrators())), nil
}

// sendBack is the answer to what was prepared that is not right.
func sendBack(what What) func(*Finance, ReasonInput, lifecycle.Env) (contents, refused) {
	return func(_ *Finance, in ReasonInput, _ lifecycle.Env) (contents, refused) {
		var f refusal.Faults
		f.Text("reason", in.Reason, maxText)
		if r := f.Refusal(); r != nil {
			return nil, r
		}
		return contents{SentBack{What: what, Reason: strings.TrimSpace(in.Reason)}}, nil
	}
}

// costsOf are the costs of a year as handed in, or nil.
func (f *Finance) costsOf(year int) *Costs {
	i := slices.IndexFunc(f.Costs, func(c Costs) bool { return c.Year == year })
	if i < 0 {
		return nil
	}
	return &f.Costs[i]
}

func (f *Finance) fixedFor(year int) *Fixed {
	i := slices.IndexFunc(f.Allowances, func(a Fixed) bool { return a.From <= year && year <= a.To })
	if i < 0 {
		return nil
	}
	return &f.Allowances[i]
}

// AllowedIn is the allowance of a year, less the excesses to be deducted in it; false when none is fixed for it.
func (f *Finance) AllowedIn(year int) (pricing.Allowance, bool) {
	fixed := f.fixedFor(year)
	if fixed == nil {
		return pricing.Allowance{}, false
	}
	basis := fixed.Basis
	basis.Excess = f.deducted(year)
	a, err := basis.Allowed()
	if err != nil {
		panic(fmt.Sprintf("%s: the allowance of %d was reckoned before, and cannot be now: %v", f.ID, year, err))
	}
	return a, true
}

// deducted is what falls to a year: its own parts, and what the year before could not bear.
func (f *Finance) deducted(year int) pricing.Amount {
	var due pricing.Amount
	earlier := false
	for _, d := range f.Deductions {
		if d.Year == year {
			due += d.Amount
		}
		earlier = earlier || d.Year < year
	}
	if !earlier {
		return due
	}
	if before, ok := f.AllowedIn(year - 1); ok {
		return due + before.Carried
	}
	return due + f.deducted(year-1)
}

// checkCeilings adds up what the ceilings would bring at the forecast volume (65号 part 2).
func checkCeilings(c *Finance, in VolumesInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	allowance, fixed := c.AllowedIn(in.Year)
	f.Unless(fixed, refusal.NoAllowance.At("year"))
	if !f.Count("volumes", len(in.Volumes), maxVolumes) {
		return nil, f.Refusal()
	}
	check := Check{Year: in.Year, Allowance: allowance.Total, By: env.By, At: env.Now}
	names := make([]string, len(in.Volumes))
	products := c.ceilinged(env)
	for i, v := range in.Volumes {
		at := refusal.In("volumes", i, "product")
		names[i] = v.Product
		p, known := products[v.Product]
		if !known {
			f.Add(refusal.UnknownReference.At(at))
			continue
		}
		ceiling := p.Ceiling().Tariff
		income, err := ceiling.Charge(v.Volume)
		f.Unless(err == nil, refusal.AmountTooLarge.At(refusal.In("volumes", i, "volume")))
		check.Lines = append(check.Lines, Forecast{Product: v.Product, Unit: p.Drafted.Unit, Ceiling: ceiling, Volume: v.Volume, Income: income})
	}
	f.Distinct(names, func(i int) string { return refusal.In("volumes", i, "product") })
	for _, name := range sorted(products) {
		f.Unless(slices.Contains(names, name), refusal.VolumeMissing.At("volumes", "product", name))
	}
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	total, err := check.total()
	if err != nil {
		return nil, refusal.InvalidFields([]refusal.Field{refusal.AmountTooLarge.At("volumes")})
	}
	check.Total, check.Within = total, total <= allowance.Total
	return contents{CeilingsChecked{Check: check}}, nil
}

func (c Check) total() (pricing.Amount, error) {
	incomes := make([]pricing.Amount, len(c.Lines))
	for i, l := range c.Lines {
		incomes[i] = l.Income
	}
	return pricing.Sum(incomes...)
}
