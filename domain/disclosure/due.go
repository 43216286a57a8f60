package disclosure

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
)

// The names of the limits.
const (
	yearEnd = "disclosure-year-end"
	yearly  = "yearly-disclosure"
	chase   = "disclosure-chase"
)

// whenDue says what follows a limit: the year is over, or what is late is asked for again and again, and its supervisors are told.
func whenDue(d *Disclosure, l lifecycle.Deadline, env lifecycle.Env) []lifecycle.Content {
	switch l.Name {
	case yearEnd:
		return contents{YearEnded{}, d.until(env)}
	case yearly, chase:
		return contents{WasChased{}, env.Limit(chase, env.Policy.Disclosure.Chase, d.preparers(), d.checkers())}
	default:
		return nil
	}
}

// dueEvents are the events that may follow.
var dueEvents = lifecycle.Emits(YearEnded{}, WasChased{})

// runsOut is the limit of the year that is disclosed itself.
func runsOut(year int, env lifecycle.Env) lifecycle.DeadlineStarted {
	return env.LimitOn(yearEnd, env.Policy.Disclosure.Due, lastDay(year), lifecycle.Recipients{}, lifecycle.Recipients{})
}

// until is the limit of the disclosure: it counts from the last day of the year, whenever it is begun (by the end of March, notice of February 2026).
func (d *Disclosure) until(env lifecycle.Env) lifecycle.DeadlineStarted {
	env.Now = lastDay(d.Year).Start()
	return env.Limit(yearly, env.Policy.Disclosure.Due, d.preparers(), d.checkers())
}

func lastDay(year int) calendar.Date { return calendar.NewDate(year, time.December, 31) }
