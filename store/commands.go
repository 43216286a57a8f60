package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/lifecycle"
	"datacharter/domain/refusal"
)

// CommandRecord is a command with its outcome, kept so that a repeat gets the same answer.
type CommandRecord struct {
	ID          string
	Case        string
	Kind        lifecycle.Kind
	Name        string
	Person      string
	Fingerprint string           // of what the caller sent; a repeat with another one is not a repeat
	Version     int64            // of the case after the command; Record sets it
	Events      int              // how many events it led to; Record sets it
	Refusal     *refusal.Refusal // nil when it was accepted
	At          time.Time        // business time; Record and RecordRefusal set it
}

type commandRow struct {
	ID          string `gorm:"primaryKey"`
	CaseID      string
	Kind        string
	Name        string
	Person      string
	Fingerprint string
	Version     int64
	Events      int
	Refusal     sql.NullString
	At          int64
}

func (commandRow) TableName() string { return "commands" }

// Command returns what became of a command; false when none of the ID was recorded.
func (tx *Tx) Command(id string) (CommandRecord, bool, error) {
	var row commandRow
	err := tx.db.Take(&row, "id = ?", id).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return CommandRecord{}, false, nil
	}
	if err != nil {
		return CommandRecord{}, false, err
	}
	record, err := row.record()
	return record, err == nil, err
}

func (tx *Tx) recordCommand(c CommandRecord) error {
	row := commandRow{
		ID: c.ID, CaseID: c.Case, Kind: string(c.Kind), Name: storable(c.Name), Person: c.Person, Fingerprint: c.Fingerprint,
		Version: c.Version, Events: c.Events, At: micros(c.At),
	}
	if c.Refusal != nil {
		raw, err := json.Marshal(c.Refusal)
		if err != nil {
			return err
		}
		row.Refusal = sql.NullString{String: string(raw), Valid: true}
	}
	err := tx.db.Create(&row).Error
	if tx.store.dialect.isDuplicate(err) {
		return ErrDuplicateCommand
	}
	return err
}

func (r commandRow) record() (CommandRecord, error) {
	c := CommandRecord{
		ID: r.ID, Case: r.CaseID, Kind: lifecycle.Kind(r.Kind), Name: r.Name, Person: r.Person, Fingerprint: r.Fingerprint,
		Version: r.Version, Events: r.Events, At: fromMicros(r.At),
	}
	if !r.Refusal.Valid {
		return c, nil
	}
	if err := json.Unmarshal([]byte(r.Refusal.String), &c.Refusal); err != nil {
		return c, fmt.Errorf("store: refusal of command %s: %w", r.ID, err)
	}
	return c, nil
}
