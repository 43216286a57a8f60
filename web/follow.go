package web

// follow notes that the visitor keeps an eye on a case; asked twice, it stays so.
func (s *server) follow(p *place) func(*visit) {
	return func(v *visit) {
		if err := s.Store.Follow(v.ctx, v.actor, v.Param("id")); err != nil {
			v.fail(err)
			return
		}
		v.goOn(p.href(v.Param("id")), v.T("已关注：有变化时在首页列出。", "You follow the case: the home page lists what changes in it."))
	}
}

// unfollow takes it back.
func (s *server) unfollow(p *place) func(*visit) {
	return func(v *visit) {
		if err := s.Store.Unfollow(v.ctx, v.actor.Person, v.Param("id")); err != nil {
			v.fail(err)
			return
		}
		v.goOn(p.href(v.Param("id")), v.T("已取消关注。", "You no longer follow the case."))
	}
}
