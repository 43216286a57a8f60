package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"go.temporal.io/sdk/client"

	"datacharter/published"
	"datacharter/serve"
)

type apiCommand struct {
	connection `embed:""`
	signIn     `embed:""`
	Listen     string   `help:"Address to serve on; port 0 picks a free one." default:"127.0.0.1:8080" env:"DATACHARTER_LISTEN"`
	PublicURL  *url.URL `name:"public-url" help:"Address at which browsers find the pages: https://…, or plain HTTP on this machine." default:"http://127.0.0.1:8080" env:"DATACHARTER_PUBLIC_URL"`

	TrustedProxies []netip.Prefix `help:"Addresses of gateways whose X-Forwarded-For is believed, such as 10.0.0.0/24; none unless given." env:"DATACHARTER_TRUSTED_PROXIES"`
	RateLimits     bool           `help:"Limit how often one address signs in and reads without signing in." default:"true" negatable:"" env:"DATACHARTER_RATE_LIMITS"`
}

// Run serves the API and the pages until ctx ends.
func (c *apiCommand) Run(ctx context.Context, out output) error {
	return c.with(ctx, c.signIn, func(system *serve.System, temporal client.Client) error {
		handler, err := system.Handler(temporal, serve.Front{PublicURL: c.PublicURL, Proxies: c.TrustedProxies, Unlimited: !c.RateLimits, Fresh: published.Fresh})
		if err != nil {
			return err
		}
		listener, err := serve.Listen(ctx, c.Listen)
		if err != nil {
			return err
		}
		out.printf("serving on http://%s\n", listener.Addr())
		return serve.HTTP(ctx, listener, handler)
	})
}

type workerCommand struct {
	connection `embed:""`
	LogKeys    string `help:"File with the private keys of the transparency log, the same for all workers; made when there is none." default:"data/log-keys" env:"DATACHARTER_LOG_KEYS"`
}

// Run runs the workers until ctx ends.
func (c *workerCommand) Run(ctx context.Context, out output) error {
	return c.with(ctx, signIn{}, func(system *serve.System, temporal client.Client) error {
		if err := serve.StartDeliveries(ctx, temporal); err != nil {
			return err
		}
		workers, err := system.Workers(temporal, c.LogKeys)
		if err != nil {
			return err
		}
		if err := workers.Start(); err != nil {
			return err
		}
		defer workers.Stop()
		out.printf("working\n")
		<-ctx.Done()
		return nil
	})
}

type rehydrateCommand struct {
	connection `embed:""`
}

// Run starts the workflow of every open case; those that run already stay as they are.
func (c *rehydrateCommand) Run(ctx context.Context, out output) error {
	return c.with(ctx, signIn{}, func(system *serve.System, temporal client.Client) error {
		n, err := system.Rehydrate(ctx, temporal, progress("cases"))
		if err != nil {
			return err
		}
		out.printf("%d open cases have their workflow\n", n)
		return nil
	})
}

type healthCommand struct {
	URL string `help:"Address of the API." default:"http://127.0.0.1:8080" env:"DATACHARTER_URL"`
}

const healthWithin = 5 * time.Second

// Run asks /readyz.
func (c *healthCommand) Run(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", response.Status)
	}
	return nil
}
