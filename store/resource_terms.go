package store

import (
	"cmp"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"datacharter/domain/catalogue"
	"datacharter/domain/search"
	"datacharter/domain/text"
)

// resourceTermRow is one search term of a resource, or one of its facets.
type resourceTermRow struct {
	Term       string `gorm:"primaryKey"`
	Updated    string `gorm:"primaryKey"` // of the resource: under each term the resources lie in the order of their last update
	ResourceID string `gorm:"primaryKey"`
}

func (resourceTermRow) TableName() string { return "resource_terms" }

// resourceTitleTermRow is the same in the order of titles.
type resourceTitleTermRow struct {
	Term       string `gorm:"primaryKey"`
	Title      string `gorm:"primaryKey"`
	ResourceID string `gorm:"primaryKey"`
}

func (resourceTitleTermRow) TableName() string { return "resource_title_terms" }

// resourceCountRow says how many resources there are under a term.
type resourceCountRow struct {
	Term  string `gorm:"primaryKey"`
	Facet string // empty when the term is a word
	N     int64
}

func (resourceCountRow) TableName() string { return "resource_counts" }

// ResourceFacet is a quality by whose values the catalogue can be narrowed.
type ResourceFacet string

// The facets.
const (
	BySource    ResourceFacet = "source"
	ByProvider  ResourceFacet = "provider"
	ByTheme     ResourceFacet = "theme"
	ByAccess    ResourceFacet = "access"
	ByFrequency ResourceFacet = "frequency"
)

// ResourceFacets are all facets, in the order in which they are shown.
var ResourceFacets = []ResourceFacet{ByTheme, ByAccess, ByFrequency, BySource, ByProvider}

// of is the value that a resource has.
func (f ResourceFacet) of(r resourceRow) string {
	switch f {
	case BySource:
		return r.Source
	case ByProvider:
		return r.Provider
	case ByTheme:
		return r.Theme
	case ByAccess:
		return r.Access
	case ByFrequency:
		return r.Frequency
	default:
		return ""
	}
}

// Words names a value of the facet.
func (f ResourceFacet) Words(value string) text.Text {
	switch f {
	case BySource:
		return catalogue.SourceName(value)
	case ByAccess:
		return catalogue.Access(value).Name()
	case ByFrequency:
		return catalogue.Frequency(value).Name()
	case ByProvider, ByTheme:
	}
	return text.Text{ZH: value, EN: value}
}

// maxFacetRunes is where a value is cut as a term: values that are alike so far count as one. PostgreSQL bounds what an index holds.
const maxFacetRunes = 100

// term is the term under which the resources with a value lie. No word begins like it, so that no search meets it.
func (f ResourceFacet) term(value string) string {
	if runes := []rune(value); len(runes) > maxFacetRunes {
		value = string(runes[:maxFacetRunes])
	}
	return f.prefix() + value
}

func (f ResourceFacet) prefix() string { return "=" + string(f) + "=" }

// resourceTerms are the terms under which a resource lies, each once, sorted.
type resourceTerms struct {
	id, updated, title string
	terms              []string
}

func termsOfResource(row resourceRow) (resourceTerms, error) {
	r, err := row.resource()
	return resourceTerms{row.ID, row.Updated, row.Title, wordsOfResource(r, row)}, err
}

func wordsOfResource(r catalogue.Resource, row resourceRow) []string {
	terms := search.Terms(strings.Join(append([]string{r.Title, r.Provider, r.Theme, r.Subject, r.Industry, r.Scenario}, r.Tags...), "\n"))
	for _, f := range ResourceFacets {
		if value := f.of(row); value != "" {
			terms = append(terms, f.term(value))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(terms)))
}

// without are the terms that another state of the same resource does not have at the same place of the order.
func (t resourceTerms) without(other resourceTerms, sameKey bool) []string {
	if !sameKey {
		return t.terms
	}
	return slices.DeleteFunc(slices.Clone(t.terms), func(term string) bool {
		_, found := slices.BinarySearch(other.terms, term)
		return found
	})
}

// syncResourceTerms writes what differs from before. All of before are among after.
func syncResourceTerms(db *gorm.DB, before, after []resourceTerms) error {
	old := make(map[string]resourceTerms, len(before))
	for _, t := range before {
		old[t.id] = t
	}
	var byUpdate []resourceTermRow
	var byTitle []resourceTitleTermRow
	for _, t := range after {
		was := old[t.id]
		sameUpdate, sameTitle := was.updated == t.updated, was.title == t.title
		if err := removeTerms(db, &resourceTermRow{}, "updated", was.updated, was.id, was.without(t, sameUpdate)); err != nil {
			return err
		}
		if err := removeTerms(db, &resourceTitleTermRow{}, "title", was.title, was.id, was.without(t, sameTitle)); err != nil {
			return err
		}
		for _, term := range t.without(was, sameUpdate) {
			byUpdate = append(byUpdate, resourceTermRow{term, t.updated, t.id})
		}
		for _, term := range t.without(was, sameTitle) {
			byTitle = append(byTitle, resourceTitleTermRow{term, t.title, t.id})
		}
	}
	return inTurn(
		func() error { return insertRows(db, byUpdate) },
		func() error { return insertRows(db, byTitle) },
		func() error { return recount(db, before, after) },
	)
}

// removeTerms deletes terms of one resource by the whole key of their table.
func removeTerms(db *gorm.DB, model any, key, value, id string, terms []string) error {
	for some := range slices.Chunk(terms, maxLooked) {
		if err := db.Where("term IN ? AND "+key+" = ? AND resource_id = ?", some, value, id).Delete(model).Error; err != nil {
			return err
		}
	}
	return nil
}

// recount adds to the counts what came under each term and takes away what left it.
func recount(db *gorm.DB, before, after []resourceTerms) error {
	change := map[string]int64{}
	for _, t := range before {
		for _, term := range t.terms {
			change[term]--
		}
	}
	for _, t := range after {
		for _, term := range t.terms {
			change[term]++
		}
	}
	var rows []resourceCountRow
	var fewer []string
	for term, n := range change {
		if n != 0 {
			rows = append(rows, resourceCountRow{term, facetOfTerm(term), n})
		}
		if n < 0 {
			fewer = append(fewer, term)
		}
	}
	slices.SortFunc(rows, func(a, b resourceCountRow) int { return cmp.Compare(a.Term, b.Term) })
	adding := db.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "term"}}, DoUpdates: clause.Assignments(map[string]any{"n": gorm.Expr("resource_counts.n + excluded.n")}),
	})
	if err := insertRows(adding, rows); err != nil || len(fewer) == 0 {
		return err
	}
	for some := range slices.Chunk(fewer, maxLooked) {
		if err := db.Where("n <= 0 AND term IN ?", some).Delete(&resourceCountRow{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// maxLooked bounds the values of one IN.
const maxLooked = 500

func facetOfTerm(term string) string {
	if rest, is := strings.CutPrefix(term, "="); is {
		facet, _, _ := strings.Cut(rest, "=")
		return facet
	}
	return ""
}

// rebuildResourceTerms makes the terms of every resource and their counts anew.
func rebuildResourceTerms(db *gorm.DB) error {
	last := ""
	for {
		var resources []resourceRow
		if err := db.Where("id > ?", last).Order("id").Limit(rebuildCases).Find(&resources).Error; err != nil {
			return err
		}
		var all []resourceTerms
		for _, row := range resources {
			terms, err := termsOfResource(row)
			if err != nil {
				return err
			}
			all = append(all, terms)
		}
		if err := syncResourceTerms(db, nil, all); err != nil {
			return err
		}
		if len(resources) < rebuildCases {
			return nil
		}
		last = resources[len(resources)-1].ID
	}
}
