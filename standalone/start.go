package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.temporal.io/sdk/client"
	"golang.org/x/sync/errgroup"

	"datacharter/demo"
	"datacharter/published"
	"datacharter/serve"
	"datacharter/standalone/temporal"
	"datacharter/version"
	"datacharter/web"
)

// start runs the system until ctx ends. Parts start in the order in which they need each other, and stop in the opposite one.
func start(ctx context.Context, o options, stdout io.Writer) (err error) {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return fmt.Errorf("data directory: %w", err)
	}
	listener, err := serve.Listen(ctx, o.Listen)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreClosed(listener.Close())) }()

	cluster, err := o.cluster(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Close()) }()

	system, err := o.open(ctx, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, system.Close()) }()

	users := ""
	front := serve.Front{
		PublicURL: &url.URL{Scheme: "http", Host: listener.Addr().String()}, Proxies: o.TrustedProxies, Unlimited: !o.RateLimits, Fresh: published.Fresh,
	}
	if o.PublicURL != nil {
		front.PublicURL = o.PublicURL
	}
	if o.Demo {
		if users, err = demo.Seed(ctx, system.Store, o.Data); err != nil {
			return err
		}
		if front.Demo, err = everybody(users); err != nil {
			return err
		}
	}
	handler, err := system.Handler(cluster.client, front)
	if err != nil {
		return err
	}
	workers, err := system.Workers(cluster.client, filepath.Join(o.Data, "log-keys"))
	if err != nil {
		return err
	}
	if err := workers.Start(); err != nil {
		return err
	}
	defer workers.Stop()
	if err := cluster.settle(ctx, system); err != nil {
		return err
	}
	address := listener.Addr().String()
	if err := os.WriteFile(filepath.Join(o.Data, "address"), []byte(address+"\n"), 0o600); err != nil {
		return err
	}
	greet(stdout, address, users, system.Clock.Header())

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return serve.HTTP(ctx, listener, handler) })
	group.Go(func() error { debug.FreeOSMemory(); return nil }) // starting takes twice the memory that idling does
	group.Go(func() error { return cluster.watch(ctx) })
	return group.Wait()
}

// everybody lists the fictitious people for the page on which one chooses whom to be.
func everybody(file string) ([]web.DemoPerson, error) {
	users, err := demo.Users(file)
	people := make([]web.DemoPerson, len(users))
	for i, u := range users {
		people[i] = web.DemoPerson{ID: u.User, Name: u.Name, Organization: u.Organization, Roles: u.Roles}
	}
	return people, err
}

// open migrates and opens the database.
func (o options) open(ctx context.Context, logger *slog.Logger) (*serve.System, error) {
	url := o.DatabaseURL
	if url == "" {
		url = "sqlite:" + filepath.Join(o.Data, "datacharter.db")
	}
	if _, err := serve.Migrate(ctx, url, logger, func(int64, int64) {}); err != nil {
		return nil, err
	}
	settings, err := o.clock(time.Now())
	if err != nil {
		return nil, err
	}
	return serve.Open(ctx, serve.Settings{
		DatabaseURL: url, Data: o.Data, CalendarDir: o.CalendarDir, PolicyDir: o.PolicyDir, OIDC: o.OIDC,
		Clock: settings, Logger: logger, BuildID: version.String(),
	})
}

// cluster is the Temporal server: embedded, or somebody else's.
type cluster struct {
	client   client.Client
	embedded *temporal.Server // nil when it is somebody else's
}

func (o options) cluster(ctx context.Context, logger *slog.Logger) (*cluster, error) {
	if o.Temporal != "" {
		c, err := client.DialContext(ctx, client.Options{HostPort: o.Temporal, Namespace: o.Namespace})
		if err != nil {
			return nil, fmt.Errorf("cannot reach Temporal at %s: %w", o.Temporal, err)
		}
		return &cluster{client: c}, nil
	}
	server, err := temporal.Start(ctx, temporal.Options{Dir: o.Data, Logger: logger})
	if err != nil {
		return nil, err
	}
	c, err := client.DialContext(ctx, server.ClientOptions())
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	return &cluster{client: c, embedded: server}, nil
}

// settle makes sure that every open case runs: a server that knows none yet gets them all from the database.
func (c *cluster) settle(ctx context.Context, system *serve.System) error {
	if c.embedded == nil || !c.embedded.Fresh() {
		return serve.StartDeliveries(ctx, c.client)
	}
	if _, err := system.Rehydrate(ctx, c.client, func(int, int) {}); err != nil {
		return err
	}
	return c.embedded.Settle()
}

// watch ends with an error when the embedded server cannot go on.
func (c *cluster) watch(ctx context.Context) error {
	if c.embedded == nil {
		return nil
	}
	select {
	case err := <-c.embedded.Failed():
		return err
	case <-ctx.Done():
		return nil
	}
}

func (c *cluster) Close() error {
	c.client.Close()
	if c.embedded == nil {
		return nil
	}
	return c.embedded.Close()
}
