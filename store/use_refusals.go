package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/use"
)

// useRefusalRow is a use that a platform asked about and that was refused.
type useRefusalRow struct {
	Request     string `gorm:"primaryKey"`
	Fingerprint string
	Platform    string
	CaseID      string
	Person      string
	At          int64
	Data        string
	Reasons     string
}

func (useRefusalRow) TableName() string { return "use_refusals" }

// RefusedUse is a use that was asked about before and refused.
type RefusedUse struct {
	Platform string
	Person   string
	At       time.Time // when it was asked about
	Use      use.Use
	Reasons  []use.Reason
}

func (r useRefusalRow) refused() (RefusedUse, error) {
	out := RefusedUse{Platform: r.Platform, Person: r.Person, At: fromMicros(r.At)}
	if err := json.Unmarshal([]byte(r.Data), &out.Use); err != nil {
		return out, fmt.Errorf("store: a refused use of %s: %w", r.Platform, err)
	}
	if err := json.Unmarshal([]byte(r.Reasons), &out.Reasons); err != nil {
		return out, fmt.Errorf("store: a refused use of %s: %w", r.Platform, err)
	}
	return out, nil
}

// UseRefusalOf returns what a request was refused, with the fingerprint of what it sent; false when it was not.
func (tx *Tx) UseRefusalOf(request string) (r RefusedUse, fingerprint string, known bool, err error) {
	var row useRefusalRow
	err = tx.db.Take(&row, "request = ?", request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return r, "", false, nil
	}
	if err != nil {
		return r, "", false, err
	}
	r, err = row.refused()
	return r, row.Fingerprint, true, err
}

// AddUseRefusal keeps that a use was refused; the time is set here.
func (tx *Tx) AddUseRefusal(request Request, authorization string, r RefusedUse) (RefusedUse, error) {
	r.At = tx.now
	data, err := json.Marshal(r.Use)
	if err != nil {
		return r, err
	}
	reasons, err := json.Marshal(r.Reasons)
	if err != nil {
		return r, err
	}
	return r, tx.orConflict(tx.db.Create(&useRefusalRow{
		Request: request.ID, Fingerprint: request.Fingerprint, Platform: r.Platform, CaseID: authorization, Person: r.Person, At: micros(r.At),
		Data: storable(string(data)), Reasons: storable(string(reasons)),
	}).Error)
}

// ListUseRefusals lists the uses under an authorisation that were refused, the last first. It asks nobody's right.
func (s *Store) ListUseRefusals(ctx context.Context, authorization, cursor string, limit int) (Page[RefusedUse], error) {
	const list = "use-refusals"
	at, more, err := placeOf(list, cursor)
	if err != nil {
		return Page[RefusedUse]{}, err
	}
	q := s.read.WithContext(ctx).Where("case_id = ?", storable(authorization))
	if more {
		q = q.Where("(at, request) < (?, ?)", at.Num, at.ID)
	}
	limit = pageSize(limit)
	var rows []useRefusalRow
	if err := q.Order("at DESC, request DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[RefusedUse]{}, err
	}
	return page(rows, limit, useRefusalRow.refused, func(r useRefusalRow) place { return place{List: list, Num: r.At, ID: r.Request} })
}
