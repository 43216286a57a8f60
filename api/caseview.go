package api

import (
	"context"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/policy"
	"datacharter/domain/text"
	"datacharter/policies"
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

// view shows a case to an actor, with what he may do at the business time now. Who declared an interest is shown only that the case is there.
func (c *collection) view(ctx context.Context, subject lifecycle.Case, actor identity.Actor, now time.Time) (*Case, error) {
	h := subject.Head()
	state := c.def.State(h.State)
	v := &Case{
		ID: h.ID, Kind: h.Kind, Version: h.Version, State: h.State, StateWords: state.Words, Phase: state.Phase, PhaseWords: c.phases[state.Phase],
		Policy: h.Policy, OpenedAt: h.OpenedAt, ChangedAt: h.ChangedAt, ClosedAt: h.ClosedAt, Allowed: []Allowed{}, Tasks: []Task{}, Deadlines: []Deadline{},
	}
	if slices.Contains(h.Interests, actor.Person) {
		return v, nil
	}
	v.Title, v.Applicant, v.Agency, v.Body, v.Content = h.Title, h.Applicant, h.Agency, h.Body, c.content.from(subject)
	profile, err := c.server.profileOf(ctx, h, state)
	if err != nil {
		return nil, err
	}
	ofTasks := map[string][]Allowed{}
	for _, a := range c.def.Allowed(subject, actor, lifecycle.Env{Now: now, Policy: profile, Calendar: c.server.Calendar}) {
		words := c.rows[a.Command].Words
		if a.Task == "" {
			v.Allowed = append(v.Allowed, Allowed{Command: a.Command, Words: words, Href: c.href(h.ID) + "/" + a.Command})
		} else {
			ofTasks[a.Task] = append(ofTasks[a.Task], Allowed{Command: a.Command, Words: words, Href: tasksPath + a.Task + "/" + a.Command})
		}
	}
	for _, t := range h.Tasks {
		v.Tasks = append(v.Tasks, Task{Task: t, Allowed: append([]Allowed{}, ofTasks[t.ID]...)})
	}
	for _, d := range h.Deadlines {
		v.Deadlines = append(v.Deadlines, deadlineView(d))
	}
	return v, nil
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

// profileOf finds the policy profile by which a case goes: a draft follows the newest version, any other case the one that it is pinned to.
func (s *server) profileOf(ctx context.Context, h *lifecycle.Header, state lifecycle.StateInfo) (*policy.Profile, error) {
	if state.Draft {
		if p, ok := s.Policies.Newest(h.Policy.Name); ok {
			return p, nil
		}
	}
	return s.profile(ctx, h.Policy.Hash)
}

// profile finds a policy profile by its hash: in the library, or in the database when the program no longer ships it. store.ErrNotFound
// when there is none.
func (s *server) profile(ctx context.Context, hash string) (*policy.Profile, error) {
	if p, ok := s.Policies.ByHash(hash); ok {
		return p, nil
	}
	if p, ok := s.profiles.Load(hash); ok {
		return p.(*policy.Profile), nil
	}
	kept, err := s.Store.GetPolicy(ctx, hash)
	if err != nil {
		return nil, err
	}
	p, err := policies.Parse(kept.Name, kept.Content)
	if err != nil {
		return nil, err
	}
	s.profiles.Store(hash, p)
	return p, nil
}

// caseAt shows the actor of the call a case at the version that a command led to. What he may do is worked out for that very moment, so that
// a repeat of the command is answered with the same bytes.
func (s *server) caseAt(ctx context.Context, c *collection, id string, version int64) (*Case, error) {
	actor := callOf(ctx).actor
	subject, err := s.Store.Case(ctx, c.def, id) // whether he still sees it or not: it is the answer to his command
	if err == nil && subject.Head().Version != version {
		subject, err = s.Store.CaseAt(ctx, c.def, id, version) // it has moved on
	}
	if err != nil {
		return nil, err
	}
	return c.view(ctx, subject, actor, subject.Head().ChangedAt)
}
