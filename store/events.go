package store

import (
	"context"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// RecordedEvent is an event with its place in the hash chain.
type RecordedEvent struct {
	lifecycle.Event
	PrevHash string // hex; of the event before, zeros for the first
	Hash     string // hex
}

// Events lists up to limit events of a case after the sequence number, oldest first; ErrNotFound when the actor may not see the case.
func (s *Store) Events(ctx context.Context, actor identity.Actor, caseID string, after int64, limit int) ([]RecordedEvent, error) {
	panic("not yet")
}

// CaseAt folds the first events of a case up to the version; ErrNotFound when it has no such version. It asks nobody's right.
func (s *Store) CaseAt(ctx context.Context, def lifecycle.Definition, id string, version int64) (lifecycle.Case, error) {
	panic("not yet")
}
