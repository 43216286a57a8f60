package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datacharter/api"
	"datacharter/attachments"
	"datacharter/casework"
	"datacharter/clock"
	"datacharter/demo"
	"datacharter/serve"
	"datacharter/standalone/temporal"
	"datacharter/store"
	"datacharter/workflows"
)

// place is where one comparison keeps what it writes.
type place struct {
	dir string // Temporal's state, attachments, tokens
	url string // of the application's database
}

// system is the product as standalone mode runs it, with the two other contenders beside it: on the same Temporal server and the same database.
type system struct {
	*serve.System
	temporal client.Client
	tokens   map[string]string
	dir      string
	logger   *slog.Logger
	stops    []func() error // in the order in which the parts started
}

func startSystem(ctx context.Context, at place) (_ *system, err error) {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	s := &system{dir: at.dir, logger: logger}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	server, err := temporal.Start(ctx, temporal.Options{Dir: at.dir, Logger: logger})
	if err != nil {
		return nil, err
	}
	s.stops = append(s.stops, server.Close)
	if s.temporal, err = client.DialContext(ctx, server.ClientOptions()); err != nil {
		return nil, err
	}
	s.stops = append(s.stops, func() error { s.temporal.Close(); return nil })
	if _, err := store.MigrateUp(ctx, at.url); err != nil {
		return nil, err
	}
	s.System, err = serve.Open(ctx, serve.Settings{DatabaseURL: at.url, Data: at.dir, Clock: clock.Real(), Logger: logger, BuildID: "bench"})
	if err != nil {
		return nil, err
	}
	s.stops = append(s.stops, s.System.Close)
	if err := s.fill(ctx); err != nil {
		return nil, err
	}
	err = s.startWorkers(ctx)
	return s, err
}

// fill makes the people and the resources that the cases need.
func (s *system) fill(ctx context.Context) error {
	path, err := demo.Seed(ctx, s.Store, s.dir)
	if err != nil {
		return err
	}
	users, err := demo.Users(path)
	if err != nil {
		return err
	}
	s.tokens = make(map[string]string, len(users))
	for _, u := range users {
		s.tokens[u.User] = u.Token
	}
	if _, err = s.Store.PutResources(ctx, catalogueResources()); err != nil {
		return err
	}
	return recordPlan(ctx, s.Store)
}

func (s *system) startWorkers(ctx context.Context) error {
	workers, err := s.Workers(s.temporal, filepath.Join(s.dir, "log-keys"))
	if err != nil {
		return err
	}
	if err := workers.Start(); err != nil {
		return err
	}
	s.stops = append(s.stops, func() error { workers.Stop(); return nil })
	bare := bareWorker(s.temporal)
	if err := bare.Start(); err != nil {
		return err
	}
	s.stops = append(s.stops, func() error { bare.Stop(); return nil })
	return serve.StartDeliveries(ctx, s.temporal)
}

// close stops the parts, the last one first.
func (s *system) close() error {
	var errs []error
	for i := range s.stops {
		errs = append(errs, s.stops[len(s.stops)-1-i]())
	}
	return errors.Join(errs...)
}

// serve lets a handler answer on a free loopback port until the system closes.
func (s *system) serve(handler http.Handler) (address string, err error) {
	listener, err := serve.Listen(context.Background(), "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	ctx, stop := context.WithCancel(context.Background())
	var group errgroup.Group
	group.Go(func() error { return serve.HTTP(ctx, listener, handler) })
	s.stops = append(s.stops, func() error { stop(); return group.Wait() })
	return listener.Addr().String(), nil
}

// withoutEngine is the product's handler, which however has commands applied at once: the same transaction, and nothing of Temporal.
func (s *system) withoutEngine() (http.Handler, error) {
	files, err := attachments.Open(filepath.Join(s.dir, "attachments"), time.Now())
	if err != nil {
		return nil, err
	}
	desk := casework.New(casework.Options{
		Store: s.Store, Cases: s.Cases, Policies: s.Policies, Clock: s.Clock,
		Give: func(ctx context.Context, cmd workflows.Command, _ bool) (workflows.Outcome, error) {
			return s.Cases.Apply(ctx, cmd)
		},
	})
	return api.New(api.Options{Desk: desk, Files: files, Calendars: s.Keeper(nil), Reconciler: s.Reconciler(nil), Logger: s.logger}), nil
}

func (s *system) undelivered(ctx context.Context) (int64, error) {
	backlog, err := s.Store.OutboxBacklog(ctx)
	return backlog.Waiting, err
}

// settleWithin bounds the wait for deliveries.
const settleWithin = time.Minute

// settle waits until everything is delivered.
func (s *system) settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	for {
		waiting, err := s.undelivered(ctx)
		if err != nil || waiting == 0 {
			return err
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("%d messages were not delivered: %w", waiting, ctx.Err())
		}
	}
}

// history is what workflows left in Temporal.
type history struct {
	workflows int
	perUpdate float64 // events, on average
	most      float64 // of one workflow
}

// maxHistories bounds how many are looked at.
const maxHistories = 200

// histories counts the events of workflows that have ended, by contender.
func (s *system) histories(ctx context.Context, all []*contender) (map[string]history, error) {
	counts := map[string]history{}
	for _, c := range all {
		var h history
		for _, id := range c.finished() {
			described, err := s.temporal.DescribeWorkflowExecution(ctx, id, "")
			if err != nil {
				return nil, err
			}
			each := float64(described.GetWorkflowExecutionInfo().GetHistoryLength()) / float64(c.commands)
			h.perUpdate += each
			h.most = max(h.most, each)
			if h.workflows++; h.workflows == maxHistories {
				break
			}
		}
		if h.workflows > 0 {
			h.perUpdate /= float64(h.workflows)
			counts[c.name] = h
		}
	}
	return counts, nil
}

func subdirectory(dir, name string) (string, error) {
	path := filepath.Join(dir, name)
	return path, os.Mkdir(path, 0o700)
}
