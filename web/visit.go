package web

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"datacharter/domain/identity"
	"datacharter/store"
	"datacharter/web/ui"
)

// visit is one request for a page while it is handled.
type visit struct {
	*gin.Context
	server *server
	ctx    context.Context //nolint:containedctx // of the request, which the visit is
	id     string          // names the request to its sender and in the log
	token  string          // of the session, as the cookie has it; empty for none
	actor  identity.Actor  // zero when nobody is signed in
	page   *ui.Page
	counts *store.InboxCounts // what waits; nil until it was asked for
	fault  error              // why it was answered with a 5xx, for the log
}

const visitKey = "visit"

// visitOf returns the visit that a gin context belongs to.
func visitOf(c *gin.Context) *visit { return c.MustGet(visitKey).(*visit) }

// signedIn reports whether somebody is signed in.
func (v *visit) signedIn() bool { return v.actor.Person != "" }

// T chooses between two wordings by the visitor's language.
func (v *visit) T(zh, en string) string { return v.page.T(zh, en) }

// show answers with a page.
func (v *visit) show(status int, title string, content templ.Component) {
	v.page.Title = title
	v.Header("Content-Type", "text/html; charset=utf-8")
	v.Status(status)
	if v.Request.Method == http.MethodHead {
		return
	}
	v.write(templ.WithChildren(v.ctx, content), ui.Layout(v.page))
}

// write sends a page or a piece of one, compressed for browsers that take it so.
func (v *visit) write(ctx context.Context, content templ.Component) {
	v.Header("Vary", "Accept-Encoding")
	if !v.unpacks() {
		v.fault = content.Render(ctx, v.Writer) // an error is a connection that is gone
		return
	}
	v.Header("Content-Encoding", "gzip")
	v.fault = v.pack(func(to io.Writer) error { return content.Render(ctx, to) })
}

// unpacks reports whether the browser takes what is packed.
func (v *visit) unpacks() bool { return strings.Contains(v.GetHeader("Accept-Encoding"), "gzip") }

// packers are used again and again: each has tables of a megabyte, which take longer to make than a page to pack.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// pack sends what is written, packed.
func (v *visit) pack(write func(to io.Writer) error) error {
	packed := packers.Get().(*gzip.Writer)
	defer packers.Put(packed)
	packed.Reset(v.Writer)
	return errors.Join(write(packed), packed.Close())
}

// part answers with a piece of a page, for a script that asked for it.
func (v *visit) part(content templ.Component) {
	v.Status(http.StatusOK)
	v.piece(content)
}

// piece answers with a piece of a page, after the status.
func (v *visit) piece(content templ.Component) {
	v.Header("Content-Type", "text/html; charset=utf-8")
	v.write(v.ctx, content)
}

// partOnly reports whether a script asks for a piece of the page. Going back in the browser's history it wants the whole.
func (v *visit) partOnly() bool {
	return v.GetHeader("HX-Request") == "true" && v.GetHeader("HX-History-Restore-Request") != "true"
}

// goOn leads the browser to another page after something was done; done says what, once.
func (v *visit) goOn(to, done string) {
	if done != "" {
		v.server.sessions.Put(v.ctx, sessionDone, done)
	}
	v.Redirect(http.StatusSeeOther, to)
}

// local returns an address of these pages to go back to, or the fallback: never another site's.
func local(address, fallback string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return fallback
	}
	return address
}

// person describes who is signed in, for the frame.
func (s *server) person(ctx context.Context, language string, actor identity.Actor) (*ui.Person, error) {
	found, err := s.Store.GetPerson(ctx, actor.Person)
	if err != nil {
		return nil, err
	}
	var roles []string
	for _, g := range actor.Grants {
		roles = append(roles, identity.RoleWords(g.Role).In(language))
	}
	return &ui.Person{ID: found.ID, Name: found.Name, Roles: strings.Join(roles, " · ")}, nil
}
