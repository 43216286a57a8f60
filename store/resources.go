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

// PutResources adds resources or replaces those of the same ID, in one transaction, and says for each what it did.
func (s *Store) PutResources(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Stored, error) {
	results := make([]catalogue.Stored, len(resources))
	err := s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		known, err := storedResources(db, resources)
		if err != nil {
			return err
		}
		put := map[string]resourceRow{} // of one that comes several times the last stays
		putAt := micros(s.businessNow())
		for i, r := range resources {
			row, err := newResourceRow(r, putAt)
			if err != nil {
				return err
			}
			before, again := put[r.ID]
			if !again {
				before, again = known[r.ID]
			}
			if results[i] = putting(row, before, again); results[i] != catalogue.Unchanged {
				put[r.ID] = row
			}
		}
		return putResources(db, known, put)
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// CompareResources says what PutResources would do, and in which fields each of those that it would change differs, and changes nothing.
func (s *Store) CompareResources(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Comparison, error) {
	known, err := storedResources(s.read.WithContext(ctx), resources)
	if err != nil {
		return nil, err
	}
	results := make([]catalogue.Comparison, len(resources))
	for i, r := range resources {
		row, err := newResourceRow(r, 0)
		if err != nil {
			return nil, err
		}
		before, is := known[r.ID]
		results[i].Stored = putting(row, before, is)
		if results[i].Stored == catalogue.Changed {
			was, err := before.resource()
			if err != nil {
				return nil, err
			}
			results[i].Differences = catalogue.Differences(was, r)
		}
		known[r.ID] = row
	}
	return results, nil
}

// putting says what it means to put a row where there may be one before.
func putting(row, before resourceRow, is bool) catalogue.Stored {
	switch {
	case !is:
		return catalogue.Created
	case before.Digest != row.Digest:
		return catalogue.Changed
	default:
		return catalogue.Unchanged
	}
}

// storedResources are the rows that the resources have already, by ID.
func storedResources(db *gorm.DB, resources []catalogue.Resource) (map[string]resourceRow, error) {
	ids := make([]string, len(resources))
	for i, r := range resources {
		ids[i] = r.ID
	}
	var rows []resourceRow
	if err := db.Where("id IN ?", ids).Find(&rows).Error; err != nil {
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
