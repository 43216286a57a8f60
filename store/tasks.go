package store

import (
	"context"
	"time"

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

// ListTasks lists the tasks for the actor's grants and those that he claimed; supervisors and administrators see all.
// Tasks of drafts, and of cases in which the actor declared an interest, are not among them.
func (s *Store) ListTasks(ctx context.Context, actor identity.Actor, filter TaskFilter) (Page[TaskView], error) {
	panic("not yet")
}

// GetTask returns a task that ListTasks would list, or ErrNotFound.
func (s *Store) GetTask(ctx context.Context, actor identity.Actor, id string) (TaskView, error) {
	panic("not yet")
}
