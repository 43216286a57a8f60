package web

import (
	"math"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"datacharter/domain/identity"
	"datacharter/domain/refusal"
)

// rights says who may visit a page: anybody at all, anybody signed in, or who holds one of the roles somewhere. What is shown of a case, and what may be
// done about it, the store and the state table decide beyond that.
type rights struct {
	public bool
	apart  bool            // nobody's session is looked at: for what programs fetch
	secret bool            // a password or the like is given, which may be a guess
	fresh  bool            // who has not entered lately is asked to do so first
	roles  []identity.Role // none for anybody signed in
}

var (
	public   = rights{public: true}
	apart    = rights{public: true, apart: true}
	entering = rights{public: true, secret: true}
	signedIn = rights{}

	administrators = only(identity.Administrator)
)

// anew are the same rights for who has entered lately.
func (r rights) anew() rights {
	r.fresh = true
	return r
}

// guessing are the same rights where a password or the like is given.
func (r rights) guessing() rights {
	r.secret = true
	return r
}

func only(roles ...identity.Role) rights { return rights{roles: roles} }

func (r rights) permits(actor identity.Actor) bool {
	return len(r.roles) == 0 || slices.ContainsFunc(r.roles, actor.Has)
}

func (s *server) get(path string, may rights, handle func(*visit)) {
	s.engine.GET(path, s.admit(may, handle))
	s.engine.HEAD(path, s.admit(may, handle))
	s.apart[path] = may.apart
}

func (s *server) post(path string, may rights, handle func(*visit)) {
	if !may.public && !may.secret {
		s.forms = append(s.forms, path)
	}
	s.engine.POST(path, s.admit(may, handle))
}

// admit lets a visit pass when the visitor has the right. Who is not signed in is led to where he can be, and comes back after that.
func (s *server) admit(may rights, handle func(*visit)) gin.HandlerFunc {
	return func(c *gin.Context) {
		v := visitOf(c)
		if wait := s.tooMany(v, may); wait > 0 {
			v.Header("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
			v.refuse(refusal.TooManyRequests.With())
			return
		}
		switch {
		case may.public:
		case !v.signedIn():
			s.askWho(v)
			return
		case !may.permits(v.actor):
			v.refuse(refusal.NotEntitled.With())
			return
		case may.fresh && !s.fresh(v):
			s.askAnew(v)
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
