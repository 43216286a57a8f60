package web

import (
	"net/url"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/complaint"
	"datacharter/domain/finding"
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
	k        *complaint.Complaint
	of       string // title of the authorisation; empty when it names none
	findings []authorization.FindingKnown
}

func (s *server) complaintTab(c *casePage) (templ.Component, error) {
	v := complaintView{casePage: c, k: complaintOf(c.view)}
	if v.of = v.k.Authorization; v.of != "" {
		if err := s.complainedOfIn(&v); err != nil {
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

// complainedOfIn looks up the authorisation that the complaint is about, and the findings on it that follow from the complaint. Who does not see the
// authorisation is shown its ID alone.
func (s *server) complainedOfIn(v *complaintView) error {
	found, err := s.Store.GetCase(v.ctx, v.actor, authorization.Kind, v.k.Authorization)
	if refusalOf(err) != nil {
		return nil
	}
	if err != nil {
		return err
	}
	subject, err := authorization.Machine.Decode(found.Data)
	if err != nil {
		return err
	}
	a := subject.(*authorization.Authorization) //nolint:forcetypeassert // its own kind
	v.of = a.Title
	for _, f := range a.Findings {
		if f.Origin == string(complaintOrigin(v.k.ID)) {
			v.findings = append(v.findings, f)
		}
	}
	return nil
}

// complaintOrigin is the origin of findings that follow from a complaint.
func complaintOrigin(id string) finding.Origin {
	return finding.Origin(finding.FromComplaint + "/" + id)
}

// complaintBehind is the address of the complaint that an origin names; empty for another origin, and for a visitor who does not see the complaint.
func (s *server) complaintBehind(c *casePage, o finding.Origin) (string, error) {
	kind, id := o.Parts()
	if kind != finding.FromComplaint {
		return "", nil
	}
	_, err := s.Store.GetCaseSummary(c.ctx, c.actor, complaint.Kind, id)
	if refusalOf(err) != nil {
		return "", nil
	}
	return s.caseURL(complaint.Kind, id), err
}

// finding is where a finding that follows from the complaint is raised; empty where that cannot be.
func (v complaintView) finding() string {
	if v.k.About != complaint.AboutOperator || v.k.Acceptance == nil || !v.k.HandledBy(v.actor) {
		return ""
	}
	return "/findings/new?" + url.Values{
		"authorization": {v.k.Authorization}, "found_by": {"complaint"}, "origin": {string(complaintOrigin(v.k.ID))},
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
