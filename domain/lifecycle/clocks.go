package lifecycle

import (
	"slices"

	"datacharter/domain/calendar"
)

// StopClocks holds the running limits named, or all of them when none is named. A limit to a fixed date is not held: the law's date
// comes whatever happens to the case. Neither is one whose time has come already: it is missed, and the next tick says so.
func (h *Header) StopClocks(env Env, names ...string) []Content {
	var out []Content
	today := calendar.DateOf(env.Now)
	for _, d := range h.Deadlines {
		if d.Running() && named(d.Name, names) && env.Now.Before(d.Due.At) && d.holds() {
			out = append(out, DeadlineHeld{Name: d.Name, Left: d.left(env.Calendar, today).String()})
		}
	}
	return out
}

// holds reports whether the limit's clock can be stopped at all.
func (d Deadline) holds() bool {
	_, fixed := spanOf(d.Span).(calendar.FixedDate)
	return d.Exact || !fixed
}

// left is what is left of the limit when its clock stops today.
func (d Deadline) left(c calendar.Calendar, today calendar.Date) calendar.Span {
	if d.Exact {
		return calendar.CalendarDays(today.DaysUntil(d.Due.On))
	}
	return c.Remaining(d.From, spanOf(d.Span), today)
}

// RestartClocks lets the held limits named run on with what was left, or all of them when none is named.
func (h *Header) RestartClocks(env Env, names ...string) []Content {
	var out []Content
	today := calendar.DateOf(env.Now)
	for _, d := range h.Deadlines {
		if !d.Open() || d.Left == "" || !named(d.Name, names) {
			continue
		}
		due := env.Calendar.Due(today, spanOf(d.Left))
		if d.Exact {
			due = env.Calendar.Term(today, spanOf(d.Left))
		}
		out = append(out, env.Resumed(d, due))
	}
	return out
}

// Resumed lets a held limit run on from today to a due date, with its reminder.
func (env Env) Resumed(d Deadline, due calendar.Due) DeadlineResumed {
	return DeadlineResumed{Name: d.Name, From: calendar.DateOf(env.Now), Due: due, RemindAt: env.remindAt(due, d.RemindBefore)}
}

// EndDeadlines ends the open limits named, or all of them when none is named.
func (h *Header) EndDeadlines(names ...string) []Content {
	var out []Content
	for _, d := range h.Deadlines {
		if d.Open() && named(d.Name, names) {
			out = append(out, DeadlineEnded{Name: d.Name})
		}
	}
	return out
}

func named(name string, names []string) bool { return len(names) == 0 || slices.Contains(names, name) }

// spanOf reads a span that a limit carries; a limit carries nothing that does not read back.
func spanOf(s string) calendar.Span {
	span, err := calendar.ParseSpan(s)
	if err != nil {
		panic("limit with a span that does not read back: " + err.Error())
	}
	return span
}
