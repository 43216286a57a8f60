package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// RecordedEvent is an event with its place in the hash chain.
type RecordedEvent struct {
	lifecycle.Event
	PrevHash string // hex; of the event before, zeros for the first
	Hash     string // hex
}

type eventRow struct {
	CaseID       string `gorm:"primaryKey"`
	Seq          int64  `gorm:"primaryKey;autoIncrement:false"`
	Kind         string
	Type         string
	Schema       int
	At           int64
	Person       string
	Organization string
	Role         string
	CommandID    string
	Data         string
	PrevHash     []byte
	Hash         []byte
}

func (eventRow) TableName() string { return "case_events" }

// eventRows makes the rows of the events of one command that lead a case to h, chained to the hash before them.
func eventRows(h *lifecycle.Header, command string, events []lifecycle.Event, prev []byte) ([]eventRow, error) {
	rows := make([]eventRow, len(events))
	first := h.Version - int64(len(events)) + 1
	for i, e := range events {
		if e.Case != h.ID || e.Seq != first+int64(i) || e.CommandID != command {
			return nil, fmt.Errorf("store: event %s/%d of command %s is not number %d of case %s", e.Case, e.Seq, e.CommandID, first+int64(i), h.ID)
		}
		if !fromMicros(micros(e.At)).Equal(e.At) {
			return nil, fmt.Errorf("store: event %s/%d: its time is finer than microseconds and would come back changed", e.Case, e.Seq)
		}
		rows[i] = eventRow{
			CaseID: e.Case, Seq: e.Seq, Kind: string(h.Kind), Type: e.Type, Schema: e.Schema, At: micros(e.At),
			Person: e.By.Person, Organization: e.By.Organization, Role: string(e.By.Role), CommandID: e.CommandID, Data: string(e.Data),
			PrevHash: prev,
		}
		rows[i].Hash = rows[i].chain()
		prev = rows[i].Hash
	}
	return rows, nil
}

func (r eventRow) event() lifecycle.Event {
	return lifecycle.Event{
		Case: r.CaseID, Seq: r.Seq, Type: r.Type, Schema: r.Schema, At: fromMicros(r.At),
		By:        identity.By{Person: r.Person, Organization: r.Organization, Role: identity.Role(r.Role)},
		CommandID: r.CommandID, Data: json.RawMessage(r.Data),
	}
}

// Events lists up to limit events of a case after the sequence number, oldest first; ErrNotFound when the actor may not see the case.
func (s *Store) Events(ctx context.Context, actor identity.Actor, caseID string, after int64, limit int) ([]RecordedEvent, error) {
	if err := s.mustSee(ctx, actor, caseID); err != nil {
		return nil, err
	}
	var rows []eventRow
	err := s.read.WithContext(ctx).Where("case_id = ? AND seq > ?", caseID, after).Order("seq").Limit(pageSize(limit)).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	events := make([]RecordedEvent, len(rows))
	for i, r := range rows {
		events[i] = RecordedEvent{Event: r.event(), PrevHash: hex.EncodeToString(r.PrevHash), Hash: hex.EncodeToString(r.Hash)}
	}
	return events, nil
}

// Case returns a case as it stands now, or ErrNotFound. It asks nobody's right and locks nothing: to change the case, load it with Tx.Case.
func (s *Store) Case(ctx context.Context, def lifecycle.Definition, id string) (lifecycle.Case, error) {
	view, err := s.GetCase(ctx, identity.System(), def.Kind(), id)
	if err != nil {
		return nil, err
	}
	return def.Decode(view.Data)
}

// CaseAt folds the first events of a case up to the version; ErrNotFound when it has no such version. It asks nobody's right.
func (s *Store) CaseAt(ctx context.Context, def lifecycle.Definition, id string, version int64) (lifecycle.Case, error) {
	var rows []eventRow
	err := s.read.WithContext(ctx).Where("case_id = ? AND kind = ? AND seq <= ?", id, string(def.Kind()), version).Order("seq").Find(&rows).Error
	if err != nil {
		return nil, s.found(err)
	}
	c := def.Blank(id)
	for _, r := range rows {
		if err := def.Evolve(c, r.event()); err != nil {
			return nil, err
		}
	}
	if version < 1 || c.Head().Version != version {
		return nil, ErrNotFound
	}
	return c, nil
}
