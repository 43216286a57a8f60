package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/use"
)

// useTakerRow is what one taker has of one product. It is kept as events come.
type useTakerRow struct {
	CaseID       string `gorm:"primaryKey"`
	Product      string `gorm:"primaryKey"`
	Unit         string `gorm:"primaryKey"`
	Taker        string `gorm:"primaryKey"`
	TakerCode    string `gorm:"primaryKey"`
	Events       int64
	Volume       int64
	Beyond       int64
	BeyondVolume int64
}

func (useTakerRow) TableName() string { return "use_takers" }

func newUseTakerRow(authorization string, t use.Taken) useTakerRow {
	return useTakerRow{
		CaseID: authorization, Product: storable(t.Product), Unit: string(t.Unit), Taker: storable(t.Taker.Name), TakerCode: storable(t.Taker.Code),
		Events: t.Events, Volume: t.Volume, Beyond: t.Beyond, BeyondVolume: t.BeyondVolume,
	}
}

func (r useTakerRow) taken() use.Taken {
	return use.Taken{
		Taker: use.Taker{Name: r.Taker, Code: r.TakerCode}, Product: r.Product, Unit: use.Unit(r.Unit),
		Figures: use.Figures{Events: r.Events, Volume: r.Volume, Beyond: r.Beyond, BeyondVolume: r.BeyondVolume},
	}
}

// UseTaken lists what takers have of products under an authorisation, by product, unit and taker, at most limit; it reads no event, and asks nobody's right.
func (s *Store) UseTaken(ctx context.Context, authorization string, limit int) ([]use.Taken, error) {
	var rows []useTakerRow
	err := s.read.WithContext(ctx).Where("case_id = ?", storable(authorization)).Order("product, unit, taker, taker_code").Limit(limit).Find(&rows).Error
	out := make([]use.Taken, len(rows))
	for i, r := range rows {
		out[i] = r.taken()
	}
	return out, err
}

func addToTakers(db *gorm.DB, authorization string, taken []use.Taken) error {
	rows := make([]useTakerRow, len(taken))
	for i, t := range taken {
		rows[i] = newUseTakerRow(authorization, t)
	}
	plus := func(column string) clause.Assignment {
		return clause.Assignment{Column: clause.Column{Name: column}, Value: gorm.Expr("use_takers." + column + " + excluded." + column)}
	}
	return insertRows(db.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "case_id"}, {Name: "product"}, {Name: "unit"}, {Name: "taker"}, {Name: "taker_code"}},
		DoUpdates: clause.Set{plus("events"), plus("volume"), plus("beyond"), plus("beyond_volume")},
	}).Session(&gorm.Session{}), rows)
}

// rebuildUseTakers makes what takers have anew, from the events; it was deleted.
func rebuildUseTakers(db *gorm.DB) error {
	var last useEventRow
	for {
		var rows []useEventRow
		err := db.Where("(platform, event) > (?, ?)", last.Platform, last.Event).Order("platform, event").Limit(rebuildEvents).Find(&rows).Error
		if err != nil {
			return err
		}
		byCase := map[string][]use.Judged{}
		for _, r := range rows {
			e, err := r.recorded()
			if err != nil {
				return err
			}
			byCase[r.CaseID] = append(byCase[r.CaseID], e.Judged)
		}
		for id, events := range byCase {
			if err := addToTakers(db, id, use.TakenBy(events)); err != nil {
				return err
			}
		}
		if len(rows) < rebuildEvents {
			return nil
		}
		last = rows[len(rows)-1]
	}
}
