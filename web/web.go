// Package web is the pages: everything that the API offers, for people, in Chinese and English, with or without JavaScript.
package web

//go:generate ../bin/tools/templ generate -log-level error

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"datacharter/accounts"
	"datacharter/accounts/openid"
	"datacharter/attachments"
	"datacharter/calendars"
	"datacharter/casework"
	"datacharter/clients"
	"datacharter/domain/identity"
	"datacharter/domain/kinds"
	"datacharter/domain/lifecycle"
	"datacharter/published"
	"datacharter/reconcile"
	"datacharter/web/assets"
)

// Options are what the pages work with. All are needed unless they say otherwise.
type Options struct {
	Desk      *casework.Desk
	Files     *attachments.Files
	Accounts  *accounts.Accounts
	OpenID    *openid.Party // may be nil: there is no identity provider
	Calendars *calendars.Keeper
	Repairs   *reconcile.Reconciler
	PublicURL *url.URL         // at which browsers find the pages; cookies are for HTTPS alone when it is https
	Demo      []DemoPerson     // fictitious people whom everybody may be; none outside a demonstration
	Logger    *slog.Logger     // slog.Default() when nil
	Now       func() time.Time // real time; time.Now when nil

	Lifetimes accounts.Lifetimes // of sessions; accounts.DefaultLifetimes when zero
	Proxies   clients.Proxies    // gateways whose X-Forwarded-For is believed; may be empty
	Unlimited bool               // there are no rate limits: a gateway has them
	Fresh     time.Duration      // how long an answer to everybody is given again; 0 for never
}

// DemoPerson is a fictitious person of a demonstration.
type DemoPerson struct {
	ID, Name, Organization string // the organisation by ID
	Roles                  []identity.Role
}

// server is the pages while they run.
type server struct {
	*casework.Desk
	files    *attachments.Files
	keeper   *calendars.Keeper
	repairs  *reconcile.Reconciler
	public   *url.URL
	demo     []DemoPerson
	logger   *slog.Logger
	wall     func() time.Time
	answers  *published.Answers
	assets   *assets.Files
	accounts *accounts.Accounts
	openid   *openid.Party // nil without an identity provider
	sessions *accounts.Sessions
	limits   *limits // nil for none
	proxies  clients.Proxies
	engine   *gin.Engine
	apart    map[string]bool // routes at which nobody's session is looked at: of what programs fetch
	forms    []string        // routes that take forms of people who are signed in, other than to enter anew
	places   []*place
}

// place is one kind of case as it stands in addresses.
type place struct {
	def   lifecycle.Definition
	table lifecycle.Table
	name  string
}

// New makes the handler of the pages. Timeouts of the connection are the caller's.
func New(options Options) (http.Handler, error) {
	s, err := newServer(options)
	if err != nil {
		return nil, err
	}
	return s.handler()
}

func newServer(options Options) (*server, error) {
	s := &server{
		Desk: options.Desk, files: options.Files, keeper: options.Calendars, repairs: options.Repairs, public: options.PublicURL, demo: options.Demo,
		logger: options.Logger, wall: options.Now, accounts: options.Accounts, openid: options.OpenID, proxies: options.Proxies, apart: map[string]bool{},
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if s.wall == nil {
		s.wall = time.Now
	}
	if host := net.ParseIP(s.public.Hostname()); !s.secure() && s.public.Hostname() != "localhost" && (host == nil || !host.IsLoopback()) {
		return nil, fmt.Errorf("the pages at %s would be open to listeners on the way: give an https:// address", s.public)
	}
	if to := s.public.JoinPath(callbackPath).String(); s.openid != nil && s.openid.RedirectURL() != to {
		return nil, fmt.Errorf("the identity provider sends people to %s, and the pages await them at %s: make redirect_url and the public URL fit", s.openid.RedirectURL(), to)
	}
	var err error
	if s.assets, err = assets.Load(); err != nil {
		return nil, err
	}
	for _, def := range kinds.All {
		s.places = append(s.places, &place{def: def, table: def.Table(), name: string(def.Kind()) + "s"})
	}
	if options.Lifetimes == (accounts.Lifetimes{}) {
		options.Lifetimes = accounts.DefaultLifetimes
	}
	s.answers = published.New(options.Fresh, s.wall)
	s.sessions = accounts.NewSessions(s.Store, options.Lifetimes, s.secure(), s.wall)
	if !options.Unlimited {
		s.limits = newLimits()
	}
	s.engine = s.newEngine()
	s.routes()
	return s, nil
}

// handler guards the routes against other sites' pages.
func (s *server) handler() (http.Handler, error) {
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(s.public.Scheme + "://" + s.public.Host); err != nil {
		return nil, fmt.Errorf("public URL: %w", err)
	}
	guard.SetDenyHandler(http.HandlerFunc(s.foreign))
	return guard.Handler(s.engine), nil
}

// placeOf returns where cases of a kind are, or nil.
func (s *server) placeOf(kind lifecycle.Kind) *place {
	for _, p := range s.places {
		if p.def.Kind() == kind {
			return p
		}
	}
	return nil
}

func (p *place) href(id string) string { return "/" + p.name + "/" + url.PathEscape(id) }

// caseURL is the address of a case's page.
func (s *server) caseURL(kind lifecycle.Kind, id string) string {
	if p := s.placeOf(kind); p != nil {
		return p.href(id)
	}
	return "/cases"
}
