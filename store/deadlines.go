package store

import (
	"context"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// DeadlineView is a time limit as lists show it.
type DeadlineView struct {
	Case      string
	CaseKind  lifecycle.Kind
	CaseTitle string

	Name    string
	Rule    text.Text
	Article string
	Mark    string
	Span    string
	From    calendar.Date
	Due     calendar.Due
	Held    string // the span left while its clock is stopped
	Passed  bool
	Ended   bool
}

// deadlineRow is the n-th time limit of a case, from 0.
type deadlineRow struct {
	CaseID      string `gorm:"primaryKey"`
	N           int    `gorm:"primaryKey;autoIncrement:false"`
	Name        string
	RuleZH      string `gorm:"column:rule_zh"`
	RuleEN      string `gorm:"column:rule_en"`
	Article     string
	Mark        string
	Span        string
	FromOn      string
	DueOn       string
	DueAt       int64
	Provisional bool
	Calendar    string
	Held        string
	Passed      bool
	Ended       bool
}

func (deadlineRow) TableName() string { return "deadlines" }

func (r deadlineRow) key() int { return r.N }

func deadlineRows(h *lifecycle.Header) []deadlineRow {
	rows := make([]deadlineRow, len(h.Deadlines))
	for i, d := range h.Deadlines {
		rows[i] = deadlineRow{
			CaseID: h.ID, N: i, Name: d.Name, RuleZH: d.Rule.ZH, RuleEN: d.Rule.EN, Article: d.Article, Mark: d.Mark, Span: d.Span,
			FromOn: d.From.String(), DueOn: d.Due.On.String(), DueAt: micros(d.Due.At), Provisional: d.Due.Provisional, Calendar: d.Due.Calendar,
			Held: d.Left, Passed: d.Passed, Ended: d.Ended,
		}
	}
	return rows
}

// listedDeadline is a time limit with what a list shows of its case.
type listedDeadline struct {
	Deadline  deadlineRow `gorm:"embedded"`
	CaseKind  string
	CaseTitle string
}

func (l listedDeadline) view() (DeadlineView, error) {
	r := l.Deadline
	from, err := calendar.ParseDate(r.FromOn)
	if err != nil {
		return DeadlineView{}, err
	}
	on, err := calendar.ParseDate(r.DueOn)
	if err != nil {
		return DeadlineView{}, err
	}
	return DeadlineView{
		Case: r.CaseID, CaseKind: lifecycle.Kind(l.CaseKind), CaseTitle: l.CaseTitle,
		Name: r.Name, Rule: text.Text{ZH: r.RuleZH, EN: r.RuleEN}, Article: r.Article, Mark: r.Mark, Span: r.Span, From: from,
		Due:  calendar.Due{On: on, At: fromMicros(r.DueAt), Provisional: r.Provisional, Calendar: r.Calendar},
		Held: r.Held, Passed: r.Passed, Ended: r.Ended,
	}, nil
}

// DeadlineFilter narrows a list of time limits; empty fields do not.
type DeadlineFilter struct {
	Case      string
	Open      bool // neither met nor passed
	Passed    bool // missed
	DueBefore time.Time
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// ListDeadlines lists the time limits of the cases that the actor may see, first due first.
func (s *Store) ListDeadlines(ctx context.Context, actor identity.Actor, f DeadlineFilter) (Page[DeadlineView], error) {
	const list = "deadlines"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[DeadlineView]{}, err
	}
	may := sees(actor, f.Case)
	q := s.read.WithContext(ctx).Table("deadlines AS d").Joins("JOIN cases c ON c.id = d.case_id").
		Select("d.*, c.kind AS case_kind, c.title AS case_title").Where(may.sql, may.args...)
	q = where(q, "d.case_id", f.Case)
	if f.Open {
		q = q.Where("NOT d.passed AND NOT d.ended")
	}
	if f.Passed {
		q = q.Where("d.passed")
	}
	if !f.DueBefore.IsZero() {
		q = q.Where("d.due_at < ?", micros(f.DueBefore))
	}
	if more {
		q = q.Where("(d.due_at, d.case_id, d.n) > (?, ?, ?)", at.Num, at.ID, at.N)
	}
	limit := pageSize(f.Limit)
	var rows []listedDeadline
	if err := q.Order("d.due_at, d.case_id, d.n").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[DeadlineView]{}, s.found(err)
	}
	return page(rows, limit, listedDeadline.view, func(l listedDeadline) place {
		return place{List: list, Num: l.Deadline.DueAt, ID: l.Deadline.CaseID, N: l.Deadline.N}
	})
}
