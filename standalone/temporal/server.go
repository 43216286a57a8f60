// Package temporal runs a Temporal server inside this process, for standalone mode.
//
// The server keeps its state in one SQLite file and listens on loopback ports
// that it picks itself. It has no authentication: whoever can log in to the
// same host can reach those ports.
//
// The file is not the record. The application's database is, so a file that
// this server version cannot use is set aside and the caller restarts every
// open case from the database (see [Server.Fresh]).
package temporal

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/server/temporal"
)

// Namespace is the one namespace the embedded server has.
const Namespace = "datacharter"

// stopTimeout bounds Close. Nothing is lost when it passes: every commit is
// already on disk.
const stopTimeout = 5 * time.Second

// startAttempts is how often Start picks new ports when another program takes
// one between the moment it was found free and the moment it is bound.
const startAttempts = 5

// Options say where the server keeps its state and where it logs.
type Options struct {
	// Dir is an existing directory. The server owns "temporal" and
	// "temporal.lock" in it and leaves all else alone.
	Dir string
	// Logger receives what the server reports from warning upwards.
	Logger *slog.Logger
}

// Server is a running embedded Temporal server.
type Server struct {
	hostPort string
	logger   *slog.Logger
	log      *serverLogger
	inner    temporal.Server
	state    *state
	unlock   func() error
	failed   chan error
}

// Start opens or creates the state in o.Dir and returns when the server
// accepts clients.
//
// It fails when another process uses the same directory, when the directory
// cannot be written, and when ctx ends first. A state that cannot be used is
// no failure: it is set aside under a new name and an empty one is made.
func Start(ctx context.Context, o Options) (_ *Server, err error) {
	unlock, err := lock(o.Dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, unlock())
		}
	}()

	st, err := openState(ctx, o.Dir, o.Logger)
	if err != nil {
		return nil, err
	}
	for range startAttempts {
		s := &Server{logger: o.Logger, state: st, unlock: unlock, failed: make(chan error, 1)}
		err = s.run(ctx)
		if err == nil {
			return s, nil
		}
		if !errors.Is(err, errPortTaken) || ctx.Err() != nil {
			break
		}
	}
	return nil, fmt.Errorf("start embedded Temporal server: %w", err)
}

// run builds the server on ports free just now, starts it and waits until it
// answers.
func (s *Server) run(ctx context.Context) error {
	ports, err := freePorts(len(temporal.DefaultServices))
	if err != nil {
		return err
	}
	s.log = newServerLogger(s.logger, s.failed)
	if s.inner, err = build(s.state.sql(), ports, s.log); err != nil {
		return err
	}
	s.log.enter(running)
	if err := s.inner.Start(); err != nil {
		return errors.Join(s.failure(), err)
	}
	s.hostPort = ports[0].String()
	if err := s.waitReady(ctx); err != nil {
		return errors.Join(err, s.stop())
	}
	return nil
}

// waitReady waits until the frontend answers health checks.
func (s *Server) waitReady(ctx context.Context) error {
	c, err := client.NewLazyClient(s.ClientOptions())
	if err != nil {
		return err
	}
	defer c.Close()
	for {
		_, err := c.CheckHealth(ctx, &client.CheckHealthRequest{})
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case err := <-s.failed:
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// ClientOptions returns what an SDK client needs to reach the server. The
// caller adds its own interceptors, converters and identity.
func (s *Server) ClientOptions() client.Options {
	return client.Options{
		HostPort:  s.hostPort,
		Namespace: Namespace,
		Logger:    sdklog.NewStructuredLogger(s.logger),
		// Within one machine compressing costs more than it saves.
		ConnectionOptions: client.ConnectionOptions{GrpcCompression: &client.GrpcCompressionNone{}},
	}
}

// HostPort is the loopback address of the frontend.
func (s *Server) HostPort() string { return s.hostPort }

// Fresh reports that the server does not know the open cases: its state was
// created just now, or an earlier process created it and ended before it
// called [Server.Settle]. The caller then restarts every open case from the
// database.
func (s *Server) Fresh() bool { return !s.state.settled }

// Settle records that every open case runs on this state, so that the next
// Start is not Fresh.
func (s *Server) Settle() error { return s.state.settle() }

// Failed yields an error when the server cannot go on. The process should then
// end: a restart on the same state is safe.
func (s *Server) Failed() <-chan error { return s.failed }

// Close stops the server and releases the directory. Workers and clients
// should be stopped before. An error means that the server was still stopping
// when Close gave up; the process may end all the same.
func (s *Server) Close() error {
	return errors.Join(s.stop(), s.unlock())
}

func (s *Server) stop() error {
	s.log.enter(stopping)
	done := make(chan error, 1)
	go func() { done <- s.inner.Stop() }()
	select {
	case err := <-done:
		return err
	case <-time.After(stopTimeout):
		return fmt.Errorf("embedded Temporal server did not stop within %s: %w", stopTimeout, os.ErrDeadlineExceeded)
	}
}

// failure returns what the server reported before it gave up, if anything.
func (s *Server) failure() error {
	select {
	case err := <-s.failed:
		return err
	default:
		return nil
	}
}
