package lifecycle

import (
	"time"

	"datacharter/domain/calendar"
)

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
	// DeadlineReminded records that the reminder of a due date went out.
	DeadlineReminded struct {
		Name string        `json:"name"`
		Due  calendar.Date `json:"due"`
	}
	// DeadlinePassed records that the due date has gone by: a limit was missed and escalated, or a date agreed on has come.
	DeadlinePassed struct {
		Name string        `json:"name"`
		Due  calendar.Date `json:"due"`
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
		On(func(c S, e DeadlineHeld, at Event) {
			d := c.Head().meant(e.Name, Deadline.Running)
			d.Left, d.HeldAt = e.Left, &at.At
		}),
		On(func(c S, e DeadlineResumed, _ Event) {
			d := c.Head().meant(e.Name, func(d Deadline) bool { return d.Left != "" })
			if d.HeldAt != nil { // nil in cases folded before this was kept
				d.Ran, d.HeldAt = d.DaysUsed(*d.HeldAt), nil
			}
			d.Span, d.From, d.Due, d.Left = d.Left, e.From, e.Due, ""
			d.RemindAt, d.Reminded = e.RemindAt, false
		}),
		Sending(
			On(func(c S, e DeadlineReminded, _ Event) { c.Head().meant(e.Name, dueOn(e.Due)).Reminded = true }),
			func(c S, e DeadlineReminded, _ Event) []Effect { return c.Head().remind(e) }),
		Sending(
			On(func(c S, e DeadlinePassed, at Event) {
				d := c.Head().meant(e.Name, dueOn(e.Due))
				d.Passed, d.OverAt = true, &at.At
			}),
			func(c S, e DeadlinePassed, _ Event) []Effect { return c.Head().escalate(e) }),
		On(func(c S, e DeadlineEnded, at Event) {
			d := c.Head().meant(e.Name, Deadline.Open)
			d.Ended, d.OverAt = true, &at.At
		}),
		recountEvent[S](),
	}
}

// meant returns the limit that an event is about: the newest open one of the name that suits. An older one may be open beside it: its time has come,
// a command that began the limit anew arrived before the tick, and the tick has yet to say that it was missed.
func (h *Header) meant(name string, suits func(Deadline) bool) *Deadline {
	for i := len(h.Deadlines) - 1; i >= 0; i-- {
		if d := &h.Deadlines[i]; d.Name == name && d.Open() && suits(*d) {
			return d
		}
	}
	return nil
}

func dueOn(due calendar.Date) func(Deadline) bool {
	return func(d Deadline) bool { return d.Due.On == due }
}

func (h *Header) remind(e DeadlineReminded) []Effect {
	return h.tellOf(h.reminded(h.limit(e.Name, e.Due)), "deadline-reminder", e.Name, e.Due)
}

// reminded is whoever has claimed the task that the limit runs for, or else all whom the limit names.
func (h *Header) reminded(d Deadline) Recipients {
	to := d.Reminds
	for _, t := range h.Tasks {
		if d.Name != "" && t.Deadline == d.Name && t.State == TaskClaimed {
			to = Recipients{Person: t.Claimant}
		}
	}
	return to
}

func (h *Header) escalate(e DeadlinePassed) []Effect {
	return h.tellOf(h.limit(e.Name, e.Due).Escalates, "deadline-passed", e.Name, e.Due)
}

func (h *Header) tellOf(to Recipients, subject, name string, due calendar.Date) []Effect {
	if to == (Recipients{}) {
		return nil
	}
	return []Effect{Tell(to, subject, "case", h.ID, "deadline", name, "due", due.String())}
}

// limit returns the limit of the name and due date; the same command may have started the next one of the name.
func (h *Header) limit(name string, due calendar.Date) Deadline {
	for _, d := range h.Deadlines {
		if d.Name == name && d.Due.On == due {
			return d
		}
	}
	return Deadline{}
}
