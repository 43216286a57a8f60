package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/export"
	"datacharter/web/words"
)

// What the lists of supervision can be narrowed by, beside what lists of cases can.
const byShow = "show"

// The values of byShow; the first of a list is what it shows by itself.
const (
	showOverdue = "overdue"
	showWaiting = "waiting"
	showDone    = "done"
	showMissed  = "missed"
	showRunning = "running"
)

var (
	taskShows = []choice{
		{showOverdue, text.Text{ZH: "已逾期", EN: "overdue"}}, {showWaiting, text.Text{ZH: "所有未办", EN: "all that wait"}}, {showDone, text.Text{ZH: "已办结", EN: "done"}},
	}
	limitShows = []choice{
		{showOverdue, text.Text{ZH: "办理中案件已超的期限", EN: "missed, in open cases"}},
		{showMissed, text.Text{ZH: "所有已超的期限", EN: "all that were missed"}},
		{showRunning, text.Text{ZH: "尚未到期", EN: "still running"}},
	}
)

// watch is a list of supervision as its page shows it.
type watch struct {
	*visit
	path  string
	shows []choice
	kinds []choice
	show  string
	asked url.Values // the filters in force, without the cursor
	first string
	next  string
}

// watchedTask is a task as supervision lists it.
type watchedTask struct {
	store.TaskView
	kind     text.Text // of its case
	url      string    // of its case
	whose    string
	claimant string // by name; empty when nobody has claimed it
	due      calendar.Date
	days     int // overdue
}

// watchedLimit is a time limit as supervision lists it.
type watchedLimit struct {
	store.DeadlineView
	words text.Text
	kind  text.Text // of its case
	url   string    // of its case
	days  int       // since a limit that was missed fell due; whether what it was for has been done since, is not known
}

func (s *server) newWatch(v *visit, path string, shows []choice) *watch {
	w := &watch{visit: v, path: path, shows: shows, show: shows[0].value, asked: url.Values{}}
	if asked := v.Query(byShow); asked != w.show && slices.ContainsFunc(shows, func(c choice) bool { return c.value == asked }) {
		w.show = asked
		w.asked.Set(byShow, asked)
	}
	for _, p := range s.places {
		w.kinds = append(w.kinds, choice{string(p.def.Kind()), p.table.Words})
	}
	if p := s.placeOf(lifecycle.Kind(v.Query(byKind))); p != nil {
		w.asked.Set(byKind, string(p.def.Kind()))
	}
	if words := clipped(v.Query(byText)); words != "" && path == tasksPath {
		w.asked.Set(byText, words)
	}
	return w
}

// turn finds the neighbouring parts of the list.
func (w *watch) turn(next string) {
	if w.Query(cursor) != "" {
		w.first = address(w.path, w.asked, nil)
	}
	if next != "" {
		w.next = address(w.path, w.asked, url.Values{cursor: {next}})
	}
}

func (w *watch) exportURL(form export.Form) string {
	return address(w.path+"/export/"+string(form), w.asked, nil)
}

func (w *watch) kind() lifecycle.Kind { return lifecycle.Kind(w.asked.Get(byKind)) }

func (w *watch) taskFilter(now time.Time) store.TaskFilter {
	f := store.TaskFilter{CaseKind: w.kind(), Text: w.asked.Get(byText), States: waiting}
	switch w.show {
	case showOverdue:
		f.DueUntil = now
	case showDone:
		f.States, f.Sort = []lifecycle.TaskState{lifecycle.TaskDone}, store.ByEnd
	}
	return f
}

func (w *watch) limitFilter() store.DeadlineFilter {
	f := store.DeadlineFilter{Kind: w.kind()}
	switch w.show {
	case showRunning:
		f.Open = true
	default:
		f.Passed, f.CaseOpen, f.Not = true, w.show == showOverdue, agreed
	}
	return f
}

// watchTasks lists tasks for supervision.
func (s *server) watchTasks(v *visit) {
	w := s.newWatch(v, tasksPath, taskShows)
	f := w.taskFilter(s.Clock.Now())
	f.Cursor = v.Query(cursor)
	found, err := s.Store.ListTasks(v.ctx, v.actor, f)
	if err != nil {
		v.fail(err)
		return
	}
	tasks, err := s.watchedTasks(v, found.Items)
	if err != nil {
		v.fail(err)
		return
	}
	w.turn(found.Next)
	v.show(http.StatusOK, v.T("监督：任务", "Supervision: tasks"), watchTasksPage(w, tasks))
}

// watchLimits lists time limits for supervision.
func (s *server) watchLimits(v *visit) {
	w := s.newWatch(v, limitsPath, limitShows)
	f := w.limitFilter()
	f.Cursor = v.Query(cursor)
	found, err := s.Store.ListDeadlines(v.ctx, v.actor, f)
	if err != nil {
		v.fail(err)
		return
	}
	w.turn(found.Next)
	v.show(http.StatusOK, v.T("监督：期限", "Supervision: time limits"), watchLimitsPage(w, s.watchedLimits(found.Items)))
}

// watchedTasks looks up what supervision shows of tasks.
func (s *server) watchedTasks(v *visit, tasks []store.TaskView) ([]watchedTask, error) {
	var people, organizations []string
	for _, t := range tasks {
		people, organizations = append(people, t.Claimant), append(organizations, t.Organization)
	}
	names, err := s.namesOf(v.ctx, people, organizations)
	if err != nil {
		return nil, err
	}
	today := s.today()
	out := make([]watchedTask, len(tasks))
	for i, t := range tasks {
		row := watchedTask{TaskView: t, url: s.caseURL(t.CaseKind, t.Case), kind: s.kindWords(t.CaseKind)}
		who := v.page.In(words.Kind(t.Kind))
		if t.Organization != "" {
			who = names.organization(t.Organization)
		}
		row.whose = who + " · " + v.page.In(identity.RoleWords(t.Role))
		if t.Claimant != "" {
			row.claimant = names.person(v.page, t.Claimant)
		}
		if t.Due != nil {
			row.due = calendar.DateOf(t.Due.Add(-time.Nanosecond)) // a day's end is the beginning of the next
			if t.DoneAt == nil {
				row.days = late(row.due, today)
			}
		}
		out[i] = row
	}
	return out, nil
}

// watchedLimits looks up what supervision shows of time limits.
func (s *server) watchedLimits(limits []store.DeadlineView) []watchedLimit {
	today := s.today()
	out := make([]watchedLimit, len(limits))
	for i, l := range limits {
		out[i] = watchedLimit{DeadlineView: l, words: s.inRound(l.Name), kind: s.kindWords(l.CaseKind), url: s.caseURL(l.CaseKind, l.Case)}
		if l.Passed {
			out[i].days = late(l.Due.On, today)
		}
	}
	return out
}

// kindWords names a kind of case.
func (s *server) kindWords(kind lifecycle.Kind) text.Text {
	if p := s.placeOf(kind); p != nil {
		return p.table.Words
	}
	return both(string(kind))
}

// exportTasks gives the list of tasks as it is filtered as a file.
func (s *server) exportTasks(v *visit) {
	w := s.newWatch(v, tasksPath, taskShows)
	sheetOf[store.TaskView]{
		name: "tasks",
		headings: []string{
			v.T("任务", "Task"), v.T("任务编号", "Task ID"), v.T("案件", "Case"), v.T("案件编号", "Case ID"), v.T("案件种类", "Kind of case"), v.T("由谁办理", "For whom"),
			v.T("领取人", "Claimed by"), v.T("状态", "State"), v.T("开始", "Opened"), v.T("到期", "Due"), v.T("逾期天数", "Days overdue"), v.T("办结", "Done"),
		},
		items: s.Store.ExportTasks(v.ctx, v.actor, w.taskFilter(s.Clock.Now())),
		rows: func(batch []store.TaskView) ([][]any, error) {
			tasks, err := s.watchedTasks(v, batch)
			rows := make([][]any, len(tasks))
			for i, t := range tasks {
				rows[i] = []any{
					v.page.In(t.Title), t.ID, t.CaseTitle, t.Case, v.page.In(t.kind), t.whose, t.claimant, v.page.In(words.Value(t.State)),
					v.day(&t.OpenedAt), dateOrNone(t.due), t.days, v.day(t.DoneAt),
				}
			}
			return rows, err
		},
	}.give(v)
}

// exportLimits gives the list of time limits as it is filtered as a file.
func (s *server) exportLimits(v *visit) {
	w := s.newWatch(v, limitsPath, limitShows)
	sheetOf[store.DeadlineView]{
		name: "limits",
		headings: []string{
			v.T("期限", "Limit"), v.T("案件", "Case"), v.T("案件编号", "Case ID"), v.T("案件种类", "Kind of case"), v.T("规则", "Rule"), v.T("依据", "Source"),
			v.T("起算", "From"), v.T("到期", "Due"), v.T("情况", "How it stands"), v.T("到期后天数", "Days since due"),
		},
		items: s.Store.ExportDeadlines(v.ctx, v.actor, w.limitFilter()),
		rows: func(batch []store.DeadlineView) ([][]any, error) {
			rows := make([][]any, len(batch))
			for i, l := range s.watchedLimits(batch) {
				rows[i] = []any{
					v.page.In(l.words), l.CaseTitle, l.Case, v.page.In(l.kind), v.page.In(l.Rule), v.page.In(words.Article(l.Article)),
					l.From.String(), l.Due.On.String(), limitState(v, l.DeadlineView), l.days,
				}
			}
			return rows, nil
		},
	}.give(v)
}

// limitState says how a limit stands.
func limitState(v *visit, l store.DeadlineView) string {
	switch {
	case l.Passed:
		return v.T("已超期", "missed")
	case l.Ended:
		return v.T("已办结", "met")
	case l.Held != "":
		return v.T("已停钟", "clock stopped")
	default:
		return v.T("进行中", "running")
	}
}

// dateOrNone writes a date, or nothing for none.
func dateOrNone(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// caption says what a list shows.
func (w *watch) caption() text.Text {
	i := slices.IndexFunc(w.shows, func(c choice) bool { return c.value == w.show })
	return w.shows[i].words
}

// lateWords says for how long something has been overdue.
func lateWords(v *visit, days int) string {
	return v.T("逾期"+strconv.Itoa(days)+"天", v.page.Plural(days, "天", "day")+" overdue")
}

// sinceDue says how long ago a limit was missed.
func sinceDue(v *visit, days int) string {
	return v.T("已超期，"+strconv.Itoa(days)+"天前到期", "missed, due "+v.page.Plural(days, "天", "day")+" ago")
}
