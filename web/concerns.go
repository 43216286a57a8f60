package web

import (
	"net/http"

	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// Where quality reports and data demands are.
const (
	reportsPath = "/quality-reports"
	demandsPath = "/demands"
)

var concernPaths = map[concern.Kind]string{concern.Report: reportsPath, concern.Demand: demandsPath}

// concernURL is the address of a concern; empty for what is none.
func concernURL(kind concern.Kind, id string) string {
	if path, ok := concernPaths[kind]; ok {
		return path + "/" + id
	}
	return ""
}

// concernList is a part of the list of quality reports or of data demands.
type concernList struct {
	*visit
	kind     concern.Kind
	filter   store.ConcernFilter
	found    []datedConcern
	answers  bool           // the visitor may answer some
	waiting  map[string]int // by path, how many wait for his answer
	resource string         // title of the one that the list is about
	first    string
	next     string
}

// datedConcern is a concern in a list, with until when it is to be answered first; nil when no limit was set.
type datedConcern struct {
	concern.Concern
	due *ui.Due
}

// whose are the choices of whose concerns are listed; empty for all that the visitor may see.
const (
	mine     = "mine"
	toAnswer = "to-answer"
	overdue  = "overdue"
)

func (s *server) listConcerns(kind concern.Kind) func(*visit) {
	return func(v *visit) {
		l := &concernList{visit: v, kind: kind, answers: mayAnswer(v.actor), waiting: map[string]int{}}
		l.filter = store.ConcernFilter{
			Kind: kind, State: concern.State(v.Query("state")), Resource: v.Query("resource"), Mine: v.Query("whose") == mine, ToAnswer: v.Query("whose") == toAnswer,
			Overdue: v.Query("whose") == overdue, Cursor: v.Query("cursor"), Limit: pageLength,
		}
		if err := s.fillConcerns(l); err != nil {
			v.fail(err)
			return
		}
		v.show(http.StatusOK, l.title(), concernListPage(l))
	}
}

func (s *server) fillConcerns(l *concernList) error {
	page, err := s.Store.ListConcerns(l.ctx, l.actor, l.filter)
	if err != nil {
		return err
	}
	if l.found, err = s.dated(l.visit, page.Items); err != nil {
		return err
	}
	if l.filter.Cursor != "" {
		l.first = l.with("cursor", "")
	}
	if page.Next != "" {
		l.next = l.with("cursor", page.Next)
	}
	if l.filter.Resource != "" {
		titles, err := s.resourceChoices(l.visit, []string{l.filter.Resource})
		if err != nil {
			return err
		}
		l.resource = l.page.In(titles[0].Words)
	}
	if !l.answers {
		return nil
	}
	for kind, path := range concernPaths {
		n, err := s.Store.CountConcerns(l.ctx, l.actor, store.ConcernFilter{Kind: kind, ToAnswer: true})
		if err != nil {
			return err
		}
		l.waiting[path] = int(min(n, maxShown))
	}
	return nil
}

func (s *server) dated(v *visit, all []concern.Concern) ([]datedConcern, error) {
	days, err := s.Cases.Calendar(v.ctx)
	out := make([]datedConcern, len(all))
	for i, c := range all {
		out[i] = datedConcern{c, dueOf(v, c, days)}
	}
	return out, err
}

// mayAnswer reports whether somebody may answer some concerns.
func mayAnswer(actor identity.Actor) bool { return len(actor.Capacities(concern.Answerers(""))) > 0 }

func (l *concernList) title() string {
	if l.kind == concern.Report {
		return l.T("数据质量反馈", "Quality reports")
	}
	return l.T("数据需求", "Data demands")
}

// lead says what the list shows, and to whom.
func (l *concernList) lead() string {
	if l.kind == concern.Report {
		return l.T("您反馈的和由您答复的质量问题。反馈人不向其他用户公开；经核实的问题列在资源页。", "What you reported, and what you answer. Nobody else is told who reported; what was confirmed stands on the page of the resource.")
	}
	return l.T("任何登录用户都可以提出需要什么数据，由数据提供单位答复；有同样需求的可以附议。", "Whoever is signed in says what data is needed, and suppliers answer; who needs the same supports it.")
}

// with is the address of the list with one value of its filter changed; without it when the value is empty.
func (l *concernList) with(name, value string) string {
	pairs := []string{}
	for _, n := range []string{"state", "whose", "resource"} {
		if v := l.Query(n); n != name && v != "" {
			pairs = append(pairs, n, v)
		}
	}
	if value != "" {
		pairs = append(pairs, name, value)
	}
	return listURL(concernPaths[l.kind], pairs...)
}

// tabs lead between the two lists.
func (l *concernList) tabs() []ui.Link {
	return []ui.Link{
		{URL: demandsPath, Words: l.T("数据需求", "Data demands"), Current: l.kind == concern.Demand, Count: l.waiting[demandsPath]},
		{URL: reportsPath, Words: l.T("质量反馈", "Quality reports"), Current: l.kind == concern.Report, Count: l.waiting[reportsPath]},
	}
}

// whose are the choices of whose concerns are listed.
func (l *concernList) whose() []choice {
	out := []choice{{"", text.Text{ZH: "全部", EN: "all"}}, {mine, text.Text{ZH: "本人提出的", EN: "raised by me"}}}
	if l.answers {
		out = append(out, choice{toAnswer, text.Text{ZH: "待我答复的", EN: "for me to answer"}})
	}
	if l.answers || l.actor.SeesEverything() {
		out = append(out, choice{overdue, text.Text{ZH: "逾期未答复的", EN: "overdue"}})
	}
	return out
}

// about is what one concern of the list is about, in a line.
func (l *concernList) about(c datedConcern) string {
	if c.Kind == concern.Report {
		return l.page.In(c.Report.FieldWords())
	}
	out := l.page.Moment(c.At)
	if c.Demand.By != "" {
		out += l.T(" · 希望 "+c.Demand.By+" 前取得", " · useful by "+c.Demand.By)
	}
	return out
}

// stateTone lets what waits, and what came to good, stand out.
var stateTone = map[concern.State]string{
	concern.Open: "dc-tag--warn", concern.Confirmed: "dc-tag--warn", concern.Promised: "dc-tag--ok", concern.Available: "dc-tag--ok", concern.Mended: "dc-tag--ok",
	concern.Dismissed: "dc-tag--quiet", concern.Declined: "dc-tag--quiet", concern.Withdrawn: "dc-tag--quiet",
}
