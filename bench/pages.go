package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"datacharter/bench/seed"
)

const (
	readers      = 8  // clients at once, each somebody else
	readsWarming = 2  // requests of each client before each turn that do not count
	readsInTurn  = 25 // requests of each client that do
)

// page is one page under the addresses at which it is asked for; n counts the requests.
type page struct {
	name    string
	address func(s *site, n int) string
}

func always(path string) func(*site, int) string {
	return func(*site, int) string { return path }
}

// theme is what somebody might look for: two characters that are in a sixteenth of the titles.
func theme(n int) string { return string([]rune(seed.Themes[n%len(seed.Themes)])[:2]) }

func district(n int) string { return seed.Districts[n%len(seed.Districts)] }

// pages are what is measured, in the order of the report.
var pages = []page{
	{"home", always("/")},
	{"inbox", always("/inbox")},
	{"inbox, to be claimed", always("/inbox?tab=claimable")},
	{"inbox, due this week", always("/inbox?tab=all&due=week")},
	{"inbox, with words", func(_ *site, n int) string { return query("/inbox", "tab", "all", "q", theme(n)) }},
	{"search, two characters", func(_ *site, n int) string { return query("/search", "q", theme(n)) }},
	{"search, two words", func(_ *site, n int) string { return query("/search", "q", district(n/len(seed.Themes))+" "+theme(n)) }},
	{"cases", always("/cases")},
	{"cases, with words", func(_ *site, n int) string { return query("/cases", "q", theme(n)) }},
	{"register", always("/register")},
	{"register, with words", func(_ *site, n int) string { return query("/register", "q", theme(n)) }},
	{"register, an entry", func(s *site, n int) string { return "/register/" + s.entries[n%len(s.entries)] }},
}

// measurePages has the pages read from databases of every size, and the same bytes from memory; the databases take turns.
func measurePages(ctx context.Context, o options, out io.Writer) (err error) {
	asked := slices.DeleteFunc(slices.Clone(pages), func(p page) bool { return !strings.Contains(p.name, o.PageNames) })
	if len(asked) == 0 || len(o.PageCases) == 0 {
		return errors.New("there is no page of that name, or no database to read it from")
	}
	var sites []*site
	defer func() {
		for _, s := range sites {
			err = errors.Join(err, s.close())
		}
	}()
	for _, cases := range o.PageCases {
		url, err := keptDatabase(ctx, out, o.PagesDir, cases)
		if err != nil {
			return err
		}
		s, err := openSite(ctx, url, cases)
		if err != nil {
			return fmt.Errorf("%d cases: %w", cases, err)
		}
		sites = append(sites, s)
	}
	results := map[string][]*reading{}
	for _, p := range asked {
		for _, s := range sites {
			results[p.name] = append(results[p.name], &reading{cases: s.cases})
		}
	}
	for range o.Rounds {
		for _, p := range asked {
			for i, s := range sites {
				if err := s.read(ctx, p, results[p.name][i]); err != nil {
					return fmt.Errorf("%s of %d cases: %w", p.name, s.cases, err)
				}
			}
		}
	}
	if err := printPages(out, o, asked, results); err != nil {
		return err
	}
	return checkFirstLoads(ctx, out, sites[len(sites)-1])
}

// read measures a page once, and then what a handler takes to answer the same clients with the same bytes from memory.
func (s *site) read(ctx context.Context, p page, into *reading) error {
	address := func(n int) string { return p.address(s, n) }
	if err := s.hold(ctx, address); err != nil {
		return err
	}
	if _, err := s.pages.turn(ctx, address, readsWarming); err != nil {
		return err
	}
	runtime.GC()
	t, err := s.pages.turn(ctx, address, readsInTurn)
	if err != nil {
		return err
	}
	floor, err := s.memory.turn(ctx, address, readsInTurn)
	if err != nil {
		return err
	}
	into.turns = append(into.turns, t)
	into.floor = slices.Concat(into.floor, floor.seen)
	slices.Sort(into.floor)
	return nil
}
