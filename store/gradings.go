package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/grading"
)

// gradingRow is one grading of a resource. Gradings are facts like uploads of calendars: none is changed or removed, and Rebuild leaves them alone.
type gradingRow struct {
	ResourceID  string `gorm:"primaryKey"`
	Number      int64  `gorm:"primaryKey;autoIncrement:false"`
	Grade       string
	Request     string // the request that brought it: a repeat brings no other
	Fingerprint string // of what the request sent
	Person      string
	At          int64
	Data        string
}

func (gradingRow) TableName() string { return "gradings" }

func (r gradingRow) grading() (grading.Grading, error) {
	var g grading.Grading
	if err := json.Unmarshal([]byte(r.Data), &g); err != nil {
		return g, fmt.Errorf("store: grading %d of resource %s: %w", r.Number, r.ResourceID, err)
	}
	return g, nil
}

func gradings(rows []gradingRow) ([]grading.Grading, error) {
	out := make([]grading.Grading, len(rows))
	for i, r := range rows {
		g, err := r.grading()
		if err != nil {
			return nil, err
		}
		out[i] = g
	}
	return out, nil
}

// Request names what somebody asked for: the request, and all that it says.
type Request struct{ ID, Fingerprint string }

// gradingSourceRow says that a grading names a source of its resource. It leads from the source to what was derived from it.
type gradingSourceRow struct {
	SourceID   string `gorm:"primaryKey"`
	ResourceID string `gorm:"primaryKey"`
	Number     int64  `gorm:"primaryKey;autoIncrement:false"`
}

func (gradingSourceRow) TableName() string { return "grading_sources" }

func gradingSourceRows(g grading.Grading) []gradingSourceRow {
	ids := make([]string, len(g.Sources))
	for i, source := range g.Sources {
		ids[i] = source.Resource
	}
	return distinct(ids, func(id string) gradingSourceRow { return gradingSourceRow{id, g.Resource, g.Number} })
}

// LockGrading is called before anything is read on which a grading of the resource rests. It waits for the decisions that rest on the grading so far, and
// lets others wait, until the transaction ends: each of them either knows the new grading, or is found by OpenCasesNaming to be told of it.
func (tx *Tx) LockGrading(resource string) error {
	return tx.holdGradings([]string{resource}, "NO KEY UPDATE")
}

// holdGradings locks resources in the order of their IDs, as imports do. On SQLite, where a writing transaction is alone, it does nothing.
func (tx *Tx) holdGradings(resources []string, strength string) error {
	if resources = possible(resources); len(resources) == 0 {
		return nil
	}
	var held []string
	return tx.db.Model(&resourceRow{}).Clauses(clause.Locking{Strength: strength}).Where("id IN ?", resources).Order("id").Pluck("id", &held).Error
}

// AddGrading adds a grading as the next one of its resource; number and time are set here. ErrNotFound when the catalogue has no such resource,
// ErrVersionConflict when another one came first.
func (tx *Tx) AddGrading(request Request, g grading.Grading) (grading.Grading, error) {
	var last int64
	if err := tx.db.Model(&gradingRow{}).Select("coalesce(max(number), 0)").Where("resource_id = ?", g.Resource).Scan(&last).Error; err != nil {
		return g, err
	}
	g.Number, g.At = last+1, tx.now
	data, err := json.Marshal(g)
	if err != nil {
		return g, err
	}
	row := gradingRow{
		ResourceID: g.Resource, Number: g.Number, Grade: string(g.Grade), Request: request.ID, Fingerprint: request.Fingerprint,
		Person: g.By.Person, At: micros(g.At), Data: storable(string(data)),
	}
	err = tx.db.Create(&row).Error
	switch {
	case tx.store.dialect.isDuplicate(err):
		return g, ErrVersionConflict
	case tx.store.dialect.isForeignKey(err):
		return g, ErrNotFound
	case err != nil:
		return g, err
	}
	if err := insertRows(tx.db, gradingSourceRows(g)); err != nil {
		return g, err
	}
	return row.grading()
}

// GradingOf returns the grading that a request brought, with the fingerprint of what it sent; false when it brought none.
func (tx *Tx) GradingOf(request string) (g grading.Grading, fingerprint string, known bool, err error) {
	var row gradingRow
	err = tx.db.Take(&row, "request = ?", request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return g, "", false, nil
	}
	if err != nil {
		return g, "", false, err
	}
	g, err = row.grading()
	return g, row.Fingerprint, true, err
}

// CurrentGradings returns the last grading of each of the resources as the transaction sees it, by resource; none of those never graded.
func (tx *Tx) CurrentGradings(resources []string) (map[string]grading.Grading, error) {
	return currentGradings(tx.db, resources)
}

// CurrentGradings returns the last grading of each of the resources, by resource; none of those never graded.
func (s *Store) CurrentGradings(ctx context.Context, resources []string) (map[string]grading.Grading, error) {
	return currentGradings(s.read.WithContext(ctx), resources)
}

func currentGradings(db *gorm.DB, resources []string) (map[string]grading.Grading, error) {
	query := func(ids []string) *gorm.DB {
		return db.Table("gradings AS g").Select("g.*").
			Where("g.resource_id IN ? AND g.number = (SELECT max(number) FROM gradings WHERE resource_id = g.resource_id)", ids)
	}
	return lookUp(resources, query, func(r gradingRow) (string, grading.Grading, error) {
		g, err := r.grading()
		return r.ResourceID, g, err
	})
}

// ListGradings lists every grading of a resource, the first one first; none when it was never graded.
func (s *Store) ListGradings(ctx context.Context, resource string) ([]grading.Grading, error) {
	if resource != storable(resource) {
		return nil, nil
	}
	var rows []gradingRow
	if err := s.read.WithContext(ctx).Where("resource_id = ?", resource).Order("number").Find(&rows).Error; err != nil {
		return nil, err
	}
	return gradings(rows)
}
