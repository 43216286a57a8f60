package web

import (
	"errors"
	"net/http"

	"datacharter/casework"
)

// commandRunning tells what became of a command that took longer than the visitor waited. The page's script looks again until that is known, and then
// asks for the whole page.
func (s *server) commandRunning(v *visit) {
	next := local(v.Query("next"), "/")
	done, _, err := s.Find(v.ctx, v.actor.Person, v.Param("id"))
	running := errors.Is(err, casework.ErrStillRunning)
	switch {
	case v.partOnly() && running:
		v.Status(http.StatusNoContent)
	case v.partOnly():
		v.Header("HX-Redirect", v.page.Here)
	case running:
		v.show(http.StatusOK, v.T("正在办理", "Under way"), runningPage(v.page))
	case err != nil:
		v.fail(err)
	case done.Refusal != nil:
		v.refuse(done.Refusal)
	default:
		v.goOn(next, v.T("已办理。", "Done."))
	}
}
