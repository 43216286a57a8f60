package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"gorm.io/gorm"

	"datacharter/domain/catalogue"
)

// versionRow is what the catalogue said of a resource from a time on. Versions are facts: none is changed or removed, and Rebuild leaves them alone.
type versionRow struct {
	ResourceID string `gorm:"primaryKey"`
	Number     int64  `gorm:"primaryKey;autoIncrement:false"`
	Digest     string
	File       string
	Decision   int64 // number of the decision by which a person took it over; 0 when an import brought it
	At         int64
	Data       string
}

func (versionRow) TableName() string { return "resource_versions" }

func (r versionRow) content() (catalogue.Resource, error) {
	var content catalogue.Resource
	if err := json.Unmarshal([]byte(r.Data), &content); err != nil {
		return content, fmt.Errorf("store: version %d of resource %s: %w", r.Number, r.ResourceID, err)
	}
	return content, nil
}

// addVersions keeps what the rows say as the next versions of their resources. One that came back to what it said before the batch has none.
func addVersions(db *gorm.DB, known, put map[string]resourceRow, file string, decision int64) error {
	var before []string
	for id := range put {
		if _, is := known[id]; is {
			before = append(before, id)
		}
	}
	last := map[string]int64{}
	if len(before) > 0 {
		var rows []versionRow
		if err := db.Select("resource_id, max(number) AS number").Where("resource_id IN ?", before).Group("resource_id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			last[r.ResourceID] = r.Number
		}
	}
	var versions []versionRow
	for _, id := range slices.Sorted(maps.Keys(put)) {
		row := put[id]
		if known[id].Digest != row.Digest {
			versions = append(versions, versionRow{id, last[id] + 1, row.Digest, file, decision, row.PutAt, row.Data})
		}
	}
	return insertRows(db, versions)
}

// VersionFilter names the versions of one resource.
type VersionFilter struct {
	Resource string
	Cursor   string
	Limit    int // DefaultLimit when 0, at most MaxLimit
}

// ListResourceVersions lists the versions of a resource, the last one first, each with what it changed.
func (s *Store) ListResourceVersions(ctx context.Context, f VersionFilter) (Page[catalogue.Version], error) {
	const list = "versions"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[catalogue.Version]{}, err
	}
	db := s.read.WithContext(ctx)
	q := db.Where("resource_id = ?", f.Resource)
	if more {
		q = q.Where("number < ?", at.Num)
	}
	limit := pageSize(f.Limit)
	var rows []versionRow
	if err := q.Order("number DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[catalogue.Version]{}, s.found(err)
	}
	decisions, err := decisionsOf(db, f.Resource)
	if err != nil {
		return Page[catalogue.Version]{}, err
	}
	versions := make([]catalogue.Version, len(rows))
	for i, r := range rows {
		content, err := r.content()
		if err != nil {
			return Page[catalogue.Version]{}, err
		}
		versions[i] = catalogue.Version{Number: r.Number, At: fromMicros(r.At), File: r.File, Content: content}
		if n := slices.IndexFunc(decisions, func(d catalogue.Decision) bool { return d.Number == r.Decision }); n >= 0 {
			versions[i].Decision = &decisions[n]
		}
		if i > 0 {
			versions[i-1].Differences = catalogue.Differences(content, versions[i-1].Content)
		}
	}
	return page(versions, limit, sure(func(v catalogue.Version) catalogue.Version { return v }), func(v catalogue.Version) place {
		return place{List: list, Num: v.Number, ID: f.Resource}
	})
}
