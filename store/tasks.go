package store

import (
	"context"
	"database/sql"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// TaskView is a task as inboxes show it.
type TaskView struct {
	ID           string
	Case         string
	CaseKind     lifecycle.Kind
	CaseTitle    string
	Applicant    string // organisation of the case
	Name         string
	Title        text.Text
	Kind         identity.Kind
	Organization string
	Role         identity.Role
	Step         string
	Stage        int
	State        lifecycle.TaskState
	Claimant     string
	Deadline     string
	Due          *time.Time // nil when no limit runs for it, or its clock is stopped
	Provisional  bool       // Due was counted over a year without a calendar
	OpenedAt     time.Time
	DoneAt       *time.Time
	Outcome      string
}

type taskRow struct {
	ID           string `gorm:"primaryKey"`
	CaseID       string
	Name         string
	TitleZH      string `gorm:"column:title_zh"`
	TitleEN      string `gorm:"column:title_en"`
	Kind         string
	Organization string
	Role         string
	Step         string
	Stage        int
	State        string
	Claimant     string
	Deadline     string
	DueAt        int64 // never when nothing is due
	Provisional  bool
	OpenedAt     int64
	DoneAt       sql.NullInt64
	Outcome      string
}

func (taskRow) TableName() string { return "tasks" }

func (r taskRow) key() string { return r.ID }

func taskRows(h *lifecycle.Header) []taskRow {
	rows := make([]taskRow, len(h.Tasks))
	for i, t := range h.Tasks {
		rows[i] = taskRow{
			ID: t.ID, CaseID: h.ID, Name: t.Name, TitleZH: t.Title.ZH, TitleEN: t.Title.EN,
			Kind: string(t.Kind), Organization: t.Organization, Role: string(t.Role), Step: t.Step, Stage: t.Stage,
			State: string(t.State), Claimant: t.Claimant, Deadline: t.Deadline, DueAt: never,
			OpenedAt: micros(t.OpenedAt), DoneAt: optionalMicros(t.DoneAt), Outcome: t.Outcome,
		}
		if d := h.Deadline(t.Deadline); t.Deadline != "" && d != nil && d.Left == "" {
			rows[i].DueAt, rows[i].Provisional = micros(d.Due.At), d.Due.Provisional
		}
	}
	return rows
}

// listedTask is a task with what a list shows of its case.
type listedTask struct {
	Task      taskRow `gorm:"embedded"`
	CaseKind  string
	CaseTitle string
	Applicant string
}

func (l listedTask) view() TaskView {
	r := l.Task
	v := TaskView{
		ID: r.ID, Case: r.CaseID, CaseKind: lifecycle.Kind(l.CaseKind), CaseTitle: l.CaseTitle, Applicant: l.Applicant,
		Name: r.Name, Title: text.Text{ZH: r.TitleZH, EN: r.TitleEN},
		Kind: identity.Kind(r.Kind), Organization: r.Organization, Role: identity.Role(r.Role), Step: r.Step, Stage: r.Stage,
		State: lifecycle.TaskState(r.State), Claimant: r.Claimant, Deadline: r.Deadline, Provisional: r.Provisional,
		OpenedAt: fromMicros(r.OpenedAt), DoneAt: fromOptionalMicros(r.DoneAt), Outcome: r.Outcome,
	}
	if r.DueAt != never {
		due := fromMicros(r.DueAt)
		v.Due = &due
	}
	return v
}

// TaskFilter narrows a list of tasks; empty fields do not.
type TaskFilter struct {
	States    []lifecycle.TaskState
	Inbox     bool // only tasks for a grant of the actor's own
	Mine      bool // only tasks that the actor claimed
	Name      string
	Case      string
	CaseKind  lifecycle.Kind
	DueBefore time.Time
	Sort      TaskSort
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// TaskSort is an order of tasks.
type TaskSort string

// The orders of tasks.
const (
	ByDue  TaskSort = "due"    // first due first, without due time last; the default
	ByTurn TaskSort = "opened" // first opened first
)

// ListTasks lists the tasks meant for the actor's grants that were not cancelled; supervisors and administrators see all.
// Tasks of drafts, and of cases in which the actor declared an interest, are not among them.
func (s *Store) ListTasks(ctx context.Context, actor identity.Actor, f TaskFilter) (Page[TaskView], error) {
	column, key := "t.due_at", func(l listedTask) int64 { return l.Task.DueAt }
	if f.Sort == ByTurn {
		column, key = "t.opened_at", func(l listedTask) int64 { return l.Task.OpenedAt }
	}
	list := "tasks " + column
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[TaskView]{}, err
	}
	q := s.tasks(ctx, actor)
	if len(f.States) > 0 {
		q = q.Where("t.state IN ?", f.States)
	}
	if f.Inbox {
		own := taskFor(actor)
		q = q.Where(own.sql, own.args...)
	}
	if f.Mine {
		q = q.Where("t.claimant = ?", actor.Person)
	}
	q = where(q, "t.name", f.Name)
	q = where(q, "t.case_id", f.Case)
	q = where(q, "c.kind", string(f.CaseKind))
	if !f.DueBefore.IsZero() {
		q = q.Where("t.due_at < ?", micros(f.DueBefore))
	}
	if more {
		q = q.Where("("+column+", t.id) > (?, ?)", at.Num, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []listedTask
	if err := q.Order(column + ", t.id").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[TaskView]{}, s.found(err)
	}
	return page(rows, limit, sure(listedTask.view), func(l listedTask) place { return place{List: list, Num: key(l), ID: l.Task.ID} })
}

// GetTask returns a task that ListTasks would list, or ErrNotFound.
func (s *Store) GetTask(ctx context.Context, actor identity.Actor, id string) (TaskView, error) {
	var row listedTask
	if err := s.tasks(s.dialect.within(ctx), actor).Where("t.id = ?", id).Take(&row).Error; err != nil {
		return TaskView{}, s.found(err)
	}
	return row.view(), nil
}

// tasks selects the tasks that the actor may see.
func (s *Store) tasks(ctx context.Context, actor identity.Actor) *gorm.DB {
	q := s.read.WithContext(ctx).Table("tasks AS t").Joins("JOIN cases c ON c.id = t.case_id").
		Select("t.*, c.kind AS case_kind, c.title AS case_title, c.applicant")
	if actor.IsSystem() {
		return q
	}
	q = q.Where("NOT c.draft").Where("NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = ? AND i.case_id = t.case_id)", actor.Person)
	if actor.SeesEverything() {
		return q
	}
	meant := meantFor(actor)
	return q.Where(meant.sql, meant.args...)
}
