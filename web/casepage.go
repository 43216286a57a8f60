package web

import (
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/web/ui"
)

// tab is one part of a case's page.
type tab struct {
	name  string
	words text.Text
	when  func(*casework.View) bool // nil for always
	own   bool                      // it lays the whole page out itself
	show  func(*casePage) (templ.Component, error)
}

// tabs are the parts of the pages of each kind of case; the first is what one sees first.
func (s *server) tabs(kind lifecycle.Kind) []tab {
	return append(append([]tab{}, s.kindTabs()[kind]...), tab{name: "record", words: text.Text{ZH: "全部记录", EN: "Record"}, show: s.recordTab})
}

// casePage is the page of one case for one visitor.
type casePage struct {
	*visit
	place   *place
	view    *casework.View
	names   names
	stages  []ui.Stage
	doing   bool     // the page asks for a command: the parts lead to none themselves
	follows bool     // the visitor follows the case
	dues    []ui.Due // running ones first
	turn    string   // whose turn it is, in words; empty when nobody's
	tabs    []tab
	at      tab
	flags   []flagged // resources that were graded anew and lack something
}

func (s *server) showCase(p *place) func(*visit) {
	return func(v *visit) {
		view, err := s.Case(v.ctx, v.actor, p.def, v.Param("id"))
		if err != nil {
			v.fail(err)
			return
		}
		page, err := s.newCasePage(v, p, view)
		if err != nil {
			v.fail(err)
			return
		}
		if view.Closed {
			v.show(http.StatusOK, v.T("回避的事项", "A case that you stay away from"), closedCase(page))
			return
		}
		content, err := page.at.show(page)
		if err != nil {
			v.fail(err)
			return
		}
		if !page.at.own {
			content = caseLayout(page, content)
		}
		v.show(http.StatusOK, view.Head.Title, content)
	}
}

func (s *server) newCasePage(v *visit, p *place, view *casework.View) (*casePage, error) {
	page := &casePage{visit: v, place: p, view: view}
	if view.Closed {
		return page, nil
	}
	for _, t := range s.tabs(p.def.Kind()) {
		if t.when == nil || t.when(view) {
			page.tabs = append(page.tabs, t)
		}
	}
	page.choose(v.Query("tab"))
	h := view.Head
	people := append([]string{}, h.Interests...)
	organizations := []string{h.Applicant, h.Agency, h.Body}
	for _, t := range h.Tasks {
		people, organizations = append(people, t.Claimant), append(organizations, t.Organization)
		if t.DoneBy != nil {
			people, organizations = append(people, t.DoneBy.Person), append(organizations, t.DoneBy.Organization)
		}
	}
	var err error
	if page.names, err = s.namesOf(v.ctx, people, organizations); err != nil {
		return nil, err
	}
	var reached []lifecycle.Phase
	if view.State.Final {
		if reached, err = s.Reached(v.ctx, view); err != nil {
			return nil, err
		}
	}
	page.stages = ui.Stages(p.table, view.State, reached)
	page.detail()
	if page.follows, err = s.Store.Follows(v.ctx, v.actor.Person, h.ID); err != nil {
		return nil, err
	}
	for _, running := range []bool{true, false} {
		for _, d := range h.Deadlines {
			if d.Open() == running {
				page.dues = append(page.dues, ui.NewDue(v.page, d, view.Now, view.Calendar))
			}
		}
	}
	page.turn = s.turn(page)
	return page, s.flagged(page)
}

// choose shows the part of the name; the first when there is none of it.
func (c *casePage) choose(name string) {
	c.at = c.tabs[0]
	for _, t := range c.tabs {
		if t.name == name {
			c.at = t
		}
	}
}

// due is the running time limit that ends first, or nil.
func (c *casePage) due() *ui.Due {
	var first *ui.Due
	for i := range c.dues {
		d := &c.dues[i]
		if d.Open() && d.Deadline.Left == "" && (first == nil || d.Due.At.Before(first.Due.At)) {
			first = d
		}
	}
	return first
}

// actions are the commands on the case that the visitor may give now.
func (c *casePage) actions() []action {
	var out []action
	for _, command := range c.view.Allowed {
		row, _ := c.place.def.Row(command)
		out = append(out, action{Command: command, Words: row.Words, URL: c.place.href(c.view.Head.ID) + "/do/" + command})
	}
	return out
}

// onTask are the commands on a task that the visitor may give now.
func (c *casePage) onTask(t lifecycle.Task) []action {
	var out []action
	for _, command := range c.view.OnTasks[t.ID] {
		row, _ := c.place.def.Row(command)
		out = append(out, action{Command: command, Words: row.Words, URL: fmt.Sprintf("/tasks/%s/%s", t.ID, command)})
	}
	return out
}

// action is a command that the visitor may give now.
type action struct {
	Command string
	Words   text.Text
	URL     string
}

// dueOf is the time limit that runs for a task, or nil.
func (c *casePage) dueOf(t lifecycle.Task) *ui.Due {
	for i := range c.dues {
		if t.Deadline != "" && c.dues[i].Name == t.Deadline {
			return &c.dues[i]
		}
	}
	return nil
}

// tabURL is the address of a part of the page.
func (c *casePage) tabURL(t tab) string { return c.partURL(t.name) }

// partURL is the address of the part of a name.
func (c *casePage) partURL(name string) string { return c.place.href(c.view.Head.ID) + "?tab=" + name }

func (c *casePage) links() []ui.Link {
	out := make([]ui.Link, len(c.tabs))
	for i, t := range c.tabs {
		out[i] = ui.Link{URL: c.tabURL(t), Words: c.page.In(t.words), Current: t.name == c.at.name}
	}
	return out
}

// whyRefused is for what reasons an application was refused; empty when it was not.
func whyRefused(subject lifecycle.Case) string {
	if a, ok := subject.(*authorization.Authorization); ok && a.Refused != nil {
		return a.Refused.Text
	}
	return ""
}
