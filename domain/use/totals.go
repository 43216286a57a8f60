package use

import (
	"cmp"
	"slices"
	"time"

	"datacharter/domain/agreement"
	"datacharter/domain/calendar"
)

// Term is the period of everything there is.
const Term = "term"

// PeriodOf names the day, month or year in which a time lies in China: "2026-03-01", "2026-03" or "2026"; or the whole term.
func PeriodOf(t time.Time, per agreement.Period) string {
	day := calendar.DateOf(t).String()
	switch per {
	case agreement.PerDay:
		return day
	case agreement.PerMonth:
		return day[:len("2006-01")]
	case agreement.PerYear:
		return day[:len("2006")]
	default:
		return Term
	}
}

// Sum is what a total is of.
type Sum struct {
	Per     agreement.Period
	Period  string // of Per
	Stage   Stage
	Product string // empty for what concerns none
	Unit    Unit
}

// Figures are the parts of a total. What is out of scope is counted apart.
type Figures struct {
	Events, Volume       int64
	Beyond, BeyondVolume int64 // out of scope
}

// Plus adds.
func (f Figures) Plus(g Figures) Figures {
	return Figures{f.Events + g.Events, f.Volume + g.Volume, f.Beyond + g.Beyond, f.BeyondVolume + g.BeyondVolume}
}

// Total is the figures of a sum.
type Total struct {
	Sum
	Figures
}

// Periods are those for which totals are kept.
var Periods = []agreement.Period{agreement.PerDay, agreement.PerMonth, agreement.PerYear, agreement.PerTerm}

// Judged is an event with the reasons for which it lies beyond the scope; none when it lies within.
type Judged struct {
	Event
	Reasons []Reason
}

// Sums adds up what events come to, in an order that is the same for the same sums, so that two that write them never wait for each other in a circle.
func Sums(events []Judged) []Total {
	all := map[Sum]Figures{}
	for _, e := range events {
		f := Figures{Events: 1, Volume: e.Volume}
		if len(e.Reasons) > 0 {
			f = Figures{Beyond: 1, BeyondVolume: e.Volume}
		}
		for _, per := range Periods {
			of := Sum{per, PeriodOf(e.At, per), e.Stage, e.Product, e.Unit}
			all[of] = all[of].Plus(f)
		}
	}
	out := make([]Total, 0, len(all))
	for sum, figures := range all {
		out = append(out, Total{sum, figures})
	}
	slices.SortFunc(out, func(a, b Total) int { return a.Compare(b.Sum) })
	return out
}

// Compare orders sums.
func (s Sum) Compare(t Sum) int {
	return cmp.Or(cmp.Compare(s.Per, t.Per), cmp.Compare(s.Period, t.Period), cmp.Compare(s.Stage, t.Stage), cmp.Compare(s.Product, t.Product), cmp.Compare(s.Unit, t.Unit))
}

// Counted names what a bound counts in one of its periods.
type Counted struct {
	Bound  agreement.Bound
	Period string
}

// Counts lists what must be known to judge uses by the bounds of their scopes.
func (h History) Counts(uses []Use) []Counted {
	var out []Counted
	for _, u := range uses {
		for _, b := range h.At(u.At).Bounds {
			if c := (Counted{b, PeriodOf(u.At, b.Per)}); counts(b, u) && !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// counts reports whether a bound counts a use.
func counts(b agreement.Bound, u Use) bool {
	return Stage(b.Stage) == u.Stage && Unit(b.Unit) == u.Unit && (b.Product == "" || b.Product == u.Product)
}

// Judge judges uses in their order. used is what was within scope before; what the uses add to it counts for those after them.
func (h History) Judge(uses []Use, used map[Counted]int64) [][]Reason {
	out := make([][]Reason, len(uses))
	for i, u := range uses {
		scope := h.At(u.At)
		out[i] = scope.Check(u)
		var counted []Counted
		for _, b := range scope.Bounds {
			if !counts(b, u) {
				continue
			}
			c := Counted{b, PeriodOf(u.At, b.Per)}
			counted = append(counted, c)
			if used[c]+u.Volume > b.Most {
				out[i] = append(out[i], Reason{TooMuch, b.Product})
			}
		}
		if len(out[i]) > 0 {
			continue
		}
		for _, c := range counted {
			used[c] += u.Volume
		}
	}
	return out
}
