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
	failedAt  time.Time // when it last could not be found
}

// New makes the relying party; now tells real time. It asks the provider nothing yet: one that is down keeps nobody from starting the program.
func New(settings Settings, s *store.Store, logger *slog.Logger, now func() time.Time) *Party {
	return &Party{settings: settings, store: s, logger: logger, now: now, client: &http.Client{Timeout: answerWithin}}
}

// RedirectURL is where the provider sends people back.
func (p *Party) RedirectURL() string { return p.settings.RedirectURL }

// provider is what the provider says of itself, asked when it is first needed and again after a failure; nil while it cannot be reached.
func (p *Party) provider(ctx context.Context) *oidc.Provider {
	p.discovery.Lock()
	defer p.discovery.Unlock()
	if p.found != nil || p.now().Sub(p.failedAt) < retryAfter {
		return p.found
	}
	// The answer serves all who come after, so it does not end with this request; the client bounds its time.
	found, err := oidc.NewProvider(p.withClient(context.WithoutCancel(ctx)), p.settings.Issuer)
	if err != nil {
		p.failedAt = p.now()
		p.logger.ErrorContext(ctx, "the identity provider cannot be reached", "issuer", p.settings.Issuer, "error", err)
		return nil
	}
	p.found = found
	return found
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
