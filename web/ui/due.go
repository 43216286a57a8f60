package ui

import (
	"strings"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/web/words"
)

// Due is a time limit that explains itself.
type Due struct {
	lifecycle.Deadline
	Left     string // how long there still is, in words; empty when that does not matter
	Overdue  bool
	Near     bool   // today or the next working day
	Calendar string // notices by which it was counted, in words
}

// NewDue explains a time limit at the business time now.
func NewDue(p *Page, d lifecycle.Deadline, now time.Time, c calendar.Calendar) Due {
	out := Due{Deadline: d}
	today := calendar.DateOf(now)
	switch {
	case !d.Open():
	case d.Left != "":
		out.Left = p.T("已停钟，剩余", "clock stopped, left: ") + p.Span(d.Left)
	case !now.Before(d.Due.At):
		out.Overdue = true
		out.Left = p.T("已逾期", "overdue")
	default:
		days := c.WorkingDaysAfter(today, d.Due.On)
		out.Near = days <= 1
		switch {
		case d.Due.On == today:
			out.Left = p.T("今天到期", "due today")
		case days > maxWorkingDays:
			out.Left = p.T("还有", "") + p.Plural(today.DaysUntil(d.Due.On), "天", "day") + p.T("", " left")
		default:
			out.Left = p.T("还有", "") + p.Plural(days, "个工作日", "working day") + p.T("", " left")
		}
	}
	var notices []string
	for _, y := range c.Years() {
		if y.Year >= d.From.Year() && y.Year <= d.Due.On.Year() {
			notices = append(notices, y.Notice)
		}
	}
	out.Calendar = strings.Join(notices, p.T("；", "; "))
	return out
}

// maxWorkingDays: what is further away is told in days of the calendar.
const maxWorkingDays = 60

// Mark is how the figure was verified, in words.
func (d Due) Mark() text.Text { return words.Value(policy.Mark(d.Deadline.Mark)) }
