package store

import (
	"context"
	"slices"

	"gorm.io/gorm"
)

// ResourceCounts say how many resources of a list there are, by the values of the facets.
type ResourceCounts struct {
	All    int
	More   bool // there may be more than All, and the numbers of the values are those of the first All
	Facets map[ResourceFacet][]ResourceCount
}

// ResourceCount is the number of resources with a value.
type ResourceCount struct {
	Value string
	N     int
}

const (
	// maxFacetValues is how many values of a facet are named, those with the most resources first.
	maxFacetValues = 20
	// maxTallied is how many resources of a narrowed list are counted.
	maxTallied = 200
)

// CountResources counts the resources that ListResources lists, whatever the filter's sort, cursor and limit. The whole catalogue is counted already;
// of a list that is narrowed the first are counted, so that it takes no longer the more there are.
func (s *Store) CountResources(ctx context.Context, f ResourceFilter) (ResourceCounts, error) {
	db := s.read.WithContext(ctx)
	if f.narrow() {
		c, err := tallied(db, f)
		return c, s.found(err)
	}
	c := ResourceCounts{Facets: map[ResourceFacet][]ResourceCount{}}
	for _, facet := range ResourceFacets {
		var rows []resourceCountRow
		if err := db.Where("facet = ? AND facet <> ''", string(facet)).Order("n DESC, term DESC").Limit(maxFacetValues).Find(&rows).Error; err != nil {
			return ResourceCounts{}, err
		}
		for _, r := range rows {
			c.Facets[facet] = append(c.Facets[facet], ResourceCount{r.Term[len(facet.prefix()):], int(r.N)})
		}
	}
	for _, access := range c.Facets[ByAccess] { // every resource has one
		c.All += access.N
	}
	return c, nil
}

func (f ResourceFilter) narrow() bool {
	return len(termsOf(f.Text)) > 0 || slices.ContainsFunc(ResourceFacets, func(facet ResourceFacet) bool { return f.value(facet) != "" })
}

func tallied(db *gorm.DB, f ResourceFilter) (ResourceCounts, error) {
	c := ResourceCounts{Facets: map[ResourceFacet][]ResourceCount{}}
	f.Sort = ByUpdate
	fit, ended, err := fitting(db, f, f.order(), nil, maxTallied)
	if err != nil || fit == nil {
		return c, err
	}
	var rows []resourceCountRow
	err = db.Raw("SELECT x.term AS term, count(*) AS n FROM ("+fit.sql+") AS found CROSS JOIN resource_terms x "+
		"WHERE x.resource_id = found.resource_id AND x.term >= '=' AND x.term < '>' GROUP BY x.term ORDER BY n DESC, term DESC", fit.args...).Scan(&rows).Error
	if err != nil {
		return c, err
	}
	for _, r := range rows {
		facet := ResourceFacet(facetOfTerm(r.Term))
		if facet == ByAccess { // every resource has one
			c.All += int(r.N)
		}
		if len(c.Facets[facet]) < maxFacetValues {
			c.Facets[facet] = append(c.Facets[facet], ResourceCount{r.Term[len(facet.prefix()):], int(r.N)})
		}
	}
	c.More = ended != nil || c.All == maxTallied
	return c, nil
}
