package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"datacharter/domain/kinds"
	"datacharter/serve"
	"datacharter/store"
	"datacharter/version"
)

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Apply every migration that is missing."`
	Down   migrateDown   `cmd:"" help:"Take migrations back, with their data."`
	Status migrateStatus `cmd:"" help:"List the migrations."`
}

type migrateUp struct {
	database `embed:""`
}

// Run applies what is missing, and makes the read models anew after that.
func (c *migrateUp) Run(ctx context.Context, out output) error {
	show := progress("cases")
	applied, err := serve.Migrate(ctx, c.DatabaseURL, logger(), func(done, all int64) { show(int(done), int(all)) })
	if err != nil {
		return err
	}
	for _, m := range applied {
		out.printf("applied %s\n", m.Name)
	}
	out.printf("the database has this program's schema\n")
	return nil
}

type migrateDown struct {
	database `embed:""`
	To       int64 `arg:"" help:"The version to go back to; 0 takes everything back."`
}

// Run takes migrations back.
func (c *migrateDown) Run(ctx context.Context, out output) error {
	reverted, err := store.MigrateDown(ctx, c.DatabaseURL, c.To)
	if err != nil {
		return err
	}
	for _, m := range reverted {
		out.printf("took back %s\n", m.Name)
	}
	return nil
}

type migrateStatus struct {
	database `embed:""`
}

// Run lists the migrations.
func (c *migrateStatus) Run(ctx context.Context, out output) error {
	list, err := store.MigrationStatus(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	for _, m := range list {
		state := "missing"
		if m.Applied {
			state = "applied " + m.At.Format(time.RFC3339)
		}
		out.printf("%04d %s: %s\n", m.Version, m.Name, state)
	}
	return nil
}

type rebuildCommand struct {
	database `embed:""`
}

// Run recreates the read models.
func (c *rebuildCommand) Run(ctx context.Context, out output) (err error) {
	db, err := store.Open(ctx, c.DatabaseURL, store.Options{Logger: logger()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	show := progress("events")
	if err := db.Rebuild(ctx, kinds.Definition, func(done, all int64) { show(int(done), int(all)) }); err != nil {
		return err
	}
	out.printf("the read models are rebuilt\n")
	return nil
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(out output) error {
	_, err := fmt.Fprintln(out, version.String())
	return err
}
