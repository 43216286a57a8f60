package web

import (
	"slices"
	"strings"

	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/web/ui"
)

// entry is one entry of the main navigation, for those who hold one of the roles; for everybody when it names none.
type entry struct {
	path  string
	words text.Text
	roles []identity.Role
}

var (
	deciders = []identity.Role{identity.Secretary, identity.Member, identity.Chair}
	seers    = []identity.Role{identity.Auditor, identity.Administrator}
	sitters  = slices.Concat(deciders, seers)
)

var entries = []entry{
	{path: "/", words: text.Text{ZH: "首页", EN: "Home"}},
	{path: "/inbox", words: text.Text{ZH: "待办", EN: "Inbox"}},
	{path: "/cases", words: text.Text{ZH: "案件", EN: "Cases"}},
	{path: "/meetings", words: text.Text{ZH: "会议", EN: "Meetings"}, roles: sitters},
	{path: "/resources", words: text.Text{ZH: "资源目录", EN: "Catalogue"}},
	{path: demandsPath, words: text.Text{ZH: "需求反馈", EN: "Demands"}},
	{path: "/notices", words: text.Text{ZH: "通知", EN: "Notices"}},
	{path: "/supervision", words: text.Text{ZH: "监督", EN: "Supervision"}, roles: seers},
	{path: "/policies", words: text.Text{ZH: "规则方案", EN: "Rules"}},
	{path: "/admin", words: text.Text{ZH: "管理", EN: "Administration"}, roles: []identity.Role{identity.Administrator}},
}

// leadsTo reports whether an address lies under the entry. The page of a case lies under the list of its kind, else of all cases; a task under the inbox.
func (e entry) leadsTo(address string) bool {
	under := map[string]string{"authorizations": "/cases", "exits": "/cases", "registrations": "/cases", "plans": "/cases", "products": "/cases", "disclosures": "/cases", "findings": "/cases", "finances": "/cases", "complaints": "/cases", "tasks": "/inbox", "quality-reports": demandsPath}
	first, _, _ := strings.Cut(strings.TrimPrefix(address, "/"), "/")
	if list, ok := under[first]; ok {
		return e.path == list
	}
	return address == e.path || e.path != "/" && strings.HasPrefix(address, e.path+"/")
}

// navigate puts the main navigation beside the page, with how much waits in the visitor's hands.
func (s *server) navigate(v *visit) error {
	if v.partOnly() {
		return nil
	}
	unread, err := s.Store.UnreadNotices(v.ctx, v.actor.Person)
	if err != nil {
		return err
	}
	mine, err := s.Store.ClaimedCount(v.ctx, v.actor)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !(rights{roles: e.roles}).permits(v.actor) {
			continue
		}
		l := ui.Link{URL: e.path, Words: v.page.In(e.words), Current: e.leadsTo(v.Request.URL.Path)}
		switch e.path {
		case "/inbox":
			l.Count = shownCount(mine)
		case "/notices":
			l.Count = int(min(unread, maxShown))
		}
		v.page.Nav = append(v.page.Nav, l)
	}
	return nil
}

// maxShown: of more the number no longer matters.
const maxShown = 999
