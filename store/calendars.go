package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Calendar is one notice of a year's working days as it was uploaded. Uploads are kept for good; of a year the newest counts.
type Calendar struct {
	Version int64 // 1, 2, 3 … in the order of upload, over all years
	Year    int
	Notice  string
	Issued  string // YYYY-MM-DD; empty when the notice's day is not known
	Digest  string // SHA-256 of the content
	Content []byte
	Request string // the request that brought it
	AddedAt time.Time
	AddedBy string
}

type calendarRow struct {
	Version int64 `gorm:"primaryKey;autoIncrement:false"`
	Year    int
	Notice  string
	Issued  string
	Digest  string
	Content string
	Request string
	AddedAt int64
	AddedBy string
}

func (calendarRow) TableName() string { return "calendars" }

func (r calendarRow) calendar() Calendar {
	return Calendar{
		Version: r.Version, Year: r.Year, Notice: r.Notice, Issued: r.Issued, Digest: r.Digest, Content: []byte(r.Content), Request: r.Request,
		AddedAt: fromMicros(r.AddedAt), AddedBy: r.AddedBy,
	}
}

// maxUploads bounds how often an upload is tried that others come before.
const maxUploads = 10

// PutCalendar keeps an upload as the newest version; that of the same request stays. prepare looks at the newest upload of each year, makes the one
// to be kept, or says why there is none. Version and time are set here.
func (s *Store) PutCalendar(ctx context.Context, request string, prepare func(newest []Calendar) (Calendar, error)) (Calendar, error) {
	var put Calendar
	var err error
	for range maxUploads {
		err = s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
			put, err = s.putCalendar(db, request, prepare)
			return err
		})
		if !errors.Is(err, ErrVersionConflict) {
			break
		}
	}
	return put, err
}

func (s *Store) putCalendar(db *gorm.DB, request string, prepare func([]Calendar) (Calendar, error)) (Calendar, error) {
	var before calendarRow
	err := db.Take(&before, "request = ?", request).Error
	if err == nil {
		return before.calendar(), nil
	}
	if !errors.Is(err, gorm.ErrRecordNotFound) {
		return Calendar{}, err
	}
	newest, err := newestCalendars(db)
	if err != nil {
		return Calendar{}, err
	}
	c, err := prepare(newest)
	if err != nil {
		return Calendar{}, err
	}
	last, err := calendarVersion(db)
	if err != nil {
		return Calendar{}, err
	}
	row := calendarRow{
		Version: last + 1, Year: c.Year, Notice: storable(c.Notice), Issued: c.Issued, Digest: c.Digest, Content: string(c.Content), Request: request,
		AddedAt: micros(s.businessNow()), AddedBy: c.AddedBy,
	}
	err = db.Create(&row).Error
	if s.dialect.isDuplicate(err) {
		return Calendar{}, ErrVersionConflict
	}
	return row.calendar(), err
}

func newestCalendars(db *gorm.DB) ([]Calendar, error) {
	var rows []calendarRow
	err := db.Where("version IN (SELECT max(version) FROM calendars GROUP BY year)").Order("year").Find(&rows).Error
	return calendars(rows), err
}

func calendars(rows []calendarRow) []Calendar {
	out := make([]Calendar, len(rows))
	for i, r := range rows {
		out[i] = r.calendar()
	}
	return out
}

// calendarVersion goes past GORM: it is asked with every command, and GORM would take twice the time that the database does.
func calendarVersion(db *gorm.DB) (version int64, err error) {
	row := db.Statement.ConnPool.QueryRowContext(db.Statement.Context, "SELECT coalesce(max(version), 0) FROM calendars")
	err = row.Scan(&version)
	return version, err
}

// CalendarVersion returns the version of the newest upload as the transaction sees it; 0 when there is none.
func (tx *Tx) CalendarVersion() (int64, error) { return calendarVersion(tx.db) }

// Calendars returns the newest upload of each year as the transaction sees it, by year.
func (tx *Tx) Calendars() ([]Calendar, error) { return newestCalendars(tx.db) }

// CalendarVersion returns the version of the newest upload; 0 when there is none.
func (s *Store) CalendarVersion(ctx context.Context) (int64, error) {
	return calendarVersion(s.lookUp(ctx))
}

// Calendars returns the newest upload of each year, by year.
func (s *Store) Calendars(ctx context.Context) ([]Calendar, error) {
	return newestCalendars(s.read.WithContext(ctx))
}

// ListCalendars lists every upload without content, newest first.
func (s *Store) ListCalendars(ctx context.Context) ([]Calendar, error) {
	var rows []calendarRow
	err := s.read.WithContext(ctx).Omit("content").Order("version DESC").Find(&rows).Error
	return calendars(rows), err
}
