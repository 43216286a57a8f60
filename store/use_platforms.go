package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/identity"
	"datacharter/domain/use"
)

// usePlatformRow is a platform that reports use, with what it has reported so far.
type usePlatformRow struct {
	ID          string `gorm:"primaryKey"`
	CaseID      string
	Operator    string
	Name        string
	Algorithm   string
	PublicKey   string
	Request     string // the request that brought it: a repeat brings no other
	Fingerprint string // of what the request sent
	Person      string
	Role        string
	At          int64
	RevokedAt   sql.NullInt64
	Revocation  string
	Batches     int64
	LastNumber  int64
	Head        string
	ReportedAt  sql.NullInt64
}

func (usePlatformRow) TableName() string { return "use_platforms" }

func (r usePlatformRow) platform() (use.Platform, error) {
	p := use.Platform{
		ID: r.ID, Authorization: r.CaseID, Operator: r.Operator, Name: r.Name, Algorithm: r.Algorithm, Key: r.PublicKey,
		By: identity.By{Person: r.Person, Organization: r.Operator, Role: identity.Role(r.Role)}, At: fromMicros(r.At),
		Batches: r.Batches, Last: r.LastNumber, Head: r.Head, ReportedAt: fromOptionalMicros(r.ReportedAt),
	}
	if r.Revocation == "" {
		return p, nil
	}
	p.Revoked = new(use.Revocation)
	if err := json.Unmarshal([]byte(r.Revocation), p.Revoked); err != nil {
		return p, fmt.Errorf("store: platform %s: %w", r.ID, err)
	}
	return p, nil
}

// UsePlatformOf returns the platform that a request registered, with the fingerprint of what it sent; false when it registered none.
func (tx *Tx) UsePlatformOf(request string) (p use.Platform, fingerprint string, known bool, err error) {
	var row usePlatformRow
	err = tx.db.Take(&row, "request = ?", request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return p, "", false, nil
	}
	if err != nil {
		return p, "", false, err
	}
	p, err = row.platform()
	return p, row.Fingerprint, true, err
}

// OpenUsePlatforms counts the platforms of an authorisation that are in use.
func (tx *Tx) OpenUsePlatforms(authorization string) (int, error) {
	var n int64
	err := tx.db.Model(&usePlatformRow{}).Where("case_id = ? AND revoked_at IS NULL", authorization).Count(&n).Error
	return int(n), err
}

// AddUsePlatform registers a platform; the time is set here. ErrVersionConflict when the same request came first.
func (tx *Tx) AddUsePlatform(request Request, p use.Platform) (use.Platform, error) {
	p.At = tx.now
	row := usePlatformRow{
		ID: p.ID, CaseID: p.Authorization, Operator: p.Operator, Name: storable(p.Name), Algorithm: p.Algorithm, PublicKey: p.Key, Request: request.ID,
		Fingerprint: request.Fingerprint, Person: p.By.Person, Role: string(p.By.Role), At: micros(p.At),
	}
	return p, tx.orConflict(tx.db.Create(&row).Error)
}

// UsePlatform loads a platform for change: nobody else changes it until the transaction ends. ErrNotFound when there is none of the ID.
func (tx *Tx) UsePlatform(id string) (use.Platform, error) {
	if id != storable(id) {
		return use.Platform{}, ErrNotFound
	}
	var row usePlatformRow
	if err := tx.db.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&row, "id = ?", id).Error; err != nil {
		return use.Platform{}, tx.store.found(err)
	}
	return row.platform()
}

// PeekUsePlatform reads a platform without keeping others from changing it. ErrNotFound when there is none of the ID.
func (tx *Tx) PeekUsePlatform(id string) (use.Platform, error) {
	var row usePlatformRow
	if err := tx.db.Take(&row, "id = ?", id).Error; err != nil {
		return use.Platform{}, tx.store.found(err)
	}
	return row.platform()
}

// RevokeUsePlatform ends a platform's key; one that was ended before stays as it was. The time is set here.
func (tx *Tx) RevokeUsePlatform(p use.Platform, r use.Revocation) (use.Platform, error) {
	if p.Revoked != nil {
		return p, nil
	}
	r.At = tx.now
	raw, err := json.Marshal(r)
	if err != nil {
		return p, err
	}
	p.Revoked = &r
	return p, tx.db.Model(&usePlatformRow{ID: p.ID}).Updates(map[string]any{"revoked_at": micros(r.At), "revocation": storable(string(raw))}).Error
}

// GetUsePlatform returns a platform, or ErrNotFound when there is none of the ID, or the actor may not see its authorisation.
func (s *Store) GetUsePlatform(ctx context.Context, actor identity.Actor, id string) (use.Platform, error) {
	if id != storable(id) {
		return use.Platform{}, ErrNotFound
	}
	var row usePlatformRow
	if err := s.lookUp(ctx).Take(&row, "id = ?", id).Error; err != nil {
		return use.Platform{}, s.found(err)
	}
	if err := s.mustSee(ctx, actor, row.CaseID); err != nil {
		return use.Platform{}, err
	}
	return row.platform()
}

// UsePlatforms lists the platforms of an authorisation, the first registered first. It asks nobody's right.
func (s *Store) UsePlatforms(ctx context.Context, authorization string) ([]use.Platform, error) {
	var rows []usePlatformRow
	if err := s.read.WithContext(ctx).Where("case_id = ?", authorization).Order("at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]use.Platform, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.platform(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// maxGaps bounds how many gaps are listed.
const maxGaps = 100

// UseGaps lists the running numbers below the greatest that no batch of a platform has, the least first, up to 100 runs of them.
func (s *Store) UseGaps(ctx context.Context, platform string) ([]use.Gap, error) {
	var after []use.Gap // From: a number that another follows with a gap; To: the one that follows
	err := s.read.WithContext(ctx).Raw(`SELECT number AS "from", follower AS "to" FROM (
			SELECT number, LEAD(number) OVER (ORDER BY number) AS follower FROM (
				SELECT CAST(0 AS bigint) AS number UNION ALL SELECT number FROM use_batches WHERE platform = ?) AS numbers) AS pairs
		WHERE follower > number + 1 ORDER BY number LIMIT ?`, platform, maxGaps).Scan(&after).Error
	for i := range after {
		after[i].From, after[i].To = after[i].From+1, after[i].To-1
	}
	return after, err
}
