package store

import (
	"context"

	"datacharter/domain/identity"
)

// followRow says that a person follows a case.
type followRow struct {
	Person string `gorm:"primaryKey"`
	CaseID string `gorm:"primaryKey"`
	Since  int64
}

func (followRow) TableName() string { return "follows" }

// Follow notes that a person wants to keep an eye on a case; twice changes nothing. ErrNotFound when the actor may not see it.
// CaseFilter.Followed lists what is followed and may still be seen.
func (s *Store) Follow(ctx context.Context, actor identity.Actor, caseID string) error {
	if err := s.mustSee(ctx, actor, caseID); err != nil {
		return err
	}
	err := s.write.WithContext(ctx).Clauses(onlyOnce).Create(&followRow{Person: actor.Person, CaseID: caseID, Since: micros(s.businessNow())}).Error
	if s.dialect.isForeignKey(err) {
		return ErrNotFound
	}
	return err
}

// Unfollow takes it back; what is not followed stays so.
func (s *Store) Unfollow(ctx context.Context, person, caseID string) error {
	err := s.write.WithContext(ctx).Delete(&followRow{Person: person, CaseID: caseID}).Error
	if s.dialect.isBadText(err) {
		return nil
	}
	return err
}

// Follows reports whether a person follows a case.
func (s *Store) Follows(ctx context.Context, person, caseID string) (bool, error) {
	var n int64
	err := s.read.WithContext(ctx).Model(&followRow{}).Where("person = ? AND case_id = ?", person, storable(caseID)).Count(&n).Error
	return n > 0, err
}
