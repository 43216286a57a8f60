package store

import (
	"cmp"
	"context"
	"slices"
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
	Resource      string   // which the case names
	Resources     []string // any of which it names
	Own           bool     // of an organisation of the actor's, as the applicant
	Waiting       bool     // with a task that is open for a grant of the actor's own or that he claimed
	Turns         []Turned // in which any of these has the turn; with Waiting, or that
	Followed      bool     // by the actor
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

// Turned are the cases of a kind in the states in which it is the turn of one side.
type Turned struct {
	Kind         lifecycle.Kind
	States       []lifecycle.State
	Side         lifecycle.Where // empty: of all such cases that the actor may see
	Organization string          // on the side
}

// set are its cases.
func (t Turned) set() set {
	in := set{from: "cases k", id: "k.id", where: condition{"k.kind = ? AND k.state IN ?", []any{string(t.Kind), t.States}}}
	if t.Side != "" {
		in.where = in.where.and(condition{
			"EXISTS (SELECT 1 FROM case_parties p WHERE p.case_id = k.id AND p.relation = ? AND p.organization = ?)", []any{string(t.Side), t.Organization},
		})
	}
	return in
}

// CaseSort is an order of cases.
type CaseSort string

// The orders of cases.
const (
	ByChange  CaseSort = "changed" // last changed first; the default
	ByOpening CaseSort = "opened"  // last opened first
	ByNextDue CaseSort = "due"     // first due first, by the nearest limit that is running; cases without one are left out
)

// order is the order of the list, what its text keeps it to besides, and its few. Under a pair of Chinese characters the cases lie in the order of
// their opening already.
func (f CaseFilter) order(db *gorm.DB) (by listOrder, words []restriction, most int, err error) {
	by, terms := caseOrderOf(f.Sort), termsOf(f.Text)
	if f.Sort == ByOpening {
		a, err := alongRarest(db, terms, termTable{"case_terms", "case_id", "opened_at"})
		if err != nil {
			return by, nil, 0, err
		}
		if a != nil {
			by.tables, by.id, by.key = "case_terms o CROSS JOIN cases c", "o.case_id", "o.opened_at"
			by.only = condition{"o.term = ? AND c.id = o.case_id", []any{a.pair}}
			return by, a.others(), fewUnderTerm, nil
		}
	}
	return by, under(terms, "case_terms", "case_id"), few, nil
}

func caseOrderOf(sort CaseSort) listOrder {
	switch sort {
	case ByOpening:
		return listOrder{"cases c", "c.id", "c.opened_at", "sort_key DESC, id DESC", "<", anything}
	case ByNextDue:
		return listOrder{"deadlines d CROSS JOIN cases c", "d.case_id", "d.due_at", "sort_key, id", ">", condition{
			sql: "c.id = d.case_id AND NOT d.passed AND NOT d.ended AND d.held = '' AND NOT EXISTS (SELECT 1 FROM deadlines e WHERE e.case_id = d.case_id AND " + running("e") +
				" AND (e.due_at, e.n) < (d.due_at, d.n))",
		}}
	case ByChange:
	}
	return listOrder{"cases c", "c.id", "c.changed_at", "sort_key DESC, id DESC", "<", anything}
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
	list := "cases " + string(cmp.Or(f.Sort, ByChange))
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[CaseSummary]{}, err
	}
	db := s.read.WithContext(ctx)
	by, words, most, err := f.order(db)
	if err != nil {
		return Page[CaseSummary]{}, s.found(err)
	}
	found, err := approachTo(db, append(words, f.restrictions(actor)...), most)
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
		return restriction{{from: "case_parties p", id: "p.case_id", where: condition{"p.organization IN ? AND p.relation = ?", []any{organizations, string(relation)}}}}
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
	if f.Resource != "" {
		all = append(all, restriction{{from: "case_resources n", id: "n.case_id", where: condition{"n.resource_id = ?", []any{f.Resource}}}})
	}
	if len(f.Resources) > 0 {
		all = append(all, restriction{{from: "case_resources n", id: "n.case_id", where: condition{"n.resource_id IN ?", []any{f.Resources}}}})
	}
	if f.Followed {
		all = append(all, restriction{{from: "follows f", id: "f.case_id", where: condition{"f.person = ?", []any{actor.Person}}}})
	}
	all = append(all, f.waiting(actor).alone()...)
	return append(all, concerning(actor).alone()...)
}

// waiting are the cases that wait for the actor, by a task or by whose turn it is; nil when the filter asks for neither.
func (f CaseFilter) waiting(actor identity.Actor) restriction {
	var mine restriction
	if f.Waiting {
		mine = restriction{{from: "tasks t", id: "t.case_id", where: condition{"t.claimant <> '' AND t.claimant = ? AND t.state = 'claimed'", []any{actor.Person}}}}
		for _, d := range dutiesOf(actor) {
			mine = append(mine, set{from: "tasks t", id: "t.case_id", where: d.tasks().and(condition{sql: "t.state = 'open'"})})
		}
	}
	for _, t := range f.Turns {
		mine = append(mine, t.set())
	}
	return mine
}
