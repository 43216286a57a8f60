package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

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
	Over    *time.Time // when it was met, given up or missed; nil while it is open, and for old ones until the read models are made anew
	Length  int        // calendar days that it has in all, while its clock runs
	Used    *int       // calendar days that its clock ran; nil with Over
}

// deadlineRow is the n-th time limit of a case, from 0.
type deadlineRow struct {
	CaseID      string `gorm:"primaryKey"`
	N           int    `gorm:"primaryKey;autoIncrement:false"`
	Kind        string // of the case
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
	OverAt      sql.NullInt64
	LengthDays  int
	UsedDays    sql.NullInt64
}

func (deadlineRow) TableName() string { return "deadlines" }

func (r deadlineRow) key() int { return r.N }

func deadlineRows(h *lifecycle.Header) []deadlineRow {
	rows := make([]deadlineRow, len(h.Deadlines))
	for i, d := range h.Deadlines {
		rows[i] = deadlineRow{
			CaseID: h.ID, N: i, Kind: string(h.Kind), Name: d.Name, RuleZH: d.Rule.ZH, RuleEN: d.Rule.EN, Article: d.Article, Mark: d.Mark, Span: d.Span,
			FromOn: d.From.String(), DueOn: d.Due.On.String(), DueAt: micros(d.Due.At), Provisional: d.Due.Provisional, Calendar: d.Due.Calendar,
			Held: d.Left, Passed: d.Passed, Ended: d.Ended, OverAt: optionalMicros(d.OverAt), LengthDays: d.Days(),
		}
		if d.OverAt != nil {
			rows[i].UsedDays = sql.NullInt64{Int64: int64(d.DaysUsed(*d.OverAt)), Valid: true}
		}
	}
	return rows
}

// listedDeadline is a time limit with what a list shows of its case.
type listedDeadline struct {
	Deadline  deadlineRow `gorm:"embedded"`
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
	v := DeadlineView{
		Case: r.CaseID, CaseKind: lifecycle.Kind(r.Kind), CaseTitle: l.CaseTitle,
		Name: r.Name, Rule: text.Text{ZH: r.RuleZH, EN: r.RuleEN}, Article: r.Article, Mark: r.Mark, Span: r.Span, From: from,
		Due:  calendar.Due{On: on, At: fromMicros(r.DueAt), Provisional: r.Provisional, Calendar: r.Calendar},
		Held: r.Held, Passed: r.Passed, Ended: r.Ended, Over: fromOptionalMicros(r.OverAt), Length: r.LengthDays,
	}
	if r.UsedDays.Valid {
		used := int(r.UsedDays.Int64)
		v.Used = &used
	}
	return v, nil
}

// DeadlineFilter narrows a list of time limits; empty fields do not.
type DeadlineFilter struct {
	Case      string
	Open      bool // neither met nor passed
	Passed    bool // missed
	Kind      lifecycle.Kind
	CaseOpen  bool     // of cases that are not closed
	Not       []string // names of those to leave out
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
	q, err := s.deadlines(ctx, actor, f.Case)
	if err != nil {
		return Page[DeadlineView]{}, s.found(err)
	}
	if f.Open {
		q = q.Where("NOT d.passed AND NOT d.ended")
	}
	if f.Passed {
		q = q.Where("d.passed")
	}
	q = where(q, "c.kind", string(f.Kind))
	if len(f.Not) > 0 {
		q = q.Where("d.name NOT IN ?", f.Not)
	}
	if f.CaseOpen {
		q = q.Where("NOT c.closed")
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

// deadlines selects the time limits of the cases that the actor may see, or of one of them.
func (s *Store) deadlines(ctx context.Context, actor identity.Actor, of string) (*gorm.DB, error) {
	var found approach
	db := s.read.WithContext(ctx)
	may := sees(actor)
	if of == "" {
		may = openTo(actor)
		var err error
		if found, err = approachTo(db, concerning(actor).alone(), few); err != nil {
			return nil, err
		}
	}
	q := found.over(db, "deadlines d CROSS JOIN cases c", "d.case_id").Where("c.id = d.case_id").
		Select("d.*, c.title AS case_title").Where(may.sql, may.args...)
	return where(q, "d.case_id", of), nil
}
