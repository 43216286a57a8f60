package finance

import (
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// The names of the limits.
const (
	completeYear = "complete-year"
	review       = "allowance-review"
	adjust       = "price-adjustment"
	priceReport  = "price-report"
	final        = "final-settlement"
)

// openIt opens the accounts on the first day of operation. A repeat changes nothing.
func openIt(f *Finance, in authorization.AccountsCall, env lifecycle.Env) (contents, refused) {
	if env.Policy.Finance == nil {
		return nil, refusal.PolicyUnknown.With()
	}
	if f.Version > 0 {
		return nil, nil
	}
	f = &Finance{Started: in.Started, Header: lifecycle.Header{Agency: in.Agency, Applicant: in.Operator}}
	last := calendar.NewDate(f.firstComplete(), time.December, 31)
	return contents{
		Opened{Call: in, Policy: env.PolicyRef()},
		env.LimitOn(completeYear, env.Policy.Finance.Year, last, lifecycle.Recipients{}, lifecycle.Recipients{}),
		f.reportOn(in.Started.Year(), env),
	}, nil
}

// reportOn is the limit of the report on a year: it counts from the last day of that year (65号 part 5: by the end of March after it).
func (f *Finance) reportOn(year int, env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.LimitFrom(priceReport, env.Policy.Finance.Report, calendar.NewDate(year, time.December, 31), f.officers(), f.administrators())
}

// nextReport ends the limit of a report that was made, and lets that of the year after run while there is one to report on.
func (f *Finance) nextReport(year int, env lifecycle.Env) contents {
	d := f.Deadline(priceReport)
	if d == nil || !d.Open() || d.From.Year() != year {
		return nil
	}
	out := contents{lifecycle.DeadlineEnded{Name: priceReport}}
	if f.operated(year + 1) {
		out = append(out, f.reportOn(year+1, env))
	}
	return out
}

// whenDue says what follows a limit.
func whenDue(f *Finance, d lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	switch d.Name {
	case completeYear:
		return contents{YearCompleted{}}
	case review:
		return contents{ReviewDue{}}
	case priceReport:
		if f.operated(d.From.Year() + 1) {
			return contents{f.reportOn(d.From.Year()+1, env)}
		}
		return nil
	default:
		return nil
	}
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(YearCompleted{}, ReviewDue{})

// endIt begins the final settlement.
func endIt(f *Finance, in authorization.AccountsEnd, env lifecycle.Env) (contents, refused) {
	if f.Ended != nil {
		return nil, nil
	}
	out := append(contents{AuthorizationEnded(in)}, f.EndDeadlines(completeYear, review, adjust)...)
	return append(out, env.Limit(final, env.Policy.Finance.Final, f.officers(), f.administrators())), nil
}
