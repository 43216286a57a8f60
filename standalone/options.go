package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"time"

	"datacharter/clock"
	"datacharter/domain/calendar"
)

type options struct {
	Data        string        `help:"Directory that holds everything: database, Temporal's state, attachments." default:"data" env:"DATACHARTER_DATA"`
	Listen      string        `help:"Address to serve on; port 0 picks a free one, which is printed and written to DIR/address." default:"127.0.0.1:8080" env:"DATACHARTER_LISTEN"`
	PublicURL   *url.URL      `name:"public-url" help:"Address at which browsers find the pages, when a gateway stands in front: https://…" env:"DATACHARTER_PUBLIC_URL"`
	Demo        bool          `help:"Create fictitious organisations and people of every role, with their tokens in DIR/demo-users.json." env:"DATACHARTER_DEMO"`
	DatabaseURL string        `help:"Use this database, postgres://USER:PASSWORD@HOST/NAME, instead of the embedded one." env:"DATACHARTER_DATABASE_URL"`
	Temporal    string        `name:"temporal-address" help:"Use the Temporal server at HOST:PORT instead of the embedded one." env:"DATACHARTER_TEMPORAL_ADDRESS"`
	Namespace   string        `name:"temporal-namespace" help:"Its namespace." default:"default" env:"DATACHARTER_TEMPORAL_NAMESPACE"`
	CalendarDir string        `help:"Directory of more working-day calendars, one JSON file a year." env:"DATACHARTER_CALENDAR_DIR"`
	PolicyDir   string        `help:"Directory of more policy profiles." env:"DATACHARTER_POLICY_DIR"`
	OIDC        string        `name:"oidc" help:"File with the settings of an identity provider (OpenID Connect)." env:"DATACHARTER_OIDC"`
	DayLength   time.Duration `help:"Training clock, with --demo only: a day of business time lasts this long." env:"DATACHARTER_DAY_LENGTH"`
	StartDate   string        `help:"Training clock: the day on which business time begins, YYYY-MM-DD." env:"DATACHARTER_START_DATE"`

	TrustedProxies []netip.Prefix `help:"Addresses of gateways whose X-Forwarded-For is believed, such as 10.0.0.0/24; none unless given." env:"DATACHARTER_TRUSTED_PROXIES"`
	RateLimits     bool           `help:"Limit how often one address signs in and reads without signing in." default:"true" negatable:"" env:"DATACHARTER_RATE_LIMITS"`
}

// check refuses what does not go together.
func (o options) check() error {
	training := o.DayLength != 0 || o.StartDate != ""
	switch {
	case training && !o.Demo:
		return errors.New("--day-length and --start-date belong to the training clock, which needs --demo")
	case training && (o.DayLength == 0 || o.StartDate == ""):
		return errors.New("the training clock needs both --day-length and --start-date")
	}
	_, err := o.clock(time.Now())
	return err
}

// clock is the clock asked for; a training clock begins at now.
func (o options) clock(now time.Time) (clock.Settings, error) {
	if o.DayLength == 0 {
		return clock.Real(), nil
	}
	start, err := calendar.ParseDate(o.StartDate)
	if err != nil {
		return clock.Settings{}, fmt.Errorf("--start-date: %w", err)
	}
	settings := clock.Training(start, o.DayLength, now)
	_, err = clock.New(settings, time.Now)
	return settings, err
}
