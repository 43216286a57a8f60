package web

import "datacharter/domain/text"

// meetingTabs are the parts of the page of a meeting.
func (s *server) meetingTabs() []tab {
	return []tab{
		{name: "room", words: text.Text{ZH: "会场", EN: "Room"}, own: true, show: s.roomTab},
		stand,
	}
}
