package store

import (
	"context"

	"gorm.io/gorm"
)

const (
	isOpen    = "NOT c.closed AND NOT c.draft"
	isLimited = "EXISTS (SELECT 1 FROM deadlines d WHERE d.case_id = c.id AND NOT d.passed AND NOT d.ended AND d.held = '')"
)

// CasesAfter returns the cases whose IDs follow one, in the order of their IDs: those that are open, or those that are closed or drafts.
func (s *Store) CasesAfter(ctx context.Context, after string, limit int, open bool) ([]CaseSummary, error) {
	q := s.read.WithContext(ctx).Table("cases AS c").Select(summaryColumns).Where("c.id > ?", after)
	if open {
		q = q.Where(isOpen)
	} else {
		q = q.Where("NOT (" + isOpen + ")")
	}
	var rows []caseRow
	if err := q.Order("c.id").Limit(limit).Find(&rows).Error; err != nil {
		return nil, s.found(err)
	}
	out := make([]CaseSummary, len(rows))
	for i, r := range rows {
		out[i] = r.summary()
	}
	return out, nil
}

// CaseByID returns a case of whatever kind, or ErrNotFound. It is for the system's upkeep: nobody's right to see it is asked.
func (s *Store) CaseByID(ctx context.Context, id string) (CaseSummary, error) {
	var row caseRow
	err := s.lookUp(ctx).Table("cases AS c").Select(summaryColumns).Where("c.id = ?", id).Take(&row).Error
	return row.summary(), s.found(err)
}

// LimitedCases returns the open cases with a running time limit whose IDs follow one, in the order of their IDs.
func (s *Store) LimitedCases(ctx context.Context, after string, limit int) ([]CaseView, error) {
	var rows []caseRow
	err := s.limited(ctx).Select("c.*").Where("c.id > ?", after).Order("c.id").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, s.found(err)
	}
	out := make([]CaseView, len(rows))
	for i, r := range rows {
		out[i] = CaseView{CaseSummary: r.summary(), Data: []byte(r.Data)}
	}
	return out, nil
}

func (s *Store) limited(ctx context.Context) *gorm.DB {
	return s.read.WithContext(ctx).Table("cases AS c").Where(isOpen).Where(isLimited)
}

func (s *Store) countLimited(ctx context.Context) (int, error) {
	var n int64
	err := s.limited(ctx).Count(&n).Error
	return int(n), err
}
