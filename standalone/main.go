// Command standalone runs all of datacharter in one process: the HTTP API, the workers, a Temporal server and an SQLite database.
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

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run runs the program and returns its exit code: 0 after a stop that was asked for, 1 with one line on stderr otherwise.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	exit := -1
	parser, err := kong.New(&o,
		kong.Name("standalone"),
		kong.Description("datacharter in one process: HTTP API, workflows, an embedded Temporal server and an embedded database."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }),
	)
	if err == nil {
		_, err = parser.Parse(args)
	}
	if exit >= 0 {
		return exit
	}
	if err == nil {
		err = o.check()
	}
	if err == nil {
		err = start(ctx, o, stdout)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(stderr, "standalone:", err)
		return 1
	}
	return 0
}
