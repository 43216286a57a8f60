package web

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"

	"datacharter/casework"
	"datacharter/domain/calendar"
	"datacharter/domain/identity"
	"datacharter/domain/refusal"
	"datacharter/domain/registration"
	"datacharter/store"
)

// Addresses of what the public is told of registrations.
const (
	registrationsPath = registerPath + "/registrations"
	resultsPath       = registrationsPath + "/results"
)

// toldOf is one thing that the public was told of a registration.
type toldOf struct {
	id     string // of the case
	at     string
	notice *registration.Notice
	entry  *registration.PublicEntry
}

// registrationList is a list of public notices, or of results.
type registrationList struct {
	publication
	path  string
	told  []toldOf
	names names
	today calendar.Date
	first string
	next  string
}

func (s *server) listRegistrationNotices(p publication) {
	s.listRegistrations(p, registrationsPath, registration.NoticeSubject)
}

func (s *server) listRegistrationResults(p publication) {
	s.listRegistrations(p, resultsPath, registration.EntrySubject)
}

func (s *server) listRegistrations(p publication, path, subject string) {
	found, err := s.Store.ListPublications(p.ctx, store.PublicationFilter{Subject: subject, Cursor: p.Query(cursor), Limit: pageLength})
	if err != nil {
		p.fail(err)
		return
	}
	l := registrationList{publication: p, path: path, today: calendar.DateOf(s.Clock.Now())}
	if l.told, l.names, err = s.toldOf(p.visit, found.Items); err != nil {
		p.fail(err)
		return
	}
	if p.Query(cursor) != "" {
		l.first = p.to(path, nil)
	}
	if found.Next != "" {
		l.next = p.to(path, url.Values{cursor: {found.Next}})
	}
	title := p.T("公共数据资源登记公示", "Public notices of registrations")
	if path == resultsPath {
		title = p.T("公共数据资源登记结果", "Results of registrations")
	}
	p.publish(title, registrationListPage(l, title))
}

// toldOf reads publications, with the names of the registrants.
func (s *server) toldOf(v *visit, published []store.PublicationView) ([]toldOf, names, error) {
	told := make([]toldOf, len(published))
	var registrants []string
	for i, p := range published {
		told[i] = toldOf{id: p.Case, at: v.page.Moment(p.At)}
		var err error
		if p.Subject == registration.NoticeSubject {
			told[i].notice = new(registration.Notice)
			err = json.Unmarshal(p.Content, told[i].notice)
			registrants = append(registrants, told[i].notice.Registrant)
		} else {
			told[i].entry = new(registration.PublicEntry)
			err = json.Unmarshal(p.Content, told[i].entry)
			registrants = append(registrants, told[i].entry.Registrant)
		}
		if err != nil {
			return nil, names{}, fmt.Errorf("publication %s: %w", p.ID, err)
		}
	}
	named, err := s.namesOf(v.ctx, nil, registrants)
	return told, named, err
}

// publicRegistration is what the public knows of one registration, newest first, and what anybody may do about it.
type publicRegistration struct {
	publication
	id    string
	told  []toldOf
	names names
	row   store.CaseSummary
}

func (s *server) showPublicRegistration(p publication) {
	r := publicRegistration{publication: p, id: p.Param("id")}
	var published []store.PublicationView
	for _, subject := range []string{registration.EntrySubject, registration.NoticeSubject} {
		found, err := s.Store.ListPublications(p.ctx, store.PublicationFilter{Case: r.id, Subject: subject, Limit: pageLength})
		if err != nil {
			p.fail(err)
			return
		}
		published = append(published, found.Items...)
	}
	if len(published) == 0 {
		p.refuse(refusal.NotFoundHere.With())
		return
	}
	var err error
	if r.told, r.names, err = s.toldOf(p.visit, published); err != nil {
		p.fail(err)
		return
	}
	if r.row, err = s.Store.GetCaseSummary(p.ctx, identity.System(), registration.Kind, r.id); err != nil {
		p.fail(err)
		return
	}
	p.publish(p.T("公共数据资源登记", "Registration"), publicRegistrationPage(r))
}

// may reports whether anybody may give a command on the registration now.
func (r publicRegistration) may(command string) bool {
	row, _ := registration.Machine.Row(command)
	return row.Outside && slices.Contains(row.From, r.row.State)
}

// register is the act of drafting an application for registration.
func (s *server) register(v *visit) *act {
	p := s.placeOf(registration.Kind)
	row, _ := p.def.Row("draft")
	return &act{visit: v, place: p, command: row.Command, words: row.Words, input: p.def.Input(row.Command)}
}

func (s *server) askRegistration(v *visit) { s.ask(s.register(v)) }

func (s *server) takeRegistration(v *visit) {
	a := s.register(v)
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) })
}
