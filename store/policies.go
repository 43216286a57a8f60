package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
)

// Policy is one version of a policy profile, as the text it was loaded from.
type Policy struct {
	Hash    string
	Name    string
	Version int
	Content []byte
	AddedAt time.Time
}

type policyRow struct {
	Hash    string `gorm:"primaryKey"`
	Name    string
	Version int
	Content string
	AddedAt int64
}

func (policyRow) TableName() string { return "policies" }

func (r policyRow) policy() Policy {
	return Policy{Hash: r.Hash, Name: r.Name, Version: r.Version, Content: []byte(r.Content), AddedAt: fromMicros(r.AddedAt)}
}

// PutPolicy keeps a profile; one of the same hash stays. ErrTaken when this version of the name has another hash.
func (s *Store) PutPolicy(ctx context.Context, p Policy) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		_, err := s.policy(db, p.Hash)
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		row := policyRow{Hash: p.Hash, Name: p.Name, Version: p.Version, Content: string(p.Content), AddedAt: micros(s.businessNow())}
		return s.orTaken(db.Create(&row).Error)
	})
}

// GetPolicy returns the profile with the hash, or ErrNotFound.
func (s *Store) GetPolicy(ctx context.Context, hash string) (Policy, error) {
	return s.policy(s.read.WithContext(ctx), hash)
}

// Policy is Store.GetPolicy as the transaction sees it.
func (tx *Tx) Policy(hash string) (Policy, error) { return tx.store.policy(tx.db, hash) }

func (s *Store) policy(db *gorm.DB, hash string) (Policy, error) {
	var row policyRow
	err := db.Take(&row, "hash = ?", hash).Error
	return row.policy(), s.found(err)
}

// ListPolicies lists every profile without content, by name, newest version first.
func (s *Store) ListPolicies(ctx context.Context) ([]Policy, error) {
	var rows []policyRow
	if err := s.read.WithContext(ctx).Omit("content").Order("name, version DESC").Find(&rows).Error; err != nil {
		return nil, err
	}
	policies := make([]Policy, len(rows))
	for i, r := range rows {
		policies[i] = r.policy()
	}
	return policies, nil
}
