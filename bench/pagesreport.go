package main

import (
	"fmt"
	"io"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"
)

// What is aimed at.
const (
	goalPage      = 60 * time.Millisecond // 95 of a hundred answers, by the server's clock
	goalPageCases = 10_000                // in a database of so many cases
)

// reading is what a page took from one database.
type reading struct {
	cases int
	turns []readTurn
	floor []time.Duration // what the same answers from memory took by the clients' clock, ascending
}

func (r *reading) all(of func(readTurn) []time.Duration) []time.Duration {
	var all []time.Duration
	for _, t := range r.turns {
		all = append(all, of(t)...)
	}
	slices.Sort(all)
	return all
}

func (r *reading) served() []time.Duration {
	return r.all(func(t readTurn) []time.Duration { return t.served })
}

func (r *reading) seen() []time.Duration {
	return r.all(func(t readTurn) []time.Duration { return t.seen })
}

// p95 is that of all rounds, and that of the round in which others disturbed it least.
func (r *reading) p95() (all, least time.Duration) {
	least = math.MaxInt64
	for _, t := range r.turns {
		least = min(least, quantile(t.served, 0.95))
	}
	return quantile(r.served(), 0.95), least
}

// cpu is the processor time of an answer.
func (r *reading) cpu() time.Duration {
	var cpu time.Duration
	for _, t := range r.turns {
		cpu += t.cpu
	}
	return cpu / time.Duration(len(r.seen()))
}

// kilobytes of an answer on average, as they were sent.
func (r *reading) kilobytes() float64 {
	bytes := 0
	for _, t := range r.turns {
		bytes += t.bytes
	}
	return float64(bytes) / float64(len(r.seen())) / kilobyte
}

const kilobyte = 1000

// printPages prints the tables in Markdown.
func printPages(out io.Writer, o options, asked []page, results map[string][]*reading) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Pages, from SQLite\n\n%d clients, %d rounds of %d requests for each line; the databases take turns.\n\n", readers, o.Rounds, readers*readsInTurn)
	b.WriteString("| page | cases | p50 ms | p95 ms (best round) | CPU ms an answer | KB sent | client's p95 ms | the same bytes from memory: client's p95 ms |\n|---|---|---|---|---|---|---|---|\n")
	within := true
	for _, p := range asked {
		for _, r := range results[p.name] {
			p95, least := r.p95()
			fmt.Fprintf(&b, "| %s | %d | %.1f | %.1f (%.1f) | %.1f | %.1f | %.1f | %.1f |\n", p.name, r.cases, milliseconds(quantile(r.served(), 0.5)),
				milliseconds(p95), milliseconds(least), milliseconds(r.cpu()), r.kilobytes(), milliseconds(quantile(r.seen(), 0.95)), milliseconds(quantile(r.floor, 0.95)))
			within = within && (!p.aimed() || r.cases > goalPageCases || p95 <= goalPage)
		}
	}
	fmt.Fprintf(&b, "\nEvery p95 of %s from up to %d cases is at most %v: %s.\n", strings.Join(aimed, ", "), goalPageCases, goalPage, reached(within))
	if len(o.PageCases) > 1 {
		printGrowth(&b, asked, results)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// printGrowth prints how the time of a page grew from the smallest database to each other one, beside the logarithm of the number of cases.
func printGrowth(b *strings.Builder, asked []page, results map[string][]*reading) {
	b.WriteString("\n| page | cases | p95 grew by | processor time grew by | the logarithm grew by | no faster |\n|---|---|---|---|---|---|\n")
	for _, p := range asked {
		least := results[p.name][0]
		from, _ := least.p95()
		for _, r := range results[p.name][1:] {
			to, _ := r.p95()
			grew, logarithm := float64(to)/float64(from), math.Log(float64(r.cases))/math.Log(float64(least.cases))
			fmt.Fprintf(b, "| %s | %d → %d | %.2f | %.2f | %.2f | %s |\n", p.name, least.cases, r.cases, grew, float64(r.cpu())/float64(least.cpu()), logarithm, reached(grew <= logarithm))
		}
	}
}

// query is a path with a query of names and values in pairs.
func query(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return path + "?" + q.Encode()
}
