package casework

import (
	"context"
	"slices"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// Reached lists the phases that a case came to, in the order of its record.
func (d *Desk) Reached(ctx context.Context, v *View) ([]lifecycle.Phase, error) {
	var out []lifecycle.Phase
	subject := v.Of.Blank(v.Head.ID)
	for {
		events, err := d.Store.Events(ctx, identity.System(), v.Head.ID, subject.Head().Version, store.MaxLimit)
		if err != nil || len(events) == 0 {
			return out, err
		}
		for _, e := range events {
			if err := v.Of.Evolve(subject, e.Event); err != nil {
				return nil, err
			}
			if phase := v.Of.State(subject.Head().State).Phase; !slices.Contains(out, phase) {
				out = append(out, phase)
			}
		}
	}
}
