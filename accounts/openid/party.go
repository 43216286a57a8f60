package openid

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"datacharter/store"
)

const (
	answerWithin = 10 * time.Second // of the provider, to one request
	retryAfter   = 5 * time.Second  // a provider that did not answer is left alone for so long
)

// Party is this program towards the identity provider. It is safe for concurrent use.
type Party struct {
	settings Settings
	store    *store.Store
	logger   *slog.Logger
	now      func() time.Time
	client   *http.Client

	discovery sync.Mutex
	found     *oidc.Provider
	failed    error // of the last attempt to find it
	failedAt  time.Time
}

// New makes the relying party; now tells real time. It asks the provider nothing yet: one that is down keeps nobody from starting the program.
func New(settings Settings, s *store.Store, logger *slog.Logger, now func() time.Time) *Party {
	return &Party{settings: settings, store: s, logger: logger, now: now, client: &http.Client{Timeout: answerWithin}}
}

// provider is what the provider says of itself, asked when it is first needed and again after a failure.
func (p *Party) provider(ctx context.Context) (*oidc.Provider, error) {
	p.discovery.Lock()
	defer p.discovery.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if p.failed != nil && p.now().Sub(p.failedAt) < retryAfter {
		return nil, p.failed
	}
	// The answer serves all who come after, so it does not end with this request; the client bounds its time.
	p.found, p.failed = oidc.NewProvider(p.withClient(context.WithoutCancel(ctx)), p.settings.Issuer)
	if p.failed != nil {
		p.found, p.failedAt = nil, p.now()
		p.logger.ErrorContext(ctx, "the identity provider cannot be reached", "issuer", p.settings.Issuer, "error", p.failed)
	}
	return p.found, p.failed
}

func (p *Party) withClient(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.client)
}

func (p *Party) oauth(provider *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.settings.ClientID, ClientSecret: p.settings.secret, RedirectURL: p.settings.RedirectURL,
		Endpoint: provider.Endpoint(), Scopes: append([]string{oidc.ScopeOpenID}, p.settings.Scopes...),
	}
}
