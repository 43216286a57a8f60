// Package serve puts the parts together: the database, the rules, the clock, the workers and the HTTP server, in the order in which they
// start and stop. The product's binary and standalone mode differ only in what they link beside it.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"go.temporal.io/sdk/client"

	"datacharter/accounts"
	"datacharter/accounts/openid"
	"datacharter/activities"
	"datacharter/calendars"
	"datacharter/clock"
	"datacharter/policies"
	"datacharter/reconcile"
	"datacharter/store"
	"datacharter/worker"
)

// Settings are what every way of running the system needs.
type Settings struct {
	DatabaseURL string         // sqlite:PATH or postgres://…
	Data        string         // directory of attachments
	CalendarDir string         // more calendars, by year; may be empty
	PolicyDir   string         // more policy profiles; may be empty
	OIDC        string         // file with the settings of an identity provider; may be empty
	Clock       clock.Settings // must be the one that the database was begun with
	Logger      *slog.Logger
	BuildID     string
}

// System is the opened system.
type System struct {
	Store     *store.Store
	Policies  *policies.Library
	Calendars *policies.Calendars
	Clock     clock.Clock
	Cases     *activities.Cases
	Accounts  *accounts.Accounts
	OpenID    *openid.Party // nil without an identity provider
	settings  Settings
}

const clockSetting = "clock"

// Open opens the database and loads the rules. The database must have this program's schema, and must have been begun with the same kind of clock.
func Open(ctx context.Context, settings Settings) (*System, error) {
	s := &System{settings: settings}
	var err error
	if s.Calendars, err = policies.NewCalendars(directory(settings.CalendarDir)...); err != nil {
		return nil, fmt.Errorf("calendars: %w", err)
	}
	if s.Policies, err = policies.NewLibrary(directory(settings.PolicyDir)...); err != nil {
		return nil, fmt.Errorf("policy profiles: %w", err)
	}
	var provider openid.Settings
	if settings.OIDC != "" {
		if provider, err = openid.Load(settings.OIDC); err != nil {
			return nil, err
		}
	}
	s.Store, err = store.Open(ctx, settings.DatabaseURL, store.Options{Now: func() time.Time { return s.Clock.Now() }, Logger: settings.Logger})
	if err != nil {
		return nil, err
	}
	if err = s.agreeOnClock(ctx); err == nil { // nothing is written before the clock is known
		err = s.keepPolicies(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, s.Store.Close())
	}
	s.Accounts = accounts.New(s.Store, accounts.Defaults, time.Now)
	if settings.OIDC != "" {
		s.OpenID = openid.New(provider, s.Store, settings.Logger, time.Now)
	}
	s.Cases = &activities.Cases{Store: s.Store, Policies: s.Policies, Calendars: s.Calendars, Clock: s.Clock}
	if _, err = s.Cases.Calendar(ctx); err != nil { // an upload and a newer file may contradict each other
		return nil, errors.Join(fmt.Errorf("calendars: %w", err), s.Store.Close())
	}
	return s, nil
}

func directory(path string) []fs.FS {
	if path == "" {
		return nil
	}
	return []fs.FS{os.DirFS(path)}
}

// agreeOnClock begins the database with this clock, or refuses one that was begun with another: training time and real time never mix.
func (s *System) agreeOnClock(ctx context.Context) error {
	agreed := s.settings.Clock
	if _, err := s.Store.PutSettingIfAbsent(ctx, clockSetting, agreed); err != nil {
		return err
	}
	if _, err := s.Store.GetSetting(ctx, clockSetting, &agreed); err != nil {
		return err
	}
	if err := agreed.Compatible(s.settings.Clock); err != nil {
		return err
	}
	var err error
	s.Clock, err = clock.New(agreed, time.Now)
	return err
}

// keepPolicies stores the text of every profile, so that a case keeps the rules it began with when a later program no longer ships them.
func (s *System) keepPolicies(ctx context.Context) error {
	for _, p := range s.Policies.All() {
		err := s.Store.PutPolicy(ctx, store.Policy{Hash: p.Hash, Name: p.Name, Version: p.Version, Content: s.Policies.Text(p.Hash)})
		if err != nil {
			return fmt.Errorf("keep policy profile %s, version %d: %w", p.Name, p.Version, err)
		}
	}
	return nil
}

// Workers makes this process's workers. The file holds the private keys of the transparency log, and is made when there is none.
func (s *System) Workers(temporal client.Client, logKeysFile string) (*worker.Workers, error) {
	keys, err := logKeys(logKeysFile)
	if err != nil {
		return nil, err
	}
	return worker.New(worker.Options{
		Temporal:  temporal,
		Cases:     s.Cases,
		Outbox:    &activities.Outbox{Store: s.Store, Temporal: temporal, Wall: time.Now, Keys: keys, Logger: s.settings.Logger},
		WindDown:  &activities.WindDown{Temporal: temporal},
		Calendars: s.Keeper(temporal),
		BuildID:   s.settings.BuildID,
	}), nil
}

// Keeper keeps the calendars.
func (s *System) Keeper(temporal client.Client) *calendars.Keeper {
	return &calendars.Keeper{Cases: s.Cases, Temporal: temporal, Logger: s.settings.Logger}
}

// Reconciler finds the cases whose row and workflow disagree.
func (s *System) Reconciler(temporal client.Client) *reconcile.Reconciler {
	return &reconcile.Reconciler{Store: s.Store, Temporal: temporal}
}

// Close closes the database.
func (s *System) Close() error { return s.Store.Close() }
