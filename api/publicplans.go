package api

import (
	"context"
	"time"

	"datacharter/domain/plan"
	"datacharter/store"
)

// PublicPlan is what the public was told of a plan: the version in force (27号 Art. 11), or a text on which it is heard (713号令 Art. 15).
type PublicPlan struct {
	Plan    string          `json:"plan" doc:"case: whoever has a token may comment on it while the public is heard"`
	At      time.Time       `json:"at"`
	Content plan.PublicPlan `json:"content"`
}

type publicPlansInput struct {
	Paging
	Conditional
	Of      string `query:"of" enum:"entries,comments" default:"entries" doc:"plans as published, or texts on which the public is or was heard"`
	Plan    string `query:"plan" maxLength:"200" doc:"of one plan alone"`
	Current yesNo  `query:"current" enum:"true,false" doc:"true: the newest of each plan alone, as it stands now"`
}

// listPublicPlans lists what was published of plans, newest first.
func (s *server) listPublicPlans(ctx context.Context, in *publicPlansInput) (*cached[list[PublicPlan]], error) {
	subject := plan.EntrySubject
	if in.Of == "comments" {
		subject = plan.CommentSubject
	}
	page, err := s.Store.ListPublications(ctx, store.PublicationFilter{
		Subject: subject, Case: in.Plan, Newest: in.Current == "true", Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out, err := told(page, func(p store.PublicationView, item *PublicPlan) any {
		item.Plan, item.At = p.Case, p.At
		return &item.Content
	})
	if err != nil {
		return nil, err
	}
	return answer(in.Conditional, out), nil
}
