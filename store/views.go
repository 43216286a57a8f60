package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// MaxViews is how many views a person may keep of one place.
const MaxViews = 20

// View is a list as a person likes to see it: the filters of a page under a name of his own.
type View struct {
	Name    string
	Query   string // as in the address of the page
	SavedAt time.Time
}

type viewRow struct {
	Person  string `gorm:"primaryKey"`
	Place   string `gorm:"primaryKey"`
	Name    string `gorm:"primaryKey"`
	Query   string
	SavedAt int64
}

func (viewRow) TableName() string { return "views" }

// SaveView keeps a view of a place, such as "inbox", in place of one of the same name. ErrTooMany when the person has MaxViews of other names,
// ErrNotFound when there is no such person.
func (s *Store) SaveView(ctx context.Context, person, place string, v View) error {
	row := viewRow{Person: person, Place: place, Name: storable(v.Name), Query: storable(v.Query), SavedAt: micros(s.businessNow())}
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		// One after the other, so that two at once do not make one too many.
		if err := db.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Take(&personRow{}, "id = ?", person).Error; err != nil {
			return s.found(err)
		}
		var others int64
		if err := db.Model(&viewRow{}).Where("person = ? AND place = ? AND name <> ?", person, place, row.Name).Count(&others).Error; err != nil {
			return err
		}
		if others >= MaxViews {
			return ErrTooMany
		}
		return db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// Views lists a person's views of a place, by name.
func (s *Store) Views(ctx context.Context, person, place string) ([]View, error) {
	var rows []viewRow
	err := s.read.WithContext(ctx).Where("person = ? AND place = ?", person, place).Order("name").Find(&rows).Error
	views := make([]View, len(rows))
	for i, r := range rows {
		views[i] = View{Name: r.Name, Query: r.Query, SavedAt: fromMicros(r.SavedAt)}
	}
	return views, err
}

// DeleteView forgets a view; what is not there stays so.
func (s *Store) DeleteView(ctx context.Context, person, place, name string) error {
	return s.write.WithContext(ctx).Delete(&viewRow{Person: person, Place: place, Name: storable(name)}).Error
}
