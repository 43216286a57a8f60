package store

import (
	"context"

	"datacharter/domain/catalogue"
	"datacharter/domain/identity"
	"datacharter/domain/lifecycle"
)

// Found are the first things found and whether there are more.
type Found[T any] struct {
	Items []T
	More  bool
}

// SearchResult is what a search over everything found.
type SearchResult struct {
	Cases         Found[CaseSummary]            // that the actor may see, last opened first
	Resources     Found[catalogue.Resource]     // last updated first
	Organizations Found[lifecycle.Organization] // that are open, by ID
}

// Search looks for cases, resources and organisations in which every word of the text occurs, up to limit of each; two Chinese characters find.
// A text without a letter or digit finds nothing.
func (s *Store) Search(ctx context.Context, actor identity.Actor, text string, limit int) (SearchResult, error) {
	if len(termsOf(text)) == 0 {
		return SearchResult{}, nil
	}
	cases, err := s.ListCases(ctx, actor, CaseFilter{Text: text, Sort: ByOpening, Limit: limit})
	if err != nil {
		return SearchResult{}, err
	}
	resources, err := s.ListResources(ctx, ResourceFilter{Text: text, Limit: limit})
	if err != nil {
		return SearchResult{}, err
	}
	closed := false
	organizations, err := s.ListOrganizations(ctx, OrganizationFilter{Text: text, Closed: &closed, Limit: limit})
	if err != nil {
		return SearchResult{}, err
	}
	return SearchResult{firstOf(cases), firstOf(resources), firstOf(organizations)}, nil
}

func firstOf[T any](p Page[T]) Found[T] { return Found[T]{p.Items, p.Next != ""} }
