package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// rights says who may visit a page: anybody at all, anybody signed in, or who holds one of the roles somewhere. What is shown of a case, and what may be
// done about it, the store and the state table decide beyond that.
type rights struct {
	public bool
	roles  []identity.Role // none for anybody signed in
}

var (
	public   = rights{public: true}
	signedIn = rights{}
)

func only(roles ...identity.Role) rights { return rights{roles: roles} }

func (r rights) permits(actor identity.Actor) bool {
	return len(r.roles) == 0 || slices.ContainsFunc(r.roles, actor.Has)
}

func (s *server) get(path string, may rights, handle func(*visit)) {
	s.engine.GET(path, s.admit(may, handle))
	s.engine.HEAD(path, s.admit(may, handle))
}

func (s *server) post(path string, may rights, handle func(*visit)) {
	s.engine.POST(path, s.admit(may, handle))
}

// admit lets a visit pass when the visitor has the right. Who is not signed in is led to where he can be, and comes back after that.
func (s *server) admit(may rights, handle func(*visit)) gin.HandlerFunc {
	return func(c *gin.Context) {
		v := visitOf(c)
		switch {
		case may.public:
		case !v.signedIn() && v.Request.Method == http.MethodPost:
			s.interrupted(v)
			return
		case !v.signedIn():
			v.Redirect(http.StatusSeeOther, "/sign-in?return="+url.QueryEscape(v.page.Here))
			return
		case !may.permits(v.actor):
			v.refuse(refusal.NotEntitled.With())
			return
		}
		if v.signedIn() {
			if err := s.navigate(v); err != nil {
				v.fail(err)
				return
			}
		}
		handle(v)
	}
}
