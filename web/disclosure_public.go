package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/domain/refusal"
	"datacharter/store"
)

// Addresses of the yearly disclosures.
const (
	disclosuresPath         = registerPath + "/disclosures"
	operatorDisclosuresPath = disclosuresPath + "/operators"
	byVersion               = "version"
)

// toldDisclosure is what the public was told of a disclosure at one time.
type toldDisclosure struct {
	id string // of the case
	at string
	disclosure.PublicDisclosure
}

// toldDisclosures is a part of them.
type toldDisclosures struct {
	told []toldDisclosure
	next string
}

func (s *server) toldDisclosures(v *visit, f store.PublicationFilter) (toldDisclosures, error) {
	page, err := s.Store.ListPublications(v.ctx, f)
	if err != nil {
		return toldDisclosures{}, err
	}
	out := toldDisclosures{next: page.Next}
	for _, p := range page.Items {
		one := toldDisclosure{id: p.Case, at: v.page.Moment(p.At)}
		if err := json.Unmarshal(p.Content, &one.PublicDisclosure); err != nil {
			return out, fmt.Errorf("publication %s: %w", p.ID, err)
		}
		out.told = append(out.told, one)
	}
	return out, nil
}

// allDisclosures are all that the filter finds, as far as keep wants them.
func (s *server) allDisclosures(v *visit, f store.PublicationFilter, keep func(toldDisclosure) bool) ([]toldDisclosure, error) {
	return wholeList(f, func(f store.PublicationFilter) ([]toldDisclosure, string, error) {
		found, err := s.toldDisclosures(v, f)
		return slices.DeleteFunc(found.told, func(t toldDisclosure) bool { return !keep(t) }), found.next, err
	})
}

// disclosureList is a list of the disclosures of one side.
type disclosureList struct {
	publication
	path  string
	text  string // that was searched for
	told  []toldDisclosure
	first string
	next  string
}

func (s *server) listAgencyDisclosures(p publication) {
	s.listDisclosures(p, disclosuresPath, authorization.AgencySide)
}

func (s *server) listOperatorDisclosures(p publication) {
	s.listDisclosures(p, operatorDisclosuresPath, authorization.OperatorSide)
}

// listDisclosures lists the newest of each disclosure; a search goes through all of them by name and year.
func (s *server) listDisclosures(p publication, path string, side authorization.Side) {
	l := disclosureList{publication: p, path: path, text: clipped(p.Query(byText))}
	filter := store.PublicationFilter{Subject: disclosure.Subject(side), Newest: true, Cursor: p.Query(cursor), Limit: pageLength}
	var err error
	if l.text != "" {
		filter.Cursor = ""
		l.told, err = s.allDisclosures(p.visit, filter, func(t toldDisclosure) bool {
			return strings.Contains(t.Organization.Name, l.text) || strconv.Itoa(t.Year) == l.text
		})
	} else {
		var found toldDisclosures
		found, err = s.toldDisclosures(p.visit, filter)
		l.told = found.told
		if found.next != "" {
			l.next = p.to(path, url.Values{cursor: {found.next}})
		}
		if filter.Cursor != "" {
			l.first = p.to(path, nil)
		}
	}
	if err != nil {
		p.fail(err)
		return
	}
	p.publish(p.T("年度授权运营信息披露", "Yearly disclosures"), disclosureListPage(l))
}

// publicDisclosure is what the public knows of one disclosure.
type publicDisclosure struct {
	publication
	now      toldDisclosure
	content  *disclosed // nil once it is withdrawn
	versions []toldDisclosure
}

// title names the disclosure: its year and side.
func (v publicDisclosure) title() string {
	year := strconv.Itoa(v.now.Year)
	if v.now.Side == authorization.AgencySide {
		return v.T(year+"年授权运营信息披露（实施机构）", "Disclosure of authorised operation "+year+" (agency)")
	}
	return v.T(year+"年授权运营信息披露（运营机构）", "Disclosure of authorised operation "+year+" (operator)")
}

// earlier is where a version that is not the newest can be read; empty where none can, and for the one that is shown.
func (v publicDisclosure) earlier(t toldDisclosure) string {
	if v.versions[0].Withdrawn != nil || t.Content == nil || t.Version == v.now.Version {
		return ""
	}
	return v.to(disclosuresPath+"/"+url.PathEscape(v.now.id), one(byVersion, strconv.Itoa(t.Version)))
}

// showDisclosure shows a disclosure as it stands, with every version before; or the one that the address names.
func (s *server) showDisclosure(p publication) {
	all, err := s.everyDisclosure(p.visit, p.Param("id"))
	if err != nil {
		p.fail(err)
		return
	}
	if len(all) == 0 {
		p.refuse(refusal.NotFoundHere.With())
		return
	}
	v := publicDisclosure{publication: p, now: all[0], versions: all}
	if all[0].Withdrawn == nil { // else no version is to be read any more
		for _, t := range all {
			if strconv.Itoa(t.Version) == p.Query(byVersion) && t.Content != nil {
				v.now = t
			}
		}
	}
	if c := v.now.Content; c != nil {
		shown, err := s.disclosed(p.visit, *c)
		if err != nil {
			p.fail(err)
			return
		}
		shown.to = func(id string) string { return p.to(entryPath(id), nil) }
		v.content = &shown
	}
	p.publish(v.title(), disclosurePublicPage(v))
}

// everyDisclosure is all that was published of one disclosure, the newest first.
func (s *server) everyDisclosure(v *visit, id string) ([]toldDisclosure, error) {
	for _, side := range []authorization.Side{authorization.AgencySide, authorization.OperatorSide} {
		found, err := s.allDisclosures(v, store.PublicationFilter{Case: id, Subject: disclosure.Subject(side)}, func(toldDisclosure) bool { return true })
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}
