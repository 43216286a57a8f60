package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"datacharter/published"
)

// goalReaders is the share of the requests per second of a plain handler that the public register should reach (both answer the same bytes).
const goalReaders = 0.5

// read by everybody: pages and the API.
var publicReads = []page{
	{"register", always("/register")},
	{"register, an entry", func(s *site, n int) string { return "/register/" + s.entries[n%len(s.entries)] }},
	{"register, JSON", always("/api/v1/register")},
	{"register, an entry, JSON", func(s *site, n int) string { return "/api/v1/register/" + s.entries[n%len(s.entries)] }},
}

// measureReaders compares how many readers the public register serves with what a plain gin handler does from memory, in turns.
func measureReaders(ctx context.Context, o options, out io.Writer, s *site) error {
	whole, err := s.serve(func(public *url.URL) (http.Handler, error) { return s.handlerFor(public, published.Fresh) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nReaders of the public register at once: %d; requests per second, median of %d rounds of %s\n\n", readers, o.Rounds, o.Length)
	fmt.Fprintf(out, "| page | product | plain gin, the same bytes | share |\n|---|---|---|---|\n")
	for _, p := range publicReads {
		address := func(n int) string { return p.address(s, n) }
		if err := s.hold(ctx, address); err != nil {
			return err
		}
		var ours, plain, shares []float64
		for range o.Rounds {
			a, err := whole.perSecond(ctx, address, o)
			if err != nil {
				return err
			}
			b, err := s.memory.perSecond(ctx, address, o)
			if err != nil {
				return err
			}
			ours, plain, shares = append(ours, a), append(plain, b), append(shares, a/b)
		}
		verdict := ""
		if median(shares) < goalReaders {
			verdict = fmt.Sprintf(", below the %.0f %% aimed at", 100*goalReaders)
		}
		fmt.Fprintf(out, "| %s | %.0f | %.0f | %.0f %%%s |\n", p.name, median(ours), median(plain), 100*median(shares), verdict)
	}
	return nil
}

func median(all []float64) float64 {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

// perSecond lets all readers ask one after the other for the length of a turn, after the warm-up.
func (f *front) perSecond(ctx context.Context, address func(n int) string, o options) (float64, error) {
	begin := time.Now().Add(o.WarmUp)
	end := begin.Add(o.Length)
	var counted atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for i, r := range f.readers {
		group.Go(func() error {
			for n := i; time.Now().Before(end); n += len(f.readers) {
				if _, err := r.get(ctx, address(n%(readers*readsInTurn))); err != nil {
					return err
				}
				if now := time.Now(); now.After(begin) && now.Before(end) {
					counted.Add(1)
				}
			}
			return nil
		})
	}
	err := group.Wait()
	f.watch.reset()
	return float64(counted.Load()) / o.Length.Seconds(), err
}
