package lifecycle

import (
	"fmt"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/text"
)

// TaskState is where a task stands.
type TaskState string

// The states of a task.
const (
	TaskOpen      TaskState = "open"
	TaskClaimed   TaskState = "claimed"
	TaskDone      TaskState = "done"
	TaskCancelled TaskState = "cancelled"
)

// Task is one piece of work for a role within a kind of organisation, or within one organisation when it is named.
type Task struct {
	ID           string        `json:"id"` // "<case>.<n>"
	Name         string        `json:"name"`
	Title        text.Text     `json:"title"`
	Kind         identity.Kind `json:"kind"`
	Organization string        `json:"organization,omitempty"`
	Role         identity.Role `json:"role"`
	Step         string        `json:"step"`            // the deciding step that acting on it counts as; empty when it decides nothing
	Round        int           `json:"round,omitempty"` // of reviews
	Stage        int           `json:"stage,omitempty"` // of the round
	State        TaskState     `json:"state"`
	Claimant     string        `json:"claimant,omitempty"`
	Deadline     string        `json:"deadline,omitempty"` // name of the time limit that runs for it
	OpenedAt     time.Time     `json:"opened_at"`
	DoneAt       *time.Time    `json:"done_at,omitempty"`
	DoneBy       *identity.By  `json:"done_by,omitempty"`
	Outcome      string        `json:"outcome,omitempty"`
	Opinion      string        `json:"opinion,omitempty"`
	Conditions   []string      `json:"conditions,omitempty"`
}

// Active reports whether the task still waits for somebody.
func (t Task) Active() bool { return t.State == TaskOpen || t.State == TaskClaimed }

// For reports whether a grant entitles its holder to the task.
func (t Task) For(g identity.Grant) bool {
	return g.Role == t.Role && g.Kind == t.Kind && (t.Organization == "" || t.Organization == g.Organization)
}

// Task returns the task with the ID, or nil.
func (h *Header) Task(id string) *Task {
	for i := range h.Tasks {
		if h.Tasks[i].ID == id {
			return &h.Tasks[i]
		}
	}
	return nil
}

// NewTask completes a task to be opened as the n-th new one of the same command: its number, state and time.
func (h *Header) NewTask(n int, t Task, at time.Time) TaskOpened {
	t.ID = fmt.Sprintf("%s.%d", h.ID, len(h.Tasks)+1+n)
	t.State = TaskOpen
	t.OpenedAt = at
	return TaskOpened{Task: t}
}

// The events of tasks, shared by every kind of case.
type (
	// TaskOpened puts a task into the inboxes of those entitled.
	TaskOpened struct {
		Task Task `json:"task"`
	}
	// TaskTaken reserves a task for one person.
	TaskTaken struct {
		Task string `json:"task"`
	}
	// TaskReleased gives it back.
	TaskReleased struct {
		Task string `json:"task"`
	}
	// TaskFinished ends a task with what its holder decided.
	TaskFinished struct {
		Task       string   `json:"task"`
		Outcome    string   `json:"outcome"`
		Opinion    string   `json:"opinion"`
		Conditions []string `json:"conditions,omitempty"`
	}
	// TaskDropped ends a task that is no longer needed.
	TaskDropped struct {
		Task string `json:"task"`
	}
)

// EventType implements Content.
func (TaskOpened) EventType() string { return "task-opened" }

// EventType implements Content.
func (TaskTaken) EventType() string { return "task-claimed" }

// EventType implements Content.
func (TaskReleased) EventType() string { return "task-released" }

// EventType implements Content.
func (TaskFinished) EventType() string { return "task-finished" }

// EventType implements Content.
func (TaskDropped) EventType() string { return "task-dropped" }

func taskEvents[S Case]() []EventType[S] {
	return []EventType[S]{
		Sending(
			On(func(c S, e TaskOpened, _ Event) { c.Head().Tasks = append(c.Head().Tasks, e.Task) }),
			func(c S, e TaskOpened, _ Event) []Effect {
				t := e.Task
				return []Effect{Tell(Recipients{Kind: t.Kind, Organization: t.Organization, Role: t.Role}, "task-opened", "task", t.ID, "case", c.Head().ID)}
			}),
		On(func(c S, e TaskTaken, at Event) {
			t := c.Head().Task(e.Task)
			t.State, t.Claimant = TaskClaimed, at.By.Person
		}),
		On(func(c S, e TaskReleased, _ Event) {
			t := c.Head().Task(e.Task)
			t.State, t.Claimant = TaskOpen, ""
		}),
		On(func(c S, e TaskFinished, at Event) {
			t := c.Head().Task(e.Task)
			t.State, t.Outcome, t.Opinion, t.Conditions = TaskDone, e.Outcome, e.Opinion, e.Conditions
			t.DoneAt, t.DoneBy = &at.At, &at.By
			if t.Step != "" {
				c.Head().Acted(t.Step, at.By.Person)
			}
		}),
		On(func(c S, e TaskDropped, at Event) {
			t := c.Head().Task(e.Task)
			t.State, t.DoneAt = TaskCancelled, &at.At
		}),
	}
}

// Drop ends every active task and every open time limit: the case waits for nothing any more.
func (h *Header) Drop() []Content {
	var out []Content
	for _, t := range h.Tasks {
		if t.Active() {
			out = append(out, TaskDropped{Task: t.ID})
		}
	}
	return append(out, h.EndDeadlines()...)
}
