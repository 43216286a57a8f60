package api

import (
	"time"

	"datacharter/casework"
	"datacharter/domain/calendar"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
)

// Case is a case at one version, as an actor sees it.
type Case struct {
	ID         string              `json:"id"`
	Kind       lifecycle.Kind      `json:"kind"`
	Version    int64               `json:"version" doc:"the number of its events"`
	State      lifecycle.State     `json:"state"`
	StateWords text.Text           `json:"state_words"`
	Phase      lifecycle.Phase     `json:"phase"`
	PhaseWords text.Text           `json:"phase_words"`
	Title      string              `json:"title"`
	Applicant  string              `json:"applicant,omitempty" doc:"organisation that applies or operates"`
	Agency     string              `json:"agency,omitempty" doc:"implementing agency 实施机构"`
	Body       string              `json:"body,omitempty" doc:"organisation whose members decide"`
	Policy     lifecycle.PolicyRef `json:"policy" doc:"the policy profile that it is pinned to"`
	OpenedAt   time.Time           `json:"opened_at"`
	ChangedAt  time.Time           `json:"changed_at"`
	ClosedAt   *time.Time          `json:"closed_at,omitempty"`
	Allowed    []Allowed           `json:"allowed" nullable:"false" doc:"what you may do now, tasks apart"`
	Tasks      []Task              `json:"tasks" nullable:"false"`
	Deadlines  []Deadline          `json:"deadlines" nullable:"false"`
	Content    any                 `json:"content" doc:"what cases of this kind consist of"`
}

// Allowed is a command that the actor may give now.
type Allowed struct {
	Command string    `json:"command"`
	Words   text.Text `json:"words"`
	Href    string    `json:"href" doc:"where to POST it"`
}

// Task is a task of a case.
type Task struct {
	lifecycle.Task
	Allowed []Allowed `json:"allowed" nullable:"false" doc:"what you may do about it now"`
}

// Deadline is a time limit of a case.
type Deadline struct {
	Name        string        `json:"name"`
	Due         calendar.Date `json:"due" format:"date" doc:"the last day"`
	DueAt       time.Time     `json:"due_at" doc:"the end of that day in China"`
	State       string        `json:"state" enum:"running,held,passed,met" doc:"met: or no longer needed"`
	Left        string        `json:"left,omitempty" doc:"what is left of it while its clock is stopped"`
	Rule        text.Text     `json:"rule"`
	Article     string        `json:"article"`
	Mark        string        `json:"mark" doc:"how the figure was verified against its source"`
	Span        string        `json:"span" doc:"what was counted"`
	From        calendar.Date `json:"from" format:"date" doc:"the day of the event; not counted"`
	Calendar    string        `json:"calendar" doc:"version of the calendar it was counted with"`
	Provisional bool          `json:"provisional" doc:"counted over a year whose calendar is not loaded"`
	RemindAt    *time.Time    `json:"remind_at,omitempty"`
}

// shown is a case as its reader sees it. To who declared an interest it shows only that the case is there.
func (c *collection) shown(view *casework.View) *Case {
	h, state := view.Head, view.State
	v := &Case{
		ID: h.ID, Kind: h.Kind, Version: h.Version, State: h.State, StateWords: state.Words, Phase: state.Phase, PhaseWords: c.phases[state.Phase],
		Policy: h.Policy, OpenedAt: h.OpenedAt, ChangedAt: h.ChangedAt, ClosedAt: h.ClosedAt, Allowed: []Allowed{}, Tasks: []Task{}, Deadlines: []Deadline{},
	}
	if view.Closed {
		return v
	}
	v.Title, v.Applicant, v.Agency, v.Body, v.Content = h.Title, h.Applicant, h.Agency, h.Body, c.content.from(view.Subject)
	v.Allowed = c.allowed(view.Allowed, c.href(h.ID)+"/")
	for _, t := range h.Tasks {
		v.Tasks = append(v.Tasks, Task{Task: t, Allowed: c.allowed(view.OnTasks[t.ID], tasksPath+t.ID+"/")})
	}
	for _, d := range h.Deadlines {
		v.Deadlines = append(v.Deadlines, deadlineView(d))
	}
	return v
}

func (c *collection) allowed(commands []string, under string) []Allowed {
	out := make([]Allowed, len(commands))
	for i, command := range commands {
		out[i] = Allowed{Command: command, Words: c.rows[command].Words, Href: under + command}
	}
	return out
}

func deadlineView(d lifecycle.Deadline) Deadline {
	v := Deadline{
		Name: d.Name, Due: d.Due.On, DueAt: d.Due.At, State: "running", Left: d.Left, Rule: d.Rule, Article: d.Article, Mark: d.Mark, Span: d.Span,
		From: d.From, Calendar: d.Due.Calendar, Provisional: d.Due.Provisional, RemindAt: d.RemindAt,
	}
	switch {
	case d.Passed:
		v.State = "passed"
	case d.Ended:
		v.State = "met"
	case d.Left != "":
		v.State = "held"
	}
	return v
}
