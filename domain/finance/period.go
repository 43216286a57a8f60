package finance

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"datacharter/domain/calendar"
)

// Per is the length of the periods for which income is stated and settled.
type Per string

// The lengths.
const (
	PerMonth   Per = "month"
	PerQuarter Per = "quarter"
	PerYear    Per = "year"
)

// months is how many months a period of the length has.
func (p Per) months() int {
	switch p {
	case PerMonth:
		return 1
	case PerQuarter:
		return 3
	default:
		return 12
	}
}

// Period is a period: a year "2026", a quarter "2026Q1" or a month "2026-01". Periods of one length sort by time.
type Period string

// periodOf is the period of a length in which a month lies.
func periodOf(per Per, year int, month time.Month) Period {
	switch per {
	case PerMonth:
		return Period(fmt.Sprintf("%04d-%02d", year, month))
	case PerQuarter:
		return Period(fmt.Sprintf("%04dQ%d", year, (int(month)+2)/3))
	default:
		return Period(fmt.Sprintf("%04d", year))
	}
}

// span reads a period of the length: its first and its last month; false when it is none.
func (p Period) span(per Per) (first, last calendar.Date, ok bool) {
	if len(p) < len("2006") {
		return first, last, false
	}
	year, err := strconv.Atoi(string(p[:4]))
	if err != nil || year < 2000 || year > 2200 {
		return first, last, false
	}
	month := 1
	switch rest := string(p[4:]); per {
	case PerMonth:
		month, err = strconv.Atoi(strings.TrimPrefix(rest, "-"))
	case PerQuarter:
		var quarter int
		quarter, err = strconv.Atoi(strings.TrimPrefix(rest, "Q"))
		month = 3*quarter - 2
	case PerYear: // its first month stands
	}
	if err != nil || month < 1 || month > 12 || periodOf(per, year, time.Month(month)) != p {
		return first, last, false
	}
	first = calendar.NewDate(year, time.Month(month), 1)
	return first, first.AddMonths(per.months()).AddDays(-1), true
}

// in reports whether the period lies in the year.
func (p Period) in(year int) bool { return strings.HasPrefix(string(p), strconv.Itoa(year)) }

// months are the months of the period as the use ledger names them.
func (p Period) months(per Per) []calendar.Date {
	first, _, _ := p.span(per)
	out := make([]calendar.Date, per.months())
	for i := range out {
		out[i] = first.AddMonths(i)
	}
	return out
}

// periods are the periods of a length from one day to another.
func periods(per Per, from, to calendar.Date) []Period {
	var out []Period
	for first := calendar.NewDate(from.Year(), from.Month(), 1); !first.After(to); first = first.AddMonths(1) {
		if p := periodOf(per, first.Year(), first.Month()); len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	return out
}
