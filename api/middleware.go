package api

import (
	"context"
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
)

func newEngine(s *server) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ForwardedByClientIP = false
	engine.Use(s.open, s.checkAddress, s.published)
	engine.NoRoute(func(c *gin.Context) { writeProblem(c, refusal.NoSuchRoute.With()) })
	engine.NoMethod(func(c *gin.Context) { writeProblem(c, refusal.MethodNotAllowed.With()) })
	return engine
}

// open begins and ends every request: its ID and language, the headers that every answer has, a line in the log, and what becomes of a panic.
func (s *server) open(c *gin.Context) {
	began := s.wall()
	call := &call{id: requestID(c.GetHeader("X-Request-ID")), language: languageOf(c.GetHeader("Accept-Language"))}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), callKey{}, call))
	h := c.Writer.Header()
	h.Set("X-Request-ID", call.id)
	h.Set("Content-Language", call.language)
	h.Set("Vary", "Accept-Language, Authorization")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	if shown := s.Clock.Header(); shown != "" {
		h.Set("DataCharter-Clock", shown)
	}
	defer s.log(c, call, began)
	defer func() {
		if p := recover(); p != nil {
			panicked(c, call, p)
		}
	}()
	c.Next()
}

// panicked answers for a panic. The log gets the stack, and the words of an error of the runtime: other words might name somebody.
func panicked(c *gin.Context, call *call, p any) {
	if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it likewise
		panic(p)
	}
	fault := fmt.Errorf("panic of type %T", p)
	if err, ok := p.(runtime.Error); ok {
		fault = fmt.Errorf("panic: %w", err)
	}
	if !c.Writer.Written() {
		writeProblem(c, refusal.InternalError.With())
	}
	call.fault = fmt.Errorf("%w\n%s", fault, debug.Stack())
}

// log writes one line a request: which route, not which address, and nothing that the caller sent.
func (s *server) log(c *gin.Context, call *call, began time.Time) {
	level, status := slog.LevelInfo, c.Writer.Status()
	attrs := []slog.Attr{
		slog.String("request", call.id), slog.String("method", c.Request.Method), slog.String("route", c.FullPath()),
		slog.Int("status", status), slog.Duration("took", s.wall().Sub(began)), slog.Int("bytes", max(0, c.Writer.Size())),
	}
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	if call.fault != nil {
		attrs = append(attrs, slog.String("error", call.fault.Error()))
	}
	s.logger.LogAttrs(c.Request.Context(), level, "request", attrs...)
}

// checkAddress refuses addresses that hold what cannot stand in text: no ID or search word does, and a database may choke on it.
func (s *server) checkAddress(c *gin.Context) {
	if !isText(c.Request.URL.Path) {
		c.Abort()
		writeProblem(c, refusal.NoSuchRoute.With())
		return
	}
	if c.Request.URL.RawQuery == "" {
		return
	}
	query, err := url.ParseQuery(c.Request.URL.RawQuery)
	ok := err == nil
	for name, values := range query {
		ok = ok && isText(name) && len(values) == 1 && isText(values[0])
	}
	if !ok {
		c.Abort()
		writeProblem(c, refusal.BadRequest.With())
	}
}

// published answers for the public register. Whoever shows a token learns whether it holds.
func (s *server) published(c *gin.Context) {
	if !strings.HasPrefix(c.Request.URL.Path, registerPath) || c.GetHeader("Authorization") != "" {
		return
	}
	call := callOf(c.Request.Context())
	key := strings.Join([]string{call.language, c.Request.Host, c.Request.URL.RequestURI()}, " ")
	if err := s.answers.Serve(c, key, c.Next); err != nil {
		call.fault = err
	}
	c.Abort() // it went on already
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// writeProblem answers with a problem where huma is not at work.
func writeProblem(c *gin.Context, r *refusal.Refusal) {
	p := callOf(c.Request.Context()).problem(r, "")
	c.Header("Content-Type", problemType)
	c.Status(p.Status)
	if err := encode(c.Writer, p); err != nil {
		callOf(c.Request.Context()).fault = err // the connection is gone
	}
}
