package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// CaseFilter narrows a list of cases; empty fields do not.
type CaseFilter struct {
	Kind          lifecycle.Kind
	State         lifecycle.State
	States        []lifecycle.State // any of them, or State
	Phase         lifecycle.Phase
	Applicant     string
	Agency        string
	Body          string
	Own           bool // of an organisation of the actor's, as the applicant
	Waiting       bool // with a task that is open for a grant of the actor's own or that he claimed
	Followed      bool // by the actor
	Closed        *bool
	Draft         *bool
	OpenedFrom    time.Time
	OpenedBefore  time.Time
	ChangedFrom   time.Time
	ChangedBefore time.Time
	Text          string // every word must occur in the title or the ID
	Sort          CaseSort
	Cursor        string
	Limit         int // DefaultLimit when 0, at most MaxLimit
}

// CaseSort is an order of cases.
type CaseSort string

// The orders of cases.
const (
	ByChange  CaseSort = "changed" // last changed first; the default
	ByOpening CaseSort = "opened"  // last opened first
	ByNextDue CaseSort = "due"     // first due first, by the nearest limit that is running; cases without one are left out
)

// caseOrder is a CaseSort in SQL.
type caseOrder struct {
	tables string // with cases as c
	id     string // the column with the case's ID that is reached first
	key    string // the column that orders, of type integer
	order  string
	after  string // how the key and ID compare with those of the row before
	only   condition
}

// order is the order of the list, the terms that it does not see to by itself, and its few. Under a pair of Chinese characters the cases lie
// in the order of their opening already.
func (f CaseFilter) order() (by caseOrder, terms []string, most int) {
	by, terms, most = caseOrderOf(f.Sort), termsOf(f.Text), few
	if i := slices.IndexFunc(terms, isPair); i >= 0 && f.Sort == ByOpening {
		by.tables, by.id, by.key = "case_terms o CROSS JOIN cases c", "o.case_id", "o.opened_at"
		along := terms[i]
		by.only = condition{"o.term = ? AND c.id = o.case_id", []any{along}}
		rest := slices.Delete(terms, i, i+1)
		slices.SortStableFunc(rest, func(a, b string) int { // where two characters of a word stand, the next two mostly do as well: what leaves out more is asked first
			return cmp.Compare(shared(a, along), shared(b, along))
		})
		return by, rest, fewUnderTerm
	}
	return by, terms, most
}

// shared is 1 when two terms have a character in common, else 0.
func shared(a, b string) int {
	if strings.ContainsAny(a, b) {
		return 1
	}
	return 0
}

// fewUnderTerm is few for a list that goes along the cases under a term: it has left out most of the others already.
const fewUnderTerm = 100

func caseOrderOf(sort CaseSort) caseOrder {
	switch sort {
	case ByOpening:
		return caseOrder{"cases c", "c.id", "c.opened_at", "sort_key DESC, id DESC", "<", anything}
	case ByNextDue:
		return caseOrder{"deadlines d CROSS JOIN cases c", "d.case_id", "d.due_at", "sort_key, id", ">", condition{
			sql: "c.id = d.case_id AND NOT d.passed AND NOT d.ended AND d.held = '' AND NOT EXISTS (SELECT 1 FROM deadlines e WHERE e.case_id = d.case_id AND " + running("e") +
				" AND (e.due_at, e.n) < (d.due_at, d.n))",
		}}
	case ByChange:
	}
	return caseOrder{"cases c", "c.id", "c.changed_at", "sort_key DESC, id DESC", "<", anything}
}

// running is the condition that the clock of a time limit of a given case is running. It keeps SQLite from beginning with all that are running.
func running(deadline string) string {
	return "NOT " + deadline + ".passed AND NOT " + deadline + ".ended AND NOT (" + deadline + ".held <> '')"
}

// listedCase is a case with the key by which the list is ordered.
type listedCase struct {
	Case    caseRow `gorm:"embedded"`
	SortKey int64
}

// ListCases lists the cases that the actor may see.
func (s *Store) ListCases(ctx context.Context, actor identity.Actor, f CaseFilter) (Page[CaseSummary], error) {
	by, terms, most := f.order()
	list := "cases " + string(cmp.Or(f.Sort, ByChange))
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[CaseSummary]{}, err
	}
	db := s.read.WithContext(ctx)
	found, err := approachTo(db, append(under(terms, "case_terms", "case_id"), f.restrictions(actor)...), most)
	if err != nil {
		return Page[CaseSummary]{}, s.found(err)
	}
	may := openTo(actor).and(by.only)
	limit := pageSize(f.Limit)
	of := func(lane condition) *gorm.DB {
		q := f.narrow(found.over(db, by.tables, by.id).Select(by.id+" AS id, "+otherColumns+", "+by.key+" AS sort_key").Where(may.sql, may.args...)).Where(lane.sql, lane.args...)
		if more {
			q = q.Where("("+by.key+", "+by.id+") "+by.after+" (?, ?)", at.Num, at.ID)
		}
		return q
	}
	lanes := f.lanes()
	if found.first != nil || by.tables != "cases c" {
		lanes = []condition{either(lanes)}
	}
	var rows []listedCase
	if err := merged(db, lanes, of, by.order, limit+1).Find(&rows).Error; err != nil {
		return Page[CaseSummary]{}, s.found(err)
	}
	return page(rows, limit, sure(func(l listedCase) CaseSummary { return l.Case.summary() }), func(l listedCase) place {
		return place{List: list, Num: l.SortKey, ID: l.Case.ID}
	})
}

// lanes parts the list by states: an index holds the cases of each in the order of their last change.
func (f CaseFilter) lanes() []condition {
	states := f.States
	if f.State != "" {
		states = append(states[:len(states):len(states)], f.State)
	}
	if len(states) == 0 {
		return []condition{anything}
	}
	var lanes []condition
	for _, state := range slices.Compact(slices.Sorted(slices.Values(states))) {
		lanes = append(lanes, condition{"c.state = ?", []any{string(state)}})
	}
	return lanes
}

// narrow adds what a row of cases, called c, tells by itself.
func (f CaseFilter) narrow(q *gorm.DB) *gorm.DB {
	q = where(q, "c.kind", string(f.Kind))
	q = where(q, "c.phase", string(f.Phase))
	q = where(q, "c.agency", f.Agency)
	if f.Closed != nil {
		q = q.Where("c.closed = ?", *f.Closed)
	}
	if f.Draft != nil {
		q = q.Where("c.draft = ?", *f.Draft)
	}
	for _, bound := range []struct {
		compare string
		at      time.Time
	}{{"c.opened_at >= ?", f.OpenedFrom}, {"c.opened_at < ?", f.OpenedBefore}, {"c.changed_at >= ?", f.ChangedFrom}, {"c.changed_at < ?", f.ChangedBefore}} {
		if !bound.at.IsZero() {
			q = q.Where(bound.compare, micros(bound.at))
		}
	}
	return q
}

// restrictions are the sets of cases to which the filter, apart from its text, and the actor's rights keep the list.
func (f CaseFilter) restrictions(actor identity.Actor) []restriction {
	var all []restriction
	party := func(relation lifecycle.Where, organizations ...string) restriction {
		return restriction{{"case_parties p", "p.case_id", condition{"p.organization IN ? AND p.relation = ?", []any{organizations, string(relation)}}}}
	}
	if f.Own {
		all = append(all, party(lifecycle.OfApplicant, organizationsOf(actor)...))
	}
	if f.Applicant != "" {
		all = append(all, party(lifecycle.OfApplicant, f.Applicant))
	}
	if f.Body != "" {
		all = append(all, party(lifecycle.OfBody, f.Body))
	}
	if f.Followed {
		all = append(all, restriction{{"follows f", "f.case_id", condition{"f.person = ?", []any{actor.Person}}}})
	}
	if f.Waiting {
		mine := restriction{{"tasks t", "t.case_id", condition{"t.claimant <> '' AND t.claimant = ? AND t.state = 'claimed'", []any{actor.Person}}}}
		for _, d := range dutiesOf(actor) {
			mine = append(mine, set{"tasks t", "t.case_id", d.tasks().and(condition{sql: "t.state = 'open'"})})
		}
		all = append(all, mine)
	}
	return append(all, concerning(actor).alone()...)
}
