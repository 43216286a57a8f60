package finance

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/refusal"
)

// The inputs of a year.
type (
	// YearInput reckons a year.
	YearInput struct {
		Year int `json:"year" minimum:"2000" maximum:"2200"`
		Over int `json:"over,omitempty" minimum:"0" maximum:"20" doc:"years from whose allowances an excess is deducted; left out for the next one alone"`
	}
	// AdjustedInput says what was done about a deviation.
	AdjustedInput struct {
		Year int    `json:"year" minimum:"2000" maximum:"2200"`
		What string `json:"what" maxLength:"4000" doc:"which charges or ceilings were adjusted, and why; or why none had to be"`
	}
	// ReportInput records the report to the price and data departments.
	ReportInput struct {
		Year    int    `json:"year" minimum:"2000" maximum:"2200"`
		Summary string `json:"summary" maxLength:"4000" doc:"the business as a whole"`
		To      string `json:"to" maxLength:"200" doc:"departments to which it was sent"`
		Number  string `json:"number" maxLength:"100" doc:"of the letter"`
		On      string `json:"on" format:"date" doc:"on which it was sent"`
	}
)

// Report is the yearly report to the price and data departments (65号 part 5).
type Report struct {
	Year        int                `json:"year"`
	Summary     string             `json:"summary"`   // the business as a whole
	Operators   string             `json:"operators"` // in the words of the operator's own report
	Cost        pricing.Amount     `json:"cost"`      // net of subsidy
	Taxes       pricing.Amount     `json:"taxes"`     //
	Income      pricing.Amount     `json:"income"`    // billed
	Profit      pricing.Amount     `json:"profit"`    // negative for a loss
	Products    []Sold             `json:"products"`  // with their volumes and income
	Allowance   *pricing.Allowance `json:"allowance,omitempty"`
	Deviation   *pricing.Deviation `json:"deviation,omitempty"`
	Adjusted    string             `json:"adjusted,omitempty"`
	Adjustments []Adjustment       `json:"adjustments,omitempty"` // of ceilings and charges in the year
	To          string             `json:"to"`
	Number      string             `json:"number"`
	On          calendar.Date      `json:"on"`
	By          identity.By        `json:"by"`
	At          time.Time          `json:"at"`
}

// Sold is one product's volume and income in a year.
type Sold struct {
	Product string          `json:"product"`
	Class   agreement.Class `json:"class"`
	Unit    string          `json:"unit"`
	Volume  int64           `json:"volume"`
	Income  pricing.Amount  `json:"income"`
}

// Adjustment is a ceiling or a charge that was set in a year.
type Adjustment struct {
	Product string         `json:"product"`
	Ceiling bool           `json:"ceiling"` // a ceiling, else a charge
	Tariff  pricing.Tariff `json:"tariff"`
	Trial   bool           `json:"trial,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	On      calendar.Date  `json:"on"`
}

// yearOf is what was reckoned of a year, or nil.
func (f *Finance) yearOf(year int) *Year {
	i := slices.IndexFunc(f.Years, func(y Year) bool { return y.Year == year })
	if i < 0 {
		return nil
	}
	return &f.Years[i]
}

// unchecked is the first period of a year whose statement is not checked, or waits to be corrected; empty for none.
func (f *Finance) unchecked(year int) Period {
	for _, p := range f.periodsIn(year) {
		if f.statementOf(p) == nil || find(f.Handed, p) != nil {
			return p
		}
	}
	return ""
}

// reckonYear compares the income of a whole year with its allowance (65号 part 4). When the period of the allowance ends with the year, what its years together
// took in above it is deducted from the allowances of the years after.
func reckonYear(c *Finance, in YearInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	known := c.operated(in.Year) && c.over(in.Year, env)
	f.Unless(known, refusal.NotAReportYear.At("year"))
	if known {
		open := c.unchecked(in.Year)
		f.Unless(open == "", refusal.YearOpen.At("year", "period", string(open)))
	}
	f.Unless(in.Over >= 0 && in.Over <= env.Policy.Finance.Smoothing.Most, refusal.TooMany.At("over", "max", strconv.Itoa(env.Policy.Finance.Smoothing.Most)))
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	year := Year{Year: in.Year, Income: c.incomeOf(in.Year), By: env.By, At: env.Now}
	if a, ok := c.AllowedIn(in.Year); ok && (c.Ended == nil || c.Ended.Year() > in.Year) {
		deviation := pricing.DeviationOf(year.Income, a.Total)
		year.Allowance, year.Deviation = &a, &deviation
	}
	var deductions []Deduction
	if fixed := c.fixedFor(in.Year); fixed != nil && fixed.To == in.Year && year.Deviation != nil {
		year.Excess = c.excess(*fixed, year)
		for i, part := range pricing.Smoothed(year.Excess, in.Over) {
			if part > 0 {
				deductions = append(deductions, Deduction{Of: in.Year, Year: in.Year + 1 + i, Amount: part})
			}
		}
	}
	if before := c.yearOf(in.Year); before != nil && before.same(year) && slices.Equal(c.deductionsOf(in.Year), deductions) {
		return nil, refusal.FinanceSame.With()
	}
	out := append(contents{YearReckoned{Year: year, Deductions: deductions}}, c.EndDeadlines(adjust)...)
	if year.Deviation != nil && year.Deviation.Task != pricing.NoTask {
		out = append(out, env.Limit(adjust, env.Policy.Finance.Adjust, c.officers(), c.administrators()))
	}
	return out, nil
}

// excess is what the years of a period, the last one among them, took in above their allowances together; 0 for nothing.
func (f *Finance) excess(fixed Fixed, last Year) pricing.Amount {
	sum := last.Deviation.Amount
	for _, y := range f.Years {
		if y.Year >= fixed.From && y.Year < fixed.To && y.Deviation != nil {
			sum += y.Deviation.Amount
		}
	}
	return max(sum, 0)
}

func (y Year) same(other Year) bool {
	return y.Income == other.Income && y.Excess == other.Excess && (y.Allowance == nil) == (other.Allowance == nil) && (y.Allowance == nil || *y.Allowance == *other.Allowance)
}

func (f *Finance) deductionsOf(year int) []Deduction {
	return slices.DeleteFunc(slices.Clone(f.Deductions), func(d Deduction) bool { return d.Of != year })
}

// Due are the years about whose deviation something is to be done yet.
func (f *Finance) Due() []Year {
	return slices.DeleteFunc(slices.Clone(f.Years), func(y Year) bool {
		return y.Deviation == nil || y.Deviation.Task == pricing.NoTask || y.Adjusted != nil
	})
}

var deviates = guard{
	Words: say("有年度偏离待调整", "a year's deviation waits for an adjustment"),
	Check: func(f *Finance, _ lifecycle.Env) refused {
		if len(f.Due()) == 0 {
			return refusal.FinanceNothing.With()
		}
		return nil
	},
}

func reportAdjustment(c *Finance, in AdjustedInput, _ lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	due := c.Due()
	f.Unless(slices.ContainsFunc(due, func(y Year) bool { return y.Year == in.Year }), refusal.UnknownReference.At("year"))
	f.Text("what", in.What, maxText)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	out := contents{AdjustmentReported{Year: in.Year, What: strings.TrimSpace(in.What)}}
	if len(due) == 1 {
		out = append(out, c.EndDeadlines(adjust)...)
	}
	return out, nil
}

// reportNeeds is what the report looks at beside the case: the operator's own report, and the products' ceilings and charges.
func (f *Finance) reportNeeds() lifecycle.Needs {
	return lifecycle.Needs{Cases: []string{f.Authorization}, ProductsOf: []string{f.Applicant}}
}

// reportYear compiles the report with the figures of 65号 part 5, and records that it was sent.
func reportYear(c *Finance, in ReportInput, env lifecycle.Env) (contents, refused) {
	var f refusal.Faults
	year, costs, operators := c.yearOf(in.Year), c.costsOf(in.Year), c.operatorsReport(in.Year, env)
	f.Unless(year != nil, refusal.YearNotClosed.At("year"))
	f.Unless(costs != nil, refusal.NoCosts.At("year"))
	f.Unless(operators != "", refusal.ReportMissing.At("year"))
	f.Text("summary", in.Summary, maxText)
	f.Text("to", in.To, maxTitle)
	f.Text("number", in.Number, maxItems)
	on := day(&f, "on", in.On, env)
	if r := f.Refusal(); r != nil {
		return nil, r
	}
	report := Report{
		Year: in.Year, Summary: strings.TrimSpace(in.Summary), Operators: operators, Cost: costs.Net(), Taxes: costs.Taxes, Income: year.Income,
		Profit: year.Income - costs.Net() - costs.Taxes, Products: c.sold(in.Year), Allowance: year.Allowance, Deviation: year.Deviation,
		Adjustments: c.adjustments(in.Year, env), To: strings.TrimSpace(in.To), Number: strings.TrimSpace(in.Number), On: on, By: env.By, At: env.Now,
	}
	if year.Adjusted != nil {
		report.Adjusted = year.Adjusted.What
	}
	return append(contents{YearReported{Report: report}}, c.nextReport(in.Year, env)...), nil
}

// operatorsReport is what the operator itself reported of a year that was over by then; empty for nothing.
func (f *Finance) operatorsReport(year int, env lifecycle.Env) string {
	a, ok := env.Facts.Cases[f.Authorization].(*authorization.Authorization)
	if !ok {
		return ""
	}
	for _, r := range slices.Backward(a.Reports) {
		if r.Year == year && (calendar.DateOf(r.At).Year() > year || f.Ended != nil) {
			return r.Summary
		}
	}
	return ""
}

// sold adds up the statements of a year by product.
func (f *Finance) sold(year int) []Sold {
	var out []Sold
	for _, s := range f.Statements {
		if !s.Period.in(year) {
			continue
		}
		for _, l := range s.Lines {
			i := slices.IndexFunc(out, func(p Sold) bool { return p.Product == l.Product && p.Unit == l.Unit })
			if i < 0 {
				i = len(out)
				out = append(out, Sold{Product: l.Product, Class: l.Class, Unit: l.Unit})
			}
			out[i].Volume += l.Volume
			out[i].Income += l.Billed
		}
	}
	slices.SortStableFunc(out, func(a, b Sold) int { return strings.Compare(a.Product, b.Product) })
	return out
}

// adjustments are the ceilings and charges that were set in a year, in their order for each product.
func (f *Finance) adjustments(year int, env lifecycle.Env) []Adjustment {
	var out []Adjustment
	products := f.products(env)
	for _, name := range sorted(products) {
		for _, p := range products[name] {
			for _, c := range p.Ceilings {
				if on := calendar.DateOf(c.At); on.Year() == year {
					out = append(out, Adjustment{Product: name, Ceiling: true, Tariff: c.Tariff, Trial: c.Trial, Reason: c.Reason, On: on})
				}
			}
			for _, c := range p.Charges {
				if on := calendar.DateOf(c.At); on.Year() == year {
					out = append(out, Adjustment{Product: name, Tariff: c.Tariff, Reason: c.Reason, On: on})
				}
			}
		}
	}
	return out
}
