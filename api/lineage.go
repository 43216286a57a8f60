package api

import (
	"context"

	"datacharter/domain/grading"
	"datacharter/domain/text"
	"datacharter/store"
)

// ResourceLineage is where a resource comes from and where it goes, as far as the caller may see it.
type ResourceLineage struct {
	Resource     string           `json:"resource"`
	From         []LinkedResource `json:"from" nullable:"false" doc:"from which it was derived, by the grading that counts"`
	To           []LinkedResource `json:"to" nullable:"false" doc:"derived from it, by the gradings that count"`
	MoreTo       bool             `json:"more_to,omitempty"`
	Cases        []CaseSummary    `json:"cases" nullable:"false" doc:"that name it and that the caller may read, the last changed first"`
	MoreCases    bool             `json:"more_cases,omitempty"`
	Unseen       bool             `json:"unseen" doc:"there are others that the caller may not read"`
	Products     []PublicProduct  `json:"products" nullable:"false" doc:"of the authorisations of the public register that have it in scope"`
	MoreProducts bool             `json:"more_products,omitempty"`
}

// LinkedResource is another resource of a lineage.
type LinkedResource struct {
	ID         string        `json:"id"`
	Title      string        `json:"title,omitempty" doc:"left out when the catalogue does not have it"`
	Grade      grading.Grade `json:"grade" doc:"of a source, the one it had when it was derived from"`
	GradeWords text.Text     `json:"grade_words"`
	Href       string        `json:"href"`
}

type lineageOutput struct{ Body ResourceLineage }

func (s *server) getLineage(ctx context.Context, in *idInput) (*lineageOutput, error) {
	if _, err := s.Store.GetResource(ctx, in.ID); err != nil {
		return nil, err
	}
	l, err := s.Store.Lineage(ctx, callOf(ctx).actor, in.ID)
	if err != nil {
		return nil, err
	}
	out := ResourceLineage{
		Resource: in.ID, From: linkedResources(l.From), To: linkedResources(l.To), MoreTo: l.MoreTo, Cases: []CaseSummary{}, MoreCases: l.MoreCases, Unseen: l.Unseen,
		Products: make([]PublicProduct, len(l.Products)), MoreProducts: l.MoreProducts,
	}
	for _, c := range l.Cases {
		if of := s.collectionOf(c.Kind); of != nil {
			out.Cases = append(out.Cases, of.summary(c))
		}
	}
	for i, p := range l.Products {
		out.Products[i] = publicProduct(p)
	}
	return &lineageOutput{Body: out}, nil
}

func linkedResources(all []store.LinkedResource) []LinkedResource {
	out := make([]LinkedResource, len(all))
	for i, r := range all {
		out[i] = LinkedResource{ID: r.ID, Title: r.Title, Grade: r.Grade, GradeWords: r.Grade.Words(), Href: base + "/resources/" + r.ID}
	}
	return out
}
