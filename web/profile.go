package web

import (
	"net/http"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/notice"
	"datacharter/store"
	"datacharter/web/ui"
)

// profileTabs lead to the parts of what a person sees of himself.
func profileTabs(p *ui.Page, here string) []ui.Link {
	links := []ui.Link{
		{URL: "/profile", Words: p.T("岗位和偏好", "Roles and preferences")},
		{URL: "/profile/access", Words: p.T("登录和会话", "Signing in and sessions")},
		{URL: "/profile/tokens", Words: p.T("访问令牌", "API tokens")},
	}
	for i := range links {
		links[i].Current = links[i].URL == here
	}
	return links
}

// profile is what a person sees of himself first.
type profile struct {
	Posts       []post
	Preferences store.Preferences
}

// post is the roles that a person holds in an organisation.
type post struct {
	Organization string
	Kind         string
	Roles        []string
}

func (s *server) showProfile(v *visit) {
	preferences, err := s.Store.GetPreferences(v.ctx, v.actor.Person)
	if err != nil {
		v.fail(err)
		return
	}
	posts, err := s.postsOf(v)
	if err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("个人设置", "Profile"), profilePage(v.page, profile{Posts: posts, Preferences: preferences}))
}

// postsOf lists the roles of the visitor by organisation.
func (s *server) postsOf(v *visit) ([]post, error) {
	var ids []string
	for _, g := range v.actor.Grants {
		ids = append(ids, g.Organization)
	}
	ids = unique(ids)
	found, err := s.namesOf(v.ctx, nil, ids)
	if err != nil {
		return nil, err
	}
	posts := make([]post, len(ids))
	for i, id := range ids {
		posts[i].Organization = found.organization(id)
		for _, g := range v.actor.Grants {
			if g.Organization == id {
				posts[i].Kind = v.page.In(identity.KindWords(g.Kind))
				posts[i].Roles = append(posts[i].Roles, v.page.In(identity.RoleWords(g.Role)))
			}
		}
	}
	return posts, nil
}

// takeProfile stores the language and the groups of notices that a person chose.
func (s *server) takeProfile(v *visit) {
	sent, err := s.plain(v)
	if err != nil {
		v.fail(err)
		return
	}
	p := store.Preferences{Language: sent.Get("language")}
	for _, g := range notice.Groups {
		if !g.Compulsory && !slices.Contains(sent["wanted"], string(g.Group)) {
			p.Unwanted = append(p.Unwanted, g.Group)
		}
	}
	slices.Sort(p.Unwanted)
	if err := s.prefer(v, p); err != nil {
		v.fail(err)
		return
	}
	if p.Language != "" {
		s.rememberLanguage(v, p.Language)
	}
	v.goOn("/profile", v.T("设置已保存。", "Your choices are saved."))
}
