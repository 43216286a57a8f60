package lifecycle

import (
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
)

// Recount is the command that counts the running limits of a case anew with the calendar now in force. A changed calendar moves nothing by itself.
const Recount = "recount-deadlines"

// RecountInput may name the calendar that the limits are to be counted with: when another is in force by then, the command is refused.
type RecountInput struct {
	Calendar string `json:"calendar,omitempty" maxLength:"40"`
}

// DeadlineRecounted gives a running limit what another calendar makes of it: another due date, or one that is no longer provisional.
type DeadlineRecounted struct {
	Name     string       `json:"name"`
	From     calendar.Due `json:"from"`
	To       calendar.Due `json:"to"`
	RemindAt *time.Time   `json:"remind_at,omitempty"`
}

// EventType implements Content.
func (DeadlineRecounted) EventType() string { return "deadline-recounted" }

// Moves reports whether the due date becomes another one.
func (e DeadlineRecounted) Moves() bool { return e.From.On != e.To.On }

// Days is by how many calendar days the due date moves: negative when it comes earlier.
func (e DeadlineRecounted) Days() int { return e.From.On.DaysUntil(e.To.On) }

// Recount works out what env.Calendar makes of the running limits, and leaves out what stays as it is. A date agreed on stays, a held clock is counted
// when it resumes, and a limit whose time has come is missed: the next tick says so.
func (h *Header) Recount(env Env) []DeadlineRecounted {
	var out []DeadlineRecounted
	for _, d := range h.Deadlines {
		if !d.Running() || d.Exact || !env.Now.Before(d.Due.At) {
			continue
		}
		to := env.notAtOnce(d.Due, env.Calendar.Due(d.From, spanOf(d.Span)))
		e := DeadlineRecounted{Name: d.Name, From: d.Due, To: to, RemindAt: env.remindAt(to, d.RemindBefore)}
		if !e.Moves() && (d.Reminded || e.RemindAt == nil) {
			e.RemindAt = d.RemindAt // it went out, or its time is now
		}
		if e.Moves() || e.From.Provisional != e.To.Provisional || !sameTime(e.RemindAt, d.RemindAt) {
			out = append(out, e)
		}
	}
	return out
}

// notAtOnce keeps a recount from letting a limit end before people can have acted on the news: a due date that comes earlier lies
// on the next working day at the earliest, or stays where it was when that was sooner still.
func (env Env) notAtOnce(from, to calendar.Due) calendar.Due {
	if !to.On.Before(from.On) {
		return to
	}
	next := env.Calendar.Due(calendar.DateOf(env.Now), calendar.WorkingDays(1))
	switch {
	case !to.On.Before(next.On):
		return to
	case next.On.Before(from.On):
		return next
	default:
		from.Provisional, from.Calendar = to.Provisional, to.Calendar
		return from
	}
}

func sameTime(a, b *time.Time) bool { return (a == nil) == (b == nil) && (a == nil || a.Equal(*b)) }

// recountRule lets the system, and the people named, have the limits of an open case counted anew.
func (m Machine[S]) recountRule() Rule[S] {
	return Rule[S]{
		Command: Recount, Words: text.Text{ZH: "按现行日历重新计算期限", EN: "count the limits anew with the calendar in force"},
		From: m.openStates(), To: m.openStates(), By: append(By(m.Recounts...), TheSystem),
		Offer: func(c S, env Env) bool { return len(c.Head().Recount(env)) > 0 },
		Decide: Decide(func(c S, in RecountInput, env Env) ([]Content, *refusal.Refusal) {
			if in.Calendar != "" && in.Calendar != env.Calendar.Version() {
				return nil, refusal.CalendarSuperseded.With()
			}
			var out []Content
			for _, e := range c.Head().Recount(env) {
				out = append(out, e)
			}
			if len(out) == 0 {
				return nil, refusal.NothingToRecount.With()
			}
			return out, nil
		}),
	}
}

func recountEvent[S Case]() EventType[S] {
	return Sending(
		On(func(c S, e DeadlineRecounted, _ Event) {
			d := c.Head().meant(e.Name, dueOn(e.From.On))
			d.Due, d.RemindAt, d.Reminded = e.To, e.RemindAt, d.Reminded && !e.Moves()
		}),
		func(c S, e DeadlineRecounted, _ Event) []Effect { return c.Head().announce(e) })
}

// announce tells whoever would be reminded of the limit that its due date is another one.
func (h *Header) announce(e DeadlineRecounted) []Effect {
	if !e.Moves() {
		return nil
	}
	to := h.reminded(h.limit(e.Name, e.To.On))
	if to == (Recipients{}) {
		return nil
	}
	return []Effect{Tell(to, "deadline-recounted", "case", h.ID, "deadline", e.Name, "from", e.From.On.String(), "due", e.To.On.String())}
}
