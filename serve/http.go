package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"time"

	"go.temporal.io/sdk/client"

	"datacharter/api"
	"datacharter/attachments"
	"datacharter/casework"
	"datacharter/web"
)

const (
	readHeaderWithin = 10 * time.Second
	readWithin       = 2 * time.Minute // an attachment over a slow line
	idleAfter        = 2 * time.Minute
	drainWithin      = 6 * time.Second
)

// Front says how people reach the pages.
type Front struct {
	PublicURL *url.URL         // at which browsers find the pages
	Demo      []web.DemoPerson // fictitious people whom everybody may be; none outside a demonstration
	Proxies   []netip.Prefix   // gateways whose X-Forwarded-For is believed; may be empty
	Unlimited bool             // there are no rate limits: a gateway has them
	Fresh     time.Duration    // how long an answer to everybody is given again; 0 for never
}

// Handler makes the HTTP handler: the API, and the pages beside it.
func (s *System) Handler(temporal client.Client, front Front) (http.Handler, error) {
	files, err := attachments.Open(filepath.Join(s.settings.Data, "attachments"), time.Now())
	if err != nil {
		return nil, err
	}
	desk := casework.New(casework.Options{
		Store: s.Store, Cases: s.Cases, Temporal: temporal, Policies: s.Policies, Clock: s.Clock,
	})
	keeper, reconciler := s.Keeper(temporal), s.Reconciler(temporal)
	machines := api.New(api.Options{
		Desk: desk, Files: files, Calendars: keeper, Reconciler: reconciler, Fresh: front.Fresh, Proxies: front.Proxies, Unlimited: front.Unlimited,
		Logger: s.settings.Logger,
	})
	people, err := web.New(web.Options{
		Desk: desk, Files: files, Calendars: keeper, Repairs: reconciler, Accounts: s.Accounts, OpenID: s.OpenID, PublicURL: front.PublicURL, Demo: front.Demo,
		Proxies: front.Proxies, Unlimited: front.Unlimited, Fresh: front.Fresh, Logger: s.settings.Logger,
	})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, path := range []string{"/api/", "/healthz", "/readyz"} {
		mux.Handle(path, machines)
	}
	mux.Handle("/", people)
	return mux, nil
}

// Listen takes the address; ":0" or "host:0" picks a free port. A port that is taken gives one clear line.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, err)
	}
	return l, nil
}

// HTTP serves until ctx ends, then lets requests under way finish.
func HTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: readHeaderWithin, ReadTimeout: readWithin, IdleTimeout: idleAfter}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainWithin)
	defer cancel()
	if err := server.Shutdown(drain); err != nil {
		return errors.Join(fmt.Errorf("requests were cut off: %w", err), server.Close())
	}
	return nil
}
