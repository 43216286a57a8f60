package web

import (
	"net/http"

	"datacharter/casework"
	"datacharter/domain/meeting"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/ui"
)

// listMeetings lists the meetings that the visitor may see, those to come and under way first.
func (s *server) listMeetings(v *visit) {
	closed := v.Query("past") != ""
	page, err := s.Store.ListCases(v.ctx, v.actor, store.CaseFilter{
		Kind: meeting.Kind, Closed: &closed, Text: v.Query("q"), Cursor: v.Query("cursor"), Limit: pageLength,
	})
	if err != nil {
		v.fail(err)
		return
	}
	var bodies []string
	for _, m := range page.Items {
		bodies = append(bodies, m.Body)
	}
	found, err := s.namesOf(v.ctx, nil, bodies)
	if err != nil {
		v.fail(err)
		return
	}
	list := meetingList{visit: v, meetings: page.Items, names: found, past: closed, first: "", next: ""}
	here := "/meetings"
	if closed {
		here += "?past=1"
	}
	list.tabs = []ui.Link{
		{URL: "/meetings", Words: v.T("待开与进行中", "To come and under way"), Current: !closed},
		{URL: "/meetings?past=1", Words: v.T("已结束", "Over"), Current: closed},
	}
	if v.Query("cursor") != "" {
		list.first = here
	}
	list.next = nextPage(v, page.Next)
	v.show(http.StatusOK, v.T("会议", "Meetings"), meetingsPage(&list))
}

// meetingList is one part of the list of meetings.
type meetingList struct {
	*visit
	meetings    []store.CaseSummary
	names       names
	past        bool
	tabs        []ui.Link
	first, next string
}

// nextPage is the address of the part of a list that follows; empty when none does.
func nextPage(v *visit, cursor string) string {
	if cursor == "" {
		return ""
	}
	q := v.Request.URL.Query()
	q.Set("cursor", cursor)
	return v.Request.URL.Path + "?" + q.Encode()
}

// call is the act of calling a meeting.
func (s *server) call(v *visit) *act {
	p := s.placeOf(meeting.Kind)
	row, _ := p.def.Row("call")
	return &act{visit: v, place: p, command: "call", words: row.Words, input: p.def.Input("call")}
}

func (s *server) askCall(v *visit) { s.ask(s.call(v)) }

func (s *server) takeCall(v *visit) {
	a := s.call(v)
	s.take(a, func(done casework.Done) string { return a.place.href(done.Case) })
}

// meetingOf shows a meeting to the visitor, or answers and returns nil.
func (s *server) meetingOf(v *visit, id string) *room {
	p := s.placeOf(meeting.Kind)
	view, err := s.Case(v.ctx, v.actor, p.def, id)
	if err != nil {
		v.fail(err)
		return nil
	}
	page, err := s.newCasePage(v, p, view)
	if err != nil {
		v.fail(err)
		return nil
	}
	if view.Closed {
		v.refuse(refusal.NotFoundHere.With())
		return nil
	}
	r, err := s.newRoom(page)
	if err != nil {
		v.fail(err)
		return nil
	}
	return r
}

// showMinutes shows the minutes of a meeting, to be read, signed and printed.
func (s *server) showMinutes(v *visit) {
	if r := s.meetingOf(v, v.Param("id")); r != nil {
		v.show(http.StatusOK, v.T("会议记录", "Minutes"), minutesPage(r, r.m.Minutes()))
	}
}
