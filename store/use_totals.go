package store

import (
	"context"

	"gorm.io/gorm"

	"datacharter/domain/agreement"
	"datacharter/domain/use"
)

// UseTotals lists the totals of an authorisation for every period of a length, the last first, at most so many periods; it reads no event, and asks nobody's right.
func (s *Store) UseTotals(ctx context.Context, authorization string, per agreement.Period, periods int) ([]use.Total, error) {
	db := s.read.WithContext(ctx)
	last := db.Model(&useTotalRow{}).Distinct("period").Where("case_id = ? AND per = ?", storable(authorization), string(per)).Order("period DESC").Limit(periods)
	var rows []useTotalRow
	err := db.Where("case_id = ? AND per = ? AND period IN (SELECT period FROM (?) AS latest)", storable(authorization), string(per), last).
		Order("period DESC, stage, product, unit").Find(&rows).Error
	return totalsOf(rows), err
}

func totalsOf(rows []useTotalRow) []use.Total {
	out := make([]use.Total, len(rows))
	for i, r := range rows {
		out[i] = r.total()
	}
	return out
}

// CountUse counts the totals of every authorisation anew, from the events, and returns those that are kept otherwise, by authorisation; none when all agree.
func (s *Store) CountUse(ctx context.Context) (wrong map[string][]use.Total, err error) {
	wrong = map[string][]use.Total{}
	err = s.read.WithContext(ctx).Transaction(func(db *gorm.DB) error { return wrongTotals(db, wrong) }, s.dialect.snapshot())
	return wrong, err
}

func wrongTotals(db *gorm.DB, wrong map[string][]use.Total) error {
	counted, err := countUse(db)
	if err != nil {
		return err
	}
	var kept []useTotalRow
	if err := db.Find(&kept).Error; err != nil {
		return err
	}
	for _, r := range kept {
		sums := counted[r.CaseID]
		if sums[r.total().Sum] != r.total().Figures {
			wrong[r.CaseID] = append(wrong[r.CaseID], r.total())
		}
		delete(sums, r.total().Sum)
	}
	for id, sums := range counted {
		for sum := range sums {
			wrong[id] = append(wrong[id], use.Total{Sum: sum})
		}
	}
	return nil
}

// countUse adds up all events, reading some at a time.
func countUse(db *gorm.DB) (map[string]map[use.Sum]use.Figures, error) {
	out := map[string]map[use.Sum]use.Figures{}
	var last useEventRow
	for {
		var rows []useEventRow
		err := db.Where("(platform, event) > (?, ?)", last.Platform, last.Event).Order("platform, event").Limit(rebuildEvents).Find(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := r.count(out); err != nil {
				return nil, err
			}
		}
		if len(rows) < rebuildEvents {
			return out, nil
		}
		last = rows[len(rows)-1]
	}
}

func (r useEventRow) count(into map[string]map[use.Sum]use.Figures) error {
	e, err := r.recorded()
	if err != nil {
		return err
	}
	sums := into[r.CaseID]
	if sums == nil {
		sums = map[use.Sum]use.Figures{}
		into[r.CaseID] = sums
	}
	for _, t := range use.Sums([]use.Judged{e.Judged}) {
		sums[t.Sum] = sums[t.Sum].Plus(t.Figures)
	}
	return nil
}

// rebuildUseTotals makes the totals of the use ledger anew; they were deleted.
func rebuildUseTotals(db *gorm.DB) error {
	counted, err := countUse(db)
	if err != nil {
		return err
	}
	var rows []useTotalRow
	for id, sums := range counted {
		for sum, figures := range sums {
			rows = append(rows, newUseTotalRow(id, use.Total{Sum: sum, Figures: figures}))
		}
	}
	return insertRows(db, rows)
}
