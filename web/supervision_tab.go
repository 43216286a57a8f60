package web

import (
	"net/url"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/finding"
	"datacharter/domain/responsibility"
	"datacharter/domain/text"
)

// supervisionView is what supervision has of an authorisation as its tab shows it.
type supervisionView struct {
	*casePage
	a     *authorization.Authorization
	files known
	who   responsibility.Matrix // nil under a profile that has none
	fair  *casework.Competition // nil under a profile that has no indicators, and for those who are not told
}

// supervised reports whether there can be supervision of the operation: the agreement has been filed.
func supervised(v *casework.View) bool { return authorizationOf(v).Filing != nil }

func (s *server) supervisionTab(c *casePage) (templ.Component, error) {
	v := supervisionView{casePage: c, a: authorizationOf(c.view)}
	people, organizations, digests := v.recorded()
	for _, i := range v.a.Incidents {
		people, organizations, digests = append(people, i.By.Person), append(organizations, i.By.Organization), append(digests, i.Evidence...)
		if i.Review != nil {
			people, organizations = append(people, i.Review.By.Person), append(organizations, i.Review.By.Organization)
		}
	}
	var err error
	if v.who, _, err = s.Responsibilities(c.ctx, c.view); err != nil {
		return nil, err
	}
	seen, refused, err := s.Competition(c.ctx, c.actor, c.view)
	switch {
	case err != nil:
		return nil, err
	case refused == nil:
		v.fair = &seen
	}
	if v.files.files, err = s.Store.Attachments(c.ctx, c.actor, unique(digests)); err != nil {
		return nil, err
	}
	return supervisionPart(v), s.alsoName(c, people, organizations)
}

// raises is where the visitor raises a finding on the authorisation; empty when he does not.
func (v supervisionView) raises() string {
	if v.a.State != authorization.Operating && v.a.State != authorization.Suspended || !mayFind(v.visit, v.a.Agency) {
		return ""
	}
	return addressOf("/findings/new", url.Values{"authorization": {v.a.ID}})
}

// findingState names where a finding stands.
func findingState(f authorization.FindingKnown) text.Text {
	return finding.Machine.State(f.State).Words
}

// open counts the findings that are not closed.
func (v supervisionView) open() int {
	n := 0
	for _, f := range v.a.Findings {
		if !f.Over {
			n++
		}
	}
	return n
}
