package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/agreement"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
	"datacharter/domain/notice"
	"datacharter/domain/use"
)

// useBatchRow is a batch as it was sent. Batches are facts: none is changed or removed, and Rebuild leaves them alone.
type useBatchRow struct {
	Platform  string `gorm:"primaryKey"`
	Position  int64  `gorm:"primaryKey;autoIncrement:false"`
	Batch     string
	Number    int64
	CaseID    string
	At        int64
	Person    string
	Body      []byte
	Signature string
	Outcome   string
	Events    int64
	Beyond    int64
	Prev      string
	Hash      string
}

func (useBatchRow) TableName() string { return "use_batches" }

func (r useBatchRow) received() use.Received {
	return use.Received{
		Platform: r.Platform, Position: r.Position, ID: r.Batch, Number: r.Number, At: fromMicros(r.At), Person: r.Person, Body: r.Body, Signature: r.Signature,
		Outcome: r.Outcome, Events: r.Events, Beyond: r.Beyond, Prev: r.Prev, Hash: r.Hash,
	}
}

// useEventRow is one event of a batch.
type useEventRow struct {
	Platform  string `gorm:"primaryKey"`
	Event     string `gorm:"primaryKey"`
	Position  int64
	N         int64
	CaseID    string
	At        int64
	Stage     string
	Resources string
	Product   string
	Purpose   string
	Scenario  string
	Taker     string
	TakerCode string
	Volume    int64
	Unit      string
	Beyond    bool
	Reasons   string
}

func (useEventRow) TableName() string { return "use_events" }

func newUseEventRow(p use.Platform, position int64, n int, e use.Judged) (useEventRow, error) {
	resources, err := json.Marshal(e.Resources)
	if err != nil {
		return useEventRow{}, err
	}
	r := useEventRow{
		Platform: p.ID, Event: e.ID, Position: position, N: int64(n), CaseID: p.Authorization, At: micros(e.At), Stage: string(e.Stage),
		Resources: storable(string(resources)), Product: storable(e.Product), Purpose: string(e.Purpose), Scenario: storable(e.Scenario),
		Volume: e.Volume, Unit: string(e.Unit), Beyond: len(e.Reasons) > 0,
	}
	if e.Taker != nil {
		r.Taker, r.TakerCode = storable(e.Taker.Name), e.Taker.Code
	}
	if r.Beyond {
		reasons, err := json.Marshal(e.Reasons)
		if err != nil {
			return r, err
		}
		r.Reasons = storable(string(reasons))
	}
	return r, nil
}

// useTotalRow is one total of the ledger. It is kept as events come; CountUse counts it anew.
type useTotalRow struct {
	CaseID       string `gorm:"primaryKey"`
	Per          string `gorm:"primaryKey"`
	Period       string `gorm:"primaryKey"`
	Stage        string `gorm:"primaryKey"`
	Product      string `gorm:"primaryKey"`
	Unit         string `gorm:"primaryKey"`
	Events       int64
	Volume       int64
	Beyond       int64
	BeyondVolume int64
}

func (useTotalRow) TableName() string { return "use_totals" }

func newUseTotalRow(authorization string, t use.Total) useTotalRow {
	return useTotalRow{
		CaseID: authorization, Per: string(t.Per), Period: t.Period, Stage: string(t.Stage), Product: storable(t.Product), Unit: string(t.Unit),
		Events: t.Events, Volume: t.Volume, Beyond: t.Beyond, BeyondVolume: t.BeyondVolume,
	}
}

func (r useTotalRow) total() use.Total {
	return use.Total{
		Sum:     use.Sum{Per: agreement.Period(r.Per), Period: r.Period, Stage: use.Stage(r.Stage), Product: r.Product, Unit: use.Unit(r.Unit)},
		Figures: use.Figures{Events: r.Events, Volume: r.Volume, Beyond: r.Beyond, BeyondVolume: r.BeyondVolume},
	}
}

// UseBatch returns the batch of a platform with the ID; false when there is none.
func (tx *Tx) UseBatch(platform, id string) (r use.Received, known bool, err error) {
	return tx.useBatch("platform = ? AND batch = ?", platform, id)
}

// UseBatchNumbered returns the batch of a platform with the running number; false when there is none.
func (tx *Tx) UseBatchNumbered(platform string, number int64) (r use.Received, known bool, err error) {
	return tx.useBatch("platform = ? AND number = ?", platform, number)
}

func (tx *Tx) useBatch(condition string, values ...any) (r use.Received, known bool, err error) {
	var row useBatchRow
	err = tx.db.Where(condition, values...).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return r, false, nil
	}
	return row.received(), err == nil, err
}

// UsesReported finds which of a platform's events were reported before. Each is looked up by itself: as long as PostgreSQL has no statistics of a table that
// grows fast, it would rather read all that the platform ever reported.
func (tx *Tx) UsesReported(platform string, events []string) (before map[string]bool, err error) {
	before = map[string]bool{}
	const some = 500 // SQLite bounds how many values a statement has
	for part := range slices.Chunk(events, some) {
		asked := make([]any, 0, len(part)+1)
		for _, id := range part {
			asked = append(asked, id)
		}
		lookup := "WITH asked (event) AS (VALUES (?)" + strings.Repeat(", (?)", len(part)-1) + ") " +
			"SELECT coalesce((SELECT u.event FROM use_events u WHERE u.platform = ? AND u.event = asked.event), '') FROM asked"
		var found []string // empty for one that is new, and none is named so
		if err := tx.db.Raw(lookup, append(asked, platform)...).Scan(&found).Error; err != nil {
			return nil, err
		}
		for _, id := range found {
			before[id] = true
		}
	}
	delete(before, "")
	return before, nil
}

// Counted returns what was used within scope so far of each thing that a bound counts.
func (tx *Tx) Counted(authorization string, of []use.Counted) (map[use.Counted]int64, error) {
	out := make(map[use.Counted]int64, len(of))
	for _, c := range of {
		q := tx.db.Model(&useTotalRow{}).Select("coalesce(sum(volume), 0)").
			Where("case_id = ? AND per = ? AND period = ? AND stage = ? AND unit = ?", authorization, string(c.Bound.Per), c.Period, c.Bound.Stage, c.Bound.Unit)
		var sum int64
		if err := where(q, "product", storable(c.Bound.Product)).Scan(&sum).Error; err != nil {
			return nil, err
		}
		out[c] = sum
	}
	return out, nil
}

// EventsOf lists all events of a case, the first first. It asks nobody's right.
func (tx *Tx) EventsOf(id string) ([]lifecycle.Event, error) {
	var rows []eventRow
	if err := tx.db.Where("case_id = ?", id).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]lifecycle.Event, len(rows))
	for i, r := range rows {
		out[i] = r.event()
	}
	return out, nil
}

// AddUseBatch keeps a batch as the next link of its platform's chain, with its events and what they add to the totals, and tells the agency and supervisors
// of the first that lies beyond the scope on a day. Position, time and hashes are set here. ErrVersionConflict when another came first.
func (tx *Tx) AddUseBatch(p use.Platform, agency string, r use.Received, events []use.Judged) (use.Received, error) {
	r.Platform, r.Position, r.At, r.Prev = p.ID, p.Batches+1, tx.now, p.Head
	r.Hash = r.Link()
	batch := useBatchRow{
		Platform: p.ID, Position: r.Position, Batch: r.ID, Number: r.Number, CaseID: p.Authorization, At: micros(r.At), Person: r.Person, Body: r.Body,
		Signature: r.Signature, Outcome: r.Outcome, Events: r.Events, Beyond: r.Beyond, Prev: r.Prev, Hash: r.Hash,
	}
	rows := make([]useEventRow, len(events))
	for i, e := range events {
		var err error
		if rows[i], err = newUseEventRow(p, r.Position, i+1, e); err != nil {
			return r, err
		}
	}
	return r, inTurn(
		func() error { return tx.orConflict(tx.db.Create(&batch).Error) },
		func() error { return tx.orConflict(insertRows(tx.db, rows)) },
		func() error { return addToTotals(tx.db, p.Authorization, use.Sums(events)) },
		func() error { return addToTakers(tx.db, p.Authorization, use.TakenBy(events)) },
		func() error {
			return tx.db.Model(&usePlatformRow{ID: p.ID}).Updates(map[string]any{
				"batches": r.Position, "last_number": max(p.Last, r.Number), "head": r.Hash, "reported_at": micros(r.At),
			}).Error
		},
		func() error {
			if r.Beyond == 0 {
				return nil
			}
			return tx.tellOfUse(p, agency)
		},
	)
}

// QueueOfBatch puts what a batch tells cases into the outbox: the batches of a platform go out in order.
func (tx *Tx) QueueOfBatch(r use.Received, effects []lifecycle.Effect) error {
	return tx.queueBeside(r.Platform, "use", r.Position, effects)
}

// ClosedCases finds which of the cases are there and closed. It asks nobody's right.
func (tx *Tx) ClosedCases(ids []string) (map[string]bool, error) {
	var rows []caseRow
	if err := tx.db.Select("id").Where("id IN ? AND closed_at IS NOT NULL", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make(map[string]bool, len(rows))
	for _, r := range rows {
		out[r.ID] = true
	}
	return out, nil
}

func addToTotals(db *gorm.DB, authorization string, totals []use.Total) error {
	rows := make([]useTotalRow, len(totals))
	for i, t := range totals {
		rows[i] = newUseTotalRow(authorization, t)
	}
	plus := func(column string) clause.Assignment {
		return clause.Assignment{Column: clause.Column{Name: column}, Value: gorm.Expr("use_totals." + column + " + excluded." + column)}
	}
	return insertRows(db.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "case_id"}, {Name: "per"}, {Name: "period"}, {Name: "stage"}, {Name: "product"}, {Name: "unit"}},
		DoUpdates: clause.Set{plus("events"), plus("volume"), plus("beyond"), plus("beyond_volume")},
	}).Session(&gorm.Session{}), rows)
}

// tellOfUse tells officers of the agency and supervisors that use beyond the scope was reported, once a day and authorisation.
func (tx *Tx) tellOfUse(p use.Platform, agency string) error {
	const subject = "use-beyond-scope"
	group := notice.RefusableGroup(subject)
	params, err := json.Marshal(map[string]string{"case": p.Authorization})
	if err != nil {
		return err
	}
	var rows []noticeRow
	told := map[string]bool{}
	for _, to := range []lifecycle.Recipients{{Organization: agency, Role: identity.CaseOfficer}, {Kind: identity.Supervisor, Role: identity.Auditor}} {
		people, err := recipients(tx.db, address{p.Authorization, to, group})
		if err != nil {
			return err
		}
		for _, person := range people {
			if told[person] {
				continue
			}
			told[person] = true
			rows = append(rows, noticeRow{
				MessageID: fmt.Sprintf("%s/use/%s", p.Authorization, use.PeriodOf(tx.now, agreement.PerDay)), Person: person, CaseID: p.Authorization,
				Kind: "authorization", Subject: subject, Params: string(params), At: micros(tx.now),
			})
		}
	}
	return insertRows(tx.db.Clauses(onlyOnce).Session(&gorm.Session{}), rows)
}
