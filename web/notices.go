package web

import (
	"maps"
	"net/http"
	"net/url"
	"strings"

	"datacharter/domain/concern"
	"datacharter/domain/notice"
	"datacharter/domain/plan"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/words"
)

// noticesPage is a part of somebody's notices.
type noticesPage struct {
	*visit
	unread      bool // only those that were not read
	count       int64
	notices     []toldNotice
	first, next string
	whole       string
}

// toldNotice is a notice in words.
type toldNotice struct {
	store.NoticeView
	about string  // title of the case that it belongs to; empty when the visitor does not see it
	url   string  // of that case
	said  []piece // the words
}

// piece is a piece of a text, with the address that it leads to.
type piece struct{ words, url string }

// showNotices shows the unread notices as long as there are any, else all.
func (s *server) showNotices(v *visit) { s.noticesWith(v, http.StatusOK, "") }

func (s *server) noticesWith(v *visit, status int, whole string) {
	p := &noticesPage{visit: v, whole: whole}
	var err error
	if p.count, err = s.Store.UnreadNotices(v.ctx, v.actor.Person); err != nil {
		v.fail(err)
		return
	}
	show := v.Query("show")
	p.unread = show == "unread" || show == "" && p.count > 0
	f := store.NoticeFilter{Unread: p.unread, Cursor: v.Query("after"), Limit: pageLength}
	found, err := s.Store.ListNotices(v.ctx, v.actor.Person, f)
	if err != nil {
		v.fail(err)
		return
	}
	if p.notices, err = s.tell(v, found.Items); err != nil {
		v.fail(err)
		return
	}
	if f.Cursor != "" {
		p.first = p.url()
	}
	if found.Next != "" {
		p.next = p.url() + "&after=" + url.QueryEscape(found.Next)
	}
	v.show(status, v.T("通知", "Notices"), noticesWhole(p))
}

func (p *noticesPage) url() string {
	if p.unread {
		return "/notices?show=unread"
	}
	return "/notices?show=all"
}

// readNotices marks notices as read: those chosen, or all.
func (s *server) readNotices(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	ids := sent["notice"]
	if sent.Get("all") != "" {
		ids = nil
	} else if len(ids) == 0 {
		s.noticesWith(v, http.StatusUnprocessableEntity, v.T("请先勾选通知。", "Choose notices first."))
		return
	}
	if err := s.Store.MarkNoticesRead(v.ctx, v.actor.Person, ids[:min(len(ids), pageLength)]...); err != nil {
		v.fail(err)
		return
	}
	v.goOn("/notices", v.T("已标为已读。", "Marked as read."))
}

// tell puts notices into words. What they name by ID – cases, tasks – is called by its title and leads there, as far as the visitor may see it.
func (s *server) tell(v *visit, notices []store.NoticeView) ([]toldNotice, error) {
	var cases, tasks []string
	for _, n := range notices {
		if concernURL(concern.Kind(n.CaseKind), n.Case) != "" {
			continue // it names nothing else
		}
		cases = append(cases, n.Case)
		for name, value := range n.Params {
			if name == "task" {
				tasks = append(tasks, value)
			} else {
				cases = append(cases, value)
			}
		}
	}
	titles, err := s.Store.CaseTitles(v.ctx, v.actor, unique(cases))
	if err != nil {
		return nil, err
	}
	named, err := s.Store.TaskTitles(v.ctx, v.actor, unique(tasks))
	if err != nil {
		return nil, err
	}
	out := make([]toldNotice, len(notices))
	for i, n := range notices {
		out[i] = toldNotice{NoticeView: n}
		if t, ok := titles[n.Case]; ok {
			out[i].about, out[i].url = t.Title, s.caseURL(t.Kind, n.Case)
		}
		out[i].said = s.said(v, n, titles, named)
	}
	return out, nil
}

// Marks around the place of a link in a notice's words.
const (
	linkBegins = "\x01"
	linkEnds   = "\x02"
)

// said are the words of a notice in pieces.
func (s *server) said(v *visit, n store.NoticeView, cases map[string]store.CaseTitle, tasks map[string]text.Text) []piece {
	params := maps.Clone(n.Params)
	for name, value := range params {
		params[name] = strings.NewReplacer(linkBegins, "", linkEnds, "").Replace(value)
	}
	var links []piece
	link := func(name, words, address string) {
		params[name] = linkBegins + string(rune('0'+len(links))) + linkEnds
		links = append(links, piece{words, address})
	}
	for name, value := range n.Params {
		limit, named := words.Limit(value)
		switch t, ok := cases[value]; {
		case name == "title" && concernURL(concern.Kind(n.CaseKind), n.Case) != "":
			link(name, params[name], concernURL(concern.Kind(n.CaseKind), n.Case))
		case ok:
			link(name, t.Title, s.caseURL(t.Kind, value))
		case name == "task" && tasks[value].Complete():
			link(name, v.page.In(tasks[value]), "/tasks/"+url.PathEscape(value))
		case name == "case" && n.Subject == "plan-opinion-answered": // who commented does not see the case
			link(name, value, publicURL(plan.Kind, value))
		case name == "deadline" && named:
			params[name] = v.page.In(limit)
		}
	}
	said, ok := notice.Words(n.Subject, params)
	if !ok {
		return []piece{{words: n.Subject}} // of a newer program
	}
	var out []piece
	rest := v.page.In(said)
	for {
		before, after, found := strings.Cut(rest, linkBegins)
		out = append(out, piece{words: before})
		if !found {
			return out
		}
		number, behind, _ := strings.Cut(after, linkEnds)
		out = append(out, links[number[0]-'0'])
		rest = behind
	}
}
