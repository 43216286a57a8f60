package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/export"
	"datacharter/web/ui"
)

// What the list of cases can be narrowed by, as it stands in addresses.
const (
	byText   = "q"
	byKind   = "kind"
	byStage  = "stage" // kind.phase or kind.phase.state
	byStatus = "status"
	bySort   = "sort"
	ownOnly  = "own"
	forMe    = "waiting"
	followed = "followed"
	cursor   = "cursor"
)

// The values of byStatus.
const (
	statusOpen   = "open"
	statusClosed = "closed"
	statusDraft  = "draft"
)

var (
	statuses = []choice{
		{"", text.Text{ZH: "全部", EN: "all"}},
		{statusOpen, text.Text{ZH: "办理中", EN: "open"}},
		{statusClosed, text.Text{ZH: "已办结", EN: "closed"}},
		{statusDraft, text.Text{ZH: "草稿", EN: "drafts"}},
	}
	sorts = []choice{
		{string(store.ByChange), text.Text{ZH: "最近变动", EN: "last changed"}},
		{string(store.ByOpening), text.Text{ZH: "最近立案", EN: "last opened"}},
		{string(store.ByNextDue), text.Text{ZH: "最先到期", EN: "first due"}},
	}
	toggles = []choice{
		{ownOnly, text.Text{ZH: "本单位申请的", EN: "my organisation's own"}},
		{forMe, text.Text{ZH: "等我办理的", EN: "waiting for me"}},
		{followed, text.Text{ZH: "我关注的", EN: "that I follow"}},
	}
)

// choice is a value of a filter with its words.
type choice struct {
	value string
	words text.Text
}

// stageGroup are the states of one phase of a kind, to choose from.
type stageGroup struct {
	words  text.Text
	stages []choice
}

// caseList is a list of cases as its page shows it.
type caseList struct {
	*visit
	asked  url.Values // the filters in force, without the cursor
	kinds  []choice
	stages []stageGroup
	rows   []listedCase
	first  string
	next   string
	mine   bool // the visitor sees his own organisation's cases alone
	opens  bool // he may begin an application
}

// listedCase is a case as the list shows it.
type listedCase struct {
	store.CaseSummary
	url     string
	kind    text.Text
	state   lifecycle.StateInfo
	parties []string
	turn    string
	due     *ui.Due
}

// listCases shows the cases that the visitor may see.
func (s *server) listCases(v *visit) {
	filter, asked := s.caseFilter(v)
	filter.Cursor = v.Query(cursor)
	found, err := s.Store.ListCases(v.ctx, v.actor, filter)
	if err != nil {
		v.fail(err)
		return
	}
	list := caseList{visit: v, asked: asked, opens: v.actor.Has(identity.Applicant), mine: isApplicantOnly(v.actor)}
	if list.rows, err = s.listed(v, found.Items); err != nil {
		v.fail(err)
		return
	}
	for _, p := range s.places {
		list.kinds = append(list.kinds, choice{string(p.def.Kind()), p.table.Words})
		list.stages = append(list.stages, stagesOf(p)...)
	}
	if filter.Cursor != "" {
		list.first = list.url(nil)
	}
	if found.Next != "" {
		list.next = list.url(url.Values{cursor: {found.Next}})
	}
	v.show(http.StatusOK, list.title(), caseListPage(list))
}

func (l caseList) title() string {
	if l.mine {
		return l.T("我的案件", "My cases")
	}
	return l.T("案件", "Cases")
}

// isApplicantOnly reports whether all that a person does, he does for operators.
func isApplicantOnly(actor identity.Actor) bool {
	return len(actor.Grants) > 0 && !slices.ContainsFunc(actor.Grants, func(g identity.Grant) bool { return g.Kind != identity.Operator })
}

// url is the address of the list with the filters in force and more.
func (l caseList) url(more url.Values) string { return address("/cases", l.asked, more) }

// exportURL is the address of the whole list in a form.
func (l caseList) exportURL(form export.Form) string {
	return address("/cases/export/"+string(form), l.asked, nil)
}

func address(path string, values, more url.Values) string {
	all := url.Values{}
	for _, some := range []url.Values{values, more} {
		for name, value := range some {
			all[name] = value
		}
	}
	if len(all) == 0 {
		return path
	}
	return path + "?" + all.Encode()
}

// caseFilter reads the filters of a list of cases, and gives those in force back as they stand in addresses. What is unknown narrows nothing.
func (s *server) caseFilter(v *visit) (store.CaseFilter, url.Values) {
	f, asked := store.CaseFilter{Sort: store.ByChange}, url.Values{}
	if f.Text = strings.TrimSpace(v.Query(byText)); f.Text != "" {
		asked.Set(byText, f.Text)
	}
	if p := s.placeOf(lifecycle.Kind(v.Query(byKind))); p != nil {
		f.Kind = p.def.Kind()
		asked.Set(byKind, string(f.Kind))
	}
	s.filterStage(v.Query(byStage), &f, asked)
	yes, no := true, false
	switch status := v.Query(byStatus); status {
	case statusOpen:
		f.Closed, f.Draft = &no, &no
		asked.Set(byStatus, status)
	case statusClosed:
		f.Closed = &yes
		asked.Set(byStatus, status)
	case statusDraft:
		f.Draft = &yes
		asked.Set(byStatus, status)
	}
	if sort := v.Query(bySort); sort != string(store.ByChange) && slices.ContainsFunc(sorts, func(c choice) bool { return c.value == sort }) {
		f.Sort = store.CaseSort(sort)
		asked.Set(bySort, sort)
	}
	for name, on := range map[string]*bool{ownOnly: &f.Own, forMe: &f.Waiting, followed: &f.Followed} {
		if *on = v.Query(name) == "1"; *on {
			asked.Set(name, "1")
		}
	}
	if f.Waiting {
		f.Turns = s.allTurns(v.actor)
	}
	return f, asked
}

// filterStage keeps a list to a phase of a kind, or to a state in it.
func (s *server) filterStage(stage string, f *store.CaseFilter, asked url.Values) {
	kind, rest, _ := strings.Cut(stage, ".")
	phase, state, within := strings.Cut(rest, ".")
	p := s.placeOf(lifecycle.Kind(kind))
	if p == nil || !slices.ContainsFunc(p.table.States, func(i lifecycle.StateInfo) bool {
		return string(i.Phase) == phase && (!within || string(i.Name) == state)
	}) {
		return
	}
	f.Kind, f.Phase, f.State = p.def.Kind(), lifecycle.Phase(phase), lifecycle.State(state)
	asked.Set(byStage, stage)
	asked.Del(byKind)
}

// stagesOf lists the phases of a kind, each with its states when it has several.
func stagesOf(p *place) []stageGroup {
	var out []stageGroup
	for _, phase := range p.table.Phases {
		base := string(p.def.Kind()) + "." + string(phase.Name)
		g := stageGroup{
			words:  text.Text{ZH: p.table.Words.ZH + " · " + phase.Words.ZH, EN: p.table.Words.EN + " · " + phase.Words.EN},
			stages: []choice{{base, text.Text{ZH: phase.Words.ZH + "（全部）", EN: phase.Words.EN + " (all)"}}},
		}
		for _, state := range p.table.States {
			if state.Phase == phase.Name && state.Name != authorization.Deleted {
				g.stages = append(g.stages, choice{base + "." + string(state.Name), state.Words})
			}
		}
		out = append(out, g)
	}
	return out
}

// listed looks up what the list shows of cases beside their summaries.
func (s *server) listed(v *visit, found []store.CaseSummary) ([]listedCase, error) {
	var organizations []string
	for _, c := range found {
		organizations = append(organizations, c.Applicant, c.Agency, c.Body)
	}
	overviews, err := s.Store.Overviews(v.ctx, found)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf(v.ctx, nil, organizations)
	if err != nil {
		return nil, err
	}
	calendar, err := s.Cases.Calendar(v.ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]listedCase, 0, len(found))
	for _, c := range found {
		p := s.placeOf(c.Kind)
		if p == nil {
			continue // of a kind that a newer program keeps in the same database
		}
		row := listedCase{CaseSummary: c, url: p.href(c.ID), kind: p.table.Words, state: p.def.State(c.State)}
		for _, id := range []string{c.Applicant, c.Agency, c.Body} {
			if id != "" {
				row.parties = append(row.parties, names.organization(id))
			}
		}
		overview := overviews[c.ID]
		row.turn = turnOf(v.page, row.state, overview.Turns)
		if d := overview.Next; d != nil {
			due := ui.NewDue(v.page, lifecycle.Deadline{Name: d.Name, Rule: d.Rule, Article: d.Article, Mark: d.Mark, Span: d.Span, From: d.From, Due: d.Due}, s.Clock.Now(), calendar)
			row.due = &due
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// turnOf says in a line on whom a case waits: the tasks that are open, else the parties that the state table names.
func turnOf(p *ui.Page, state lifecycle.StateInfo, tasks []store.Turn) string {
	var who []string
	for _, t := range tasks {
		if title := p.In(t.Title); !slices.Contains(who, title) {
			who = append(who, title)
		}
	}
	if len(who) == 0 {
		for _, party := range state.Turn {
			who = append(who, p.In(party.Words()))
		}
	}
	return strings.Join(who, p.T("、", ", "))
}

// phaseWords names the phase in which a case is.
func (s *server) phaseWords(row listedCase) text.Text {
	for _, phase := range s.placeOf(row.Kind).table.Phases {
		if phase.Name == row.Phase {
			return phase.Words
		}
	}
	return both(string(row.Phase))
}
