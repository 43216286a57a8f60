package web

import (
	"maps"
	"strconv"

	"github.com/a-h/templ"

	"datacharter/casework"
	"datacharter/domain/authorization"
	"datacharter/domain/lifecycle"
	"datacharter/store"
	"datacharter/web/content"
	"datacharter/web/ui"
)

// applicationView is the content of an application as its tab shows it.
type applicationView struct {
	*casePage
	versions []ui.Link                 // the draft and the submissions, newest first
	at       *authorization.Submission // nil for the draft
	parts    []content.Part
	hash     string
}

func authorizationOf(v *casework.View) *authorization.Authorization {
	return v.Subject.(*authorization.Authorization) //nolint:forcetypeassert // these parts belong to authorizations alone
}

// applicationTab shows the application as last handed in, or another submission, or the draft when there is nothing else or the visitor chose it.
func (s *server) applicationTab(c *casePage) (templ.Component, error) {
	a := authorizationOf(c.view)
	last, hash := len(a.Submissions), lifecycle.ContentHash(a.Application)
	// What the applicant is working on is his own until he hands it in.
	draft := last == 0 || a.Submissions[last-1].Hash != hash && c.actor.In(a.Applicant)
	chosen, err := versionOf(c.Query("version"), last, draft)
	if err != nil {
		return nil, err
	}
	v := applicationView{casePage: c, hash: hash}
	shown := a.Application
	if chosen > 0 {
		v.at = &a.Submissions[chosen-1]
		shown, v.hash = v.at.Content, v.at.Hash
		if err := s.alsoName(c, []string{v.at.By.Person}, []string{v.at.By.Organization}); err != nil {
			return nil, err
		}
	}
	if draft {
		v.versions = append(v.versions, ui.Link{URL: c.tabURL(c.at) + "&version=0", Words: c.T("草稿（尚未提交的修改）", "Draft (not handed in yet)"), Current: chosen == 0})
	}
	for n := last; n > 0; n-- {
		v.versions = append(v.versions, ui.Link{
			URL: c.tabURL(c.at) + "&version=" + strconv.Itoa(n), Current: chosen == n,
			Words: c.T("第"+strconv.Itoa(n)+"次提交 · ", "Submission "+strconv.Itoa(n)+" · ") + c.page.DayOf(a.Submissions[n-1].At),
		})
	}
	k, err := s.knownOf(c.visit, c.view.Policy, []authorization.Application{shown})
	if err != nil {
		return nil, err
	}
	v.parts = content.Of(shown, k.names)
	return applicationPage(v), nil
}

// versionOf reads which of some versions is asked for, counted from 1: the last when none is, 0 for the draft.
func versionOf(asked string, last int, draft bool) (int, error) {
	if asked == "" {
		return last, nil
	}
	n, err := strconv.Atoi(asked)
	if err != nil || n < 0 || n > last || n == 0 && !draft {
		return 0, store.ErrNotFound
	}
	return n, nil
}

// alsoName looks up the names of more people and organisations for the page.
func (s *server) alsoName(c *casePage, people, organizations []string) error {
	found, err := s.namesOf(c.ctx, people, organizations)
	if err != nil {
		return err
	}
	c.names = names{merged(c.names.people, found.people), merged(c.names.organizations, found.organizations)}
	return nil
}

func merged(some, more map[string]string) map[string]string {
	out := map[string]string{}
	maps.Copy(out, some)
	maps.Copy(out, more)
	return out
}
