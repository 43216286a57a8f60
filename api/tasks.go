package api

import (
	"context"
	"errors"
	"slices"
	"time"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/store"
)

// TaskSummary is a task as inboxes show it.
type TaskSummary struct {
	ID           string              `json:"id"`
	Case         string              `json:"case"`
	CaseKind     lifecycle.Kind      `json:"case_kind"`
	CaseTitle    string              `json:"case_title"`
	CaseHref     string              `json:"case_href"`
	Name         string              `json:"name"`
	Title        text.Text           `json:"title"`
	Kind         identity.Kind       `json:"kind" doc:"kind of organisation that it is for"`
	Organization string              `json:"organization,omitempty" doc:"the one that it is for, when it is for one"`
	Role         identity.Role       `json:"role"`
	Step         string              `json:"step"`
	Stage        int                 `json:"stage,omitempty"`
	State        lifecycle.TaskState `json:"state" enum:"open,claimed,done,cancelled"`
	Claimant     string              `json:"claimant,omitempty"`
	Deadline     string              `json:"deadline,omitempty" doc:"name of the case's time limit that runs for it"`
	DueAt        *time.Time          `json:"due_at,omitempty" doc:"left out when no limit runs for it"`
	Provisional  bool                `json:"provisional" doc:"due_at was counted over a year whose calendar is not loaded"`
	OpenedAt     time.Time           `json:"opened_at"`
	DoneAt       *time.Time          `json:"done_at,omitempty"`
	Outcome      string              `json:"outcome,omitempty"`
	Href         string              `json:"href"`
}

// TaskDetail is a task with what its reader may do about it.
type TaskDetail struct {
	TaskSummary
	Allowed []Allowed `json:"allowed" nullable:"false"`
}

type taskListInput struct {
	Paging
	State     []lifecycle.TaskState `query:"state" enum:"open,claimed,done,cancelled" doc:"one or several, with commas between"`
	Inbox     yesNo                 `query:"inbox" enum:"true,false" doc:"true: only tasks for a role of your own"`
	Mine      yesNo                 `query:"mine" enum:"true,false" doc:"true: only tasks that you claimed"`
	Name      string                `query:"name" maxLength:"100"`
	Case      string                `query:"case" maxLength:"200"`
	CaseKind  lifecycle.Kind        `query:"case_kind" maxLength:"100"`
	DueBefore time.Time             `query:"due_before"`
	Sort      store.TaskSort        `query:"sort" enum:"due,opened" default:"due" doc:"first due or first opened first"`
}

type taskOutput struct{ Body TaskDetail }

func (s *server) listTasks(ctx context.Context, in *taskListInput) (*listOutput[TaskSummary], error) {
	page, err := s.Store.ListTasks(ctx, callOf(ctx).actor, store.TaskFilter{
		States: in.State, Inbox: in.Inbox == "true", Mine: in.Mine == "true", Name: in.Name, Case: in.Case, CaseKind: in.CaseKind,
		DueBefore: in.DueBefore, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return shown(page, s.taskSummary), nil
}

func (s *server) getTask(ctx context.Context, in *idInput) (*taskOutput, error) {
	actor := callOf(ctx).actor
	t, err := s.Store.GetTask(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := &taskOutput{Body: TaskDetail{TaskSummary: s.taskSummary(t), Allowed: []Allowed{}}}
	c := s.collectionOf(t.CaseKind)
	shown, err := c.get(ctx, &idInput{ID: t.Case})
	if err != nil {
		return nil, err
	}
	for _, of := range shown.Body.(*Case).Tasks {
		if of.ID == t.ID {
			out.Body.Allowed = of.Allowed
		}
	}
	return out, nil
}

func (s *server) taskSummary(t store.TaskView) TaskSummary {
	return TaskSummary{
		ID: t.ID, Case: t.Case, CaseKind: t.CaseKind, CaseTitle: t.CaseTitle, CaseHref: s.collectionOf(t.CaseKind).href(t.Case),
		Name: t.Name, Title: t.Title, Kind: t.Kind, Organization: t.Organization, Role: t.Role, Step: t.Step, Stage: t.Stage, State: t.State,
		Claimant: t.Claimant, Deadline: t.Deadline, DueAt: t.Due, Provisional: t.Provisional, OpenedAt: t.OpenedAt, DoneAt: t.DoneAt, Outcome: t.Outcome,
		Href: tasksPath + t.ID,
	}
}

// askedOn finds the case that a task belongs to, among the kinds whose tasks know the command. A task that was dropped is shown to nobody any more; its case
// gets the command all the same, so that a repeat of one that was carried out before hears what became of it.
func (s *server) askedOn(ctx context.Context, id string, of []*collection) (asked, error) {
	t, err := s.Store.GetTask(ctx, callOf(ctx).actor, id)
	if errors.Is(err, store.ErrNotFound) {
		if t, err = s.Store.GetTask(ctx, identity.System(), id); err == nil && t.State != lifecycle.TaskCancelled {
			err = store.ErrNotFound
		}
	}
	if err != nil {
		return asked{}, err
	}
	c := s.collectionOf(t.CaseKind)
	if !slices.Contains(of, c) {
		return asked{}, notFound()
	}
	return asked{of: c, caseID: t.Case, running: t.State == lifecycle.TaskOpen || t.State == lifecycle.TaskClaimed}, nil
}
