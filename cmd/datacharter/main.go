// Command datacharter is the product's one binary: the HTTP API, the workers, migrations and the tools of those who run it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // times print alike on machines without a time-zone database

	"github.com/alecthomas/kong"
)

type commands struct {
	API       apiCommand       `cmd:"" name:"api" help:"Serve the HTTP API."`
	Worker    workerCommand    `cmd:"" help:"Run the workflows and deliveries."`
	Migrate   migrateCommand   `cmd:"" help:"Bring the database to this program's schema, or back."`
	User      userCommand      `cmd:"" help:"Add people, give them roles and tokens."`
	Import    importCommand    `cmd:"" help:"Import a published catalogue of public data resources."`
	Demo      demoCommand      `cmd:"" help:"Drive a demonstration over the HTTP API of a system started with --demo."`
	Rehydrate rehydrateCommand `cmd:"" help:"Start the workflow of every open case, after Temporal's data was lost."`
	Reconcile reconcileCommand `cmd:"" help:"Name the cases whose row and workflow disagree; with --repair, bring them in line."`
	Rebuild   rebuildCommand   `cmd:"" help:"Recreate every read model from the events."`
	Verify    verifyCommand    `cmd:"" help:"Check the record, or prove the public register from outside."`
	Policy    policyCommand    `cmd:"" help:"Work with policy profiles."`
	Health    healthCommand    `cmd:"" help:"Ask a running API whether it is ready; for container health checks."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs one command and returns the exit code: 0, or 1 with one line on stderr that says what is wrong, or 80 for a wrong command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var cli commands
	exit := -1
	parser, err := kong.New(&cli,
		kong.Name("datacharter"),
		kong.Description("Authorised operation of public data (公共数据资源授权运营), from application to orderly exit."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }), kong.UsageOnError(),
		kong.DefaultEnvars("DATACHARTER"), kong.Bind(output{stdout}), kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "datacharter:", err)
		return 1
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		parser.FatalIfErrorf(err)
		return exit
	}
	if err := parsed.Run(); err != nil && !errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(stderr, "datacharter:", err)
		return 1
	}
	return 0
}

// output is where commands print.
type output struct{ io.Writer }

func (o output) printf(format string, values ...any) {
	_, _ = fmt.Fprintf(o, format, values...)
}
