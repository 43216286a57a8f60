package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// What is aimed at.
const (
	goalRatio  = 0.6 // of b to a, on SQLite
	goalEvents = 8   // in the history, a command
)

func title(database string) string {
	return map[string]string{
		"sqlite":   "SQLite (synchronous=FULL) for the application and for Temporal",
		"postgres": "PostgreSQL (fsync on) for the application, SQLite (synchronous=FULL) for Temporal",
	}[database]
}

// summary is the turns of one contender at one number of clients in short.
type summary struct {
	perSecond, least, most float64 // median and extremes of the turns
	p50, p99               time.Duration
	cpu                    time.Duration // a command
	commands               int
	undelivered            int64 // at the end of a turn, at most
}

func summarise(turns []turn) summary {
	var s summary
	var rates []float64
	var took []time.Duration
	var cpu time.Duration
	for _, t := range turns {
		cpu += t.cpu
		rates = append(rates, t.perSecond())
		took = append(took, t.took...)
		s.undelivered = max(s.undelivered, t.undelivered)
	}
	slices.Sort(rates)
	slices.Sort(took)
	s.perSecond, s.least, s.most, s.commands = rates[len(rates)/2], rates[0], rates[len(rates)-1], len(took)
	if len(took) > 0 {
		s.p50, s.p99, s.cpu = quantile(took, 0.5), quantile(took, 0.99), cpu/time.Duration(len(took))
	}
	return s
}

// printComparison prints one database's tables in Markdown.
func printComparison(out io.Writer, title string, o options, all []*contender, histories map[string]history) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s\n\n", title)
	fmt.Fprintf(&b, "%d rounds; each contender's turn %v after %v of warm-up; a case takes %d commands.\n\n", o.Rounds, o.Length, o.WarmUp, all[0].commands)
	b.WriteString("| clients | contender | commands/s, median (least–most) | p50 ms | p99 ms | CPU ms a command | commands counted | undelivered at the end, at most |\n")
	b.WriteString("|---|---|---|---|---|---|---|---|\n")
	for _, clients := range o.Clients {
		for _, c := range all {
			s := summarise(c.turns[clients])
			fmt.Fprintf(&b, "| %d | %s | %.0f (%.0f–%.0f) | %.1f | %.1f | %.2f | %d | %d |\n",
				clients, c.name, s.perSecond, s.least, s.most, milliseconds(s.p50), milliseconds(s.p99), milliseconds(s.cpu), s.commands, s.undelivered)
		}
	}
	printRatios(&b, o.Clients, all)
	for _, c := range all {
		if h, ok := histories[c.name]; ok {
			fmt.Fprintf(&b, "History events a command in %d ended workflows of %s: %.2f on average, %.2f at most", h.workflows, c.name, h.perUpdate, h.most)
			if c.name == "b" {
				fmt.Fprintf(&b, " (aim: at most %d, %s)", goalEvents, reached(h.most <= goalEvents))
			}
			b.WriteString(".\n")
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// printRatios prints how b stands to the others, when all take part.
func printRatios(b *strings.Builder, clients []int, all []*contender) {
	b.WriteString("\n")
	if len(all) < 3 {
		return
	}
	b.WriteString("| clients | b/a | b/c |\n|---|---|---|\n")
	least := 0.0
	for i, n := range clients {
		rate := func(c *contender) float64 { return summarise(c.turns[n]).perSecond }
		ratio := rate(all[1]) / rate(all[0])
		if i == 0 || ratio < least {
			least = ratio
		}
		fmt.Fprintf(b, "| %d | %.2f | %.2f |\n", n, ratio, rate(all[1])/rate(all[2]))
	}
	fmt.Fprintf(b, "\nLeast b/a: %.2f (aim on SQLite: %.1f, %s).\n", least, goalRatio, reached(least >= goalRatio))
}

func reached(yes bool) string {
	if yes {
		return "reached"
	}
	return "missed"
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
