package web

import (
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"time"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
	"datacharter/web/ui"
)

// inboxPage is somebody's inbox.
type inboxPage struct {
	*visit
	filter  inboxFilter
	counts  store.InboxCounts
	groups  []dueGroup
	turns   turnList // shown below, on the first page
	first   string   // address of the beginning of the list, on its later pages
	next    string
	views   []store.View
	faults  []refusal.Field
	whole   string // what was wrong with what was asked of the inbox
	names   names
	key     string
	work    []form.Choice
	agents  []form.Choice
	choices []lifecycle.Organization // that the words for the applicant may mean
}

// dueGroup are tasks that are due in the same stretch of time; without words, those of a list that is not grouped.
type dueGroup struct {
	words text.Text
	tone  string
	rows  []taskRow
}

// taskRow is a task in a list.
type taskRow struct {
	store.TaskView
	due *ui.Due // nil when no limit runs for it
}

// The groups, in their order.
var (
	overdueWords = text.Text{ZH: "已逾期", EN: "Overdue"}
	todayWords   = text.Text{ZH: "今天到期", EN: "Due today"}
	weekWords    = text.Text{ZH: "本周到期", EN: "Due this week"}
	laterWords   = text.Text{ZH: "以后到期", EN: "Due later"}
	noDueWords   = text.Text{ZH: "没有在走的期限", EN: "No limit running"}
)

func (s *server) showInbox(v *visit) {
	page, err := s.inbox(v, inboxFilterOf(v.Request.URL.Query()))
	if err != nil {
		v.fail(err)
		return
	}
	if v.partOnly() {
		v.part(inboxPart(page))
		return
	}
	if page.first == "" {
		if page.turns, err = s.turnsFor(v); err != nil {
			v.fail(err)
			return
		}
	}
	page.show(http.StatusOK)
}

func (p *inboxPage) show(status int) {
	if len(p.faults) > 0 || p.whole != "" {
		status = http.StatusUnprocessableEntity
	}
	p.visit.show(status, p.T("待办", "Inbox"), inboxWhole(p))
}

// inbox reads what is shown.
func (s *server) inbox(v *visit, f inboxFilter) (*inboxPage, error) {
	page := &inboxPage{visit: v, filter: f, key: random(16, hex.EncodeToString), work: s.kindsOfWork(v.actor)}
	var err error
	if page.counts, err = s.waiting(v); err != nil {
		return nil, err
	}
	if page.views, err = s.Store.Views(v.ctx, v.actor.Person, inboxPlace); err != nil {
		return nil, err
	}
	if page.agents, err = s.organizationsOf(v, identity.Agency); err != nil {
		return nil, err
	}
	if page.choices, err = s.applicantOf(v, f.applicant); err != nil {
		return nil, err
	}
	applicant := ""
	switch {
	case f.applicant == "":
	case len(page.choices) == 1:
		applicant, page.choices = page.choices[0].ID, nil
	default:
		page.faults = append(page.faults, refusal.UnknownReference.At("applicant"))
	}
	asked, faults := f.tasks(s.week(), applicant)
	if page.faults = append(page.faults, faults...); len(page.faults) > 0 {
		return page, nil
	}
	found, err := s.Store.ListTasks(v.ctx, v.actor, asked)
	if err != nil {
		return nil, err
	}
	if f.cursor != "" {
		page.first = f.url()
	}
	if found.Next != "" {
		q := f.query()
		q.Set("after", found.Next)
		page.next = addressOf("/inbox", q)
	}
	if page.groups, err = s.grouped(v, found.Items, f.grouped()); err != nil {
		return nil, err
	}
	page.names, err = s.namesOfTasks(v, found.Items)
	return page, err
}

// waiting counts what waits for the visitor, once a visit.
func (s *server) waiting(v *visit) (store.InboxCounts, error) {
	if v.counts == nil {
		counts, err := s.Store.InboxCounts(v.ctx, v.actor, s.week())
		if err != nil {
			return counts, err
		}
		v.counts = &counts
	}
	return *v.counts, nil
}

// shownCount is a count of the inbox as a navigation shows it: a negative one is at least so much.
func shownCount(n int) int {
	if n > store.MostCounted {
		return -store.MostCounted
	}
	return n
}

func (s *server) namesOfTasks(v *visit, tasks []store.TaskView) (names, error) {
	var people, organizations []string
	for _, t := range tasks {
		people, organizations = append(people, t.Claimant), append(organizations, t.Party())
	}
	return s.namesOf(v.ctx, people, organizations)
}

// grouped puts tasks, first due first, under when they are due; or all into one group.
func (s *server) grouped(v *visit, tasks []store.TaskView, apart bool) ([]dueGroup, error) {
	at := s.week()
	reckoner, err := s.reckoner(v)
	var out []dueGroup
	for _, t := range tasks {
		row := taskRow{TaskView: t, due: reckoner.of(t)}
		g := dueGroup{}
		if apart {
			g.words, g.tone = dueStretch(t.Due, at)
		}
		if n := len(out); n == 0 || out[n-1].words != g.words {
			out = append(out, g)
		}
		last := &out[len(out)-1]
		last.rows = append(last.rows, row)
	}
	return out, err
}

func dueStretch(due *time.Time, at store.InboxTimes) (text.Text, string) {
	switch {
	case due == nil:
		return noDueWords, ""
	case !due.After(at.Now):
		return overdueWords, "bad"
	case !due.After(at.Today):
		return todayWords, "warn"
	case !due.After(at.Week):
		return weekWords, "warn"
	default:
		return laterWords, ""
	}
}

// reckoner tells how far off due dates are.
type reckoner struct {
	page     *ui.Page
	now      time.Time
	calendar calendar.Calendar
}

func (s *server) reckoner(v *visit) (reckoner, error) {
	in, err := s.Cases.Calendar(v.ctx)
	return reckoner{v.page, s.Clock.Now(), in}, err
}

// of explains when a task is due; nil when no limit runs for it.
func (r reckoner) of(t store.TaskView) *ui.Due {
	if t.Due == nil || t.State != lifecycle.TaskOpen && t.State != lifecycle.TaskClaimed {
		return nil
	}
	on := calendar.DateOf(t.Due.Add(-time.Microsecond)) // it is due when the day has ended
	return r.on(calendar.Due{On: on, At: *t.Due, Provisional: t.Provisional})
}

// on says how far off a due date is.
func (r reckoner) on(due calendar.Due) *ui.Due {
	out := ui.NewDue(r.page, lifecycle.Deadline{Due: due}, r.now, r.calendar)
	return &out
}

// fault is what is wrong with a control of the filter; nil when nothing is.
func (p *inboxPage) fault(name string) *refusal.Field {
	for _, f := range p.faults {
		if f.Path == name {
			return &f
		}
	}
	return nil
}

// tabs leads to the parts of the inbox, with what is filtered kept.
func (p *inboxPage) tabs() []ui.Link {
	out := make([]ui.Link, len(inboxTabs))
	for i, t := range inboxTabs {
		out[i] = ui.Link{URL: p.filter.in(t).url(), Words: p.page.In(t.words), Current: t.name == p.filter.tab.name}
		switch t.scope { //nolint:exhaustive // the others are not counted
		case store.Claimed:
			out[i].Count = shownCount(p.counts.Mine)
		case store.Claimable:
			out[i].Count = shownCount(p.counts.Claimable)
		}
	}
	return out
}

// shown is how many tasks the page shows.
func (p *inboxPage) shown() int { return len(flat(p.groups)) }

// complete reports whether the list has no other page, so that what is counted on it is all.
func (p *inboxPage) complete() bool { return p.first == "" && p.next == "" }

// act is what can be done with several tasks of this part at once; empty for nothing.
func (p *inboxPage) act() string {
	switch p.filter.tab.scope {
	case store.Claimed:
		return "release"
	case store.Claimable:
		return "claim"
	default:
		return ""
	}
}

// reviews reports whether any task shown is a review, of which several can be decided at once.
func (p *inboxPage) reviews() bool {
	return slices.ContainsFunc(flat(p.groups), func(r taskRow) bool { return slices.Contains(reviewedKinds, r.CaseKind) })
}

// sendBack shows the inbox that a form was sent from, with what was wrong.
func (s *server) sendBack(v *visit, from, whole string) {
	q := url.Values{}
	if u, err := url.Parse(local(from, "/inbox")); err == nil {
		q = u.Query()
	}
	page, err := s.inbox(v, inboxFilterOf(q))
	if err != nil {
		v.fail(err)
		return
	}
	page.whole = whole
	page.show(http.StatusUnprocessableEntity)
}

// flat are the rows of all groups.
func flat(groups []dueGroup) []taskRow {
	var out []taskRow
	for _, g := range groups {
		out = append(out, g.rows...)
	}
	return out
}
