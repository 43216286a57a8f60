package store

import (
	"context"

	"gorm.io/gorm/clause"
)

// mappingRow is the mapping of a source: how it writes its resources.
type mappingRow struct {
	Source  string `gorm:"primaryKey"`
	Content string
	PutAt   int64
}

func (mappingRow) TableName() string { return "resource_mappings" }

// PutMapping keeps the mapping of a source, instead of the one before.
func (s *Store) PutMapping(ctx context.Context, source string, content []byte) error {
	row := mappingRow{source, string(content), micros(s.businessNow())}
	return s.write.WithContext(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// GetMapping returns the mapping of a source as it was put, or ErrNotFound.
func (s *Store) GetMapping(ctx context.Context, source string) ([]byte, error) {
	var row mappingRow
	if err := s.lookUp(ctx).Take(&row, "source = ?", source).Error; err != nil {
		return nil, s.found(err)
	}
	return []byte(row.Content), nil
}
