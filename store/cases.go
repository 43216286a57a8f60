package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/search"
)

// CaseSummary is a case as lists show it.
type CaseSummary struct {
	ID         string
	Kind       lifecycle.Kind
	Version    int64
	State      lifecycle.State
	Phase      lifecycle.Phase
	Title      string
	Applicant  string
	Agency     string
	Body       string
	PolicyHash string
	Closed     bool
	Draft      bool
	WakeAt     *time.Time // when the case next needs attention by itself; nil when it does not, or is closed or a draft
	OpenedAt   time.Time
	ChangedAt  time.Time
	ClosedAt   *time.Time
}

// CaseView is a case with its folded state, for Definition.Decode.
type CaseView struct {
	CaseSummary
	Data []byte
}

type caseRow struct {
	ID         string `gorm:"primaryKey"`
	Kind       string
	Version    int64
	State      string
	Phase      string
	Title      string
	Applicant  string
	Agency     string
	Body       string
	PolicyHash string
	Closed     bool
	Draft      bool
	WakeAt     sql.NullInt64
	OpenedAt   int64
	ChangedAt  int64
	ClosedAt   sql.NullInt64
	HeadHash   []byte
	Data       string
}

func (caseRow) TableName() string { return "cases" }

// summaryColumns are all but the long ones.
const summaryColumns = "c.id, c.kind, c.version, c.state, c.phase, c.title, c.applicant, c.agency, c.body, c.policy_hash, " +
	"c.closed, c.draft, c.wake_at, c.opened_at, c.changed_at, c.closed_at"

// newCaseRow makes the row of a folded case whose last event has the hash.
func newCaseRow(def lifecycle.Definition, c lifecycle.Case, headHash []byte) (caseRow, error) {
	h := c.Head()
	data, err := json.Marshal(c)
	if err != nil {
		return caseRow{}, fmt.Errorf("store: state of %s: %w", h.ID, err)
	}
	state := def.State(h.State)
	row := caseRow{
		ID: h.ID, Kind: string(h.Kind), Version: h.Version, State: string(h.State), Phase: string(state.Phase), Title: storable(h.Title),
		Applicant: h.Applicant, Agency: h.Agency, Body: h.Body, PolicyHash: h.Policy.Hash, Closed: state.Final, Draft: state.Draft,
		OpenedAt: micros(h.OpenedAt), ChangedAt: micros(h.ChangedAt), ClosedAt: optionalMicros(h.ClosedAt), HeadHash: headHash, Data: string(data),
	}
	if wake, ok := h.WakeAt(); ok && !state.Final && !state.Draft {
		row.WakeAt = optionalMicros(&wake)
	}
	return row, nil
}

// storable drops NUL characters, which people can send in JSON and PostgreSQL cannot hold.
func storable(s string) string { return strings.ReplaceAll(s, "\x00", "") }

func (r caseRow) summary() CaseSummary {
	return CaseSummary{
		ID: r.ID, Kind: lifecycle.Kind(r.Kind), Version: r.Version, State: lifecycle.State(r.State), Phase: lifecycle.Phase(r.Phase),
		Title: r.Title, Applicant: r.Applicant, Agency: r.Agency, Body: r.Body, PolicyHash: r.PolicyHash, Closed: r.Closed, Draft: r.Draft,
		WakeAt: fromOptionalMicros(r.WakeAt), OpenedAt: fromMicros(r.OpenedAt), ChangedAt: fromMicros(r.ChangedAt), ClosedAt: fromOptionalMicros(r.ClosedAt),
	}
}

// GetCase returns a case that the actor may see, or ErrNotFound.
func (s *Store) GetCase(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, id string) (CaseView, error) {
	row, err := s.oneCase(ctx, actor, kind, id, "c.*")
	if err != nil {
		return CaseView{}, err
	}
	return CaseView{CaseSummary: row.summary(), Data: []byte(row.Data)}, nil
}

// GetCaseSummary is GetCase without the folded state.
func (s *Store) GetCaseSummary(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, id string) (CaseSummary, error) {
	row, err := s.oneCase(ctx, actor, kind, id, summaryColumns)
	if err != nil {
		return CaseSummary{}, err
	}
	return row.summary(), nil
}

func (s *Store) oneCase(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, id, columns string) (caseRow, error) {
	may := sees(actor, id)
	var row caseRow
	err := s.lookUp(ctx).Table("cases AS c").Select(columns).Where("c.id = ? AND c.kind = ?", id, string(kind)).
		Where(may.sql, may.args...).Take(&row).Error
	return row, s.found(err)
}

// CaseFilter narrows a list of cases; empty fields do not.
type CaseFilter struct {
	Kind      lifecycle.Kind
	State     lifecycle.State
	Phase     lifecycle.Phase
	Applicant string
	Agency    string
	Body      string
	Closed    *bool
	Draft     *bool
	Text      string // every word must occur in the title or the ID
	Sort      CaseSort
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// CaseSort is an order of cases.
type CaseSort string

// The orders of cases.
const (
	ByChange  CaseSort = "changed" // last changed first; the default
	ByOpening CaseSort = "opened"  // last opened first
)

// ListCases lists the cases that the actor may see.
func (s *Store) ListCases(ctx context.Context, actor identity.Actor, f CaseFilter) (Page[CaseSummary], error) {
	column, key := "c.changed_at", func(r caseRow) int64 { return r.ChangedAt }
	if f.Sort == ByOpening {
		column, key = "c.opened_at", func(r caseRow) int64 { return r.OpenedAt }
	}
	list := "cases " + column
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[CaseSummary]{}, err
	}
	may := sees(actor, "")
	q := s.read.WithContext(ctx).Table("cases AS c").Select(summaryColumns).Where(may.sql, may.args...)
	q = where(q, "c.kind", string(f.Kind))
	q = where(q, "c.state", string(f.State))
	q = where(q, "c.phase", string(f.Phase))
	q = where(q, "c.applicant", f.Applicant)
	q = where(q, "c.agency", f.Agency)
	q = where(q, "c.body", f.Body)
	if f.Closed != nil {
		q = q.Where("c.closed = ?", *f.Closed)
	}
	if f.Draft != nil {
		q = q.Where("c.draft = ?", *f.Draft)
	}
	q = matching(q, "c.id", "SELECT case_id FROM case_terms", f.Text)
	if more {
		q = q.Where("("+column+", c.id) < (?, ?)", at.Num, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []caseRow
	if err := q.Order(column + " DESC, c.id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[CaseSummary]{}, s.found(err)
	}
	return page(rows, limit, sure(caseRow.summary), func(r caseRow) place { return place{List: list, Num: key(r), ID: r.ID} })
}

// where adds a condition of equality unless the value is empty.
func where(q *gorm.DB, column, value string) *gorm.DB {
	if value == "" {
		return q
	}
	return q.Where(column+" = ?", value)
}

// maxTerms bounds the terms of one search; of a longer text only the first are looked for.
const maxTerms = 20

// matching keeps the rows whose ID is found under every term of the text; owners selects IDs from a table of terms.
func matching(q *gorm.DB, id, owners, text string) *gorm.DB {
	terms := search.QueryTerms(text)
	for _, term := range terms[:min(len(terms), maxTerms)] {
		q = q.Where(id+" IN ("+owners+" WHERE term >= ? AND term < ?)", term, term+"\U0010FFFF")
	}
	return q
}

// OpenCases lists every case that is neither closed nor draft, by ID: those for which a workflow runs.
func (s *Store) OpenCases(ctx context.Context) ([]CaseSummary, error) {
	var rows []caseRow
	err := s.read.WithContext(ctx).Table("cases AS c").Select(summaryColumns).Where("NOT c.closed AND NOT c.draft").Order("c.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	cases := make([]CaseSummary, len(rows))
	for i, r := range rows {
		cases[i] = r.summary()
	}
	return cases, nil
}
