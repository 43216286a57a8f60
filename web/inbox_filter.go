package web

import (
	"net/url"
	"slices"
	"strings"

	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/form"
)

// inboxTab is one part of an inbox.
type inboxTab struct {
	name  string
	scope store.TaskScope
	words text.Text
	empty text.Text // what would be here
}

// inboxTabs are the parts of an inbox; the first is what one sees first.
var inboxTabs = []inboxTab{
	{"mine", store.Claimed, text.Text{ZH: "轮到我", EN: "In my hands"}, text.Text{ZH: "您领取的任务在这里。现在没有。", EN: "Tasks that you claimed stand here. There are none now."}},
	{"claimable", store.Claimable, text.Text{ZH: "可领取", EN: "To be claimed"}, text.Text{ZH: "您可以领取的任务在这里。现在没有。", EN: "Tasks that you may claim stand here. There are none now."}},
	{"all", store.Waiting, text.Text{ZH: "全部待办", EN: "All that waits"}, text.Text{ZH: "您已领取和可以领取的任务在这里。现在没有。", EN: "Tasks that you claimed or may claim stand here. There are none now."}},
	{"taken", store.Elsewhere, text.Text{ZH: "他人办理中", EN: "With others"}, text.Text{ZH: "同岗位其他人已领取的任务在这里。现在没有。", EN: "Tasks that others of your role claimed stand here. There are none now."}},
	{"done", store.Finished, text.Text{ZH: "我办过的", EN: "Done by me"}, text.Text{ZH: "您办结的任务在这里。还没有。", EN: "Tasks that you finished stand here. There are none yet."}},
}

// dueChoices are the ranges of due dates that people ask for by a word.
var dueChoices = []form.Choice{
	{Value: "overdue", Words: text.Text{ZH: "已逾期", EN: "Overdue"}},
	{Value: "today", Words: text.Text{ZH: "今天到期", EN: "Due today"}},
	{Value: "week", Words: text.Text{ZH: "本周到期", EN: "Due this week"}},
}

var sortChoices = []form.Choice{
	{Value: string(store.ByDue), Words: text.Text{ZH: "按到期", EN: "By due date"}},
	{Value: string(store.ByTurn), Words: text.Text{ZH: "按开始时间", EN: "By opening"}},
}

// inboxFilter is which part of an inbox is shown, as an address says it.
type inboxFilter struct {
	tab       inboxTab
	name      string // of the tasks: what is to be done
	agency    string // organisation by ID
	applicant string // organisation by ID, or words of its name
	text      string
	due       string // one of dueChoices, or empty
	from, to  string // days between which tasks are due, as they were sent
	sort      store.TaskSort
	cursor    string
}

// inboxFilterOf reads an address. What it does not know it takes for not said.
func inboxFilterOf(q url.Values) inboxFilter {
	f := inboxFilter{
		tab: inboxTabs[0], name: brief(q.Get("name")), agency: brief(q.Get("agency")), applicant: brief(q.Get("applicant")), text: brief(q.Get("q")),
		from: brief(q.Get("from")), to: brief(q.Get("to")), cursor: q.Get("after"), sort: store.ByDue,
	}
	for _, t := range inboxTabs {
		if t.name == q.Get("tab") {
			f.tab = t
		}
	}
	if due := q.Get("due"); slices.ContainsFunc(dueChoices, func(c form.Choice) bool { return c.Value == due }) {
		f.due = due
	}
	if q.Get("sort") == string(store.ByTurn) {
		f.sort = store.ByTurn
	}
	return f
}

// brief is what was sent, without the space around it and no longer than a search may be.
func brief(sent string) string {
	runes := []rune(strings.TrimSpace(sent))
	return string(runes[:min(len(runes), maxSearch)])
}

// query is the filter as an address says it, from the first page on.
func (f inboxFilter) query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.tab.name != inboxTabs[0].name {
		set("tab", f.tab.name)
	}
	set("name", f.name)
	set("agency", f.agency)
	set("applicant", f.applicant)
	set("q", f.text)
	set("due", f.due)
	set("from", f.from)
	set("to", f.to)
	if f.sort != store.ByDue {
		set("sort", string(f.sort))
	}
	return q
}

func (f inboxFilter) url() string { return addressOf("/inbox", f.query()) }

// addressOf is a path with a query, where there is one.
func addressOf(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// in is the same filter in another part of the inbox.
func (f inboxFilter) in(tab inboxTab) inboxFilter {
	f.tab, f.cursor = tab, ""
	return f
}

// narrows reports whether the filter leaves anything out of its part.
func (f inboxFilter) narrows() bool {
	q := f.query()
	q.Del("tab")
	q.Del("sort")
	return len(q) > 0
}

// more reports whether the filter says anything that is not asked for first.
func (f inboxFilter) more() bool {
	return f.agency+f.applicant+f.from+f.to != "" || f.sort != store.ByDue
}

// grouped reports whether the tasks are listed under when they are due.
func (f inboxFilter) grouped() bool { return f.sort == store.ByDue && f.tab.scope != store.Finished }

// tasks is the filter as the store takes it; the applicant is looked up beforehand. Faults name days that are none.
func (f inboxFilter) tasks(at store.InboxTimes, applicant string) (store.TaskFilter, []refusal.Field) {
	out := store.TaskFilter{
		Scope: f.tab.scope, Name: f.name, Agency: f.agency, Organization: applicant, Text: f.text, Sort: f.sort, Cursor: f.cursor, Limit: pageLength,
	}
	if f.tab.scope == store.Finished {
		out.Sort = store.ByEnd
	}
	switch f.due {
	case "overdue":
		out.DueUntil = at.Now
	case "today":
		out.DueAfter, out.DueUntil = at.Now, at.Today
	case "week":
		out.DueAfter, out.DueUntil = at.Now, at.Week
	}
	var faults []refusal.Field
	day := func(path, sent string) (calendar.Date, bool) {
		if sent == "" {
			return calendar.Date{}, false
		}
		d, err := calendar.ParseDate(sent)
		if err != nil {
			faults = append(faults, refusal.NotADate.At(path))
		}
		return d, err == nil
	}
	if d, ok := day("from", f.from); ok && d.Start().After(out.DueAfter) {
		out.DueAfter = d.Start() // what ended with the day before was due at this very instant
	}
	if d, ok := day("to", f.to); ok && (out.DueUntil.IsZero() || d.End().Before(out.DueUntil)) {
		out.DueUntil = d.End()
	}
	return out, faults
}

// kindsOfWork are the tasks that policy profiles have for the actor's roles: reviews, and the steps of a wind-down.
func (s *server) kindsOfWork(actor identity.Actor) []form.Choice {
	var out []form.Choice
	add := func(name string, title text.Text, kind identity.Kind, role identity.Role) {
		task := lifecycle.Task{Kind: kind, Role: role}
		known := slices.ContainsFunc(out, func(c form.Choice) bool { return c.Value == name })
		if !known && slices.ContainsFunc(actor.Grants, task.For) {
			out = append(out, form.Choice{Value: name, Words: title})
		}
	}
	for _, p := range slices.Backward(s.Policies.All()) { // the newest words of each
		for _, r := range reviewsOf(p) {
			add(r.Name, r.Title, r.Kind, r.Role)
		}
		for _, step := range p.Exit.Steps {
			add(step.Code, step.Title, step.Kind, step.Role)
			if step.Kind == identity.Operator { // which the agency takes over when the operator lets it pass
				add(step.Code, step.Title, identity.Agency, identity.CaseOfficer)
			}
		}
	}
	return out
}

// applicantOf looks up which organisation is meant: none when nothing was said, several when the words fit several.
func (s *server) applicantOf(v *visit, said string) ([]lifecycle.Organization, error) {
	if said == "" {
		return nil, nil
	}
	const enough = 20
	page, err := s.Store.ListOrganizations(v.ctx, store.OrganizationFilter{Kind: identity.Operator, Text: said, Limit: enough})
	for _, o := range page.Items {
		if o.ID == said || o.Name == said {
			return []lifecycle.Organization{o}, err
		}
	}
	return page.Items, err
}
