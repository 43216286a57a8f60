package api

import (
	"context"

	"datacharter/domain/catalogue"
	"datacharter/domain/text"
	"datacharter/store"
)

// Resource is a public data resource of the catalogue, with its source: where a resource is shown, its source is named.
type Resource struct {
	catalogue.Resource
	FrequencyWords text.Text `json:"frequencyWords"`
	AccessWords    text.Text `json:"accessWords"`
	SourceName     text.Text `json:"sourceName"`
	SourceLicense  text.Text `json:"sourceLicense"`
	Href           string    `json:"href"`
}

// ResourceCounts say how many resources there are by the values of the facets.
type ResourceCounts struct {
	All    int                        `json:"all"`
	More   bool                       `json:"more" doc:"there may be more than all; the numbers of the values are those of the first"`
	Facets map[string][]ResourceCount `json:"facets" nullable:"false" doc:"by theme, access, frequency, source and provider, those with the most resources first"`
}

// ResourceCount is how many resources have one value.
type ResourceCount struct {
	Value string    `json:"value" doc:"for the query parameter of the facet's name"`
	Words text.Text `json:"words"`
	N     int       `json:"n"`
}

// resourceFilterInput is what the catalogue can be narrowed by, in any combination.
type resourceFilterInput struct {
	Text      string              `query:"text" maxLength:"200" doc:"every word occurs in the title, provider, theme or tags"`
	Source    string              `query:"source" maxLength:"100"`
	Provider  string              `query:"provider" maxLength:"200"`
	Theme     string              `query:"theme" maxLength:"200"`
	Access    catalogue.Access    `query:"access" enum:"open,on-application,authorised,unknown"`
	Frequency catalogue.Frequency `query:"frequency" enum:"realtime,daily,weekly,half-monthly,monthly,quarterly,half-yearly,yearly,irregular,static,unknown"`
}

func (in resourceFilterInput) filter() store.ResourceFilter {
	return store.ResourceFilter{Text: in.Text, Source: in.Source, Provider: in.Provider, Theme: in.Theme, Access: in.Access, Frequency: in.Frequency}
}

type resourceListInput struct {
	Paging
	resourceFilterInput
	Sort store.ResourceSort `query:"sort" enum:"updated,title" default:"updated" doc:"last updated first, or by title; a part with a next may have fewer items than limit"`
}

type resourceCountsOutput struct{ Body ResourceCounts }

type resourceOutput struct{ Body Resource }

func (s *server) listResources(ctx context.Context, in *resourceListInput) (*listOutput[Resource], error) {
	f := in.filter()
	f.Sort, f.Cursor, f.Limit = in.Sort, in.Cursor, in.Limit
	page, err := s.Store.ListResources(ctx, f)
	if err != nil {
		return nil, err
	}
	return shown(page, resourceView), nil
}

func (s *server) countResources(ctx context.Context, in *resourceFilterInput) (*resourceCountsOutput, error) {
	c, err := s.Store.CountResources(ctx, in.filter())
	if err != nil {
		return nil, err
	}
	out := ResourceCounts{All: c.All, More: c.More, Facets: map[string][]ResourceCount{}}
	for _, facet := range store.ResourceFacets {
		counts := make([]ResourceCount, len(c.Facets[facet]))
		for i, n := range c.Facets[facet] {
			counts[i] = ResourceCount{n.Value, facet.Words(n.Value), n.N}
		}
		out.Facets[string(facet)] = counts
	}
	return &resourceCountsOutput{Body: out}, nil
}

func (s *server) getResource(ctx context.Context, in *idInput) (*resourceOutput, error) {
	r, err := s.Store.GetResource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &resourceOutput{Body: resourceView(r)}, nil
}

func resourceView(r catalogue.Resource) Resource {
	source, _ := catalogue.SourceByKey(r.Source) // of a source of one's own there is no more to say than its key
	return Resource{
		Resource: r, FrequencyWords: r.Frequency.Name(), AccessWords: r.Access.Name(), SourceName: source.Name, SourceLicense: source.License,
		Href: base + "/resources/" + r.ID,
	}
}
