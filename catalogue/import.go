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

// Import reads a catalogue file to its end, merges the rows that mean the same resource, and stores the resources batch by batch.
// Nothing is stored of a file that cannot be read to its end. After each batch progress, which must not be nil, learns how many resources of how many are stored.
//
// The report is complete also when there is an error, and then says what was stored before. The error is a *[Failure], the same as in the report.
// Importing a file again changes nothing: identifiers come from the content, and the sink leaves alone what has not changed.
func Import(ctx context.Context, file io.Reader, sink Sink, progress func(done, total int)) (Report, error) {
	var rows []Row
	source, err := Read(ctx, file, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	entries, kept := merge(rows)
	if err == nil {
		err = store(ctx, sink, rows, entries, kept, progress)
	}
	report := newReport(source, entries)
	if err == nil {
		return report, nil
	}
	errors.As(err, &report.Failure)
	return report, err
}

// store hands the kept rows' resources to the sink and notes each one's result in its entry.
func store(ctx context.Context, sink Sink, rows []Row, entries []Entry, kept []int, progress func(done, total int)) error {
	for done := 0; done < len(kept); {
		part := kept[done:min(done+BatchSize, len(kept))]
		batch := make([]catalogue.Resource, len(part))
		for i, row := range part {
			batch[i] = rows[row].Resource
		}
		results, err := sink(ctx, batch)
		switch {
		case ctx.Err() != nil && err != nil:
			return &Failure{Code: Interrupted, Row: rows[part[0]].Number, cause: err}
		case err == nil && len(results) != len(batch):
			err = fmt.Errorf("%d results for %d resources", len(results), len(batch))
			fallthrough
		case err != nil:
			return &Failure{Code: StoreFailed, Row: rows[part[0]].Number, cause: err}
		}
		for i, row := range part {
			entries[row].Outcome, entries[row].Stored = Imported, results[i]
		}
		done += len(part)
		progress(done, len(kept))
	}
	return nil
}
