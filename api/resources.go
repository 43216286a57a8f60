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

type resourceListInput struct {
	Paging
	Text      string              `query:"text" maxLength:"200" doc:"every word occurs in the title, provider, theme or tags"`
	Source    string              `query:"source" maxLength:"100"`
	Provider  string              `query:"provider" maxLength:"200"`
	Theme     string              `query:"theme" maxLength:"200"`
	Access    catalogue.Access    `query:"access" enum:"open,on-application,authorised,unknown"`
	Frequency catalogue.Frequency `query:"frequency" enum:"realtime,daily,weekly,half-monthly,monthly,quarterly,half-yearly,yearly,irregular,static,unknown"`
}

type resourceOutput struct{ Body Resource }

func (s *server) listResources(ctx context.Context, in *resourceListInput) (*listOutput[Resource], error) {
	page, err := s.Store.ListResources(ctx, store.ResourceFilter{
		Text: in.Text, Source: in.Source, Provider: in.Provider, Theme: in.Theme, Access: in.Access, Frequency: in.Frequency, Cursor: in.Cursor, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	return shown(page, resourceView), nil
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
