package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// Bounds of a search.
const (
	maxSearch = 100 // characters
	maxFound  = 10  // of each group
)

// searchView is what a search found.
type searchView struct {
	*visit
	text          string
	cases         []listedCase
	found         store.SearchResult
	organizations *store.Page[lifecycle.Organization] // the list of organisations alone, when it was asked for
}

// search looks for cases, resources and organisations. The ID of one thing leads straight to it.
func (s *server) search(v *visit) {
	view := searchView{visit: v, text: strings.TrimSpace(v.Query("q"))}
	if utf8.RuneCountInString(view.text) > maxSearch {
		view.text = string([]rune(view.text)[:maxSearch])
	}
	if v.Query("of") == "organizations" {
		s.searchOrganizations(v, view)
		return
	}
	switch to, err := s.named(v, strings.ToLower(view.text)); {
	case err != nil:
		v.fail(err)
		return
	case to != "":
		v.Redirect(http.StatusSeeOther, to)
		return
	}
	var err error
	if view.found, err = s.Store.Search(v.ctx, v.actor, view.text, maxFound); err != nil {
		v.fail(err)
		return
	}
	if view.cases, err = s.listed(v, view.found.Cases.Items); err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("搜索", "Search"), searchPage(view))
}

func (s *server) searchOrganizations(v *visit, view searchView) {
	open := false
	page, err := s.Store.ListOrganizations(v.ctx, store.OrganizationFilter{Text: view.text, Closed: &open, Cursor: v.Query(cursor)})
	if err != nil {
		v.fail(err)
		return
	}
	view.organizations = &page
	v.show(http.StatusOK, v.T("搜索机构", "Search organisations"), organizationsFound(view))
}

// identifiers are how IDs look; everything else is searched for as words.
var identifiers = regexp.MustCompile(`^(aut|mtg|res)-[a-z0-9]+(\.[a-z0-9-]+)*$`)

// named is the address of the one thing with the ID; empty when there is none that the visitor may see.
func (s *server) named(v *visit, id string) (string, error) {
	if !identifiers.MatchString(id) {
		return "", nil
	}
	for _, p := range s.places {
		switch _, err := s.Store.GetCaseSummary(v.ctx, v.actor, p.def.Kind(), id); {
		case err == nil:
			return p.href(id), nil
		case refusalOf(err) == nil:
			return "", err
		}
	}
	switch t, err := s.Store.GetTask(v.ctx, v.actor, id); {
	case err == nil:
		return "/tasks/" + url.PathEscape(t.ID), nil
	case refusalOf(err) == nil:
		return "", err
	}
	switch r, err := s.Store.GetResource(v.ctx, id); {
	case err == nil:
		return "/resources/" + url.PathEscape(r.ID), nil
	case refusalOf(err) == nil:
		return "", err
	}
	return "", nil
}

// more is the address of the whole list of which a search shows the beginning.
func (v searchView) more(path string) string { return path + "?q=" + url.QueryEscape(v.text) }

// nothing reports whether nothing was found.
func (v searchView) nothing() bool {
	return len(v.cases)+len(v.found.Resources.Items)+len(v.found.Organizations.Items) == 0
}

// next is the address of the following part of the list of organisations; empty when there is none.
func (v searchView) next() string {
	if v.organizations.Next == "" {
		return ""
	}
	return v.more("/search") + "&of=organizations&cursor=" + url.QueryEscape(v.organizations.Next)
}
