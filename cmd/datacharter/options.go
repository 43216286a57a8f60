package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"datacharter/clock"
	"datacharter/serve"
	"datacharter/version"
)

// database is where the record is.
type database struct {
	DatabaseURL string `help:"The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME." default:"sqlite:data/datacharter.db" env:"DATACHARTER_DATABASE_URL"`
}

// rules is where more calendars and profiles lie, and where attachments are kept.
type rules struct {
	Data        string `help:"Directory of attachments." default:"data" env:"DATACHARTER_DATA"`
	CalendarDir string `help:"Directory of more working-day calendars, one JSON file a year." env:"DATACHARTER_CALENDAR_DIR"`
	PolicyDir   string `help:"Directory of more policy profiles." env:"DATACHARTER_POLICY_DIR"`
}

// cluster is where Temporal is.
type cluster struct {
	TemporalAddress   string `help:"Temporal's frontend, HOST:PORT." default:"127.0.0.1:7233" env:"DATACHARTER_TEMPORAL_ADDRESS"`
	TemporalNamespace string `help:"Temporal's namespace." default:"default" env:"DATACHARTER_TEMPORAL_NAMESPACE"`
}

func logger() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }

// connection is all that a service of the system connects to.
type connection struct {
	database `embed:""`
	rules    `embed:""`
	cluster  `embed:""`
}

// signIn is how people sign in besides with local accounts.
type signIn struct {
	OIDC string `name:"oidc" help:"File with the settings of an identity provider (OpenID Connect)." env:"DATACHARTER_OIDC"`
}

// with opens the system and reaches Temporal, for as long as use takes.
func (c connection) with(ctx context.Context, s signIn, use func(*serve.System, client.Client) error) (err error) {
	system, err := c.open(ctx, c.rules, s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, system.Close()) }()
	temporal, err := c.dial()
	if err != nil {
		return err
	}
	defer temporal.Close()
	return use(system, temporal)
}

func (d database) open(ctx context.Context, r rules, s signIn) (*serve.System, error) {
	return serve.Open(ctx, serve.Settings{
		DatabaseURL: d.DatabaseURL, Data: r.Data, CalendarDir: r.CalendarDir, PolicyDir: r.PolicyDir, OIDC: s.OIDC,
		Clock: clock.Real(), Logger: logger(), BuildID: version.String(),
	})
}

func (c cluster) dial() (client.Client, error) {
	temporal, err := client.Dial(client.Options{
		HostPort: c.TemporalAddress, Namespace: c.TemporalNamespace, Logger: sdklog.NewStructuredLogger(logger()),
	})
	if err != nil {
		return nil, fmt.Errorf("cannot reach Temporal at %s: %w", c.TemporalAddress, err)
	}
	return temporal, nil
}
