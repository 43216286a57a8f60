package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"datacharter/transparency"
)

// logEntryRow is one line of the transparency log.
type logEntryRow struct {
	Position    int64 `gorm:"primaryKey;autoIncrement:false"` // 0, 1, 2 …
	Publication string
	Line        string
}

func (logEntryRow) TableName() string { return "log_entries" }

// logHashRow is one hash of the log's tree.
type logHashRow struct {
	Position int64 `gorm:"primaryKey;autoIncrement:false"`
	Hash     []byte
}

func (logHashRow) TableName() string { return "log_hashes" }

// logCheckpointRow is one signed checkpoint.
type logCheckpointRow struct {
	Size   int64 `gorm:"primaryKey;autoIncrement:false"`
	At     int64
	Signed string
}

func (logCheckpointRow) TableName() string { return "log_checkpoints" }

// maxLogged bounds how many publications enter the log in one transaction.
const maxLogged = 1000

// LogPublications takes publications into the log that are not in it, the oldest first, and reports whether there may be more. Every delivery does so for
// its own; only what was published before there was a log waits for it. Of two that do so at once one fails and changes nothing.
func (s *Store) LogPublications(ctx context.Context) (more bool, err error) {
	err = s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		more, err = logPublications(db.WithContext(s.dialect.within(ctx)))
		return err
	})
	return more, err
}

func logPublications(db *gorm.DB) (more bool, err error) {
	var waiting []publicationRow
	if err := db.Where("NOT logged").Order("at, id").Limit(maxLogged).Find(&waiting).Error; err != nil || len(waiting) == 0 {
		return false, err
	}
	size, err := logSize(db)
	if err != nil {
		return false, err
	}
	entries := make([]logEntryRow, len(waiting))
	lines, ids := make([][]byte, len(waiting)), make([]string, len(waiting))
	for i, p := range waiting {
		if lines[i], err = p.entry().Line(); err != nil {
			return false, err
		}
		ids[i] = p.ID
		entries[i] = logEntryRow{size + int64(i), p.ID, string(lines[i])}
	}
	hashes, err := transparency.Append(size, logHashes(db), lines...)
	if err != nil {
		return false, err
	}
	at := tlog.StoredHashCount(size)
	rows := make([]logHashRow, len(hashes))
	for i, h := range hashes {
		rows[i] = logHashRow{at + int64(i), h[:]}
	}
	return len(waiting) == maxLogged, inTurn(
		func() error { return insertRows(db, entries) },
		func() error { return insertRows(db, rows) },
		func() error { return db.Model(&publicationRow{}).Where("id IN ?", ids).Update("logged", true).Error },
	)
}

func (r publicationRow) entry() transparency.Entry {
	v := r.view()
	return transparency.Entry{ID: v.ID, Case: v.Case, Kind: string(v.CaseKind), Subject: v.Subject, At: v.At, Content: v.Content}
}

func logSize(db *gorm.DB) (size int64, err error) {
	err = db.Model(&logEntryRow{}).Select("coalesce(max(position) + 1, 0)").Scan(&size).Error
	return size, err
}

// logHashes reads hashes of the tree.
func logHashes(db *gorm.DB) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		var rows []logHashRow
		if err := db.Where("position IN ?", indexes).Find(&rows).Error; err != nil {
			return nil, err
		}
		found := make(map[int64]tlog.Hash, len(rows))
		for _, r := range rows {
			found[r.Position] = tlog.Hash(r.Hash)
		}
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			h, ok := found[index]
			if !ok {
				return nil, fmt.Errorf("store: the log has no hash %d", index)
			}
			out[i] = h
		}
		return out, nil
	}
}

// logKeysSetting keeps the keys for verifying the log's checkpoints, so that whoever serves them needs no private ones.
const logKeysSetting = "log-keys"

// ErrOtherKeys says that the log was signed with other keys so far.
var ErrOtherKeys = errors.New("store: the transparency log was signed with other keys so far")

// LogKeys returns the keys for verifying the log's checkpoints, as transparency.ParsePublic reads them; empty while there is no checkpoint.
func (s *Store) LogKeys(ctx context.Context) (public string, err error) {
	_, err = s.GetSetting(ctx, logKeysSetting, &public)
	return public, err
}

// SignLog adds a checkpoint of the log as it is, signed with the keys, unless there is one of the same size. ErrOtherKeys when an earlier one was signed
// with others: who keeps it could not tell the log from a forged one.
func (s *Store) SignLog(ctx context.Context, keys transparency.Keys) error {
	if _, err := s.PutSettingIfAbsent(ctx, logKeysSetting, keys.Public()); err != nil {
		return err
	}
	if public, err := s.LogKeys(ctx); err != nil || public != keys.Public() {
		return cmp.Or(err, ErrOtherKeys)
	}
	return s.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		db = db.WithContext(s.dialect.within(ctx))
		size, err := logSize(db)
		if err != nil {
			return err
		}
		var signed int64
		if err := db.Model(&logCheckpointRow{}).Where("size = ?", size).Count(&signed).Error; err != nil || signed > 0 {
			return err
		}
		root, err := tlog.TreeHash(size, logHashes(db))
		if err != nil {
			return err
		}
		now := s.businessNow()
		note, err := transparency.Checkpoint{Origin: keys.Name(), Tree: tlog.Tree{N: size, Hash: root}, At: now}.Sign(keys.Signers...)
		if err != nil {
			return err
		}
		err = db.Create(&logCheckpointRow{size, micros(now), string(note)}).Error
		if s.dialect.isDuplicate(err) {
			return ErrVersionConflict
		}
		return err
	})
}
