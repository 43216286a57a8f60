package finance

import (
	"maps"
	"slices"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/pricing"
	"datacharter/domain/product"
)

// products are the authorisation's products and services that are or were on offer, by name; of several of one name the last one.
func (f *Finance) products(env lifecycle.Env) map[string][]*product.Product {
	out := map[string][]*product.Product{}
	for _, c := range env.Facts.Products[f.Applicant] {
		if p, ok := c.(*product.Product); ok && p.Authorization == f.Authorization && p.Offer() != nil {
			name := p.Offer().Content.Name
			out[name] = append(out[name], p)
		}
	}
	return out
}

// ceilinged are those that are on offer under a ceiling: public benefit has none.
func (f *Finance) ceilinged(env lifecycle.Env) map[string]*product.Product {
	out := map[string]*product.Product{}
	for name, all := range f.products(env) {
		for _, p := range all {
			if p.Listed && p.Ceiling() != nil {
				out[name] = p
			}
		}
	}
	return out
}

func sorted[T any](of map[string]T) []string { return slices.Sorted(maps.Keys(of)) }

// needs is what stating income looks at: the products with their charges, and what was delivered.
func (f *Finance) needs() lifecycle.Needs {
	return lifecycle.Needs{ProductsOf: []string{f.Applicant}, UsedOf: []string{f.Authorization}}
}

// reckoned are the lines of a period by the use ledger and the charges: each month's volume at the charge that held at its end, by steps within the month.
// Products without a volume have a line too, since contracts may bill what the ledger does not count.
func (f *Finance) reckoned(p Period, env lifecycle.Env) ([]Line, error) {
	products := f.products(env)
	lines := make([]Line, 0, len(products))
	for _, name := range sorted(products) {
		all := products[name]
		content := all[len(all)-1].Offer().Content
		line := Line{Product: name, Class: content.Class, Unit: content.Unit}
		for _, month := range p.months(f.per()) {
			volume := used(env.Facts.Used[f.Authorization], month, name, content.Unit)
			charge, err := chargeAt(all, month).Charge(volume)
			if err != nil {
				return nil, err
			}
			line.Volume += volume
			if line.Reckoned, err = pricing.Sum(line.Reckoned, charge); err != nil {
				return nil, err
			}
		}
		line.Billed = line.Reckoned
		lines = append(lines, line)
	}
	return lines, nil
}

func used(all []lifecycle.Used, month calendar.Date, product, unit string) int64 {
	var volume int64
	for _, u := range all {
		if u.Month == string(periodOf(PerMonth, month.Year(), month.Month())) && u.Product == product && u.Unit == unit {
			volume += u.Volume
		}
	}
	return volume
}

// chargeAt is the charge that held at the end of a month; free when none was set by then.
func chargeAt(all []*product.Product, month calendar.Date) pricing.Tariff {
	var last *product.Charge
	for _, p := range all {
		for i, c := range p.Charges {
			if c.At.Before(month.AddMonths(1).Start()) && (last == nil || !c.At.Before(last.At)) {
				last = &p.Charges[i]
			}
		}
	}
	if last == nil {
		return pricing.Flat(pricing.Price{})
	}
	return last.Tariff
}

// statementOf is the checked statement of a period, or nil.
func (f *Finance) statementOf(p Period) *Statement { return find(f.Statements, p) }

func find(all []Statement, p Period) *Statement {
	i := slices.IndexFunc(all, func(s Statement) bool { return s.Period == p })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// per is the length of periods as agreed; a year while nothing is.
func (f *Finance) per() Per {
	if len(f.Rules) == 0 {
		return PerYear
	}
	return f.Rules[len(f.Rules)-1].Per
}

// lastDay is the last day that is accounted for by now: yesterday, or the day on which the authorisation ended.
func (f *Finance) lastDay(env lifecycle.Env) calendar.Date {
	if f.Ended != nil {
		return *f.Ended
	}
	return calendar.DateOf(env.Now).AddDays(-1)
}

// Periods are the periods from the first day of operation to a day, in their order.
func (f *Finance) Periods(to calendar.Date) []Period { return periods(f.per(), f.Started, to) }

// periodsIn are the periods of a year in which the authorisation operated.
func (f *Finance) periodsIn(year int) []Period {
	to := calendar.NewDate(year, 12, 31)
	if f.Ended != nil && f.Ended.Before(to) {
		to = *f.Ended
	}
	return slices.DeleteFunc(f.Periods(to), func(p Period) bool { return !p.in(year) })
}

// incomeOf is what the checked statements of a year come to.
func (f *Finance) incomeOf(year int) pricing.Amount {
	var sum pricing.Amount
	for _, s := range f.Statements {
		if s.Period.in(year) {
			sum += s.Income
		}
	}
	return sum
}
