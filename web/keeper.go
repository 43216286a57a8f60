package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"datacharter/domain/refusal"
	"datacharter/web/ui"
)

// keeper saves the session of a visit before the first byte of its answer leaves. When that fails, the visitor is told so instead of what was to be said.
type keeper struct {
	gin.ResponseWriter
	visit  *visit
	begun  bool
	failed error
}

// begin saves the session, once.
func (k *keeper) begin() {
	if k.begun {
		return
	}
	k.begun = true
	if k.failed = k.visit.server.keepSession(k.visit); k.failed == nil {
		return
	}
	k.visit.fault = k.failed
	for _, name := range []string{"Location", "Content-Encoding", "Content-Disposition", "Content-Length", "Refresh"} {
		k.Header().Del(name)
	}
	k.Header().Set("Content-Type", "text/html; charset=utf-8")
	k.ResponseWriter.WriteHeader(http.StatusInternalServerError)
	page := *k.visit.page
	page.Title = page.T("未能办理", "Not done")
	problem := problemPage(&page, refusal.InternalError.With(), k.visit.id)
	if err := ui.Layout(&page).Render(templ.WithChildren(k.visit.ctx, problem), k.ResponseWriter); err != nil {
		k.visit.fault = err
	}
}

func (k *keeper) Write(b []byte) (int, error) {
	if k.begin(); k.failed != nil {
		return 0, k.failed
	}
	return k.ResponseWriter.Write(b)
}

// WriteString implements gin.ResponseWriter.
func (k *keeper) WriteString(s string) (int, error) { return k.Write([]byte(s)) }

// WriteHeaderNow implements gin.ResponseWriter.
func (k *keeper) WriteHeaderNow() {
	k.begin()
	k.ResponseWriter.WriteHeaderNow()
}

// Flush implements http.Flusher.
func (k *keeper) Flush() {
	k.begin()
	k.ResponseWriter.Flush()
}
