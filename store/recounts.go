package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Recount says how far the open cases are counted anew with one calendar.
type Recount struct {
	Calendar   string // the calendar by which is counted
	Round      int    // 1, 2, 3 … each time it is begun after it had finished
	Total      int    // open cases with a running limit when it began
	Checked    int    // of these, those looked at
	Recounted  int    // of these, those with a limit that changed
	Failed     int    // of these, those that did not answer
	Reached    string // the last case looked at; they come in the order of their IDs
	StartedAt  time.Time
	StartedBy  string
	FinishedAt *time.Time
}

type recountRow struct {
	Calendar   string `gorm:"primaryKey"`
	Round      int
	Total      int
	Checked    int
	Recounted  int
	Failed     int
	Reached    string
	StartedAt  int64
	StartedBy  string
	FinishedAt sql.NullInt64
}

func (recountRow) TableName() string { return "calendar_recounts" }

func (r recountRow) recount() Recount {
	return Recount{
		Calendar: r.Calendar, Round: r.Round, Total: r.Total, Checked: r.Checked, Recounted: r.Recounted, Failed: r.Failed, Reached: r.Reached,
		StartedAt: fromMicros(r.StartedAt), StartedBy: r.StartedBy, FinishedAt: fromOptionalMicros(r.FinishedAt),
	}
}

// BeginRecount notes that a person has the open cases counted anew with a calendar. One that has not finished goes on where it is;
// one that has finished begins anew, as its next round.
func (s *Store) BeginRecount(ctx context.Context, calendar, person string) (Recount, error) {
	total, err := s.countLimited(ctx)
	if err != nil {
		return Recount{}, err
	}
	var row recountRow
	err = s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		fresh := recountRow{Calendar: calendar, Round: 1, Total: total, StartedAt: micros(s.businessNow()), StartedBy: person}
		made := db.Clauses(onlyOnce).Create(&fresh)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected == 0 {
			again := db.Model(&recountRow{}).Where("calendar = ? AND finished_at IS NOT NULL", calendar).Updates(map[string]any{
				"round": gorm.Expr("round + 1"), "total": total, "checked": 0, "recounted": 0, "failed": 0, "reached": "",
				"started_at": fresh.StartedAt, "started_by": person, "finished_at": nil,
			})
			if again.Error != nil {
				return again.Error
			}
		}
		return db.Take(&row, "calendar = ?", calendar).Error
	})
	return row.recount(), err
}

// NoteRecount keeps how far a round has come. ErrVersionConflict when it has finished, or another round has begun.
func (s *Store) NoteRecount(ctx context.Context, r Recount) error {
	noted := s.write.WithContext(ctx).Model(&recountRow{}).Where("calendar = ? AND round = ? AND finished_at IS NULL", r.Calendar, r.Round).
		Updates(map[string]any{
			"checked": r.Checked, "recounted": r.Recounted, "failed": r.Failed, "reached": r.Reached, "finished_at": optionalMicros(r.FinishedAt),
		})
	if noted.Error == nil && noted.RowsAffected == 0 {
		return ErrVersionConflict
	}
	return noted.Error
}

// GetRecount returns the recount with a calendar, or ErrNotFound.
func (s *Store) GetRecount(ctx context.Context, calendar string) (Recount, error) {
	var row recountRow
	err := s.read.WithContext(ctx).Take(&row, "calendar = ?", calendar).Error
	return row.recount(), s.found(err)
}

// LastRecount returns the recount that was begun last; false when there was none.
func (s *Store) LastRecount(ctx context.Context) (Recount, bool, error) {
	var row recountRow
	err := s.read.WithContext(ctx).Order("started_at DESC, calendar").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Recount{}, false, nil
	}
	return row.recount(), err == nil, err
}
