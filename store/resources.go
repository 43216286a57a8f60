package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/catalogue"
)

type resourceRow struct {
	ID        string `gorm:"primaryKey"`
	Source    string
	Title     string
	Provider  string
	Theme     string
	Access    string
	Frequency string
	Updated   string
	Digest    string
	Data      string
	PutAt     int64
}

func (resourceRow) TableName() string { return "resources" }

func newResourceRow(r catalogue.Resource, putAt int64) (resourceRow, error) {
	data, err := json.Marshal(r)
	return resourceRow{
		ID: r.ID, Source: r.Source, Title: r.Title, Provider: r.Provider, Theme: r.Theme, Access: string(r.Access), Frequency: string(r.Frequency),
		Updated: r.Updated, Digest: r.Digest(), Data: string(data), PutAt: putAt,
	}, err
}

func (r resourceRow) resource() (catalogue.Resource, error) {
	var resource catalogue.Resource
	if err := json.Unmarshal([]byte(r.Data), &resource); err != nil {
		return resource, fmt.Errorf("store: resource %s: %w", r.ID, err)
	}
	return resource, nil
}

// maxPuts bounds how often a batch is put again of which another import created a resource at the same time.
const maxPuts = 3

// PutResources adds resources or replaces those of the same ID, in one transaction, and says for each what it did. What it changes is kept as a version.
// A resource that is registered is never replaced: what its source says now is held until a person decides about it.
func (s *Store) PutResources(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Stored, error) {
	return s.importResources(ctx, "", resources)
}

// ImportFrom is PutResources for what a file of the name says, which the versions keep.
func (s *Store) ImportFrom(file string) func(context.Context, []catalogue.Resource) ([]catalogue.Stored, error) {
	return func(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Stored, error) {
		return s.importResources(ctx, storable(file), resources)
	}
}

func (s *Store) importResources(ctx context.Context, file string, resources []catalogue.Resource) (results []catalogue.Stored, err error) {
	rows, err := newResourceRows(resources, micros(s.businessNow()))
	if err != nil {
		return nil, err
	}
	for range maxPuts {
		err = s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
			results, err = importRows(db, file, rows)
			return err
		})
		if !s.dialect.isDuplicate(err) {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	return results, nil
}

func newResourceRows(resources []catalogue.Resource, putAt int64) ([]resourceRow, error) {
	rows := make([]resourceRow, len(resources))
	for i, r := range resources {
		var err error
		if rows[i], err = newResourceRow(r, putAt); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func importRows(db *gorm.DB, file string, rows []resourceRow) ([]catalogue.Stored, error) {
	known, err := standingOf(db, db.Clauses(clause.Locking{Strength: "UPDATE"}), rows)
	if err != nil {
		return nil, err
	}
	results := make([]catalogue.Stored, len(rows))
	put, held := map[string]resourceRow{}, map[string]heldRow{} // of one that comes several times the last stays
	for i, row := range rows {
		before, is := put[row.ID]
		if !is {
			before, is = known.rows[row.ID]
		}
		delete(held, row.ID)
		switch results[i] = known.verdict(row, before, is); results[i] {
		case catalogue.Created, catalogue.Changed:
			put[row.ID] = row
		case catalogue.Held:
			held[row.ID] = heldRow{row.ID, row.Digest, file, row.PutAt, row.Data}
		case catalogue.Unchanged, catalogue.Dismissed:
		}
	}
	return results, inTurn(
		func() error { return putResources(db, known.rows, put) },
		func() error { return addVersions(db, known.rows, put, file, 0) },
		func() error { return hold(db, known.held, held) },
	)
}

// CompareResources says what PutResources would do, and in which fields each of those that are there already and differ does, and changes nothing.
func (s *Store) CompareResources(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Comparison, error) {
	rows, err := newResourceRows(resources, 0)
	if err != nil {
		return nil, err
	}
	db := s.read.WithContext(ctx)
	known, err := standingOf(db, db, rows)
	if err != nil {
		return nil, err
	}
	results := make([]catalogue.Comparison, len(rows))
	for i, row := range rows {
		before, is := known.rows[row.ID]
		stored := known.verdict(row, before, is)
		results[i].Stored = stored
		if stored == catalogue.Changed || stored == catalogue.Held || stored == catalogue.Dismissed {
			was, err := before.resource()
			if err != nil {
				return nil, err
			}
			results[i].Differences = catalogue.Differences(was, resources[i])
		}
		if stored == catalogue.Created || stored == catalogue.Changed {
			known.rows[row.ID] = row
		}
	}
	return results, nil
}

// storedResources are the rows of the IDs, by ID. Who locks them locks them in the order of their IDs, so that two never wait for each other.
func storedResources(db *gorm.DB, ids []string) (map[string]resourceRow, error) {
	var rows []resourceRow
	if err := db.Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	known := make(map[string]resourceRow, len(rows))
	for _, r := range rows {
		known[r.ID] = r
	}
	return known, nil
}

// putResources writes the rows, their terms and the counts of these, in the order of their keys: two that write at once never wait for each other.
func putResources(db *gorm.DB, known, put map[string]resourceRow) error {
	rows := slices.SortedFunc(maps.Values(put), func(a, b resourceRow) int { return cmp.Compare(a.ID, b.ID) })
	if err := insertRows(db.Clauses(clause.OnConflict{UpdateAll: true}), rows); err != nil {
		return err
	}
	var before, after []resourceTerms
	for _, row := range rows {
		if old, is := known[row.ID]; is {
			terms, err := termsOfResource(old)
			if err != nil {
				return err
			}
			before = append(before, terms)
		}
		terms, err := termsOfResource(row)
		if err != nil {
			return err
		}
		after = append(after, terms)
	}
	return syncResourceTerms(db, before, after)
}

// GetResource returns a resource, or ErrNotFound.
func (s *Store) GetResource(ctx context.Context, id string) (catalogue.Resource, error) {
	var row resourceRow
	if err := s.read.WithContext(ctx).Take(&row, "id = ?", id).Error; err != nil {
		return catalogue.Resource{}, s.found(err)
	}
	return row.resource()
}
