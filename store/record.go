package store

import (
	"fmt"

	"gorm.io/gorm/clause"

	"datacharter/domain/lifecycle"
)

// Change is what an accepted command leads to.
type Change struct {
	Definition lifecycle.Definition
	Case       lifecycle.Case       // after the events
	Events     []lifecycle.Event    // may be empty: a command that was accepted and changed nothing
	Effects    [][]lifecycle.Effect // by event; shorter than Events when the last ones have none
	Command    CommandRecord
}

// Record appends the events of an accepted command to the record of its case, which must have been loaded with Case in this transaction,
// and brings the read models in line. After an error, ErrVersionConflict and ErrDuplicateCommand among them, the transaction cannot be committed.
func (tx *Tx) Record(change Change) error {
	return tx.keep(tx.record(change))
}

// RecordRefusal keeps the outcome of a refused command. After an error, ErrDuplicateCommand among them, the transaction cannot be committed.
func (tx *Tx) RecordRefusal(command CommandRecord) error {
	command.At, command.Events = tx.now, 0
	return tx.keep(tx.recordCommand(command))
}

func (tx *Tx) keep(err error) error {
	if tx.failed == nil {
		tx.failed = err
	}
	return err
}

func (tx *Tx) record(change Change) error {
	h := change.Case.Head()
	before, ok := tx.loaded[h.ID]
	if !ok {
		return fmt.Errorf("store: case %s was not loaded in this transaction", h.ID)
	}
	command := change.Command
	command.At, command.Version, command.Events, command.Refusal = tx.now, h.Version, len(change.Events), nil
	if err := tx.recordCommand(command); err != nil || len(change.Events) == 0 {
		return err
	}
	events, err := eventRows(h, command.ID, change.Events, before.headHash)
	if err != nil {
		return err
	}
	if err := tx.db.Create(&events).Error; err != nil {
		return tx.orConflict(err)
	}
	row, err := newCaseRow(change.Definition, change.Case, events[len(events)-1].Hash)
	if err != nil {
		return err
	}
	if err := tx.putCase(row, h.Version-int64(len(events))); err != nil {
		return err
	}
	after := project(change.Case)
	if err := after.sync(tx.db, before.rows); err != nil {
		return fmt.Errorf("store: read models of %s: %w", h.ID, err)
	}
	tx.loaded[h.ID] = loadedCase{headHash: row.HeadHash, rows: after}
	return tx.queue(h, change.Events, change.Effects)
}

// orConflict tells that another writer got in first from other failures.
func (tx *Tx) orConflict(err error) error {
	if tx.store.dialect.isDuplicate(err) {
		return ErrVersionConflict
	}
	return err
}

// caseChanges are the columns of a case that can change; what is left out spares its indexes from being written again.
var caseChanges = clause.AssignmentColumns([]string{
	"version", "state", "phase", "title", "applicant", "agency", "body", "policy_hash",
	"closed", "draft", "wake_at", "changed_at", "closed_at", "head_hash", "data",
})

// putCase writes the row of a case that still has the expected version, 0 for one that is not there yet.
func (tx *Tx) putCase(row caseRow, expected int64) error {
	unchanged := clause.Where{Exprs: []clause.Expression{clause.Eq{Column: clause.Column{Table: "cases", Name: "version"}, Value: expected}}}
	result := tx.db.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: caseChanges, Where: unchanged}).Create(&row)
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrVersionConflict
	}
	return result.Error
}

// queue puts the effects into the outbox.
func (tx *Tx) queue(h *lifecycle.Header, events []lifecycle.Event, effects [][]lifecycle.Effect) error {
	queuedAt := micros(tx.store.wallNow())
	var rows []outboxRow
	for i, list := range effects {
		for n, effect := range list {
			row, err := newOutboxRow(h, events[i], n, effect, queuedAt)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
	}
	return insertRows(tx.db, rows)
}
