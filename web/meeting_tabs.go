package web

// meetingTabs are the parts of the page of a meeting.
func (s *server) meetingTabs() []tab {
	return []tab{stand}
}
