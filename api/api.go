package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gabriel-vasile/mimetype"
	"github.com/gin-gonic/gin"
	"go.temporal.io/sdk/client"

	"datacharter/activities"
	"datacharter/clock"
	"datacharter/domain/calendar"
	"datacharter/policies"
	"datacharter/store"
	"datacharter/workflows"
)

// Options are what the API works with. All are needed unless they say otherwise.
type Options struct {
	Store    *store.Store
	Cases    *activities.Cases // applies commands to drafts and closed cases, which have no workflow
	Temporal client.Client     // may be nil when Give is set
	Policies *policies.Library
	Calendar calendar.Calendar
	Clock    clock.Clock
	Files    string           // directory of attachments; it is created when missing
	Logger   *slog.Logger     // slog.Default() when nil
	Now      func() time.Time // real time; time.Now when nil

	// Give hands a command to its case's workflow; workflows.Give when nil.
	Give func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error)
	// Patience is how long a caller waits for a command before he is told where to ask; 5 seconds when 0.
	Patience time.Duration
}

// server is the API while it runs.
type server struct {
	Options
	engine      *gin.Engine
	huma        huma.API
	files       *files
	collections []*collection
	running     running
	profiles    sync.Map          // policy profiles that the library does not have, by hash
	spec        []byte            // the API's description
	pages       map[string][]byte // the reference, by language
}

// New makes the API's handler. Timeouts of the connection are the caller's.
func New(options Options) (http.Handler, error) {
	s, err := newServer(options)
	if err != nil {
		return nil, err
	}
	return s.engine, nil
}

func newServer(options Options) (*server, error) {
	s := &server{Options: options, running: running{commands: map[string]waiting{}}}
	if s.Logger == nil {
		s.Logger = slog.Default()
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Patience == 0 {
		s.Patience = 5 * time.Second
	}
	if s.Give == nil {
		s.Give = func(ctx context.Context, cmd workflows.Command, starts bool) (workflows.Outcome, error) {
			return workflows.Give(ctx, s.Temporal, cmd, starts)
		}
	}
	if err := os.MkdirAll(s.Files, 0o750); err != nil {
		return nil, fmt.Errorf("directory of attachments: %w", err)
	}
	root, err := os.OpenRoot(s.Files)
	if err != nil {
		return nil, fmt.Errorf("directory of attachments: %w", err)
	}
	s.files = &files{root: root}
	mimetype.SetLimit(sniffed)
	if err := s.files.sweep(s.Now()); err != nil {
		return nil, err
	}
	s.engine = newEngine(s)
	s.huma = newHuma(s.engine)
	s.routes()
	if err := s.describe(); err != nil {
		return nil, err
	}
	return s, nil
}
