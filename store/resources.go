package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/catalogue"
	"datacharter/domain/search"
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

// resourceTermRow is one search term of a resource.
type resourceTermRow struct {
	Term       string `gorm:"primaryKey"`
	ResourceID string `gorm:"primaryKey"`
}

func (resourceTermRow) TableName() string { return "resource_terms" }

func resourceTermRows(r catalogue.Resource) []resourceTermRow {
	words := strings.Join(append([]string{r.Title, r.Provider, r.Theme, r.Subject, r.Industry, r.Scenario}, r.Tags...), "\n")
	return distinct(search.Terms(words), func(term string) resourceTermRow { return resourceTermRow{term, r.ID} })
}

// PutResources adds resources or replaces those of the same ID, in one transaction, and says for each what it did.
func (s *Store) PutResources(ctx context.Context, resources []catalogue.Resource) ([]catalogue.Stored, error) {
	results := make([]catalogue.Stored, len(resources))
	err := s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		digests, err := storedDigests(db, resources)
		if err != nil {
			return err
		}
		putAt := micros(s.businessNow())
		for i, r := range resources {
			row, err := newResourceRow(r, putAt)
			if err != nil {
				return err
			}
			switch digest, known := digests[r.ID]; {
			case !known:
				results[i] = catalogue.Created
			case digest != row.Digest:
				results[i] = catalogue.Changed
			default:
				results[i] = catalogue.Unchanged
				continue
			}
			digests[r.ID] = row.Digest
			if err := putResource(db, row, resourceTermRows(r)); err != nil {
				return fmt.Errorf("store: resource %s: %w", r.ID, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

func storedDigests(db *gorm.DB, resources []catalogue.Resource) (map[string]string, error) {
	ids := make([]string, len(resources))
	for i, r := range resources {
		ids[i] = r.ID
	}
	var rows []resourceRow
	if err := db.Select("id, digest").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	digests := make(map[string]string, len(rows))
	for _, r := range rows {
		digests[r.ID] = r.Digest
	}
	return digests, nil
}

func putResource(db *gorm.DB, row resourceRow, terms []resourceTermRow) error {
	if err := db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error; err != nil {
		return err
	}
	var old []resourceTermRow
	if err := db.Where("resource_id = ?", row.ID).Order("term").Find(&old).Error; err != nil {
		return err
	}
	return syncRows(db, old, terms, itself[resourceTermRow])
}

// GetResource returns a resource, or ErrNotFound.
func (s *Store) GetResource(ctx context.Context, id string) (catalogue.Resource, error) {
	var row resourceRow
	if err := s.read.WithContext(ctx).Take(&row, "id = ?", id).Error; err != nil {
		return catalogue.Resource{}, s.found(err)
	}
	return row.resource()
}

// ResourceFilter narrows a list of resources; empty fields do not.
type ResourceFilter struct {
	Text      string // every word must occur in the title, the provider, a class or a tag
	Source    string
	Provider  string
	Theme     string
	Access    catalogue.Access
	Frequency catalogue.Frequency
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// ListResources lists resources, last updated first.
func (s *Store) ListResources(ctx context.Context, f ResourceFilter) (Page[catalogue.Resource], error) {
	const list = "resources"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[catalogue.Resource]{}, err
	}
	db := s.read.WithContext(ctx)
	found, err := approachTo(db, under(termsOf(f.Text), "resource_terms", "resource_id"), few)
	if err != nil {
		return Page[catalogue.Resource]{}, s.found(err)
	}
	q := found.over(db, "resources r", "r.id").Select("r.*")
	q = where(q, "r.source", f.Source)
	q = where(q, "r.provider", f.Provider)
	q = where(q, "r.theme", f.Theme)
	q = where(q, "r.access", string(f.Access))
	q = where(q, "r.frequency", string(f.Frequency))
	if more {
		q = q.Where("(r.updated, r.id) < (?, ?)", at.Text, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []resourceRow
	if err := q.Order("r.updated DESC, r.id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[catalogue.Resource]{}, s.found(err)
	}
	return page(rows, limit, resourceRow.resource, func(r resourceRow) place { return place{List: list, Text: r.Updated, ID: r.ID} })
}
