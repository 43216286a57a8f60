package store

import (
	"context"
	"time"

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

// NoticeFilter narrows a list of notices; empty fields do not.
type NoticeFilter struct {
	Unread bool
	Cursor string
	Limit  int // DefaultLimit when 0, at most MaxLimit
}

// DeliverNotice puts the notice of a message into the boxes of its recipients – who they are is decided now – and notes the delivery, in one transaction.
// Those who declared an interest in the case get it only when it names them. A repeat changes nothing.
func (s *Store) DeliverNotice(ctx context.Context, m Message) error { panic("not yet") }

// ListNotices lists a person's notices, newest first.
func (s *Store) ListNotices(ctx context.Context, person string, filter NoticeFilter) (Page[NoticeView], error) {
	panic("not yet")
}

// UnreadNotices counts a person's unread notices.
func (s *Store) UnreadNotices(ctx context.Context, person string) (int64, error) { panic("not yet") }

// MarkNoticesRead marks a person's notices as read: those of the IDs, or all when none is given.
func (s *Store) MarkNoticesRead(ctx context.Context, person string, ids ...string) error {
	panic("not yet")
}
