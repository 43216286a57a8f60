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
	for d := on; ; {
		d = d.AddDays(-1)
		if env.Calendar.WorkingDaysAfter(d, on) >= days {
			return d
		}
	}
}

// StopClocks holds the running limits named, or all of them when none is named.
func (h *Header) StopClocks(env Env, names ...string) []Content {
	var out []Content
	today := calendar.DateOf(env.Now)
	for _, d := range h.Deadlines {
		if !d.Running() || !named(d.Name, names) {
			continue
		}
		left := calendar.Span(calendar.CalendarDays(today.DaysUntil(d.Due.On)))
		if !d.Exact {
			if span, err := calendar.ParseSpan(d.Span); err == nil {
				left = env.Calendar.Remaining(d.From, span, today)
			}
		}
		out = append(out, DeadlineHeld{Name: d.Name, Left: left.String()})
	}
	return out
}

// RestartClocks lets the held limits named run on with what was left, or all of them when none is named.
func (h *Header) RestartClocks(env Env, names ...string) []Content {
	var out []Content
	today := calendar.DateOf(env.Now)
	for _, d := range h.Deadlines {
		if !d.Open() || d.Left == "" || !named(d.Name, names) {
			continue
		}
		left, err := calendar.ParseSpan(d.Left)
		if err != nil {
			continue
		}
		due := env.Calendar.Due(today, left)
		if d.Exact {
			due = env.Calendar.Term(today, left)
		}
		out = append(out, DeadlineResumed{Name: d.Name, From: today, Due: due, RemindAt: env.remindAt(due, d.RemindBefore)})
	}
	return out
}

func named(name string, names []string) bool {
	if len(names) == 0 {
		return true
	}
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
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

// The events of time limits, shared by every kind of case.
type (
	// DeadlineStarted lets a limit run.
	DeadlineStarted struct {
		Deadline Deadline `json:"deadline"`
	}
	// DeadlineHeld stops its clock with the span that is left.
	DeadlineHeld struct {
		Name string `json:"name"`
		Left string `json:"left"`
	}
	// DeadlineResumed lets it run on.
	DeadlineResumed struct {
		Name     string        `json:"name"`
		From     calendar.Date `json:"from"`
		Due      calendar.Due  `json:"due"`
		RemindAt *time.Time    `json:"remind_at,omitempty"`
	}
	// DeadlineReminded records that the reminder went out.
	DeadlineReminded struct {
		Name string `json:"name"`
	}
	// DeadlinePassed records that the limit was missed and escalated.
	DeadlinePassed struct {
		Name string `json:"name"`
	}
	// DeadlineEnded records that the limit was met or is no longer needed.
	DeadlineEnded struct {
		Name string `json:"name"`
	}
)

// EventType implements Content.
func (DeadlineStarted) EventType() string { return "deadline-started" }

// EventType implements Content.
func (DeadlineHeld) EventType() string { return "deadline-held" }

// EventType implements Content.
func (DeadlineResumed) EventType() string { return "deadline-resumed" }

// EventType implements Content.
func (DeadlineReminded) EventType() string { return "deadline-reminded" }

// EventType implements Content.
func (DeadlinePassed) EventType() string { return "deadline-passed" }

// EventType implements Content.
func (DeadlineEnded) EventType() string { return "deadline-ended" }

func deadlineEvents[S Case]() []EventType[S] {
	return []EventType[S]{
		On(func(c S, e DeadlineStarted, _ Event) {
			h := c.Head()
			h.Deadlines = append(h.Deadlines, e.Deadline)
		}),
		On(func(c S, e DeadlineHeld, _ Event) { c.Head().Deadline(e.Name).Left = e.Left }),
		On(func(c S, e DeadlineResumed, _ Event) {
			d := c.Head().Deadline(e.Name)
			d.Span, d.From, d.Due, d.Left = d.Left, e.From, e.Due, ""
			d.RemindAt, d.Reminded = e.RemindAt, false
		}),
		Sending(
			On(func(c S, e DeadlineReminded, _ Event) { c.Head().Deadline(e.Name).Reminded = true }),
			func(c S, e DeadlineReminded, _ Event) []Effect {
				return tellOf(c.Head(), e.Name, "deadline-reminder", func(d Deadline) Recipients { return d.Reminds })
			}),
		Sending(
			On(func(c S, e DeadlinePassed, _ Event) { c.Head().Deadline(e.Name).Passed = true }),
			func(c S, e DeadlinePassed, _ Event) []Effect {
				return tellOf(c.Head(), e.Name, "deadline-passed", func(d Deadline) Recipients { return d.Escalates })
			}),
		On(func(c S, e DeadlineEnded, _ Event) { c.Head().Deadline(e.Name).Ended = true }),
	}
}

func tellOf(h *Header, name, subject string, to func(Deadline) Recipients) []Effect {
	d := h.Deadline(name)
	recipients := to(*d)
	for _, t := range h.Tasks {
		if subject == "deadline-reminder" && t.Deadline == name && t.State == TaskClaimed {
			recipients = Recipients{Person: t.Claimant}
		}
	}
	if recipients == (Recipients{}) {
		return nil
	}
	return []Effect{Tell(recipients, subject, "case", h.ID, "deadline", name, "due", d.Due.On.String())}
}
