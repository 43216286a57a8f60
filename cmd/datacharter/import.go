package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"datacharter/catalogue"
	"datacharter/domain/refusal"
	"datacharter/store"
	"datacharter/web/export"
)

type importCommand struct {
	database `embed:""`
	File     string `arg:"" type:"existingfile" help:"The catalogue. A published one is recognised by its content; of another source the mapping says how it is written."`
	Mapping  string `type:"existingfile" help:"How a source of one's own writes its resources, in YAML or JSON; kept for its next import." xor:"source"`
	Source   string `help:"Import with the mapping that is kept for this source." xor:"source"`
	DryRun   bool   `help:"Say what would be created and changed, and store nothing."`
	Report   string `help:"Write what was done with every row to this file, as CSV." type:"path"`
	Rows     bool   `help:"Print every row that was skipped, merged, changed, withheld or remarked on." negatable:"" default:"true"`
	JSON     bool   `help:"Print the report as JSON."`
	Language string `help:"Language of the report." enum:"zh,en" default:"zh"`
}

// Run imports the file. It may be run again: what is there already stays as it is.
func (c *importCommand) Run(ctx context.Context, out output) error {
	return withStore(ctx, c.database, func(db *store.Store) (err error) {
		mapping, err := c.mapping(ctx, db)
		if err != nil {
			return err
		}
		file, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		run := catalogue.Run{Mapping: mapping, Compare: db.CompareResources, Progress: progress("rows")}
		if !c.DryRun {
			run.Sink = db.ImportFrom(filepath.Base(c.File))
		}
		report, failed := run.Import(ctx, file)
		if failed == nil && c.Mapping != "" && !c.DryRun {
			failed = keep(ctx, db, mapping)
		}
		return errors.Join(failed, c.write(report), c.print(report, out))
	})
}

// mapping is the mapping by which to read the file; nil for a published catalogue.
func (c *importCommand) mapping(ctx context.Context, db *store.Store) (*catalogue.Mapping, error) {
	var content []byte
	var err error
	switch {
	case c.Mapping != "":
		content, err = os.ReadFile(c.Mapping)
	case c.Source != "":
		if content, err = db.GetMapping(ctx, c.Source); errors.Is(err, store.ErrNotFound) {
			return nil, refused(refusal.MappingUnknown.With(), c.Language)
		}
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m, wrong := catalogue.ParseMapping(content)
	if wrong != nil {
		return nil, refused(wrong, c.Language)
	}
	return &m, nil
}

func keep(ctx context.Context, db *store.Store, m *catalogue.Mapping) error {
	content, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return db.PutMapping(ctx, m.Source, content)
}

// refused is a refusal as an error on the terminal, in one line.
func refused(r *refusal.Refusal, language string) error {
	words := r.Detail(language) + " [" + r.Code + "]"
	for _, f := range r.Fields {
		words += "; " + f.Path + ": " + f.Detail(language) + " [" + f.Code + "]"
	}
	return errors.New(words)
}

// write writes what was done with every row.
func (c *importCommand) write(report catalogue.Report) (err error) {
	if c.Report == "" {
		return nil
	}
	file, err := os.Create(c.Report)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	table, err := export.New(export.CSV, file, report.Headings(c.Language)...)
	if err != nil {
		return err
	}
	for _, row := range report.RowTable(c.Language) {
		if err := table.Row(row...); err != nil {
			return err
		}
	}
	return table.Close()
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
