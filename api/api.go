package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"datacharter/attachments"
	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/clients"
	"datacharter/published"
	"datacharter/reconcile"
)

// Options are what the API works with. All are needed unless they say otherwise.
type Options struct {
	Desk       *casework.Desk
	Files      *attachments.Files
	Calendars  *calendars.Keeper
	Reconciler *reconcile.Reconciler
	Logger     *slog.Logger     // slog.Default() when nil
	Now        func() time.Time // real time; time.Now when nil
	Fresh      time.Duration    // how long an answer to everybody is given again; 0 for never
	Proxies    clients.Proxies  // gateways whose X-Forwarded-For is believed; may be empty
	Unlimited  bool             // there are no rate limits: a gateway has them
}

// server is the API while it runs.
type server struct {
	*casework.Desk
	files       *attachments.Files
	calendars   *calendars.Keeper
	reconciler  *reconcile.Reconciler
	logger      *slog.Logger
	wall        func() time.Time
	answers     *published.Answers
	limit       *clients.Limiter // of what anybody sends without a token; nil for none
	proxies     clients.Proxies
	engine      *gin.Engine
	huma        huma.API
	collections []*collection
	spec        func() []byte            // the API's description, rendered when somebody asks for it first
	pages       func() map[string][]byte // the reference, by language; likewise
}

// New makes the API's handler. Timeouts of the connection are the caller's.
func New(options Options) http.Handler { return newServer(options).engine }

func newServer(options Options) *server {
	s := &server{
		Desk: options.Desk, files: options.Files, calendars: options.Calendars, reconciler: options.Reconciler, logger: options.Logger, wall: options.Now,
		proxies: options.Proxies,
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if s.wall == nil {
		s.wall = time.Now
	}
	if !options.Unlimited {
		s.limit = clients.NewLimiter(sendsAtOnce, sendsEvery)
	}
	s.answers = published.New(options.Fresh, s.wall)
	s.engine = newEngine(s)
	s.huma = newHuma(s.engine)
	s.routes()
	s.describe()
	return s
}
