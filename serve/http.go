package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"go.temporal.io/sdk/client"

	"datacharter/api"
	"datacharter/attachments"
	"datacharter/casework"
)

const (
	readHeaderWithin = 10 * time.Second
	readWithin       = 2 * time.Minute // an attachment over a slow line
	idleAfter        = 2 * time.Minute
	drainWithin      = 6 * time.Second
)

// Handler makes the HTTP handler.
func (s *System) Handler(temporal client.Client) (http.Handler, error) {
	files, err := attachments.Open(filepath.Join(s.settings.Data, "attachments"), time.Now())
	if err != nil {
		return nil, err
	}
	desk := casework.New(casework.Options{
		Store: s.Store, Cases: s.Cases, Temporal: temporal, Policies: s.Policies, Calendar: s.Calendar, Clock: s.Clock,
	})
	return api.New(api.Options{Desk: desk, Files: files, Logger: s.settings.Logger})
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
