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
const summaryColumns = "c.id, " + otherColumns

const otherColumns = "c.kind, c.version, c.state, c.phase, c.title, c.applicant, c.agency, c.body, c.policy_hash, " +
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
	may := sees(actor)
	var row caseRow
	err := s.lookUp(ctx).Table("cases AS c").Select(columns).Where("c.id = ? AND c.kind = ?", id, string(kind)).
		Where(may.sql, may.args...).Take(&row).Error
	return row, s.found(err)
}

// where adds a condition of equality unless the value is empty.
func where(q *gorm.DB, column, value string) *gorm.DB {
	if value == "" {
		return q
	}
	return q.Where(column+" = ?", value)
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
