package api

import (
	"context"
	"time"

	"datacharter/domain/registration"
	"datacharter/store"
)

// PublicRegistration is what the public was told of a registration: a notice with its four items (公示, 26号 Art. 12), or a result.
type PublicRegistration struct {
	Registration string                    `json:"registration" doc:"case: whoever has a token may object to it while its notice runs, and ask for a correction once it is registered"`
	At           time.Time                 `json:"at"`
	Notice       *registration.Notice      `json:"notice,omitempty"`
	Result       *registration.PublicEntry `json:"result,omitempty"`
}

type publicRegistrationsInput struct {
	Paging
	Conditional
	Of           string `query:"of" enum:"notices,results" default:"notices"`
	Registration string `query:"registration" maxLength:"200" doc:"of one case alone"`
}

// listPublicRegistrations lists notices or results of registrations, newest first.
func (s *server) listPublicRegistrations(ctx context.Context, in *publicRegistrationsInput) (*cached[list[PublicRegistration]], error) {
	subject := registration.NoticeSubject
	if in.Of == "results" {
		subject = registration.EntrySubject
	}
	page, err := s.Store.ListPublications(ctx, store.PublicationFilter{Subject: subject, Case: in.Registration, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out, err := told(page, func(p store.PublicationView, item *PublicRegistration) any {
		item.Registration, item.At = p.Case, p.At
		if subject == registration.EntrySubject {
			return &item.Result
		}
		return &item.Notice
	})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, out), nil
}
