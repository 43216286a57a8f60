package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/lifecycle"
)

// Tx is the transaction in which one command is decided and recorded. It is used by one goroutine.
type Tx struct {
	store  *Store
	db     *gorm.DB
	now    time.Time
	loaded map[string]loadedCase
	failed error // the first failed write: the transaction cannot be committed any more
}

// loadedCase is what a case was when it was loaded: what Record compares with.
type loadedCase struct {
	headHash []byte
	rows     projection
}

// InTx runs f in one transaction, committed when f returns nil. On SQLite such transactions run one after the other;
// on PostgreSQL those that load the same case do.
func (s *Store) InTx(ctx context.Context, f func(tx *Tx) error) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		tx := &Tx{store: s, db: db.WithContext(s.dialect.within(ctx)), now: s.businessNow(), loaded: map[string]loadedCase{}}
		if err := f(tx); err != nil {
			return err
		}
		return tx.failed
	})
}

// Now is the business time of the transaction, the same throughout, in UTC and whole microseconds: what is stored comes back equal.
func (tx *Tx) Now() time.Time { return tx.now }

// Case loads a case for change; a blank one when there is none of the ID. An ID that belongs to another kind is ErrNotFound.
func (tx *Tx) Case(def lifecycle.Definition, id string) (lifecycle.Case, error) {
	if id != storable(id) {
		return nil, ErrNotFound
	}
	var row caseRow
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&row, "id = ?", id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		tx.loaded[id] = loadedCase{headHash: noHash}
		return def.Blank(id), nil
	}
	if err != nil {
		return nil, err
	}
	if row.Kind != string(def.Kind()) {
		return nil, ErrNotFound
	}
	c, err := def.Decode([]byte(row.Data))
	if err != nil {
		return nil, err
	}
	tx.loaded[id] = loadedCase{headHash: row.HeadHash, rows: project(c)}
	return c, nil
}
