package casework

import (
	"context"
	"errors"

	"datacharter/domain/refusal"
	"datacharter/store"
)

// inTx decides something that is no command on a case, and keeps it, in one transaction: on what is known then, and anew when another request came first.
func inTx[T any](ctx context.Context, s *store.Store, decide func(tx *store.Tx) (T, *refusal.Refusal, error)) (done T, refused *refusal.Refusal, err error) {
	for range maxAttempts {
		err = s.InTx(ctx, func(tx *store.Tx) error {
			done, refused, err = decide(tx)
			return err
		})
		if !errors.Is(err, store.ErrVersionConflict) {
			return done, refused, err
		}
	}
	return done, nil, Unavailable{err}
}
