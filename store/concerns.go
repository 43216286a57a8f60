package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// concernRow is a quality report or data demand as it stands after its last entry.
type concernRow struct {
	ID         string `gorm:"primaryKey"`
	Kind       string
	ResourceID sql.NullString
	Supplier   string
	Person     string
	State      string
	Waiting    bool
	Number     int64
	Supports   int
	At         int64
	Changed    int64
	DueAt      sql.NullInt64 // nothing once it has an answer
	Data       string
}

func (concernRow) TableName() string { return "concerns" }

// concernData is what a concern says; it never changes.
type concernData struct {
	Title  string               `json:"title"`
	Report *concern.ReportInput `json:"report,omitempty"`
	Demand *concern.DemandInput `json:"demand,omitempty"`
	Limit  *lifecycle.Deadline  `json:"limit,omitempty"`
}

func newConcernRow(c concern.Concern) (concernRow, error) {
	data, err := json.Marshal(concernData{c.Title, c.Report, c.Demand, c.Limit})
	var due sql.NullInt64
	if d := c.Due(); d != nil && d.Running() {
		due = sql.NullInt64{Int64: micros(d.Due.At), Valid: true}
	}
	return concernRow{
		ID: c.ID, Kind: string(c.Kind), ResourceID: sql.NullString{String: c.Resource, Valid: c.Resource != ""}, Supplier: c.Supplier, Person: c.Person,
		State: string(c.State), Waiting: len(c.Answers()) > 0, Number: c.Number, Supports: c.Supports, At: micros(c.At), Changed: micros(c.Changed),
		DueAt: due, Data: storable(string(data)),
	}, err
}

// foundConcern is a concern as it is read.
type foundConcern struct {
	Row     concernRow `gorm:"embedded"`
	Answers string     // the organisation that answers it as things are now: that of a supplier which was closed, nobody's
}

const foundConcernColumns = "c.*, CASE WHEN EXISTS (SELECT 1 FROM organizations o WHERE o.id = c.supplier AND o.closed_at IS NULL) THEN c.supplier ELSE '' END AS answers"

func (f foundConcern) concern() (concern.Concern, error) {
	r := f.Row
	c := concern.Concern{
		ID: r.ID, Kind: concern.Kind(r.Kind), Resource: r.ResourceID.String, Supplier: f.Answers, Person: r.Person, State: concern.State(r.State), Number: r.Number,
		Supports: r.Supports, At: fromMicros(r.At), Changed: fromMicros(r.Changed),
	}
	var data concernData
	if err := json.Unmarshal([]byte(r.Data), &data); err != nil {
		return c, fmt.Errorf("store: concern %s: %w", r.ID, err)
	}
	c.Title, c.Report, c.Demand, c.Limit = data.Title, data.Report, data.Demand, data.Limit
	return c, nil
}

// concernEntryRow is one entry of a concern's history. Entries are facts: none is changed or removed, and Rebuild leaves them alone.
type concernEntryRow struct {
	ConcernID   string `gorm:"primaryKey"`
	Number      int64  `gorm:"primaryKey;autoIncrement:false"`
	Action      string
	Request     string // the request that brought it: a repeat brings no other
	Fingerprint string // of what the request sent
	Person      string
	At          int64
	Data        string
}

func (concernEntryRow) TableName() string { return "concern_entries" }

func (r concernEntryRow) entry() (concern.Entry, error) {
	var e concern.Entry
	if err := json.Unmarshal([]byte(r.Data), &e); err != nil {
		return e, fmt.Errorf("store: entry %d of concern %s: %w", r.Number, r.ConcernID, err)
	}
	return e, nil
}

// concernAttachmentRow is a file that a report refers to.
type concernAttachmentRow struct {
	Digest    string `gorm:"primaryKey"`
	ConcernID string `gorm:"primaryKey"`
}

func (concernAttachmentRow) TableName() string { return "concern_attachments" }

// Concern loads a concern for change: nobody else changes it until the transaction ends. ErrNotFound when there is none of the ID.
func (tx *Tx) Concern(id string) (concern.Concern, error) {
	if id != storable(id) {
		return concern.Concern{}, ErrNotFound
	}
	var row foundConcern
	err := tx.db.Table("concerns AS c").Select(foundConcernColumns).Where("c.id = ?", id).Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "c"}}).Take(&row).Error
	if err != nil {
		return concern.Concern{}, tx.store.found(err)
	}
	return row.concern()
}

// ConcernEntryOf returns the entry that a request brought, with its concern and the fingerprint of what it sent; false when it brought none.
func (tx *Tx) ConcernEntryOf(request string) (id string, e concern.Entry, fingerprint string, known bool, err error) {
	var row concernEntryRow
	err = tx.db.Take(&row, "request = ?", request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", e, "", false, nil
	}
	if err != nil {
		return "", e, "", false, err
	}
	e, err = row.entry()
	return row.ConcernID, e, row.Fingerprint, true, err
}

// AddConcernEntry adds the next entry of a concern, which is as it was before, and tells those who are to know; the time is set here, and the concern after
// it returned. ErrVersionConflict when the same request, or another entry, came first.
func (tx *Tx) AddConcernEntry(request Request, c concern.Concern, e concern.Entry) (concern.Concern, error) {
	e.At = tx.now
	if e.Action == concern.Raise {
		c.At = tx.now
	}
	after := c.Apply(e)
	if err := tx.putConcern(after, e.Action == concern.Raise); err != nil {
		return after, err
	}
	data, err := json.Marshal(e)
	if err != nil {
		return after, err
	}
	row := concernEntryRow{
		ConcernID: c.ID, Number: e.Number, Action: string(e.Action), Request: request.ID, Fingerprint: request.Fingerprint, Person: e.By.Person, At: micros(e.At),
		Data: storable(string(data)),
	}
	if err := tx.db.Create(&row).Error; err != nil {
		return after, tx.orConflict(err)
	}
	return after, tx.tell(after, e)
}

func (tx *Tx) putConcern(c concern.Concern, isNew bool) error {
	row, err := newConcernRow(c)
	if err != nil {
		return err
	}
	if !isNew {
		return tx.db.Model(&row).Select("state", "waiting", "number", "supports", "changed", "due_at").Updates(&row).Error
	}
	if err := tx.db.Create(&row).Error; err != nil {
		return tx.orConflict(err)
	}
	if c.Report == nil {
		return nil
	}
	return insertRows(tx.db, distinct(c.Report.Evidence, func(digest string) concernAttachmentRow { return concernAttachmentRow{digest, c.ID} }))
}

// OpenConcerns counts the concerns of a kind that a person raised and that wait for an answer. He raises none in another transaction until this one ends.
func (tx *Tx) OpenConcerns(person string, kind concern.Kind) (int, error) {
	if err := tx.store.lockPerson(tx.db, person); err != nil {
		return 0, err
	}
	var n int64
	err := tx.db.Model(&concernRow{}).Where("person = ? AND kind = ? AND waiting", person, string(kind)).Count(&n).Error
	return int(n), err
}

// Supports reports whether a person supports a demand.
func (tx *Tx) Supports(id, person string) (bool, error) { return supports(tx.db, id, person) }

func supports(db *gorm.DB, id, person string) (bool, error) {
	var n int64
	err := db.Model(&concernEntryRow{}).Where("concern_id = ? AND person = ? AND action = 'support'", id, person).Limit(1).Count(&n).Error
	return n > 0, err
}

// SupplierOf is the organisation that answers for a resource of the catalogue: the open data supplier that has the name of its holder, or of its provider
// where no holder is named; empty when there is none, or more than one. ErrNotFound when there is no such resource.
func (tx *Tx) SupplierOf(resource string) (string, error) {
	var row resourceRow
	if err := tx.db.Select("id, data").Take(&row, "id = ?", resource).Error; err != nil {
		return "", tx.store.found(err)
	}
	r, err := row.resource()
	if err != nil {
		return "", err
	}
	var ids []string
	err = tx.db.Model(&organizationRow{}).Where("kind = ? AND name = ? AND closed_at IS NULL", string(identity.DataSupplier), r.AnsweredBy()).Limit(2).Pluck("id", &ids).Error
	if err != nil || len(ids) != 1 {
		return "", err
	}
	return ids[0], nil
}
