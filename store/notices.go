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

// NoticeView is a notice in one person's box.
type NoticeView struct {
	ID       string // of its message
	Case     string
	CaseKind lifecycle.Kind
	Subject  string
	Params   map[string]string
	At       time.Time
	ReadAt   *time.Time
}

type noticeRow struct {
	MessageID string `gorm:"primaryKey"`
	Person    string `gorm:"primaryKey"`
	CaseID    string
	Kind      string
	Subject   string
	Params    string
	At        int64
	ReadAt    sql.NullInt64
}

func (noticeRow) TableName() string { return "notices" }

// newNoticeRows makes a row for each person told.
func newNoticeRows(m Message, people []string) ([]noticeRow, error) {
	notice := m.Effect.Notice
	params, err := json.Marshal(notice.Params)
	if err != nil {
		return nil, err
	}
	rows := make([]noticeRow, len(people))
	for i, person := range people {
		rows[i] = noticeRow{
			MessageID: m.ID, Person: person, CaseID: m.Case, Kind: string(m.Kind), Subject: notice.Subject, Params: string(params), At: micros(m.At),
		}
	}
	return rows, nil
}

func (r noticeRow) view() (NoticeView, error) {
	v := NoticeView{
		ID: r.MessageID, Case: r.CaseID, CaseKind: lifecycle.Kind(r.Kind), Subject: r.Subject, At: fromMicros(r.At), ReadAt: fromOptionalMicros(r.ReadAt),
	}
	if err := json.Unmarshal([]byte(r.Params), &v.Params); err != nil {
		return v, fmt.Errorf("store: notice %s: %w", r.MessageID, err)
	}
	return v, nil
}

// recipients finds the people with open accounts who are meant. Every field that is set narrows them; when none is, nobody is meant.
func recipients(db *gorm.DB, a address) ([]string, error) {
	to := a.to
	if to == (lifecycle.Recipients{}) {
		return nil, nil
	}
	var ids []string
	q := db.Table("people AS p").Distinct("p.id").Where("p.closed_at IS NULL").Order("p.id")
	q = where(q, "p.id", to.Person)
	if to.Person == "" {
		q = q.Where("NOT EXISTS (SELECT 1 FROM case_interests i WHERE i.person = p.id AND i.case_id = ?)", a.caseID)
	}
	if a.group != "" {
		q = q.Where("NOT EXISTS (SELECT 1 FROM unwanted_notices u WHERE u.person = p.id AND u.notice_group = ?)", string(a.group))
	}
	if to.Organization != "" || to.Kind != "" || to.Role != "" {
		q = q.Joins("JOIN grants g ON g.person = p.id").Joins("JOIN organizations o ON o.id = g.organization AND o.closed_at IS NULL")
		if to.Also != "" {
			q = q.Where("g.organization IN ?", []string{to.Organization, to.Also})
		} else {
			q = where(q, "g.organization", to.Organization)
		}
		q = where(q, "g.role", string(to.Role))
		q = where(q, "o.kind", string(to.Kind))
	}
	err := q.Pluck("p.id", &ids).Error
	return ids, err
}

// NoticeFilter narrows a list of notices; empty fields do not.
type NoticeFilter struct {
	Unread bool
	Cursor string
	Limit  int // DefaultLimit when 0, at most MaxLimit
}

// ListNotices lists a person's notices, newest first.
func (s *Store) ListNotices(ctx context.Context, person string, f NoticeFilter) (Page[NoticeView], error) {
	const list = "notices"
	at, more, err := placeOf(list, f.Cursor)
	if err != nil {
		return Page[NoticeView]{}, err
	}
	q := s.read.WithContext(ctx).Where("person = ?", person)
	if f.Unread {
		q = q.Where("read_at IS NULL")
	}
	if more {
		q = q.Where("(at, message_id) < (?, ?)", at.Num, at.ID)
	}
	limit := pageSize(f.Limit)
	var rows []noticeRow
	if err := q.Order("at DESC, message_id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return Page[NoticeView]{}, err
	}
	return page(rows, limit, noticeRow.view, func(r noticeRow) place { return place{List: list, Num: r.At, ID: r.MessageID} })
}

// MostUnread is how far UnreadNotices counts.
const MostUnread = 10_000

// UnreadNotices counts a person's unread notices, up to MostUnread.
func (s *Store) UnreadNotices(ctx context.Context, person string) (int64, error) {
	db := s.read.WithContext(ctx)
	var n int64
	err := db.Table("(?) AS unread", db.Model(&noticeRow{}).Select("1 AS one").Where("person = ? AND read_at IS NULL", person).Limit(MostUnread)).Count(&n).Error
	return n, err
}

// MarkNoticesRead marks a person's notices as read: those of the IDs, or all when none is given. What is read stays as it is.
func (s *Store) MarkNoticesRead(ctx context.Context, person string, ids ...string) error {
	q := s.write.WithContext(ctx).Model(&noticeRow{}).Where("person = ? AND read_at IS NULL", person)
	if len(ids) > 0 {
		q = q.Where("message_id IN ?", ids)
	}
	return q.Update("read_at", micros(s.businessNow())).Error
}
