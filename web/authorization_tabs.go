package web

// authorizationTabs are the parts of the page of an authorization.
func (s *server) authorizationTabs() []tab {
	return []tab{stand}
}
