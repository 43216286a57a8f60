package store

import (
	"context"
	"math"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/concern"
	"datacharter/domain/identity"
	"datacharter/domain/quality"
)

// ConcernFilter narrows a list of concerns of one kind; empty fields do not.
type ConcernFilter struct {
	Kind     concern.Kind
	State    concern.State
	Resource string
	Mine     bool // raised by the actor
	ToAnswer bool // those that the actor may answer and that wait for it
	Overdue  bool // those that should have had their first answer before now
	Cursor   string
	Limit    int // DefaultLimit when 0, at most MaxLimit
}

// byDue reports whether the list has what falls due first at its beginning, and what has no due date at its end.
func (f ConcernFilter) byDue() bool { return f.ToAnswer || f.Overdue }

// dueOrLast is when a row of concerns, called c, falls due, and later than anything when it has no due date.
const dueOrLast = "COALESCE(c.due_at, 9223372036854775807)"

// ListConcerns lists the concerns of a kind that the actor may see: every demand; of reports his own, those that he may answer, and all for who sees
// everything. The last raised is the first; of those to answer and those overdue the one that falls due first, those without a limit last.
func (s *Store) ListConcerns(ctx context.Context, actor identity.Actor, f ConcernFilter) (Page[concern.Concern], error) {
	list := "concerns/" + string(f.Kind)
	if f.byDue() {
		list += "/due"
	}
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[concern.Concern]{}, err
	}
	q := s.concerns(ctx, actor, f)
	order, after, key := "c.at DESC, c.id DESC", "(c.at, c.id) < (?, ?)", func(r foundConcern) int64 { return r.Row.At }
	if f.byDue() {
		order, after, key = dueOrLast+", c.id", "("+dueOrLast+", c.id) > (?, ?)", foundConcern.dueOrLast
	}
	if more {
		q = q.Where(after, at.Num, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []foundConcern
	if err := q.Select(foundConcernColumns).Order(order).Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[concern.Concern]{}, err
	}
	return page(rows, limit, foundConcern.concern, func(r foundConcern) place { return place{List: list, Num: key(r), ID: r.Row.ID} })
}

func (f foundConcern) dueOrLast() int64 {
	if !f.Row.DueAt.Valid {
		return math.MaxInt64
	}
	return f.Row.DueAt.Int64
}

// MostConcerns is how far CountConcerns counts.
const MostConcerns = 1000

// CountConcerns counts the concerns that ListConcerns lists, up to MostConcerns.
func (s *Store) CountConcerns(ctx context.Context, actor identity.Actor, f ConcernFilter) (int64, error) {
	var n int64
	err := s.read.WithContext(ctx).Table("(?) AS counted", s.concerns(ctx, actor, f).Select("1 AS one").Limit(MostConcerns)).Count(&n).Error
	return n, err
}

func (s *Store) concerns(ctx context.Context, actor identity.Actor, f ConcernFilter) *gorm.DB {
	q := s.read.WithContext(ctx).Table("concerns AS c").Where("c.kind = ?", string(f.Kind))
	q = where(q, "c.state", storable(string(f.State)))
	q = where(q, "c.resource_id", storable(f.Resource))
	may := anything
	if f.Kind == concern.Report {
		may = seesReport(actor)
	}
	if f.Mine {
		may = may.and(condition{"c.person = ?", []any{actor.Person}})
	}
	if f.ToAnswer {
		may = may.and(condition{sql: "c.waiting"}).and(answersConcern(actor))
	}
	if f.Overdue {
		may = may.and(condition{"c.due_at <= ?", []any{micros(s.businessNow())}})
	}
	return q.Where(may.sql, may.args...)
}

// GetConcern returns a concern that the actor may see, or ErrNotFound.
func (s *Store) GetConcern(ctx context.Context, actor identity.Actor, kind concern.Kind, id string) (concern.Concern, error) {
	if id != storable(id) {
		return concern.Concern{}, ErrNotFound
	}
	var row foundConcern
	if err := s.concerns(ctx, actor, ConcernFilter{Kind: kind}).Select(foundConcernColumns).Where("c.id = ?", id).Take(&row).Error; err != nil {
		return concern.Concern{}, s.found(err)
	}
	return row.concern()
}

// ConcernEntries lists what was done about a concern, the first entry first; supports are counted, not listed.
func (s *Store) ConcernEntries(ctx context.Context, id string) ([]concern.Entry, error) {
	var rows []concernEntryRow
	if err := s.read.WithContext(ctx).Where("concern_id = ? AND action <> 'support'", id).Order("number").Find(&rows).Error; err != nil {
		return nil, err
	}
	entries := make([]concern.Entry, len(rows))
	for i, r := range rows {
		var err error
		if entries[i], err = r.entry(); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// Supports reports whether a person supports a demand.
func (s *Store) Supports(ctx context.Context, id, person string) (bool, error) {
	return supports(s.read.WithContext(ctx), id, person)
}

// ReportsFound counts the reports of a resource that were answered.
func (s *Store) ReportsFound(ctx context.Context, resource string) (quality.Found, error) {
	var rows []struct {
		State string
		N     int
	}
	answered := []string{string(concern.Confirmed), string(concern.Dismissed), string(concern.Mended)}
	err := s.read.WithContext(ctx).Model(&concernRow{}).Select("state, count(*) AS n").
		Where("resource_id = ? AND kind = ? AND state IN ?", resource, string(concern.Report), answered).Group("state").Find(&rows).Error
	var found quality.Found
	for _, r := range rows {
		found.Answered += r.N
		if concern.State(r.State) == concern.Confirmed {
			found.Confirmed = r.N
		}
	}
	return found, err
}

// Fault is a fault of a resource that was confirmed and is not mended yet, in the words of who confirmed it.
type Fault struct {
	Field  string // of the resource; empty for the data itself
	Answer string
	At     time.Time // when it was confirmed
}

// maxFaults bounds the faults that are listed of one resource.
const maxFaults = 100

// Faults lists the confirmed faults of a resource, the last confirmed first. Who reported them, and how, it does not say.
func (s *Store) Faults(ctx context.Context, resource string) ([]Fault, error) {
	if resource != storable(resource) {
		return nil, nil
	}
	var rows []struct {
		Found foundConcern `gorm:"embedded"`
		Entry string
	}
	err := s.read.WithContext(ctx).Table("concerns AS c").Select(foundConcernColumns+", e.data AS entry").Joins("JOIN concern_entries e ON e.concern_id = c.id AND e.number = c.number").
		Where("c.resource_id = ? AND c.kind = ? AND c.state = ?", resource, string(concern.Report), string(concern.Confirmed)).
		Order("c.changed DESC, c.id").Limit(maxFaults).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	faults := make([]Fault, len(rows))
	for i, r := range rows {
		c, err := r.Found.concern()
		if err != nil {
			return nil, err
		}
		e, err := concernEntryRow{ConcernID: c.ID, Number: c.Number, Data: r.Entry}.entry()
		if err != nil {
			return nil, err
		}
		faults[i] = Fault{Field: c.Report.Field, Answer: e.Answer.Reason, At: e.At}
	}
	return faults, nil
}

// seesReport is the condition on a row of concerns, called c, that the actor may see the report.
func seesReport(actor identity.Actor) condition {
	if actor.SeesEverything() {
		return anything
	}
	return either([]condition{{"c.person = ?", []any{actor.Person}}, answersConcern(actor)})
}

// answersConcern is the condition on a row of concerns, called c, that the actor may answer it: concern.Concern.Capacities in SQL.
func answersConcern(actor identity.Actor) condition {
	var each []condition
	if suppliers := actor.Capacities(concern.Answerers("")[:1]); len(suppliers) > 0 {
		ids := make([]string, len(suppliers))
		for i, by := range suppliers {
			ids[i] = by.Organization
		}
		each = append(each, condition{"c.supplier IN ?", []any{ids}})
	}
	if len(actor.Capacities(concern.Answerers(""))) > 0 {
		each = append(each, condition{sql: "c.supplier = '' OR EXISTS (SELECT 1 FROM organizations o WHERE o.id = c.supplier AND o.closed_at IS NOT NULL)"})
	}
	return either(each).and(condition{"c.person <> ?", []any{actor.Person}})
}
