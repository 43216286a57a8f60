package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

type settingRow struct {
	Key   string `gorm:"primaryKey"`
	Value string
}

func (settingRow) TableName() string { return "settings" }

// GetSetting reads a setting into value, which JSON must fit; false when there is none of the key.
func (s *Store) GetSetting(ctx context.Context, key string, value any) (bool, error) {
	var row settingRow
	err := s.read.WithContext(ctx).Take(&row, "key = ?", key).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal([]byte(row.Value), value); err != nil {
		return false, fmt.Errorf("store: setting %s: %w", key, err)
	}
	return true, nil
}

// PutSettingIfAbsent stores value as JSON unless the key is set already, and returns whether it did.
func (s *Store) PutSettingIfAbsent(ctx context.Context, key string, value any) (bool, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return false, err
	}
	result := s.write.WithContext(ctx).Clauses(onlyOnce).Create(&settingRow{Key: key, Value: string(raw)})
	return result.RowsAffected == 1, result.Error
}
