package store

import (
	"cmp"
	"fmt"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/search"
)

// projection is every read-model row of a case beside the row of cases. It follows from the folded state alone,
// so that recording commands one by one and rebuilding from events give the same rows.
type projection struct {
	tasks       []taskRow
	deadlines   []deadlineRow
	parties     []partyRow
	interests   []interestRow
	acts        []actRow
	attachments []caseAttachmentRow
	resources   []caseResourceRow
	searched    []searched
	public      publicRows
}

func project(c lifecycle.Case) projection {
	h := c.Head()
	return projection{
		tasks:       taskRows(h),
		deadlines:   deadlineRows(h),
		parties:     partyRows(h),
		interests:   interestRows(h),
		acts:        actRows(h),
		attachments: caseAttachmentRows(c),
		resources:   caseResourceRows(c),
		searched:    []searched{{h.ID, h.Title + " " + h.ID, micros(h.OpenedAt)}},
		public:      publicRowsOf(c),
	}
}

// add appends the rows of another case.
func (p *projection) add(q projection) {
	p.tasks = append(p.tasks, q.tasks...)
	p.deadlines = append(p.deadlines, q.deadlines...)
	p.parties = append(p.parties, q.parties...)
	p.interests = append(p.interests, q.interests...)
	p.acts = append(p.acts, q.acts...)
	p.attachments = append(p.attachments, q.attachments...)
	p.resources = append(p.resources, q.resources...)
	p.searched = append(p.searched, q.searched...)
	p.public.add(q.public)
}

// insert writes all rows into tables that have none of them.
func (p projection) insert(db *gorm.DB) error {
	return inTurn(
		func() error { return insertRows(db, p.tasks) },
		func() error { return insertRows(db, p.deadlines) },
		func() error { return insertRows(db, p.parties) },
		func() error { return insertRows(db, p.interests) },
		func() error { return insertRows(db, p.acts) },
		func() error { return insertRows(db, p.attachments) },
		func() error { return insertRows(db, p.resources) },
		func() error { return insertRows(db, caseTermRows(p.searched)) },
		func() error { return p.public.insert(db) },
	)
}

// inTurn runs the steps until one fails: after a failure PostgreSQL refuses the rest of a transaction.
func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func insertRows[R any](db *gorm.DB, rows []R) error {
	if len(rows) == 0 {
		return nil
	}
	return db.Create(&rows).Error
}

// sync writes the rows in which it differs from before.
func (p projection) sync(db *gorm.DB, before projection) error {
	return inTurn(
		func() error { return syncRows(db, before.tasks, p.tasks, taskRow.key) },
		func() error { return syncRows(db, before.deadlines, p.deadlines, deadlineRow.key) },
		func() error { return syncRows(db, before.parties, p.parties, partyRow.key) },
		func() error { return syncRows(db, before.interests, p.interests, itself[interestRow]) },
		func() error { return syncRows(db, before.acts, p.acts, itself[actRow]) },
		func() error { return syncRows(db, before.attachments, p.attachments, itself[caseAttachmentRow]) },
		func() error { return syncRows(db, before.resources, p.resources, caseResourceRow.key) },
		func() error { return syncTerms(db, before.searched, p.searched) },
		func() error { return p.public.sync(db, before.public) },
	)
}

func itself[R any](row R) R { return row }

// syncRows upserts the rows that are new or changed and deletes those that are gone. Rows with equal keys are the same row.
func syncRows[R, K comparable](db *gorm.DB, before, after []R, key func(R) K) error {
	if slices.Equal(before, after) {
		return nil
	}
	old := make(map[K]R, len(before))
	for _, row := range before {
		old[key(row)] = row
	}
	var changed, gone []R
	for _, row := range after {
		if was, ok := old[key(row)]; !ok || was != row {
			changed = append(changed, row)
		}
		delete(old, key(row))
	}
	for _, row := range before {
		if _, left := old[key(row)]; left {
			gone = append(gone, row)
		}
	}
	if err := insertRows(db.Clauses(clause.OnConflict{UpdateAll: true}), changed); err != nil {
		return err
	}
	if len(gone) > 0 {
		return db.Delete(&gone).Error
	}
	return nil
}

// partyRow names an organisation whose people may see the case, by its relation to it.
type partyRow struct {
	CaseID       string `gorm:"primaryKey"`
	Relation     string `gorm:"primaryKey"`
	Organization string
}

// anyBodyOf stands in case_parties for every organisation of a kind, while any of them may be called to decide:
// their secretaries, members and chairs must be able to read what they are to decide on.
func anyBodyOf(kind identity.Kind) string { return "any " + string(kind) }

func (partyRow) TableName() string { return "case_parties" }

func (r partyRow) key() partyRow { return partyRow{CaseID: r.CaseID, Relation: r.Relation} }

// against is the relation of an organisation that a complaint is about: see openTo.
const against = "against"

func partyRows(h *lifecycle.Header) []partyRow {
	var rows []partyRow
	for _, p := range []partyRow{
		{h.ID, string(lifecycle.OfApplicant), h.Applicant},
		{h.ID, string(lifecycle.OfAgent), h.Agent},
		{h.ID, string(lifecycle.OfAgency), h.Agency},
		{h.ID, string(lifecycle.OfBody), h.Body},
		{h.ID, against, h.Against},
	} {
		if p.Organization != "" {
			rows = append(rows, p)
		}
	}
	if p := h.Pending; p != nil {
		rows = append(rows, partyRow{h.ID, "decider", cmp.Or(p.Body, anyBodyOf(p.BodyKind))})
	}
	for i, id := range h.Joint {
		rows = append(rows, partyRow{h.ID, fmt.Sprintf("%s-%d", lifecycle.OfJoint, i+1), id})
	}
	for i, id := range h.Readers {
		rows = append(rows, partyRow{h.ID, fmt.Sprintf("reader-%d", i+1), id})
	}
	for i, body := range h.Deciders {
		rows = append(rows, partyRow{h.ID, fmt.Sprintf("decider-%d", i+1), body})
	}
	return rows
}

// interestRow closes a case to a person.
type interestRow struct {
	Person string `gorm:"primaryKey"`
	CaseID string `gorm:"primaryKey"`
}

func (interestRow) TableName() string { return "case_interests" }

func interestRows(h *lifecycle.Header) []interestRow {
	return distinct(h.Interests, func(person string) interestRow { return interestRow{person, h.ID} })
}

// actRow says that a person acted in a step of a case.
type actRow struct {
	Person string `gorm:"primaryKey"`
	CaseID string `gorm:"primaryKey"`
	Step   string `gorm:"primaryKey"`
}

func (actRow) TableName() string { return "case_acts" }

func actRows(h *lifecycle.Header) []actRow {
	rows := make([]actRow, len(h.Acts)) // each once: lifecycle.Header.Acted
	for i, a := range h.Acts {
		rows[i] = actRow{a.Person, h.ID, a.Step}
	}
	return rows
}

// caseAttachmentRow says that a case refers to an attachment.
type caseAttachmentRow struct {
	Digest string `gorm:"primaryKey"`
	CaseID string `gorm:"primaryKey"`
}

func (caseAttachmentRow) TableName() string { return "case_attachments" }

func caseAttachmentRows(c lifecycle.Case) []caseAttachmentRow {
	a, ok := c.(Attaching)
	if !ok {
		return nil
	}
	return distinct(a.AttachmentDigests(), func(digest string) caseAttachmentRow { return caseAttachmentRow{digest, c.Head().ID} })
}

// caseTermRow is one search term of a case.
type caseTermRow struct {
	Term     string `gorm:"primaryKey"`
	OpenedAt int64  `gorm:"primaryKey"` // of the case: under each term the cases lie in the order of their opening
	CaseID   string `gorm:"primaryKey"`
}

func (caseTermRow) TableName() string { return "case_terms" }

// searched is a case with the words by which it is found. Their terms are worked out only when the words change, which is rare.
type searched struct {
	caseID, words string
	openedAt      int64
}

func caseTermRows(cases []searched) []caseTermRow {
	var rows []caseTermRow
	for _, c := range cases {
		rows = append(rows, distinct(search.Terms(c.words), func(term string) caseTermRow { return caseTermRow{term, c.openedAt, c.caseID} })...)
	}
	return rows
}

func syncTerms(db *gorm.DB, before, after []searched) error {
	if slices.Equal(before, after) {
		return nil
	}
	return syncRows(db, caseTermRows(before), caseTermRows(after), itself[caseTermRow])
}

// distinct makes one row of each different value, in the order of the values.
func distinct[R any](values []string, row func(string) R) []R {
	var rows []R
	for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
		rows = append(rows, row(v))
	}
	return rows
}
