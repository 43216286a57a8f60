package web

import (
	"datacharter/domain/text"
	"datacharter/store"
	"datacharter/web/ui"
)

// resourceFacets are the qualities by whose values the catalogue is narrowed, with how many resources have each.
type resourceFacets struct {
	all  store.ResourceCounts
	each []facet
}

var facetWords = map[store.ResourceFacet]text.Text{
	store.BySource: {ZH: "来源目录", EN: "Source"}, store.ByProvider: {ZH: "提供单位", EN: "Provider"}, store.ByTheme: {ZH: "领域", EN: "Theme"},
	store.ByAccess: {ZH: "开放方式", EN: "Access"}, store.ByFrequency: {ZH: "更新频率", EN: "Updated"},
}

// countFacets counts what fits. Of a facet that is in force only its value is shown, and the way back to all.
func (s *server) countFacets(l *resourceList) error {
	counts, err := s.Store.CountResources(l.ctx, l.filter)
	if err != nil {
		return err
	}
	l.facets = &resourceFacets{all: counts}
	for _, of := range store.ResourceFacets {
		name, chosen := string(of), l.Query(string(of))
		f := facet{words: facetWords[of]}
		if chosen != "" {
			f.values = []ui.Link{
				{URL: l.with(name, chosen), Words: l.page.In(of.Words(chosen)), Current: true}, {URL: l.with(name, ""), Words: l.T("全部", "all")},
			}
		} else {
			for _, c := range counts.Facets[of] {
				f.values = append(f.values, ui.Link{URL: l.with(name, c.Value), Words: l.page.In(of.Words(c.Value)), Count: l.facets.number(c.N)})
			}
		}
		if len(f.values) > 0 {
			l.facets.each = append(l.facets.each, f)
		}
	}
	return nil
}

// number is a count as a link has it: negative when there may be more.
func (f *resourceFacets) number(n int) int {
	if f.all.More {
		return -n
	}
	return n
}
