package api

import (
	"context"
	"time"

	"datacharter/domain/authorization"
	"datacharter/domain/disclosure"
	"datacharter/store"
)

// PublicDisclosure is what the public was told of one yearly disclosure: a version of it, or its tombstone (27号 Art. 18–19).
type PublicDisclosure struct {
	Disclosure string                      `json:"disclosure" doc:"case: the same for all versions of one"`
	At         time.Time                   `json:"at" doc:"信息披露时间"`
	Told       disclosure.PublicDisclosure `json:"told"`
}

type publicDisclosuresInput struct {
	Paging
	Conditional
	Side       authorization.Side `query:"side" enum:"agency,operator" default:"agency" doc:"whose disclosures"`
	Disclosure string             `query:"disclosure" maxLength:"200" doc:"of one disclosure alone, all its versions"`
	Current    yesNo              `query:"current" enum:"true,false" doc:"true: the newest of each disclosure alone, as it stands now"`
}

// listPublicDisclosures lists what was disclosed, newest first.
func (s *server) listPublicDisclosures(ctx context.Context, in *publicDisclosuresInput) (*cached[list[PublicDisclosure]], error) {
	page, err := s.Store.ListPublications(ctx, store.PublicationFilter{
		Subject: disclosure.Subject(in.Side), Case: in.Disclosure, Newest: in.Current == "true", Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out, err := told(page, func(p store.PublicationView, item *PublicDisclosure) any {
		item.Disclosure, item.At = p.Case, p.At
		return &item.Told
	})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, out), nil
}
