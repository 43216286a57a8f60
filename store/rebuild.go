package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"datacharter/domain/lifecycle"
)

// rebuildBatch is how many events are read, and how many cases written, at a time.
const (
	rebuildEvents = 1000
	rebuildCases  = 100
)

// readModels are the tables that Rebuild makes anew.
var readModels = []any{
	&caseRow{}, &taskRow{}, &deadlineRow{}, &partyRow{}, &interestRow{}, &actRow{}, &caseAttachmentRow{}, &caseResourceRow{}, &caseTermRow{},
	&resourceTermRow{}, &resourceTitleTermRow{}, &resourceCountRow{}, &organizationTermRow{},
	&registerRow{}, &registerProductRow{}, &registerTermRow{}, &productTermRow{}, &useTotalRow{}, &useTakerRow{},
}

// Rebuild makes every read model anew from the record, in one transaction, during which commands wait; those who read see the old rows until it ends.
// It does not check the record: Verify does. progress is called with the number of cases done and in all.
func (s *Store) Rebuild(ctx context.Context, find func(lifecycle.Kind) lifecycle.Definition, progress func(done, all int64)) error {
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if err := s.dialect.exclude(db); err != nil {
			return err
		}
		for _, model := range readModels {
			if err := db.Session(&gorm.Session{AllowGlobalUpdate: true}).Delete(model).Error; err != nil {
				return err
			}
		}
		r := rebuild{db: db, find: find, progress: progress}
		if err := db.Model(&eventRow{}).Distinct("case_id").Count(&r.all).Error; err != nil {
			return err
		}
		if err := eachEvent(db, rebuildEvents, r.event); err != nil {
			return err
		}
		if err := r.finish(); err != nil {
			return err
		}
		if err := r.flush(); err != nil {
			return err
		}
		if err := rebuildResourceTerms(db); err != nil {
			return err
		}
		return inTurn(func() error { return rebuildOrganizationTerms(db) }, func() error { return rebuildUseTotals(db) }, func() error { return rebuildUseTakers(db) })
	})
}

// eachEvent calls f for every event, by case and sequence number, reading some at a time.
func eachEvent(db *gorm.DB, batch int, f func(eventRow) error) error {
	var last eventRow
	for {
		var rows []eventRow
		err := db.Where("(case_id, seq) > (?, ?)", last.CaseID, last.Seq).Order("case_id, seq").Limit(batch).Find(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := f(row); err != nil {
				return err
			}
		}
		if len(rows) < batch {
			return nil
		}
		last = rows[len(rows)-1]
	}
}

// rebuild folds one case after the other and writes the rows of many at once.
type rebuild struct {
	db        *gorm.DB
	find      func(lifecycle.Kind) lifecycle.Definition
	progress  func(done, all int64)
	done, all int64

	def  lifecycle.Definition
	open lifecycle.Case // the case being folded; nil before the first
	head []byte

	cases []caseRow
	rows  projection
}

func (r *rebuild) event(e eventRow) error {
	if r.open == nil || r.open.Head().ID != e.CaseID {
		if err := r.finish(); err != nil {
			return err
		}
		if r.def = r.find(lifecycle.Kind(e.Kind)); r.def == nil {
			return fmt.Errorf("store: case %s is of the unknown kind %q", e.CaseID, e.Kind)
		}
		r.open = r.def.Blank(e.CaseID)
	}
	r.head = e.Hash
	return r.def.Evolve(r.open, e.event())
}

// finish adds the rows of the case that was being folded.
func (r *rebuild) finish() error {
	if r.open == nil {
		return nil
	}
	row, err := newCaseRow(r.def, r.open, r.head)
	if err != nil {
		return err
	}
	r.cases = append(r.cases, row)
	r.rows.add(project(r.open))
	r.done++
	if len(r.cases) < rebuildCases {
		return nil
	}
	return r.flush()
}

// flush writes what was added.
func (r *rebuild) flush() error {
	if len(r.cases) == 0 {
		return nil
	}
	if err := r.db.Create(&r.cases).Error; err != nil {
		return err
	}
	if err := r.rows.insert(r.db); err != nil {
		return err
	}
	r.cases, r.rows = nil, projection{}
	r.progress(r.done, r.all)
	return nil
}

// rebuildOrganizationTerms makes the search terms of every organisation anew.
func rebuildOrganizationTerms(db *gorm.DB) error {
	last := ""
	for {
		var organizations []organizationRow
		if err := db.Where("id > ?", last).Order("id").Limit(rebuildCases).Find(&organizations).Error; err != nil {
			return err
		}
		var terms []organizationTermRow
		for _, o := range organizations {
			terms = append(terms, organizationTermRows(o)...)
		}
		if err := insertRows(db, terms); err != nil {
			return err
		}
		if len(organizations) < rebuildCases {
			return nil
		}
		last = organizations[len(organizations)-1].ID
	}
}
