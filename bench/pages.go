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
	readsWarming = 2  // requests of each client before each turn that do not count; before the first round there are as many as in a turn
	readsInTurn  = 25 // requests of each client that do
)

// page is one page under the addresses at which it is asked for; n counts the requests.
type page struct {
	name    string // of those with goalPage as their aim it begins with one of aimed
	address func(s *site, n int) string
}

func always(path string) func(*site, int) string {
	return func(*site, int) string { return path }
}

// theme is what somebody might look for: two characters that are in a sixteenth of the titles.
func theme(n int) string { return string([]rune(seed.Themes[n%len(seed.Themes)])[:2]) }

// common are words of every title: what they find fills a page of each database, so that the pages can be compared.
const common = "数据 授权"

func district(n int) string { return seed.Districts[n%len(seed.Districts)] }

// pages are what is measured, in the order of the report.
var pages = []page{
	{"home", always("/")},
	{"inbox", always("/inbox")},
	{"inbox, to be claimed", always("/inbox?tab=claimable")},
	{"inbox, due this week", always("/inbox?tab=all&due=week")},
	{"inbox, common words", always(query("/inbox", "tab", "all", "q", common))},
	{"inbox, rare word", func(_ *site, n int) string { return query("/inbox", "tab", "all", "q", theme(n)) }},
	{"search, two characters", func(_ *site, n int) string { return query("/search", "q", theme(n)) }},
	{"search, two words", func(_ *site, n int) string { return query("/search", "q", "授权 "+theme(n)) }},
	{"search, two rare words", func(_ *site, n int) string { return query("/search", "q", district(n/len(seed.Themes))+" "+theme(n)) }},
	{"cases", always("/cases")},
	{"cases, common words", always(query("/cases", "q", common))},
	{"cases, rare word", func(_ *site, n int) string { return query("/cases", "q", theme(n)) }},
	{"register", always("/register")},
	{"register, common words", always(query("/register", "q", common))},
	{"register, rare word", func(_ *site, n int) string { return query("/register", "q", theme(n)) }},
	{"register, an entry", func(s *site, n int) string { return "/register/" + s.entries[n%len(s.entries)] }},
}

// aimed are the pages that goalPage is for.
var aimed = []string{"home", "inbox", "search", "register"}

func (p page) aimed() bool {
	return slices.ContainsFunc(aimed, func(name string) bool { return strings.HasPrefix(p.name, name) })
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
	for _, p := range asked {
		for _, s := range sites {
			if err := s.warm(ctx, p); err != nil {
				return fmt.Errorf("%s of %d cases: %w", p.name, s.cases, err)
			}
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
	if err := measureReaders(ctx, o, out, sites[len(sites)-1]); err != nil {
		return err
	}
	return checkFirstLoads(ctx, out, sites[len(sites)-1])
}

// warm asks for a page as often as a turn does, so that the first round does not measure how the file comes into memory.
func (s *site) warm(ctx context.Context, p page) error {
	_, err := s.pages.turn(ctx, func(n int) string { return p.address(s, n) }, readsInTurn)
	return err
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
