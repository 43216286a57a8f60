package web

import (
	"net/url"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/text"
	"datacharter/web/form"
)

// complaintTabs are the parts of the page of a complaint.
func (s *server) complaintTabs() []tab {
	return []tab{
		{name: "complaint", words: text.Text{ZH: "投诉举报和答复", EN: "Complaint and answer"}, show: s.complaintTab},
		stand,
	}
}

func complaintOf(v *casework.View) *complaint.Complaint {
	return v.Subject.(*complaint.Complaint) //nolint:forcetypeassert // by its kind
}

// complaintView is a complaint as those see it who handle it.
type complaintView struct {
	*casePage
	k  *complaint.Complaint
	of string // title of the authorisation; empty when it names none
}

func (s *server) complaintTab(c *casePage) (templ.Component, error) {
	v := complaintView{casePage: c, k: complaintOf(c.view)}
	if v.of = v.k.Authorization; v.of != "" {
		summary, err := s.Store.GetCaseSummary(c.ctx, c.actor, authorization.Kind, v.k.Authorization)
		switch {
		case err == nil:
			v.of = summary.Title
		case refusalOf(err) == nil:
			return nil, err
		}
	}
	var by []identity.By
	if a := v.k.Acceptance; a != nil {
		by = append(by, a.By)
	}
	if r := v.k.Refusal; r != nil {
		by = append(by, r.By)
	}
	if a := v.k.Answer; a != nil {
		by = append(by, a.By)
	}
	people, organizations := []string{}, []string{v.k.Against}
	for _, b := range by {
		people, organizations = append(people, b.Person), append(organizations, b.Organization)
	}
	return complaintPage(v), s.alsoName(c, people, organizations)
}

// finding is where a finding that follows from the complaint is raised; empty where that cannot be.
func (v complaintView) finding() string {
	if v.k.About != complaint.AboutOperator || v.k.Acceptance == nil || !v.k.HandledBy(v.actor) {
		return ""
	}
	return "/findings/new?" + url.Values{
		"authorization": {v.k.Authorization}, "found_by": {"complaint"}, "origin": {"complaint/" + v.k.ID},
	}.Encode()
}

// complaintCommand is the page that asks for a command on a complaint, beside what it is about.
func (s *server) complaintCommand(a *act) (*casePage, error) {
	if a.view == nil || a.task != nil || a.command == lifecycle.Recount {
		return nil, nil //nolint:nilnil // the command has another page, which is no fault
	}
	page, err := s.newCasePage(a.visit, a.place, a.view)
	if err != nil {
		return nil, err
	}
	page.choose("complaint")
	page.doing = true
	return page, nil
}

func shapeComplaint(a *act) {
	switch a.command {
	case "declare-interest":
		a.shapes["person"] = form.Shape{Omit: true}
	case "answer":
		a.shapes["outcome"] = form.Shape{Kind: form.Radios}
	}
}
