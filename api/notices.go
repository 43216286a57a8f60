package api

import (
	"context"
	"encoding/json"
	"time"

	"datacharter/domain/concern"
	"datacharter/domain/lifecycle"
	"datacharter/store"
)

// Notice is a notice in the reader's own box.
type Notice struct {
	ID       string            `json:"id"`
	Case     string            `json:"case" doc:"ID of the case, or of the quality report or data demand"`
	CaseHref string            `json:"case_href"`
	Subject  string            `json:"subject"`
	Params   map[string]string `json:"params"`
	At       time.Time         `json:"at"`
	ReadAt   *time.Time        `json:"read_at,omitempty"`
}

// ReadInput names the notices that were read.
type ReadInput struct {
	IDs []string `json:"ids,omitempty" maxItems:"1000" doc:"all of them when left out"`
}

// Unread says how many notices are still to be read.
type Unread struct {
	Unread int64 `json:"unread"`
}

// Publication is an entry of the public record.
type Publication struct {
	ID       string          `json:"id"`
	Case     string          `json:"case"`
	CaseKind lifecycle.Kind  `json:"case_kind"`
	Subject  string          `json:"subject"`
	Content  json.RawMessage `json:"content"`
	At       time.Time       `json:"at"`
}

type noticeListInput struct {
	Paging
	Unread yesNo `query:"unread" enum:"true,false" doc:"true: only those not read yet"`
}

type readNoticesInput struct {
	Keyed
	Body ReadInput
}

type unreadOutput struct{ Body Unread }

type publicationListInput struct {
	Paging
	Case    string `query:"case" maxLength:"200"`
	Subject string `query:"subject" maxLength:"100"`
}

func (s *server) listNotices(ctx context.Context, in *noticeListInput) (*listOutput[Notice], error) {
	page, err := s.Store.ListNotices(ctx, callOf(ctx).actor.Person, store.NoticeFilter{Unread: in.Unread == "true", Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return shown(page, func(n store.NoticeView) Notice {
		return Notice{
			ID: n.ID, Case: n.Case, CaseHref: s.noticeHref(n), Subject: n.Subject, Params: n.Params, At: n.At, ReadAt: n.ReadAt,
		}
	}), nil
}

// noticeHref is where that is which a notice is about: a case, or a quality report or data demand.
func (s *server) noticeHref(n store.NoticeView) string {
	if at, ok := concernsAt[concern.Kind(n.CaseKind)]; ok {
		return at + "/" + n.Case
	}
	return s.collectionOf(n.CaseKind).href(n.Case)
}

// readNotices marks notices of the caller's as read; those that are stay so.
func (s *server) readNotices(ctx context.Context, in *readNoticesInput) (*unreadOutput, error) {
	person := callOf(ctx).actor.Person
	_, err := s.Once(ctx, callOf(ctx).actor.Person, in.Key, []string{"read-notices", string(canonical(&in.Body))}, func() error {
		return s.Store.MarkNoticesRead(ctx, person, in.Body.IDs...)
	})
	if err != nil {
		return nil, err
	}
	unread, err := s.Store.UnreadNotices(ctx, person)
	return &unreadOutput{Body: Unread{Unread: unread}}, err
}

func (s *server) listPublications(ctx context.Context, in *publicationListInput) (*listOutput[Publication], error) {
	page, err := s.Store.ListPublications(ctx, store.PublicationFilter{Case: in.Case, Subject: in.Subject, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return shown(page, func(p store.PublicationView) Publication { return Publication(p) }), nil
}
