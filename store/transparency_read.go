package store

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// LogCheckpoint is a checkpoint of the transparency log.
type LogCheckpoint struct {
	Size   int64
	At     time.Time
	Signed string // note
}

// LastCheckpoint returns the checkpoint that states most; ErrNotFound while there is none.
func (s *Store) LastCheckpoint(ctx context.Context) (LogCheckpoint, error) {
	var row logCheckpointRow
	err := s.lookUp(ctx).Order("size DESC").Take(&row).Error
	return LogCheckpoint{row.Size, fromMicros(row.At), row.Signed}, s.found(err)
}

// Checkpoints lists checkpoints that state more than so many entries, the smallest first.
func (s *Store) Checkpoints(ctx context.Context, after int64, limit int) ([]LogCheckpoint, error) {
	var rows []logCheckpointRow
	if err := s.read.WithContext(ctx).Where("size > ?", after).Order("size").Limit(pageSize(limit)).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]LogCheckpoint, len(rows))
	for i, r := range rows {
		out[i] = LogCheckpoint{r.Size, fromMicros(r.At), r.Signed}
	}
	return out, nil
}

// MaxLogLines bounds what LogLines returns.
const MaxLogLines = 1000

// LogLines returns lines of the log from a position on, in order: at most so many, and at most MaxLogLines.
func (s *Store) LogLines(ctx context.Context, from int64, limit int) ([]string, error) {
	var lines []string
	err := s.read.WithContext(ctx).Model(&logEntryRow{}).Where("position >= ?", from).Order("position").Limit(min(limit, MaxLogLines)).Pluck("line", &lines).Error
	return lines, err
}

// LogPosition is where a publication lies in the log; ErrNotFound while it is not there.
func (s *Store) LogPosition(ctx context.Context, publication string) (int64, error) {
	var row logEntryRow
	err := s.lookUp(ctx).Where("publication = ?", storable(publication)).Take(&row).Error
	return row.Position, s.found(err)
}

// ProveEntry proves that the tree of a size holds the entry at a position. Both must be within the log.
func (s *Store) ProveEntry(ctx context.Context, size, position int64) (tlog.RecordProof, error) {
	return tlog.ProveRecord(size, position, logHashes(s.read.WithContext(ctx)))
}

// ProveGrowth proves that the tree of a size begins with the one of a smaller size. Both must be within the log, and the smaller one not empty.
func (s *Store) ProveGrowth(ctx context.Context, size, smaller int64) (tlog.TreeProof, error) {
	return tlog.ProveTree(size, smaller, logHashes(s.read.WithContext(ctx)))
}
