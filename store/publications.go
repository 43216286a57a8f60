package store

import (
	"context"
	"encoding/json"
	"time"

	"datacharter/domain/lifecycle"
)

// PublicationView is an entry of the public record.
type PublicationView struct {
	ID       string // of its message
	Case     string
	CaseKind lifecycle.Kind
	Subject  string
	Content  json.RawMessage
	At       time.Time
}

type publicationRow struct {
	ID      string `gorm:"primaryKey"`
	CaseID  string
	Kind    string
	Subject string
	Content string
	At      int64
	Logged  bool // it is in the transparency log
}

func (publicationRow) TableName() string { return "publications" }

func newPublicationRow(m Message) publicationRow {
	p := m.Effect.Publication
	return publicationRow{ID: m.ID, CaseID: m.Case, Kind: string(m.Kind), Subject: p.Subject, Content: string(p.Content), At: micros(m.At)}
}

func (r publicationRow) view() PublicationView {
	return PublicationView{
		ID: r.ID, Case: r.CaseID, CaseKind: lifecycle.Kind(r.Kind), Subject: r.Subject, Content: json.RawMessage(r.Content), At: fromMicros(r.At),
	}
}

// PublicationFilter narrows a list of publications; empty fields do not.
type PublicationFilter struct {
	Case    string
	Subject string
	Newest  bool // of each case and subject alone
	Cursor  string
	Limit   int // DefaultLimit when 0, at most MaxLimit
}

// ListPublications lists the public record, newest first.
func (s *Store) ListPublications(ctx context.Context, f PublicationFilter) (Page[PublicationView], error) {
	const list = "publications"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[PublicationView]{}, err
	}
	q := s.read.WithContext(ctx)
	q = where(q, "case_id", f.Case)
	q = where(q, "subject", f.Subject)
	if f.Newest {
		q = q.Where("NOT EXISTS (SELECT 1 FROM publications n WHERE n.case_id = publications.case_id AND n.subject = publications.subject AND (n.at, n.id) > (publications.at, publications.id))")
	}
	if more {
		q = q.Where("(at, id) < (?, ?)", at.Num, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []publicationRow
	if err := q.Order("at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[PublicationView]{}, s.found(err)
	}
	return page(rows, limit, sure(publicationRow.view), func(r publicationRow) place { return place{List: list, Num: r.At, ID: r.ID} })
}
