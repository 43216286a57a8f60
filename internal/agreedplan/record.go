package agreedplan

import (
	"context"
	"fmt"

	"datacharter/domain/grading"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/plan"
	"datacharter/store"
)

// Record leads the plan and puts it on record, with gradings of those of its resources that have none, and publishes it. It tells nobody else.
func Record(ctx context.Context, s *store.Store, spec Spec) error {
	var published []store.Message
	err := s.InTx(ctx, func(tx *store.Tx) error {
		if spec.Begun.IsZero() {
			spec.Begun = tx.Now().AddDate(0, -6, 0)
		}
		_, events := Lead(spec)
		subject, err := tx.Case(plan.Machine, spec.ID)
		if err != nil {
			return err
		}
		graded, err := tx.CurrentGradings(spec.Resources)
		if err != nil {
			return err
		}
		for _, id := range spec.Resources {
			if _, is := graded[id]; is {
				continue
			}
			g := grading.Grading{
				Resource: id, Grade: grading.General, Standard: grading.Standard, Table: grading.TableVersion,
				Input: grading.Input{Sector: grading.OtherSector, NoHarm: true, NoHarmReason: "已公开(虚构)"},
				By:    spec.Grader,
			}
			if _, err := tx.AddGrading(store.Request{ID: spec.ID + "-" + id, Fingerprint: spec.ID}, g); err != nil {
				return err
			}
		}
		for i := range events {
			events[i].CommandID = spec.ID + "-agreed" // they are recorded as if one had led to all
			if err := plan.Machine.Evolve(subject, events[i]); err != nil {
				return err
			}
			effects, err := plan.Machine.Effects(subject, events[i])
			if err != nil {
				return err
			}
			for n, e := range effects {
				if e.Publication != nil {
					published = append(published, store.Message{
						ID: fmt.Sprintf("%s/%d/%d", spec.ID, events[i].Seq, n), Case: spec.ID, Kind: plan.Kind, At: events[i].At, Effect: e,
					})
				}
			}
		}
		return tx.Record(store.Change{Definition: plan.Machine, Case: subject, Events: events, Command: store.CommandRecord{
			ID: spec.ID + "-agreed", Case: spec.ID, Kind: plan.Kind, Name: lifecycle.Tick, Person: identity.SystemPerson,
		}})
	})
	if err != nil {
		return err
	}
	return s.Deliver(ctx, published...)
}
