package web

import (
	"net/http"
	"strconv"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/store"
)

// versionList is a part of the versions of a resource.
type versionList struct {
	*visit
	resource  catalogue.Resource
	versions  []catalogue.Version
	dismissed []catalogue.Decision // changes of the source that were not taken over; on the first part alone
	names     names
	first     string
	next      string
}

func versionsURL(r catalogue.Resource) string { return resourceURL(r) + "/versions" }

func (s *server) showVersions(v *visit) {
	r, err := s.Store.GetResource(v.ctx, v.Param("id"))
	if err != nil {
		v.fail(err)
		return
	}
	l := &versionList{visit: v, resource: r}
	if err := s.loadVersions(l); err != nil {
		v.fail(err)
		return
	}
	v.show(http.StatusOK, v.T("历次版本：", "Versions: ")+r.Title, versionsPage(l))
}

func (s *server) loadVersions(l *versionList) error {
	cursor := l.Query("cursor")
	page, err := s.Store.ListResourceVersions(l.ctx, store.VersionFilter{Resource: l.resource.ID, Cursor: cursor, Limit: pageLength})
	if err != nil {
		return err
	}
	l.versions = page.Items
	if page.Next != "" {
		l.next = listURL(versionsURL(l.resource), "cursor", page.Next)
	}
	if cursor != "" {
		l.first = versionsURL(l.resource)
	}
	decisions, err := s.Store.ListDecisions(l.ctx, l.resource.ID)
	if err != nil {
		return err
	}
	var people, organizations []string
	for _, d := range decisions {
		people, organizations = append(people, d.By.Person), append(organizations, d.By.Organization)
		if cursor == "" && d.Outcome == catalogue.WasDismissed {
			l.dismissed = append(l.dismissed, d)
		}
	}
	l.names, err = s.namesOf(l.ctx, people, organizations)
	return err
}

func (l *versionList) title(n int64) string {
	return l.T("第 "+strconv.FormatInt(n, 10)+" 版", "Version "+strconv.FormatInt(n, 10))
}

// decidedBy says who decided, in what capacity.
func (l *versionList) decidedBy(by identity.By) string {
	return l.names.person(l.page, by.Person) + l.T("（", " (") + l.names.organization(by.Organization) + l.T("，", ", ") + l.page.In(identity.RoleWords(by.Role)) + l.T("）", ")")
}

// from says what brought a version or a change.
func from(v *visit, file string) string {
	if file == "" {
		return v.T("来自目录导入", "by an import")
	}
	return v.T("来自导入文件 ", "by the import of ") + file
}
