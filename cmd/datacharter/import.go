package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"datacharter/catalogue"
	"datacharter/store"
)

type importCommand struct {
	database `embed:""`
	File     string `arg:"" type:"existingfile" help:"The catalogue, in a format that is recognised by its content."`
	Rows     bool   `help:"Print every row that was skipped, merged or remarked on." negatable:"" default:"true"`
	JSON     bool   `help:"Print the report as JSON."`
	Language string `help:"Language of the report." enum:"zh,en" default:"zh"`
}

// Run imports the file. It may be run again: what is there already stays as it is.
func (c *importCommand) Run(ctx context.Context, out output) error {
	return withStore(ctx, c.database, func(db *store.Store) (err error) {
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		report, failed := catalogue.Import(ctx, file, db.PutResources, progress("rows"))
		return errors.Join(failed, c.print(report, out))
	})
}

func (c *importCommand) print(report catalogue.Report, out output) error {
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	if c.Rows {
		if err := report.WriteRows(out, c.Language); err != nil {
			return err
		}
	}
	return report.WriteSummary(out, c.Language)
}
