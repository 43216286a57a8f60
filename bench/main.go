// Command bench measures what a command costs: over HTTP with its commit, against bare Temporal and against the same work without a workflow
// engine, all from one run on the same server options; or what reading a page costs; or it fills a database with cases. docs/performance.md says what its figures mean.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"datacharter/bench/seed"
)

type options struct {
	Clients    []int         `help:"Numbers of clients at once." default:"1,8,32"`
	Rounds     int           `help:"Rounds at each number of clients, in which contenders, or databases, take turns." default:"3"`
	Length     time.Duration `help:"Length of one contender's turn." default:"2s"`
	WarmUp     time.Duration `help:"Time before each turn that does not count." default:"500ms"`
	Databases  []string      `help:"Databases of the application." default:"sqlite,postgres" enum:"sqlite,postgres"`
	Contenders string        `help:"Which contenders take part, such as b." default:"abc"`
	Standalone string        `help:"Measure start and memory of this program too." type:"existingfile"`
	SeedCases  int           `help:"Measure nothing; fill the database of --database-url with so many cases."`
	SeedURL    string        `name:"database-url" help:"The database to fill; it is migrated first."`
	Pages      bool          `help:"Measure the pages that people read, instead of commands."`
	PageCases  []int         `help:"Sizes of the databases that pages are read from, in cases." default:"1000,10000"`
	PageNames  string        `help:"Measure only the pages with this in their name."`
	PagesDir   string        `help:"Where these databases are kept: filling one with 10,000 cases takes minutes, and is done once." default:"bin/bench"`
	CPUProfile string        `name:"cpuprofile" help:"Write a CPU profile of all turns to this file."`
}

func main() {
	var o options
	kong.Parse(&o, kong.Name("bench"), kong.Description("Measures commands against bare Temporal (a) and against the same work without a workflow engine (c); or pages."))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, out io.Writer) (err error) {
	if o.SeedCases > 0 {
		return seed.Fill(ctx, out, o.SeedURL, o.SeedCases)
	}
	dir, err := os.MkdirTemp("", "datacharter-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()

	if err := printMachine(out, dir); err != nil {
		return err
	}
	if o.Standalone != "" {
		if err := measureStart(ctx, out, o.Standalone, dir); err != nil {
			return err
		}
	}
	if o.CPUProfile != "" {
		stop, err := profile(o.CPUProfile)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	if o.Pages {
		return measurePages(ctx, o, out)
	}
	for _, database := range o.Databases {
		if err := compare(ctx, o, out, dir, database); err != nil {
			return fmt.Errorf("%s: %w", database, err)
		}
	}
	return nil
}

func profile(path string) (stop func() error, err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}, nil
}

// compare lets the contenders take turns on one database of the application.
func compare(ctx context.Context, o options, out io.Writer, dir, database string) (err error) {
	where, stopDatabase, err := newDatabase(ctx, dir, database)
	if errors.Is(err, errSkipped) {
		_, err = fmt.Fprintf(out, "\n## %s\n\nSKIPPED: %v\n", title(database), err)
		return err
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stopDatabase()) }()

	s, err := startSystem(ctx, where)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()

	all, err := contenders(s, slices.Max(o.Clients))
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c *contender) bool { return !strings.Contains(o.Contenders, c.name) })
	for _, clients := range o.Clients {
		for range o.Rounds {
			for _, c := range all {
				if err := takeTurn(ctx, s, c, clients, o); err != nil {
					return fmt.Errorf("contender %s, %d clients: %w", c.name, clients, err)
				}
			}
		}
	}
	histories, err := s.histories(ctx, all)
	if err != nil {
		return err
	}
	return printComparison(out, title(database), o, all, histories)
}

// takeTurn measures one contender once. Turns begin with nothing left to deliver, and with the garbage of the one before collected.
func takeTurn(ctx context.Context, s *system, c *contender, clients int, o options) error {
	if err := c.prepare(ctx, clients, o.WarmUp+o.Length); err != nil {
		return err
	}
	if err := s.settle(ctx); err != nil {
		return err
	}
	runtime.GC()
	t, err := measure(ctx, c.sessions[:clients], o.WarmUp, o.Length)
	if err != nil {
		return err
	}
	if t.undelivered, err = s.undelivered(ctx); err != nil {
		return err
	}
	c.turns[clients] = append(c.turns[clients], t)
	return nil
}
