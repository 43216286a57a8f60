package store

import (
	"context"

	"datacharter/domain/lifecycle"
)

// Rebuild makes every read model anew from the record, in one transaction, during which commands wait. progress is called with the number of cases done and in all.
func (s *Store) Rebuild(ctx context.Context, find func(lifecycle.Kind) lifecycle.Definition, progress func(done, all int64)) error {
	panic("not yet")
}
