package web

// exitTabs are the parts of the page of an exit.
func (s *server) exitTabs() []tab {
	return []tab{stand}
}
