package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
)

// heldRow is what a source says of a registered resource, waiting for a person to decide about it. There is one of a resource at most.
type heldRow struct {
	ResourceID string `gorm:"primaryKey"`
	Digest     string
	File       string
	Since      int64
	Data       string
}

func (heldRow) TableName() string { return "resource_held" }

func (r heldRow) byID() (string, heldRow, error) { return r.ResourceID, r, nil }

// change is the change that the row means to what the catalogue says.
func (r heldRow) change(now resourceRow) (catalogue.HeldChange, error) {
	c := catalogue.HeldChange{Digest: r.Digest, Since: fromMicros(r.Since), File: r.File}
	if err := json.Unmarshal([]byte(r.Data), &c.Content); err != nil {
		return c, fmt.Errorf("store: held change of resource %s: %w", r.ResourceID, err)
	}
	said, err := now.resource()
	c.Differences = catalogue.Differences(said, c.Content)
	return c, err
}

// hold keeps the changes that wait and forgets those that came to nothing. A change that waits already goes on waiting since then.
func hold(db *gorm.DB, before, after map[string]heldRow) error {
	var kept []heldRow
	var over []string
	for _, id := range slices.Sorted(maps.Keys(after)) {
		if row := after[id]; before[id].Digest != row.Digest {
			kept = append(kept, row)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		if _, still := after[id]; !still {
			over = append(over, id)
		}
	}
	if len(over) > 0 {
		if err := db.Where("resource_id IN ?", over).Delete(&heldRow{}).Error; err != nil {
			return err
		}
	}
	return insertRows(db.Clauses(clause.OnConflict{UpdateAll: true}), kept)
}

// decisionRow is what a person decided about a held change. Decisions are facts, like gradings.
type decisionRow struct {
	ResourceID  string `gorm:"primaryKey"`
	Number      int64  `gorm:"primaryKey;autoIncrement:false"`
	Outcome     string
	Base        string // digest of what the catalogue said
	Digest      string // of what the source said
	Request     string // the request that brought it: a repeat brings no other
	Fingerprint string // of what the request sent
	Person      string
	At          int64
	Data        string
}

func (decisionRow) TableName() string { return "resource_decisions" }

func (r decisionRow) decision() (catalogue.Decision, error) {
	var d catalogue.Decision
	if err := json.Unmarshal([]byte(r.Data), &d); err != nil {
		return d, fmt.Errorf("store: decision %d about resource %s: %w", r.Number, r.ResourceID, err)
	}
	return d, nil
}

func decisionsOf(db *gorm.DB, resource string) ([]catalogue.Decision, error) {
	var rows []decisionRow
	if err := db.Where("resource_id = ?", resource).Order("number").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]catalogue.Decision, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.decision(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ListDecisions lists what people decided about held changes of a resource, the first one first.
func (s *Store) ListDecisions(ctx context.Context, resource string) ([]catalogue.Decision, error) {
	if resource != storable(resource) {
		return nil, nil
	}
	return decisionsOf(s.read.WithContext(ctx), resource)
}

// HeldChange returns the change of a resource that waits; nil when none does.
func (s *Store) HeldChange(ctx context.Context, resource string) (*catalogue.HeldChange, error) {
	if resource != storable(resource) {
		return nil, nil
	}
	return heldChange(s.read.WithContext(ctx), resource)
}

func heldChange(db *gorm.DB, resource string) (*catalogue.HeldChange, error) {
	var found struct {
		Held heldRow `gorm:"embedded"`
		Now  string  // what the catalogue says
	}
	err := db.Table("resource_held AS h").Select("h.*, r.data AS now").Joins("JOIN resources r ON r.id = h.resource_id").Where("h.resource_id = ?", resource).Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c, err := found.Held.change(resourceRow{ID: resource, Data: found.Now})
	return &c, err
}

// IsRegistered reports whether a registration of the resource is in force.
func (s *Store) IsRegistered(ctx context.Context, resource string) (bool, error) {
	found, err := registeredAmong(s.read.WithContext(ctx), possible([]string{resource}))
	return found[resource], err
}

// Registered are those of the resources of which a registration is in force.
func (s *Store) Registered(ctx context.Context, resources []string) (map[string]bool, error) {
	return registeredAmong(s.read.WithContext(ctx), possible(resources))
}

// RegistrationsInForce lists the registrations by which a resource is registered now, except those in which the actor declared an interest.
func (s *Store) RegistrationsInForce(ctx context.Context, actor identity.Actor, resource string) ([]catalogue.InForce, error) {
	if resource != storable(resource) {
		return nil, nil
	}
	return registrationsInForce(s.read.WithContext(ctx), actor, resource)
}

// RegistrationsInForce is the same as the transaction sees it.
func (tx *Tx) RegistrationsInForce(actor identity.Actor, resource string) ([]catalogue.InForce, error) {
	return registrationsInForce(tx.db, actor, resource)
}

func registrationsInForce(db *gorm.DB, actor identity.Actor, resource string) ([]catalogue.InForce, error) {
	var rows []caseRow
	err := db.Table("case_resources AS n").Select("c.id, c.applicant, c.body").Joins("JOIN cases c ON c.id = n.case_id").
		Where("n.registered AND n.resource_id = ?", resource).
		Where("NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = ? AND i.case_id = c.id)", actor.Person).Order("c.id").Find(&rows).Error
	out := make([]catalogue.InForce, len(rows))
	for i, r := range rows {
		out[i] = catalogue.InForce{Case: r.ID, Registrant: r.Applicant, Registry: r.Body}
	}
	return out, err
}

// HeldChange returns the change of a resource that waits, kept from being changed until the transaction ends; nil when none does.
// ErrNotFound when the catalogue has no such resource.
func (tx *Tx) HeldChange(resource string) (*catalogue.HeldChange, error) {
	if resource != storable(resource) {
		return nil, ErrNotFound
	}
	known, err := storedResources(tx.db.Clauses(clause.Locking{Strength: "UPDATE"}), []string{resource}) // as imports lock it
	if err != nil {
		return nil, err
	}
	if len(known) == 0 {
		return nil, ErrNotFound
	}
	return heldChange(tx.db, resource)
}

// DecideHeld keeps what a person decided about the change of a resource that waits, and does it; number and time are set here. It is called after
// HeldChange in the same transaction. ErrVersionConflict when another request came first.
func (tx *Tx) DecideHeld(request Request, resource string, d catalogue.Decision) (catalogue.Decision, error) {
	known, err := storedResources(tx.db, []string{resource})
	if err != nil {
		return d, err
	}
	var last int64
	if err := tx.db.Model(&decisionRow{}).Select("coalesce(max(number), 0)").Where("resource_id = ?", resource).Scan(&last).Error; err != nil {
		return d, err
	}
	d.Number, d.At = last+1, tx.now
	data, err := json.Marshal(d)
	if err != nil {
		return d, err
	}
	row := decisionRow{
		ResourceID: resource, Number: d.Number, Outcome: string(d.Outcome), Base: known[resource].Digest, Digest: d.Change.Digest, Request: request.ID, Fingerprint: request.Fingerprint,
		Person: d.By.Person, At: micros(d.At), Data: storable(string(data)),
	}
	if err := tx.db.Create(&row).Error; err != nil {
		if tx.store.dialect.isDuplicate(err) {
			return d, ErrVersionConflict
		}
		return d, err
	}
	if err := tx.db.Delete(&heldRow{ResourceID: resource}).Error; err != nil {
		return d, err
	}
	if d.Outcome == catalogue.WasAdopted {
		if err := tx.adopt(known, d); err != nil {
			return d, err
		}
	}
	return row.decision()
}

// adopt makes the catalogue say what the source of a held change says.
func (tx *Tx) adopt(known map[string]resourceRow, d catalogue.Decision) error {
	row, err := newResourceRow(d.Change.Content, micros(tx.now))
	if err != nil {
		return err
	}
	put := map[string]resourceRow{row.ID: row}
	if err := putResources(tx.db, known, put); err != nil {
		return err
	}
	return addVersions(tx.db, known, put, d.Change.File, d.Number)
}

// DecisionOf returns the decision that a request brought, with the fingerprint of what it sent; false when it brought none.
func (tx *Tx) DecisionOf(request string) (d catalogue.Decision, fingerprint string, known bool, err error) {
	var row decisionRow
	err = tx.db.Take(&row, "request = ?", request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return d, "", false, nil
	}
	if err != nil {
		return d, "", false, err
	}
	d, err = row.decision()
	return d, row.Fingerprint, true, err
}
