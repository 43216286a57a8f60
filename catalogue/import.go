package catalogue

import (
	"context"
	"errors"
	"fmt"
	"io"

	"datacharter/domain/catalogue"
)

// Sink stores a batch of resources, all or none, and answers with one result for each, in order. It finds a stored resource by its ID.
type Sink func(ctx context.Context, batch []catalogue.Resource) ([]catalogue.Stored, error)

// BatchSize is the greatest number of resources in one call of a Sink.
const BatchSize = 200

// Compare says what a Sink would do with a batch, and changes nothing.
type Compare func(ctx context.Context, batch []catalogue.Resource) ([]catalogue.Comparison, error)

// Run is how files are imported.
type Run struct {
	Mapping  *Mapping              // of a source of one's own; nil for the published catalogues, which are told by their content
	Compare  Compare               // tells in which fields stored resources change; may be nil when there is a Sink
	Sink     Sink                  // nil for a dry run: Compare alone says what would be done
	Progress func(done, total int) // learns after each batch how many resources of how many are stored
}

// Import imports a file of a published catalogue.
func Import(ctx context.Context, file io.Reader, sink Sink, progress func(done, total int)) (Report, error) {
	return Run{Sink: sink, Progress: progress}.Import(ctx, file)
}

// Import reads a catalogue file to its end, merges the rows that mean the same resource, and stores the resources batch by batch.
// Nothing is stored of a file that cannot be read to its end.
//
// The report is complete also when there is an error, and then says what was stored before. The error is a *[Failure], the same as in the report.
// Importing a file again changes nothing: identifiers come from the content, and the sink leaves alone what has not changed.
func (run Run) Import(ctx context.Context, file io.Reader) (Report, error) {
	var rows []Row
	source, err := run.read(ctx, file, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	entries, kept := merge(rows)
	if err == nil {
		err = run.store(ctx, rows, entries, kept)
	}
	report := newReport(source, entries)
	report.Dry = run.Sink == nil
	if err == nil {
		return report, nil
	}
	errors.As(err, &report.Failure)
	return report, err
}

func (run Run) read(ctx context.Context, file io.Reader, onRow func(Row) error) (source string, err error) {
	if run.Mapping == nil {
		return Read(ctx, file, onRow)
	}
	return run.Mapping.Source, ReadMapped(ctx, file, *run.Mapping, onRow)
}

// put says what becomes of a batch, and does it unless the run is dry.
func (run Run) put(ctx context.Context, batch []catalogue.Resource) ([]catalogue.Comparison, error) {
	results := make([]catalogue.Comparison, len(batch))
	if run.Compare != nil {
		compared, err := run.Compare(ctx, batch)
		if err != nil || run.Sink == nil {
			return compared, err
		}
		results = compared
	}
	stored, err := run.Sink(ctx, batch)
	if err != nil {
		return nil, err
	}
	if len(stored) != len(batch) || len(results) != len(batch) {
		return nil, fmt.Errorf("%d results for %d resources", len(stored), len(batch))
	}
	for i, s := range stored {
		if results[i].Stored = s; s == catalogue.Created || s == catalogue.Unchanged {
			results[i].Differences = nil
		}
	}
	return results, nil
}

// store hands the kept rows' resources on and notes each one's result in its entry.
func (run Run) store(ctx context.Context, rows []Row, entries []Entry, kept []int) error {
	for done := 0; done < len(kept); {
		part := kept[done:min(done+BatchSize, len(kept))]
		batch := make([]catalogue.Resource, len(part))
		for i, row := range part {
			batch[i] = rows[row].Resource
		}
		results, err := run.put(ctx, batch)
		switch {
		case ctx.Err() != nil && err != nil:
			return &Failure{Code: Interrupted, Row: rows[part[0]].Number, cause: err}
		case err != nil:
			return &Failure{Code: StoreFailed, Row: rows[part[0]].Number, cause: err}
		}
		for i, row := range part {
			e := &entries[row]
			e.Outcome, e.Stored, e.Differences = outcomeOf(results[i].Stored), results[i].Stored, results[i].Differences
		}
		done += len(part)
		if run.Progress != nil {
			run.Progress(done, len(kept))
		}
	}
	return nil
}

// outcomeOf is what became of a row that the store took.
func outcomeOf(stored catalogue.Stored) Outcome {
	if stored == catalogue.Held || stored == catalogue.Dismissed {
		return Withheld
	}
	return Imported
}
