package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gin-gonic/gin"
	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datacharter/bench/seed"
	"datacharter/clock"
	"datacharter/internal/lives"
	"datacharter/serve"
	"datacharter/store"
	"datacharter/web"
)

// keptDatabase returns the URL of a database with so many cases, which it fills when it is not there yet.
func keptDatabase(ctx context.Context, out io.Writer, dir string, cases int) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, fmt.Sprintf("seed-%d.db", cases))
	if _, err := os.Stat(path); err == nil || !errors.Is(err, os.ErrNotExist) {
		return "sqlite:" + path, err
	}
	half := path + ".filling"
	for _, ending := range []string{"", "-wal", "-shm"} { // of a run that was broken off
		if err := os.Remove(half + ending); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	if err := seed.Fill(ctx, out, "sqlite:"+half, cases); err != nil {
		return "", err
	}
	return "sqlite:" + path, os.Rename(half, path)
}

// site is the product on one database as it serves people, without Temporal, which reading needs not; and beside it the bare minimum.
type site struct {
	*serve.System
	cases   int
	entries []string // IDs in the public register
	pages   *front
	memory  *front // answers with bytes that were answered by pages
	held    *held
	dir     string
	stops   []func() error // in the order in which the parts started
}

// people are the clients: each sees other cases, and has another inbox.
var people = [readers]string{
	lives.Officer, "business-reviewer", "legal-reviewer", lives.Agency + "-secretary", lives.Administrator, "supervisor", lives.Applicant, "applicant-of-operator-00001",
}

const (
	knownEntries = 100 // whose pages are asked for
	followed     = 8   // cases, by everybody
)

func openSite(ctx context.Context, at string, cases int) (_ *site, err error) {
	s := &site{cases: cases, held: &held{answers: map[string]answer{}}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.dir, err = os.MkdirTemp("", "datacharter-bench-"); err != nil {
		return nil, err
	}
	s.stops = append(s.stops, func() error { return os.RemoveAll(s.dir) })
	logger := slog.New(slog.NewJSONHandler(io.Discard, nil)) //nolint:sloglint // what a line costs is part of the time of a page
	progress := func(int64, int64) {}
	if _, err := serve.Migrate(ctx, at, logger, progress); err != nil {
		return nil, err
	}
	if s.System, err = serve.Open(ctx, serve.Settings{DatabaseURL: at, Data: s.dir, Clock: clock.Real(), Logger: logger, BuildID: "bench"}); err != nil {
		return nil, err
	}
	s.stops = append(s.stops, s.System.Close)
	if err := s.prepare(ctx); err != nil {
		return nil, err
	}
	if s.pages, err = s.serve(s.handler); err != nil {
		return nil, err
	}
	if s.memory, err = s.serve(func(*url.URL) (http.Handler, error) { return s.held.handler(), nil }); err != nil {
		return nil, err
	}
	return s, s.pages.signIn(ctx)
}

// prepare has everybody follow some cases, and notes what is in the public register.
func (s *site) prepare(ctx context.Context) error {
	for _, p := range people {
		actor, err := s.Store.Actor(ctx, p)
		if err != nil {
			return err
		}
		seen, err := s.Store.ListCases(ctx, actor, store.CaseFilter{Limit: followed})
		if err != nil {
			return err
		}
		for _, c := range seen.Items {
			if err := s.Store.Follow(ctx, actor, c.ID); err != nil {
				return err
			}
		}
	}
	registered, err := s.Store.ListRegister(ctx, store.RegisterFilter{Limit: knownEntries})
	for _, e := range registered.Items {
		s.entries = append(s.entries, e.ID)
	}
	if err == nil && len(s.entries) == 0 {
		err = errors.New("nothing is in the public register")
	}
	return err
}

// handler finds every answer anew: a page that is given again from memory says nothing of what it takes to make.
func (s *site) handler(public *url.URL) (http.Handler, error) { return s.handlerFor(public, 0) }

func (s *site) handlerFor(public *url.URL, fresh time.Duration) (http.Handler, error) {
	temporal, err := client.NewLazyClient(client.Options{HostPort: public.Host}) // never asked
	if err != nil {
		return nil, err
	}
	s.stops = append(s.stops, func() error { temporal.Close(); return nil })
	demo := make([]web.DemoPerson, len(people))
	for i, p := range people {
		demo[i] = web.DemoPerson{ID: p, Name: p, Organization: lives.Agency}
	}
	return s.Handler(temporal, serve.Front{PublicURL: public, Demo: demo, Unlimited: true, Fresh: fresh})
}

// serve lets a handler answer on a free loopback port until the site closes.
func (s *site) serve(build func(public *url.URL) (http.Handler, error)) (*front, error) {
	listener, err := serve.Listen(context.Background(), "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	public := &url.URL{Scheme: "http", Host: listener.Addr().String()}
	handler, err := build(public)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	watch := &stopwatch{next: handler}
	ctx, stop := context.WithCancel(context.Background())
	var group errgroup.Group
	group.Go(func() error { return serve.HTTP(ctx, listener, watch) })
	s.stops = append(s.stops, func() error { stop(); return group.Wait() })
	return newFront(public, watch)
}

// close stops the parts, the last one first.
func (s *site) close() error {
	var errs []error
	for i := range s.stops {
		errs = append(errs, s.stops[len(s.stops)-1-i]())
	}
	return errors.Join(errs...)
}

// answer is what a page answered.
type answer struct {
	contentType string
	encoding    string
	body        []byte
}

// held answers from memory: the least that any program takes for the same answers.
type held struct{ answers map[string]answer }

// hold keeps the answers to all addresses that a turn will ask for, as the first client gets them.
func (s *site) hold(ctx context.Context, address func(n int) string) error {
	s.held.answers = map[string]answer{}
	for n := range readers * readsInTurn {
		at := address(n)
		if _, known := s.held.answers[at]; known {
			continue
		}
		a, err := s.pages.readers[0].get(ctx, at)
		if err != nil {
			return err
		}
		s.held.answers[at] = a
	}
	return nil
}

func (h *held) handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/*path", func(c *gin.Context) {
		a, known := h.answers[c.Request.URL.RequestURI()]
		if !known {
			c.Status(http.StatusNotFound)
			return
		}
		c.Header("Content-Encoding", a.encoding)
		c.Data(http.StatusOK, a.contentType, a.body)
	})
	return engine
}
