package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/notice"
)

// Preferences are a person's own choices. The zero value is what holds for who has made none.
type Preferences struct {
	Language string         // "zh" or "en"; empty: what the browser asks for
	Unwanted []notice.Group // groups of notices that are not to come into the box, in alphabetical order
}

type preferencesRow struct {
	Person   string `gorm:"primaryKey"`
	Language string
}

func (preferencesRow) TableName() string { return "preferences" }

type unwantedRow struct {
	Person      string `gorm:"primaryKey"`
	NoticeGroup string `gorm:"primaryKey"`
}

func (unwantedRow) TableName() string { return "unwanted_notices" }

// GetPreferences returns a person's preferences.
func (s *Store) GetPreferences(ctx context.Context, person string) (Preferences, error) {
	var row preferencesRow
	err := s.lookUp(ctx).Take(&row, "person = ?", person).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return Preferences{}, err
	}
	p := Preferences{Language: row.Language}
	err = s.lookUp(ctx).Model(&unwantedRow{}).Where("person = ?", person).Order("notice_group").Pluck("notice_group", &p.Unwanted).Error
	return p, err
}

// PutPreferences replaces a person's preferences; ErrNotFound or ErrClosed for a person who is not there.
// That a group can be refused is for the caller to check: deliveries heed no refusal of one that cannot.
func (s *Store) PutPreferences(ctx context.Context, person string, p Preferences) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.lockPerson(db, person); err != nil {
			return err
		}
		if err := db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&preferencesRow{Person: person, Language: p.Language}).Error; err != nil {
			return err
		}
		if err := db.Where("person = ?", person).Delete(&unwantedRow{}).Error; err != nil {
			return err
		}
		rows := make([]unwantedRow, len(p.Unwanted))
		for i, group := range p.Unwanted {
			rows[i] = unwantedRow{Person: person, NoticeGroup: string(group)}
		}
		return insertRows(db.Clauses(onlyOnce), rows)
	})
}
