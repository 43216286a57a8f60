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
	Applicant    string // organisation of the case; empty where an agency opens it
	Agency       string // of the case
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

// Party is the organisation whose case it is: the applicant, or the agency that opened it.
func (v TaskView) Party() string {
	if v.Applicant == "" {
		return v.Agency
	}
	return v.Applicant
}

// listedTask is a task with what a list shows of its case.
type listedTask struct {
	Task      taskRow `gorm:"embedded"`
	CaseKind  string
	CaseTitle string
	Applicant string
	Agency    string
}

func (l listedTask) view() TaskView {
	r := l.Task
	v := TaskView{
		ID: r.ID, Case: r.CaseID, CaseKind: lifecycle.Kind(l.CaseKind), CaseTitle: l.CaseTitle, Applicant: l.Applicant, Agency: l.Agency,
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
	Scope        TaskScope
	States       []lifecycle.TaskState // Scope has states of its own
	Inbox        bool                  // only tasks for a grant of the actor's own
	Mine         bool                  // only tasks that the actor claimed
	Name         string
	Case         string
	CaseKind     lifecycle.Kind
	Organization string    // applicant of the case
	Agency       string    // of the case
	Text         string    // every word must occur in the case's title or ID
	DueBefore    time.Time // leaves out what is due at that instant
	DueAfter     time.Time // leaves out what is due at that instant
	DueUntil     time.Time // what is due at that instant too
	Sort         TaskSort
	Cursor       string
	Limit        int // DefaultLimit when 0, at most MaxLimit
}

// TaskSort is an order of tasks.
type TaskSort string

// The orders of tasks.
const (
	ByDue  TaskSort = "due"    // first due first, without due time last; the default
	ByTurn TaskSort = "opened" // first opened first
	ByEnd  TaskSort = "done"   // last done first; those that are not done are left out
)

// taskOrder is a TaskSort in SQL.
type taskOrder struct {
	column string // of the row of tasks
	order  string
	after  string // how the key and ID compare with those of the row before
	key    func(taskRow) int64
}

func orderOf(sort TaskSort) taskOrder {
	switch sort {
	case ByTurn:
		return taskOrder{"opened_at", "opened_at, id", ">", func(r taskRow) int64 { return r.OpenedAt }}
	case ByEnd:
		return taskOrder{"done_at", "done_at DESC, id DESC", "<", func(r taskRow) int64 { return r.DoneAt.Int64 }}
	case ByDue:
	}
	return taskOrder{"due_at", "due_at, id", ">", func(r taskRow) int64 { return r.DueAt }}
}

// fewForTasks is few for cases whose tasks are looked up: that takes longer than the case alone.
const fewForTasks = 300

// ListTasks lists the tasks meant for the actor's grants that were not cancelled; supervisors and administrators see all.
// Tasks of drafts, and of cases in which the actor declared an interest, are not among them.
func (s *Store) ListTasks(ctx context.Context, actor identity.Actor, f TaskFilter) (Page[TaskView], error) {
	by := orderOf(f.Sort)
	list := "tasks t." + by.column
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[TaskView]{}, err
	}
	found, err := approachTo(s.read.WithContext(ctx), under(termsOf(f.Text), "case_terms", "case_id"), fewForTasks)
	if err != nil {
		return Page[TaskView]{}, s.found(err)
	}
	limit := pageSize(f.Limit)
	of := func(lane condition) *gorm.DB {
		q := s.tasks(ctx, actor, found).Where(lane.sql, lane.args...)
		q = f.narrow(actor, q)
		if more {
			q = q.Where("(t."+by.column+", t.id) "+by.after+" (?, ?)", at.Num, at.ID)
		}
		return q
	}
	var rows []listedTask
	if err := merged(s.read.WithContext(ctx), lanesOf(actor, f), of, by.order, limit+1).Find(&rows).Error; err != nil {
		return Page[TaskView]{}, s.found(err)
	}
	return page(rows, limit, sure(listedTask.view), func(l listedTask) place { return place{List: list, Num: by.key(l.Task), ID: l.Task.ID} })
}

// narrow adds what no lane says.
func (f TaskFilter) narrow(actor identity.Actor, q *gorm.DB) *gorm.DB {
	within := f.Scope.within(actor)
	q = q.Where(within.sql, within.args...)
	q = where(q, "t.name", f.Name)
	q = where(q, "c.kind", string(f.CaseKind))
	q = where(q, "c.applicant", f.Organization)
	q = where(q, "c.agency", f.Agency)
	if !f.DueBefore.IsZero() {
		q = q.Where("t.due_at < ?", micros(f.DueBefore))
	}
	if !f.DueAfter.IsZero() {
		q = q.Where("t.due_at > ?", micros(f.DueAfter))
	}
	if !f.DueUntil.IsZero() {
		q = q.Where("t.due_at <= ?", micros(f.DueUntil))
	}
	if f.Sort == ByEnd {
		q = q.Where("t.done_at IS NOT NULL")
	}
	return q
}

// GetTask returns a task that ListTasks would list, or ErrNotFound.
func (s *Store) GetTask(ctx context.Context, actor identity.Actor, id string) (TaskView, error) {
	q := s.tasks(s.dialect.within(ctx), actor, approach{}).Where("t.id = ?", id)
	if !actor.SeesEverything() {
		meant := condition{sql: "t.state <> 'cancelled'"}.and(taskFor(actor))
		q = q.Where(meant.sql, meant.args...)
	}
	var row listedTask
	if err := q.Take(&row).Error; err != nil {
		return TaskView{}, s.found(err)
	}
	return row.view(), nil
}

// tasks selects tasks of cases that are open to the actor, whomever they are meant for.
func (s *Store) tasks(ctx context.Context, actor identity.Actor, found approach) *gorm.DB {
	q := found.over(s.read.WithContext(ctx), "tasks t CROSS JOIN cases c", "t.case_id").Where("c.id = t.case_id").
		Select("t.*, c.kind AS case_kind, c.title AS case_title, c.applicant, c.agency")
	if actor.IsSystem() {
		return q
	}
	return q.Where("NOT c.draft").Where("NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = ? AND i.case_id = t.case_id)", actor.Person)
}
