package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"datacharter/domain/authorization"
	"datacharter/domain/calendar"
	"datacharter/domain/concern"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// Addresses of supervision.
const (
	supervisionPath = "/supervision"
	limitsPath      = supervisionPath + "/limits"
	tasksPath       = supervisionPath + "/tasks"
)

// longestShown is how much of what is late the first page of supervision shows.
const longestShown = 10

// supervision is what supervisors and administrators look at first.
type supervision struct {
	*visit
	open, closed  int64
	overdueTasks  int64
	overdueCases  int64
	kinds         []kindFigures
	longestTasks  []watchedTask
	longestLimits []watchedLimit
	unanswered    []unanswered
}

// unanswered are the quality reports or data demands whose first answer is overdue.
type unanswered struct {
	words   text.Text
	url     string // of all of them
	count   int64
	longest []datedConcern
}

// kindFigures are the figures of one kind of case.
type kindFigures struct {
	place    *place
	phases   []tally
	outcomes []tally
	limits   []limitFigure
}

// tally is how many cases there are of one sort, and where they are listed.
type tally struct {
	words text.Text
	cases int64
	url   string
}

// sum is how many cases there are of all sorts.
func sum(tallies []tally) (cases int64) {
	for _, t := range tallies {
		cases += t.cases
	}
	return cases
}

// limitFigure is how the limits of one name were kept.
type limitFigure struct {
	store.LimitUse
	words text.Text
}

// share is how many of a hundred were met in time, of those that are over; false when none is.
func (f limitFigure) share() (int64, bool) {
	const whole = 100
	over := f.Met + f.Missed
	if over == 0 {
		return 0, false
	}
	return f.Met * whole / over, true
}

// supervise shows the figures.
func (s *server) supervise(v *visit) {
	now := s.Clock.Now()
	figures, err := s.Store.Statistics(v.ctx, v.actor, "", now, agreed...)
	if err != nil {
		v.fail(err)
		return
	}
	view := supervision{visit: v, overdueTasks: figures.OverdueTasks, overdueCases: figures.OverdueCases}
	for _, p := range s.places {
		k := kindFigures{place: p, phases: openByPhase(p, figures.States), outcomes: closedByState(p, figures.States), limits: s.limitFigures(p, figures.Limits)}
		view.open, view.closed = view.open+sum(k.phases), view.closed+sum(k.outcomes)
		view.kinds = append(view.kinds, k)
	}
	tasks, err := s.Store.ListTasks(v.ctx, v.actor, store.TaskFilter{States: waiting, DueUntil: now, Limit: longestShown})
	if err != nil {
		v.fail(err)
		return
	}
	if view.longestTasks, err = s.watchedTasks(v, tasks.Items); err != nil {
		v.fail(err)
		return
	}
	limits, err := s.Store.ListDeadlines(v.ctx, v.actor, store.DeadlineFilter{Passed: true, CaseOpen: true, Not: agreed, Limit: longestShown})
	if err != nil {
		v.fail(err)
		return
	}
	view.longestLimits = s.watchedLimits(limits.Items)
	if view.unanswered, err = s.unanswered(v); err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("监督", "Supervision"), supervisionPage(view))
}

// unanswered finds the reports and demands whose first answer is overdue, the longest first.
func (s *server) unanswered(v *visit) ([]unanswered, error) {
	var out []unanswered
	for _, kind := range []concern.Kind{concern.Report, concern.Demand} {
		f := store.ConcernFilter{Kind: kind, Overdue: true, Limit: longestShown}
		u := unanswered{words: kind.Words(), url: listURL(concernPaths[kind], "whose", overdue)}
		page, err := s.Store.ListConcerns(v.ctx, v.actor, f)
		if err != nil {
			return nil, err
		}
		if u.longest, err = s.dated(v, page.Items); err != nil {
			return nil, err
		}
		if u.count, err = s.Store.CountConcerns(v.ctx, v.actor, f); err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// waiting are the states of tasks that wait for somebody.
var waiting = []lifecycle.TaskState{lifecycle.TaskOpen, lifecycle.TaskClaimed}

// openByPhase counts the open cases of a kind by phase, in the order of the phases; those in which no case can stand open are left out.
func openByPhase(p *place, states []store.StateCount) []tally {
	var out []tally
	for _, phase := range p.table.Phases {
		if !slices.ContainsFunc(p.table.States, func(i lifecycle.StateInfo) bool { return i.Phase == phase.Name && !i.Final && !i.Draft }) {
			continue
		}
		t := tally{words: phase.Words, url: casesURL(statusOpen, p, string(phase.Name))}
		for _, c := range states {
			if c.Kind == p.def.Kind() && c.Phase == phase.Name && !c.Closed {
				t.cases += c.Cases
			}
		}
		out = append(out, t)
	}
	return out
}

// closedByState counts the closed cases of a kind by how they ended. A draft that was deleted never was a case for others.
func closedByState(p *place, states []store.StateCount) []tally {
	var out []tally
	for _, c := range states {
		if c.Kind == p.def.Kind() && c.Closed && c.State != authorization.Deleted {
			out = append(out, tally{words: p.def.State(c.State).Words, cases: c.Cases, url: casesURL(statusClosed, p, string(c.Phase)+"."+string(c.State))})
		}
	}
	slices.SortStableFunc(out, func(a, b tally) int { return cmp.Compare(b.cases, a.cases) })
	return out
}

func casesURL(status string, p *place, stage string) string {
	return address("/cases", url.Values{byStatus: {status}, byStage: {string(p.def.Kind()) + "." + stage}}, nil)
}

// chart draws how many cases there are of each sort.
func (v supervision) chart(id, title string, tallies []tally) ui.Chart {
	c := ui.Chart{ID: id, Title: title, Description: v.T("条的长短表示案件数。", "The length of a bar is the number of cases.")}
	for _, t := range tallies {
		c.Bars = append(c.Bars, ui.Bar{Label: v.page.In(t.words) + v.T("：", ": ") + strconv.FormatInt(t.cases, 10), Value: t.cases})
	}
	return c
}

// stages draws how long each stage takes, beside its limit. Stages that nobody has finished yet are in the table alone.
func (v supervision) stages(id, title string, limits []limitFigure) ui.Chart {
	c := ui.Chart{ID: id, Title: title, Description: v.T(
		"实心条：半数在此天数内完成（中位数）；浅色条：九成在此天数内完成；竖线：期限天数（中位数）。",
		"Solid bar: half took no longer (median); pale bar: nine of ten took no longer; line: days allowed (median).",
	)}
	for _, l := range limits {
		if l.Known == 0 {
			continue
		}
		c.Bars = append(c.Bars, ui.Bar{
			Label: v.page.In(l.words), Value: int64(l.MedianDays), Reach: int64(l.NinetiethDay), Limit: int64(l.MedianLength),
			More: v.T("中位 ", "median ") + strconv.Itoa(l.MedianDays) + v.T("，九成 ", ", 90 % ") + strconv.Itoa(l.NinetiethDay) + v.T("，期限 ", ", limit ") + v.page.Plural(l.MedianLength, "天", "day"),
		})
	}
	return c
}

// late is for how many days something has been overdue.
func late(due, today calendar.Date) int { return max(due.DaysUntil(today), 0) }
