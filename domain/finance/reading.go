package finance

import (
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/revenue"
)

// AttachmentDigests are all files that the case holds, for those who may read it.
func (f *Finance) AttachmentDigests() []string {
	var out []string
	for _, c := range f.Costs {
		out = append(out, c.Evidence...)
	}
	for _, a := range f.Allowances {
		out = append(out, a.Decision.Evidence...)
	}
	if f.Proposed != nil {
		out = append(out, f.Proposed.Decision.Evidence...)
	}
	for _, s := range slices.Concat(f.Handed, f.Statements) {
		out = append(out, s.Evidence...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Offered are the names of the products that can be stated, or of those alone whose ceilings can be checked.
func (f *Finance) Offered(facts lifecycle.Facts, ceilinged bool) []string {
	env := lifecycle.Env{Facts: facts}
	if ceilinged {
		return sorted(f.ceilinged(env))
	}
	return sorted(f.products(env))
}

// ToState are the periods that are over and wait for a statement.
func (f *Finance) ToState(env lifecycle.Env) []Period {
	last := f.lastDay(env)
	if last.Before(f.Started) {
		return nil
	}
	return slices.DeleteFunc(f.Unstated(last), func(p Period) bool {
		_, ends, _ := p.span(f.per())
		return f.Ended == nil && ends.After(last)
	})
}

// Unstated are the periods up to a day that nobody stated yet, the one in which the day lies among them.
func (f *Finance) Unstated(to calendar.Date) []Period {
	return slices.DeleteFunc(f.Periods(to), func(p Period) bool { return f.statementOf(p) != nil || find(f.Handed, p) != nil })
}

// ToSettle are the periods whose checked statement the book does not follow yet.
func (f *Finance) ToSettle() []Period {
	var out []Period
	for _, s := range f.Statements {
		if find(f.Handed, s.Period) == nil && !f.Settled(s.Period) {
			out = append(out, s.Period)
		}
	}
	return out
}

// Unsettled are the statements that the book does not follow yet, those that wait to be checked among them, in the order of their periods.
func (f *Finance) Unsettled() []Statement {
	out := slices.Clone(f.Handed)
	for _, p := range f.ToSettle() {
		out = append(out, *f.statementOf(p))
	}
	slices.SortFunc(out, func(a, b Statement) int { return strings.Compare(string(a.Period), string(b.Period)) })
	return out
}

// TakenBack are the IDs of the entries that a counter-entry takes back.
func (f *Finance) TakenBack() map[string]bool {
	out := map[string]bool{}
	for _, p := range f.Postings {
		if p.Entry.Kind == revenue.Counter {
			out[p.Entry.Counters] = true
		}
	}
	return out
}
