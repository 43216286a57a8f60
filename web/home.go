package web

import (
	"encoding/hex"
	"net/http"

	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// homePage is the first page of who is signed in.
type homePage struct {
	*visit
	stretches []homeStretch
	counts    store.InboxCounts
	turns     turnList
	followed  []standingCase
	more      bool // more is followed than is shown
	notices   []toldNotice
	unread    int64
	starts    []start
	key       string
	names     names
}

// homeStretch is what waits and is due in one stretch of time.
type homeStretch struct {
	words text.Text
	tone  string
	count int
	url   string
	rows  []taskRow
}

// standingCase is a case as it stands.
type standingCase struct {
	store.CaseSummary
	state text.Text
	url   string
	next  *ui.Due // the nearest limit that runs; nil when none does
}

// start is something that people of a role begin from here.
type start struct {
	words, about text.Text
	url          string
	roles        []identity.Role
}

var starts = []start{
	{
		url: "/authorizations/new", roles: []identity.Role{identity.Applicant},
		words: text.Text{ZH: "申请授权运营", EN: "Apply for an authorised operation"},
		about: text.Text{ZH: "从资源目录中选择数据，分步填写。", EN: "Choose data from the catalogue and fill in step by step."},
	},
	{
		url: "/plans/new", roles: []identity.Role{identity.Planner},
		words: text.Text{ZH: "起草实施方案", EN: "Draft an implementation plan"},
		about: text.Text{ZH: "十二项内容，经审查、公开征求意见和政府集体决策后实施。", EN: "Twelve items; in force after its reviews, public comment and the government's decision."},
	},
	{
		url: "/products/new", roles: []identity.Role{identity.Applicant},
		words: text.Text{ZH: "起草产品和服务", EN: "Draft a product or service"},
		about: text.Text{ZH: "在已签署的协议范围内，经审核、定价后上架。", EN: "Within the signed agreement; on offer after its reviews and pricing."},
	},
	{
		url: "/findings/new", roles: findingRaisers,
		words: text.Text{ZH: "提出监督问题", EN: "Raise a finding"},
		about: text.Text{ZH: "检查、审计或者投诉举报发现的问题；可以责令整改，复查后销号。", EN: "What an inspection, an audit or a complaint brought to light; rectification is ordered and inspected again."},
	},
	{
		url: "/registrations/new", roles: []identity.Role{identity.Registrant},
		words: text.Text{ZH: "申请登记", EN: "Apply for registration"},
		about: text.Text{ZH: "公共数据资源、产品和服务的首次登记。", EN: "First registration of a resource, a product or a service."},
	},
	{
		url: "/meetings/new", roles: []identity.Role{identity.Secretary},
		words: text.Text{ZH: "召集会议", EN: "Call a meeting"},
		about: text.Text{ZH: "把待决策的事项列入议程。", EN: "Put the cases that wait for a decision on its agenda."},
	},
	{
		url: "/supervision", roles: seers,
		words: text.Text{ZH: "监督", EN: "Supervision"},
		about: text.Text{ZH: "各阶段的案件、用时和逾期情况。", EN: "Cases by phase, the time they take and what is overdue."},
	},
	{
		url: "/admin", roles: []identity.Role{identity.Administrator},
		words: text.Text{ZH: "管理", EN: "Administration"},
		about: text.Text{ZH: "人员、岗位、机构、日历和退出。", EN: "People, roles, organisations, calendars and exits."},
	},
}

// How much of each part the first page shows.
const (
	homeTasks   = 5
	homeCases   = 8
	homeNotices = 5
)

// home is the first page: what waits for who is signed in, and what this is for everybody else.
func (s *server) home(v *visit) {
	if !v.signedIn() {
		v.show(http.StatusOK, v.T("首页", "Home"), frontPage(v.page))
		return
	}
	p := &homePage{visit: v, key: random(16, hex.EncodeToString)}
	for _, fill := range []func(*homePage) error{s.homeTasks, s.homeTurns, s.homeFollowed, s.homeNotices} {
		if err := fill(p); err != nil {
			v.fail(err)
			return
		}
	}
	for _, b := range starts {
		if (rights{roles: b.roles}).permits(v.actor) {
			p.starts = append(p.starts, b)
		}
	}
	v.show(http.StatusOK, v.T("首页", "Home"), homeWhole(p))
}

// homeTasks lists the first tasks of each stretch of time: those that are due today are not listed again under this week.
func (s *server) homeTasks(p *homePage) error {
	var err error
	if p.counts, err = s.waiting(p.visit); err != nil {
		return err
	}
	at, all := s.week(), inboxFilter{tab: inboxTabs[2], sort: store.ByDue}
	var listed []store.TaskView
	for _, stretch := range []struct {
		homeStretch
		due    string
		filter store.TaskFilter
	}{
		{homeStretch{words: overdueWords, tone: "bad", count: p.counts.Overdue}, "overdue", store.TaskFilter{DueUntil: at.Now}},
		{homeStretch{words: todayWords, tone: "warn", count: p.counts.Today}, "today", store.TaskFilter{DueAfter: at.Now, DueUntil: at.Today}},
		{homeStretch{words: weekWords, tone: "warn", count: p.counts.Week}, "week", store.TaskFilter{DueAfter: at.Today, DueUntil: at.Week}},
	} {
		all.due = stretch.due
		stretch.url = all.url()
		if stretch.count > 0 {
			f := stretch.filter
			f.Scope, f.Limit = store.Waiting, homeTasks
			found, err := s.Store.ListTasks(p.ctx, p.actor, f)
			if err != nil {
				return err
			}
			listed = append(listed, found.Items...)
			groups, err := s.grouped(p.visit, found.Items, false)
			if err != nil {
				return err
			}
			stretch.rows = flat(groups)
		}
		p.stretches = append(p.stretches, stretch.homeStretch)
	}
	p.names, err = s.namesOfTasks(p.visit, listed)
	return err
}

func (s *server) homeTurns(p *homePage) error {
	var err error
	p.turns, err = s.turnsFor(p.visit)
	return err
}

// homeFollowed lists the cases followed, last changed first.
func (s *server) homeFollowed(p *homePage) error {
	found, err := s.Store.ListCases(p.ctx, p.actor, store.CaseFilter{Followed: true, Limit: homeCases})
	if err != nil {
		return err
	}
	p.more = found.Next != ""
	p.followed, err = s.asTheyStand(p.visit, found.Items)
	return err
}

// asTheyStand adds to cases their state and their nearest running limit.
func (s *server) asTheyStand(v *visit, found []store.CaseSummary) ([]standingCase, error) {
	if len(found) == 0 {
		return nil, nil
	}
	overviews, err := s.Store.Overviews(v.ctx, found)
	if err != nil {
		return nil, err
	}
	reckoner, err := s.reckoner(v)
	if err != nil {
		return nil, err
	}
	out := make([]standingCase, len(found))
	for i, c := range found {
		out[i] = standingCase{CaseSummary: c, url: s.caseURL(c.Kind, c.ID), state: both(string(c.State))}
		if place := s.placeOf(c.Kind); place != nil {
			out[i].state = place.def.State(c.State).Words
		}
		if limit := overviews[c.ID].Next; limit != nil {
			out[i].next = reckoner.on(limit.Due)
		}
	}
	return out, nil
}

func (s *server) homeNotices(p *homePage) error {
	var err error
	if p.unread, err = s.Store.UnreadNotices(p.ctx, p.actor.Person); err != nil || p.unread == 0 {
		return err
	}
	found, err := s.Store.ListNotices(p.ctx, p.actor.Person, store.NoticeFilter{Unread: true, Limit: homeNotices})
	if err != nil {
		return err
	}
	p.notices, err = s.tell(p.visit, found.Items)
	return err
}
