package store

import (
	"context"
	"time"

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
	WakeAt     *time.Time // when the case next needs attention by itself
	OpenedAt   time.Time
	ChangedAt  time.Time
	ClosedAt   *time.Time
}

// CaseView is a case with its folded state, for Definition.Decode.
type CaseView struct {
	CaseSummary
	Data []byte
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
	Text      string // words of the title or parts of the ID
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

// GetCase returns a case that the actor may see, or ErrNotFound.
func (s *Store) GetCase(ctx context.Context, actor identity.Actor, kind lifecycle.Kind, id string) (CaseView, error) {
	panic("not yet")
}

// ListCases lists the cases that the actor may see.
func (s *Store) ListCases(ctx context.Context, actor identity.Actor, filter CaseFilter) (Page[CaseSummary], error) {
	panic("not yet")
}

// OpenCases lists every case that is neither closed nor draft: those for which a workflow runs.
func (s *Store) OpenCases(ctx context.Context) ([]CaseSummary, error) { panic("not yet") }
