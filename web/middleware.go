package web

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"datacharter/domain/refusal"
	"datacharter/web/ui"
)

func (s *server) newEngine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ForwardedByClientIP = false // see client
	engine.Use(s.open)
	engine.NoRoute(func(c *gin.Context) { visitOf(c).refuse(refusal.NoSuchRoute.With()) })
	engine.NoMethod(func(c *gin.Context) { visitOf(c).refuse(refusal.MethodNotAllowed.With()) })
	return engine
}

// contentPolicy is the content security policy: what is not the program's own is not loaded, and no script or style stands in the page itself.
func contentPolicy(scripts string) string {
	return "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// open begins and ends every request: who visits in which language, the headers that every answer has, a line in the log, and what becomes of a panic.
func (s *server) open(c *gin.Context) {
	began := s.wall()
	v := &visit{Context: c, server: s, ctx: c.Request.Context(), id: random(12, hex.EncodeToString)}
	v.page = &ui.Page{Language: s.language(c), Nonce: random(16, base64.RawURLEncoding.EncodeToString), Assets: s.assets}
	v.page.Clock = s.trainingClock(v.page)
	v.page.Here = "/"
	if c.Request.Method == http.MethodGet {
		v.page.Here = c.Request.URL.RequestURI()
	}
	c.Set(visitKey, v)
	h := c.Writer.Header()
	h.Set("X-Request-ID", v.id)
	h.Set("Content-Language", v.page.Lang())
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", contentPolicy("'nonce-"+v.page.Nonce+"'"))
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	defer s.log(v, began)
	defer func() {
		if p := recover(); p != nil {
			v.panicked(p)
		}
	}()
	if !readable(c.Request.URL) {
		c.Abort()
		v.refuse(refusal.BadRequest.With())
		return
	}
	if s.apart[c.FullPath()] {
		c.Next()
		return
	}
	if err := s.resume(v); err != nil {
		c.Abort()
		v.fail(err)
		return
	}
	answer := &keeper{ResponseWriter: c.Writer, visit: v}
	c.Writer = answer
	defer answer.begin() // an answer without a body
	if err := s.welcome(v); err != nil {
		c.Abort()
		v.fail(err)
		return
	}
	c.Next()
}

// welcome finds who visits.
func (s *server) welcome(v *visit) error {
	if err := errors.Join(s.recognise(v), s.forgetErrand(v)); err != nil {
		return err
	}
	if v.signedIn() && v.Request.Method == http.MethodGet {
		v.page.Done = s.sessions.PopString(v.ctx, sessionDone)
	}
	return nil
}

func random(bytes int, encode func([]byte) string) string {
	raw := make([]byte, bytes)
	rand.Read(raw) // it never returns an error
	return encode(raw)
}

// readable reports whether an address is text that can be looked for: no ID or search word holds anything else, and a database may choke on it.
func readable(u *url.URL) bool {
	text := func(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
	query, err := url.ParseQuery(u.RawQuery)
	ok := err == nil && text(u.Path)
	for name, values := range query {
		ok = ok && text(name) && text(strings.Join(values, ""))
	}
	return ok
}

// panicked answers for a panic. The log gets the stack, and the words of an error of the runtime: other words might name somebody.
func (v *visit) panicked(p any) {
	if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it likewise
		panic(p)
	}
	fault := fmt.Errorf("panic of type %T", p)
	if err, ok := p.(runtime.Error); ok {
		fault = fmt.Errorf("panic: %w", err)
	}
	if !v.Writer.Written() {
		v.fail(fault)
	}
	v.fault = fmt.Errorf("%w\n%s", fault, debug.Stack())
}

// log writes one line a request: which route, not which address, and nothing that the visitor sent.
func (s *server) log(v *visit, began time.Time) {
	level, status := slog.LevelInfo, v.Writer.Status()
	attrs := []slog.Attr{
		slog.String("request", v.id), slog.String("method", v.Request.Method), slog.String("route", v.FullPath()),
		slog.Int("status", status), slog.Duration("took", s.wall().Sub(began)), slog.Int("bytes", max(0, v.Writer.Size())),
	}
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if v.fault != nil {
		attrs = append(attrs, slog.String("error", v.fault.Error()))
	}
	s.logger.LogAttrs(v.ctx, level, "page", attrs...)
}
