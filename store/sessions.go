package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Session is a browser's session. All times are real times.
type Session struct {
	Hash      string // of its token, which is not kept
	ID        string // names it to its person, and gives no access
	Person    string // empty until somebody has signed in
	Agent     string // a short name of the browser
	Data      []byte
	CreatedAt time.Time
	LastSeen  time.Time // in steps of SessionStep
	ExpiresAt time.Time
}

// SessionStep is by how much the expiry of a session moves before it is written again, so that reading pages writes nothing.
const SessionStep = time.Minute

// sweep is how many expired sessions are removed when one begins.
const sweep = 100

type sessionRow struct {
	Hash      string `gorm:"primaryKey"`
	ID        string
	Person    sql.NullString
	Agent     string
	Data      []byte
	CreatedAt int64
	LastSeen  int64
	ExpiresAt int64
	EndedAt   sql.NullInt64
}

func (sessionRow) TableName() string { return "sessions" }

func (r sessionRow) session() Session {
	return Session{
		Hash: r.Hash, ID: r.ID, Person: r.Person.String, Agent: r.Agent, Data: r.Data,
		CreatedAt: fromMicros(r.CreatedAt), LastSeen: fromMicros(r.LastSeen), ExpiresAt: fromMicros(r.ExpiresAt),
	}
}

// FindSession returns the session of a token's hash; ErrNotFound when it is unknown, expired or ended, or its person closed.
func (s *Store) FindSession(ctx context.Context, hash string) (Session, error) {
	var row sessionRow
	err := s.liveSessions(s.lookUp(ctx)).Where("s.hash = ?", hash).Take(&row).Error
	return row.session(), s.found(err)
}

// liveSessions selects sessions s that count.
func (s *Store) liveSessions(db *gorm.DB) *gorm.DB {
	return db.Table("sessions AS s").Select("s.*").Joins("LEFT JOIN people p ON p.id = s.person").
		Where("s.ended_at IS NULL AND s.expires_at > ? AND p.closed_at IS NULL", micros(s.wallNow()))
}

// CommitSession stores the data, expiry, person and agent of a session under its hash. It writes nothing when the expiry alone moved, by less than
// SessionStep, and never begins anew what has ended.
func (s *Store) CommitSession(ctx context.Context, session Session) error {
	var before sessionRow
	err := s.lookUp(ctx).Take(&before, "hash = ?", session.Hash).Error
	begins := errors.Is(err, gorm.ErrRecordNotFound)
	if err != nil && !begins {
		return err
	}
	if before.EndedAt.Valid {
		return nil
	}
	row := s.newSessionRow(session)
	moved := row.ExpiresAt - before.ExpiresAt
	if bytes.Equal(row.Data, before.Data) && row.Person == before.Person && row.Agent == before.Agent && max(moved, -moved) < SessionStep.Microseconds() {
		return nil
	}
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if begins {
			if err := s.sweepSessions(db); err != nil {
				return err
			}
		}
		return db.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "hash"}},
			DoUpdates: clause.AssignmentColumns([]string{"person", "agent", "data", "last_seen", "expires_at"}),
			Where:     clause.Where{Exprs: []clause.Expression{clause.Eq{Column: clause.Column{Table: "sessions", Name: "ended_at"}, Value: nil}}},
		}).Create(&row).Error
	})
}

func (s *Store) newSessionRow(session Session) sessionRow {
	var id [8]byte
	rand.Read(id[:]) // it never returns an error
	now := micros(s.wallNow())
	return sessionRow{
		Hash: session.Hash, ID: hex.EncodeToString(id[:]), Person: sql.NullString{String: session.Person, Valid: session.Person != ""},
		Agent: storable(session.Agent), Data: session.Data, CreatedAt: now, LastSeen: now, ExpiresAt: micros(session.ExpiresAt),
	}
}

// sweepSessions removes expired sessions, those that expired first.
func (s *Store) sweepSessions(db *gorm.DB) error {
	expired := db.Model(&sessionRow{}).Select("hash").Where("expires_at <= ?", micros(s.wallNow())).Order("expires_at").Limit(sweep)
	return db.Where("hash IN (?)", expired).Delete(&sessionRow{}).Error
}

// DeleteSession ends the session of a token's hash; one that is not there stays away.
func (s *Store) DeleteSession(ctx context.Context, hash string) error {
	return s.end(s.write.WithContext(ctx).Where("hash = ?", hash)).Error
}

// ListSessions lists the sessions in which a person is signed in, the one seen last first.
func (s *Store) ListSessions(ctx context.Context, person string) ([]Session, error) {
	var rows []sessionRow
	err := s.liveSessions(s.read.WithContext(ctx)).Where("s.person = ?", person).Order("s.last_seen DESC, s.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	sessions := make([]Session, len(rows))
	for i, r := range rows {
		sessions[i] = r.session()
	}
	return sessions, nil
}

// EndSession ends a session of the person's; ErrNotFound when he has none of the ID that has not ended.
func (s *Store) EndSession(ctx context.Context, person, id string) error {
	result := s.end(s.write.WithContext(ctx).Where("person = ? AND id = ?", person, id))
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNotFound
	}
	return s.found(result.Error)
}

// EndSessions ends all sessions of a person but the one of the hash keep, which may be empty.
func (s *Store) EndSessions(ctx context.Context, person, keep string) error {
	return s.endSessions(s.write.WithContext(ctx), person, keep)
}

func (s *Store) endSessions(db *gorm.DB, person, keep string) error {
	return s.end(db.Where("person = ? AND hash <> ?", person, keep)).Error
}

// end marks sessions as ended and forgets what was in them.
func (s *Store) end(of *gorm.DB) *gorm.DB {
	return of.Model(&sessionRow{}).Where("ended_at IS NULL").Updates(map[string]any{"ended_at": micros(s.wallNow()), "data": []byte{}, "agent": ""})
}
