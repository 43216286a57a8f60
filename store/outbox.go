package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"gorm.io/gorm"

	"datacharter/domain/lifecycle"
)

// Message is one effect that waits for delivery.
type Message struct {
	ID        string // "<case>/<seq>/<n>", n from 0; the idempotency key of its delivery
	Case      string
	Kind      lifecycle.Kind // of the case
	Effect    lifecycle.Effect
	At        time.Time // business time of its event
	Attempts  int       // failed so far
	LastError string    // code of the last failure
}

// outboxRow is an effect. Its times but At are real times: business time may run a day in two seconds, deliveries do not.
type outboxRow struct {
	ID            string `gorm:"primaryKey"`
	CaseID        string
	Kind          string
	Seq           int64
	N             int
	Effect        string
	At            int64
	QueuedAt      int64
	NextAttemptAt int64
	DeliveredAt   sql.NullInt64
	Attempts      int
	LastErrorCode string
}

func (outboxRow) TableName() string { return "outbox" }

func newOutboxRow(h *lifecycle.Header, e lifecycle.Event, n int, effect lifecycle.Effect, queuedAt int64) (outboxRow, error) {
	raw, err := json.Marshal(effect)
	if err != nil {
		return outboxRow{}, err
	}
	return outboxRow{
		ID: fmt.Sprintf("%s/%d/%d", h.ID, e.Seq, n), CaseID: h.ID, Kind: string(h.Kind), Seq: e.Seq, N: n,
		Effect: string(raw), At: micros(e.At), QueuedAt: queuedAt, NextAttemptAt: queuedAt,
	}, nil
}

// queueBeside puts what follows from the n-th thing that happened to something that is no case into the outbox: it goes out in order, as the effects of a case do.
func (tx *Tx) queueBeside(of, kind string, n int64, effects []lifecycle.Effect) error {
	queuedAt := micros(tx.store.wallNow())
	rows := make([]outboxRow, len(effects))
	for i, effect := range effects {
		raw, err := json.Marshal(effect)
		if err != nil {
			return err
		}
		rows[i] = outboxRow{
			ID: fmt.Sprintf("%s/%d/%d", of, n, i), CaseID: of, Kind: kind, Seq: n, N: i, Effect: string(raw),
			At: micros(tx.now), QueuedAt: queuedAt, NextAttemptAt: queuedAt,
		}
	}
	return insertRows(tx.db, rows)
}

func (r outboxRow) message() (Message, error) {
	m := Message{ID: r.ID, Case: r.CaseID, Kind: lifecycle.Kind(r.Kind), At: fromMicros(r.At), Attempts: r.Attempts, LastError: r.LastErrorCode}
	if err := json.Unmarshal([]byte(r.Effect), &m.Effect); err != nil {
		return m, fmt.Errorf("store: effect %s: %w", r.ID, err)
	}
	return m, nil
}

// Outbox lists up to limit messages to deliver now, a real time, oldest first: of each case the first undelivered one only, so that order is kept.
func (s *Store) Outbox(ctx context.Context, limit int, now time.Time) ([]Message, error) {
	var rows []outboxRow
	err := s.read.WithContext(ctx).Table("outbox AS o").
		Where("o.delivered_at IS NULL AND o.next_attempt_at <= ?", micros(now)).
		Where("NOT EXISTS (SELECT 1 FROM outbox p WHERE p.case_id = o.case_id AND p.delivered_at IS NULL AND (p.seq, p.n) < (o.seq, o.n))").
		Order("o.queued_at, o.case_id, o.seq, o.n").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	messages := make([]Message, len(rows))
	for i, r := range rows {
		if messages[i], err = r.message(); err != nil {
			return nil, err
		}
	}
	return messages, nil
}

// Delivered notes that a message has been delivered; once more changes nothing.
func (s *Store) Delivered(ctx context.Context, id string) error {
	return s.delivered(s.write.WithContext(ctx), []string{id})
}

func (s *Store) delivered(db *gorm.DB, ids []string) error {
	return db.Model(&outboxRow{}).Where("id IN ? AND delivered_at IS NULL", ids).Update("delivered_at", micros(s.wallNow())).Error
}

// Failed notes that a delivery failed, with a code that holds no personal data, and the real time of the next attempt.
func (s *Store) Failed(ctx context.Context, id, code string, next time.Time) error {
	return s.write.WithContext(ctx).Model(&outboxRow{}).Where("id = ? AND delivered_at IS NULL", id).Updates(map[string]any{
		"attempts": gorm.Expr("attempts + 1"), "last_error_code": code, "next_attempt_at": micros(next),
	}).Error
}

// Backlog says how many messages wait and since when, in real time; Oldest is the zero time when none does.
type Backlog struct {
	Waiting int64
	Oldest  time.Time
}

// OutboxBacklog tells how far deliveries are behind.
func (s *Store) OutboxBacklog(ctx context.Context) (Backlog, error) {
	var row struct {
		Waiting int64
		Oldest  sql.NullInt64
	}
	err := s.read.WithContext(ctx).Model(&outboxRow{}).Select("count(*) AS waiting, min(queued_at) AS oldest").Where("delivered_at IS NULL").Take(&row).Error
	b := Backlog{Waiting: row.Waiting}
	if row.Oldest.Valid {
		b.Oldest = fromMicros(row.Oldest.Int64)
	}
	return b, err
}
