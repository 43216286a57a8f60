package main

import (
	"context"
	"fmt"
	"time"

	"datacharter/demo"
)

type demoCommand struct {
	URL      string        `help:"Address of a system started with --demo and a training clock." default:"http://127.0.0.1:8080" env:"DATACHARTER_URL"`
	Users    string        `help:"The file with the demo people's tokens." type:"existingfile" default:"data/demo-users.json"`
	Within   time.Duration `help:"Give up after this long." default:"5m"`
	TermDays int           `help:"Days of the agreements that expire while one watches." default:"100"`
	Years    bool          `help:"Watch one authorisation through three years of reports and disclosures instead."`
	Language string        `help:"Language of the timeline and the summary." enum:"zh,en" default:"zh"`
}

// Run drives the demonstration, then prints one authorisation's record and how all ended. It fails when one did not come to its planned end.
func (c *demoCommand) Run(ctx context.Context, out output) error {
	ctx, cancel := context.WithTimeoutCause(ctx, c.Within, fmt.Errorf("the demonstration took longer than %s", c.Within))
	defer cancel()
	users, err := demo.Users(c.Users)
	if err != nil {
		return err
	}
	client := demo.NewClient(c.URL, users)
	demonstration := demo.Demonstration{Client: client, Endings: demo.Endings, TermDays: c.TermDays, Progress: progress("authorisations"), Beside: demo.Leads()}
	if c.Years {
		demonstration.Endings, demonstration.Beside = demo.Years, nil
	}
	began := time.Now()
	results, err := demonstration.Run(ctx)
	if err != nil {
		return err
	}
	for _, r := range results {
		if (c.Years || r.Ending.Name == demo.LongWay) && r.Case != "" {
			if err := demonstration.Timeline(ctx, out, r.Case, c.Language); err != nil {
				return err
			}
		}
	}
	out.printf("\n")
	if err := demo.WriteSummary(out, results, c.Language); err != nil {
		return err
	}
	if err := demo.WriteLeads(out, demonstration.Beside, c.Language); err != nil {
		return err
	}
	out.printf("%d authorisations came to their end in %s\n", len(results), time.Since(began).Round(time.Second))
	return nil
}
