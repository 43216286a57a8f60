package lifecycle

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/policy"
	"datacharter/domain/text"
)

// Deadline is one time limit of a case. It explains itself: the rule in words, the article, the calendar it was counted with.
type Deadline struct {
	Name    string        `json:"name"`
	Rule    text.Text     `json:"rule"`
	Article string        `json:"article"`
	Mark    string        `json:"mark"` // how the figure was verified
	Span    string        `json:"span"` // what was counted, such as "3 working_days"
	From    calendar.Date `json:"from"`
	Due     calendar.Due  `json:"due"`
	Exact   bool          `json:"exact,omitempty"` // a date agreed on: it does not move off a holiday

	RemindBefore int        `json:"remind_before,omitempty"` // working days before the due date
	RemindAt     *time.Time `json:"remind_at,omitempty"`
	Reminded     bool       `json:"reminded,omitempty"`
	Passed       bool       `json:"passed,omitempty"`
	Ended        bool       `json:"ended,omitempty"` // met, or no longer needed
	Left         string     `json:"left,omitempty"`  // the span left while the clock is stopped

	HeldAt *time.Time `json:"held_at,omitempty"` // when its clock stopped, while it is stopped
	Ran    int        `json:"ran,omitempty"`     // calendar days that its clock ran before From, when it was stopped and runs again
	OverAt *time.Time `json:"over_at,omitempty"` // when it was met, no longer needed, or missed

	Reminds   Recipients `json:"reminds"`
	Escalates Recipients `json:"escalates"`
}

// Open reports whether the limit still matters: neither met nor passed.
func (d Deadline) Open() bool { return !d.Ended && !d.Passed }

// Running reports whether its clock is running.
func (d Deadline) Running() bool { return d.Open() && d.Left == "" }

// NextAt is the instant at which the limit next needs attention, and false when it needs none.
func (d Deadline) NextAt() (time.Time, bool) {
	if !d.Running() {
		return time.Time{}, false
	}
	if d.RemindAt != nil && !d.Reminded && d.RemindAt.Before(d.Due.At) {
		return *d.RemindAt, true
	}
	return d.Due.At, true
}

// WakeAt is the earliest instant at which any limit of the case needs attention, and false when none does.
func (h *Header) WakeAt() (time.Time, bool) {
	var wake time.Time
	found := false
	for _, d := range h.Deadlines {
		if at, ok := d.NextAt(); ok && (!found || at.Before(wake)) {
			wake, found = at, true
		}
	}
	return wake, found
}

// Deadline returns the newest limit of the name, or nil.
func (h *Header) Deadline(name string) *Deadline {
	for i := len(h.Deadlines) - 1; i >= 0; i-- {
		if h.Deadlines[i].Name == name {
			return &h.Deadlines[i]
		}
	}
	return nil
}

// Limit counts a profile's limit from the day of the event that starts it.
func (env Env) Limit(name string, l policy.Limit, reminds, escalates Recipients) DeadlineStarted {
	from := calendar.DateOf(env.Now)
	return DeadlineStarted{Deadline: env.deadline(name, l, from, env.Calendar.Due(from, l.Span.Span), reminds, escalates)}
}

// LimitFrom counts a profile's limit from a day that is past, such as that of service.
func (env Env) LimitFrom(name string, l policy.Limit, from calendar.Date, reminds, escalates Recipients) DeadlineStarted {
	return DeadlineStarted{Deadline: env.deadline(name, l, from, env.Calendar.Due(from, l.Span.Span), reminds, escalates)}
}

// LimitOn is a limit that ends on a date agreed on, with a profile's rule explaining it; a holiday does not move it.
func (env Env) LimitOn(name string, l policy.Limit, on calendar.Date, reminds, escalates Recipients) DeadlineStarted {
	due := calendar.Due{On: on, At: on.End(), Calendar: env.Calendar.Version()}
	d := env.deadline(name, l, calendar.DateOf(env.Now), due, reminds, escalates)
	d.Exact = true
	return DeadlineStarted{Deadline: d}
}

func (env Env) deadline(name string, l policy.Limit, from calendar.Date, due calendar.Due, reminds, escalates Recipients) Deadline {
	d := Deadline{
		Name: name, Rule: l.Rule, Article: l.Article, Mark: string(l.Mark), Span: l.Span.String(),
		From: from, Due: due, Reminds: reminds, Escalates: escalates, RemindBefore: l.RemindBefore,
	}
	d.RemindAt = env.remindAt(due, l.RemindBefore)
	return d
}

// remindAt is when to remind of a due date: nil when no reminder is wanted or it would lie in the past.
func (env Env) remindAt(due calendar.Due, before int) *time.Time {
	if before <= 0 {
		return nil
	}
	at := env.daysBefore(due.On, before).End()
	if !at.After(env.Now) {
		return nil
	}
	return &at
}

// daysBefore counts working days backwards, so that a reminder leaves that many whole working days.
func (env Env) daysBefore(on calendar.Date, days int) calendar.Date {
	for d := on; ; d = d.AddDays(-1) {
		if env.Calendar.WorkingDaysAfter(d, on) >= days {
			return d
		}
	}
}

// Before counts a length of time backwards from a date agreed on: what ends with the day returned leaves the whole of it.
func (env Env) Before(on calendar.Date, span calendar.Span) calendar.Date {
	switch s := span.(type) {
	case calendar.WorkingDays:
		return env.daysBefore(on, int(s))
	case calendar.CalendarDays:
		return on.AddDays(-int(s))
	case calendar.Months:
		return on.AddMonths(-int(s))
	default: // a fixed date is no length of time; profiles have none here
		return on
	}
}
