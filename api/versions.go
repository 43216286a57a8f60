package api

import (
	"context"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
	"datacharter/store"
)

// ResourceVersion is one version of a resource, with what it changed.
type ResourceVersion struct {
	catalogue.Version
	Differences []Difference `json:"differences" nullable:"false" doc:"from the version before; none for the first"`
}

// Difference is one field in which two states of a resource differ.
type Difference struct {
	catalogue.Difference
	Words text.Text `json:"words" doc:"name of the field"`
}

type versionsInput struct {
	Paging
	ID string `path:"id" maxLength:"200"`
}

func (s *server) listResourceVersions(ctx context.Context, in *versionsInput) (*listOutput[ResourceVersion], error) {
	if _, err := s.Store.GetResource(ctx, in.ID); err != nil {
		return nil, err
	}
	page, err := s.Store.ListResourceVersions(ctx, store.VersionFilter{Resource: in.ID, Cursor: in.Cursor, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	return shown(page, func(v catalogue.Version) ResourceVersion { return ResourceVersion{v, named(v.Differences)} }), nil
}

// named names the fields that differ.
func named(all []catalogue.Difference) []Difference {
	out := make([]Difference, len(all))
	for i, d := range all {
		out[i] = Difference{d, catalogue.FieldName(d.Field)}
	}
	return out
}
