package api

import (
	"context"
	"mime"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"datacharter/domain/calendar"
	"datacharter/domain/catalogue"
	"datacharter/domain/concern"
	"datacharter/domain/quality"
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/export"
)

// Resource is a public data resource of the catalogue, with its source: where a resource is shown, its source is named.
type Resource struct {
	catalogue.Resource
	FrequencyWords text.Text `json:"frequencyWords"`
	AccessWords    text.Text `json:"accessWords"`
	SourceName     text.Text `json:"sourceName"`
	SourceLicense  text.Text `json:"sourceLicense"`
	Href           string    `json:"href"`

	Lateness catalogue.Lateness `json:"lateness" doc:"whether it was updated as often as it is said to be, as of today"`
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

// ResourceNarrowing is what the catalogue can be narrowed by, in any combination.
type ResourceNarrowing struct {
	Text      string              `query:"text" maxLength:"200" doc:"every word occurs in the title, provider, theme or tags"`
	Source    string              `query:"source" maxLength:"100"`
	Provider  string              `query:"provider" maxLength:"200"`
	Theme     string              `query:"theme" maxLength:"200"`
	Access    catalogue.Access    `query:"access" enum:"open,on-application,authorised,unknown"`
	Frequency catalogue.Frequency `query:"frequency" enum:"realtime,daily,weekly,half-monthly,monthly,quarterly,half-yearly,yearly,irregular,static,unknown"`
}

func (in ResourceNarrowing) filter() store.ResourceFilter {
	return store.ResourceFilter{Text: in.Text, Source: in.Source, Provider: in.Provider, Theme: in.Theme, Access: in.Access, Frequency: in.Frequency}
}

type resourceListInput struct {
	Paging
	ResourceNarrowing
	Sort store.ResourceSort `query:"sort" enum:"updated,title" default:"updated" doc:"last updated first, or by title; a part with a next may have fewer items than limit"`
}

type resourceExportInput struct {
	ResourceNarrowing
	Addressed
	Form string             `path:"form" enum:"csv,xlsx,jsonld" doc:"a table, or DCAT 3 as JSON-LD"`
	Sort store.ResourceSort `query:"sort" enum:"updated,title" default:"updated"`
}

type resourceCountsOutput struct{ Body ResourceCounts }

// ResourceEntry is a resource with what its source says of it beside.
type ResourceEntry struct {
	Resource
	Held *HeldChange `json:"held,omitempty" doc:"what the source says now, while the resource is registered otherwise; left out when nothing waits"`
}

type resourceOutput struct{ Body ResourceEntry }

// ResourceQuality is how good a resource is, and what its users found wrong with it.
type ResourceQuality struct {
	quality.Score
	Faults []ConfirmedFault `json:"faults" nullable:"false" doc:"that users reported, that were confirmed and are not mended yet"`
}

// ConfirmedFault is a fault of a resource in the words of who confirmed it.
type ConfirmedFault struct {
	Field      string    `json:"field,omitempty" doc:"of the resource; left out for the data itself"`
	FieldWords text.Text `json:"field_words"`
	Answer     string    `json:"answer"`
	At         time.Time `json:"at"`
}

type qualityOutput struct{ Body ResourceQuality }

func (s *server) listResources(ctx context.Context, in *resourceListInput) (*listOutput[Resource], error) {
	f := in.filter()
	f.Sort, f.Cursor, f.Limit = in.Sort, in.Cursor, in.Limit
	page, err := s.Store.ListResources(ctx, f)
	if err != nil {
		return nil, err
	}
	return shown(page, s.resourceView), nil
}

func (s *server) countResources(ctx context.Context, in *ResourceNarrowing) (*resourceCountsOutput, error) {
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

// exportResources gives the whole list as it is narrowed, up to store.MaxExport resources, as it is read.
func (s *server) exportResources(ctx context.Context, in *resourceExportInput) (*fileOutput, error) {
	form, today := export.Form(in.Form), calendar.DateOf(s.Clock.Now()).String()
	f := in.filter()
	f.Sort = in.Sort
	ld := export.Linked(in.at(base+"/resources"), func(id string) string { return in.at(base + "/resources/" + id) })
	return &fileOutput{Body: func(hc huma.Context) {
		c := humagin.Unwrap(hc)
		c.Header("Content-Type", form.MediaType())
		c.Header("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "resources-" + today + "." + string(form)}))
		if callOf(ctx).fault = export.Resources(form, c.Writer, callOf(ctx).language, today, ld, s.Store.ExportResources(ctx, f)); callOf(ctx).fault != nil {
			panic(http.ErrAbortHandler) // half a list is on its way: a broken connection is the only thing left to say
		}
	}}, nil
}

func (s *server) getResource(ctx context.Context, in *idInput) (*resourceOutput, error) {
	r, err := s.Store.GetResource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	held, err := s.Store.HeldChange(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &resourceOutput{Body: ResourceEntry{s.resourceView(r), heldView(held)}}, nil
}

func (s *server) getQuality(ctx context.Context, in *idInput) (*qualityOutput, error) {
	r, err := s.Store.GetResource(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	q, err := s.Quality(ctx, r)
	if err != nil {
		return nil, err
	}
	out := ResourceQuality{Score: q.Score, Faults: make([]ConfirmedFault, len(q.Faults))}
	for i, f := range q.Faults {
		out.Faults[i] = ConfirmedFault{f.Field, concern.FieldWords(f.Field), f.Answer, f.At}
	}
	return &qualityOutput{Body: out}, nil
}

func (s *server) resourceView(r catalogue.Resource) Resource {
	source, _ := catalogue.SourceByKey(r.Source) // of a source of one's own there is no more to say than its key
	return Resource{
		Resource: r, FrequencyWords: r.Frequency.Name(), AccessWords: r.Access.Name(), SourceName: source.Name, SourceLicense: source.License,
		Href: base + "/resources/" + r.ID, Lateness: r.LatenessOn(s.Today()),
	}
}
