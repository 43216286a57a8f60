package api

import (
	"context"
	"encoding/json"
	"fmt"
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
	out := list[PublicRegistration]{Items: make([]PublicRegistration, len(page.Items)), Next: page.Next}
	for i, p := range page.Items {
		told := PublicRegistration{Registration: p.Case, At: p.At}
		into := any(&told.Notice)
		if subject == registration.EntrySubject {
			into = &told.Result
		}
		if err := json.Unmarshal(p.Content, into); err != nil {
			return nil, fmt.Errorf("publication %s: %w", p.ID, err)
		}
		out.Items[i] = told
	}
	return answer(in.Conditional, out), nil
}
