package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"datacharter/domain/catalogue"
)

// ResourceFilter narrows a list of resources; empty fields do not.
type ResourceFilter struct {
	Text      string // every word must occur in the title, the provider, a class or a tag
	Source    string
	Provider  string
	Theme     string
	Access    catalogue.Access
	Frequency catalogue.Frequency
	Sort      ResourceSort
	Cursor    string
	Limit     int // DefaultLimit when 0, at most MaxLimit
}

// ResourceSort is an order of resources.
type ResourceSort string

// The orders of resources.
const (
	ByUpdate ResourceSort = "updated" // last updated first; the default
	ByTitle  ResourceSort = "title"   // in the order of the characters
)

// value is what the filter asks of a facet.
func (f ResourceFilter) value(facet ResourceFacet) string {
	return facet.of(resourceRow{Source: f.Source, Provider: f.Provider, Theme: f.Theme, Access: string(f.Access), Frequency: string(f.Frequency)})
}

// walk is how many resources one part of a list looks at, at most, whether they fit or not. Two conditions that many resources meet and none both
// are told from each other no sooner: a list that has looked at so many ends its part, which then has fewer items than asked for, or none, and a Next.
const walk = 2000

// walkPast is how many are looked at where these conditions are asked of each. Of a word that many begin like it is four times as much work.
func walkPast(rest []wanted) int {
	if slices.ContainsFunc(rest, func(w wanted) bool { return !w.exact }) {
		return walk / 4
	}
	return walk
}

// resourceOrder is an order of the catalogue in SQL: the table with the terms, and how rows are compared.
type resourceOrder struct {
	list    string
	terms   string // table
	key     string // column, of the terms and of resources
	sort    string // direction
	after   string
	through func(resourceRow) string
}

func (f ResourceFilter) order() resourceOrder {
	if f.Sort == ByTitle {
		return resourceOrder{"resources by title", "resource_title_terms", "title", "", ">", func(r resourceRow) string { return r.Title }}
	}
	return resourceOrder{"resources", "resource_terms", "updated", " DESC", "<", func(r resourceRow) string { return r.Updated }}
}

// placedResource is a resource at its place in an order.
type placedResource struct {
	Key        string
	ResourceID string
}

// ListResources lists resources. A part with a Next may have fewer items than the limit, see walk.
func (s *Store) ListResources(ctx context.Context, f ResourceFilter) (Page[catalogue.Resource], error) {
	by := f.order()
	at, more, err := placeOf(by.list, f.Cursor)
	if err != nil {
		return Page[catalogue.Resource]{}, err
	}
	var from *placedResource
	if more {
		from = &placedResource{at.Text, at.ID}
	}
	db := s.read.WithContext(ctx)
	limit := pageSize(f.Limit)
	found, ended, err := findResources(db, f, by, from, limit+1)
	if err != nil {
		return Page[catalogue.Resource]{}, s.found(err)
	}
	rows, err := resourceRows(db, found)
	if err != nil {
		return Page[catalogue.Resource]{}, s.found(err)
	}
	end := func(p placedResource) place { return place{List: by.list, Text: p.Key, ID: p.ResourceID} }
	p, err := page(rows, limit, resourceRow.resource, func(r resourceRow) place { return end(placedResource{by.through(r), r.ID}) })
	if err == nil && p.Next == "" && ended != nil {
		p.Next = end(*ended).cursor()
	}
	return p, err
}

// resourceRows reads the rows of resources, in their order.
func resourceRows(db *gorm.DB, found []placedResource) ([]resourceRow, error) {
	if len(found) == 0 {
		return nil, nil
	}
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.ResourceID
	}
	var rows []resourceRow
	if err := db.Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	known := make(map[string]resourceRow, len(rows))
	for _, r := range rows {
		known[r.ID] = r
	}
	rows = rows[:0]
	for _, id := range ids {
		if r, is := known[id]; is {
			rows = append(rows, r)
		}
	}
	return rows, nil
}

// findResources finds the first resources that fit, behind a place when there is one. When it looked at as many as it may, ended is the last of these.
func findResources(db *gorm.DB, f ResourceFilter, by resourceOrder, from *placedResource, limit int) (found []placedResource, ended *placedResource, err error) {
	fit, ended, err := fitting(db, f, by, from, limit)
	if err != nil || fit == nil {
		return nil, nil, err
	}
	if err := db.Raw(fit.sql, fit.args...).Scan(&found).Error; err != nil {
		return nil, nil, err
	}
	if len(found) == limit {
		ended = nil
	}
	return found, ended, nil
}

// fitting selects what findResources finds; nil when there is nothing.
//
// It goes along the condition that the fewest meet, in the order of the list, and asks the others of each by the key of their table. So it needs no
// sorting, and however many resources meet a condition it reads about as many as it finds. How many meet one is counted already.
func fitting(db *gorm.DB, f ResourceFilter, by resourceOrder, from *placedResource, limit int) (fit *condition, ended *placedResource, err error) {
	all, none, err := f.wanted(db)
	if err != nil || none {
		return nil, nil, err
	}
	lanes, rest := shortest(all)
	if walked := walkPast(rest) / len(lanes); len(rest) > 0 && lanes[0].n > int64(walked) {
		if ended, err = by.end(db, lanes[0], from, walked); err != nil {
			return nil, nil, err
		}
	}
	parts := make([]string, len(lanes))
	fit = &condition{}
	for i, lane := range lanes {
		c := by.within(lane, from, ended)
		for _, w := range rest {
			c = c.and(by.holds(lane, w))
		}
		parts[i] = by.read(lane, c.sql, limit)
		fit.args = append(fit.args, c.args...)
	}
	fit.sql = parts[0]
	if len(parts) > 1 { // a resource may lie in several lanes
		fit.sql = "SELECT * FROM (" + strings.Join(parts, ") AS lane UNION SELECT * FROM (") + ") AS lane ORDER BY key" + by.sort + ", resource_id" + by.sort + atMost(limit)
	}
	return fit, ended, nil
}

// read selects from a lane.
func (o resourceOrder) read(l lane, where string, limit int) string {
	from, id := o.terms, "o.resource_id"
	if l.term == "" {
		from, id = "resources", "o.id"
	}
	return "SELECT o." + o.key + " AS key, " + id + " AS resource_id FROM " + from + " o WHERE " + where + " ORDER BY o." + o.key + o.sort + ", " + id + o.sort + atMost(limit)
}

// within is the part of a lane between two places.
func (o resourceOrder) within(l lane, from, ended *placedResource) condition {
	c, id := condition{"o.term = ?", []any{l.term}}, "o.resource_id"
	if l.term == "" {
		c, id = anything, "o.id"
	}
	if from != nil {
		c = c.and(condition{"(o." + o.key + ", " + id + ") " + o.after + " (?, ?)", []any{from.Key, from.ResourceID}})
	}
	if ended != nil {
		back := map[string]string{"<": ">=", ">": "<="}[o.after]
		c = c.and(condition{"(o." + o.key + ", " + id + ") " + back + " (?, ?)", []any{ended.Key, ended.ResourceID}})
	}
	return c
}

// end is the last of so many places of a lane; nil when it has no more.
func (o resourceOrder) end(db *gorm.DB, l lane, from *placedResource, most int) (*placedResource, error) {
	c := o.within(l, from, nil)
	var ends []placedResource
	err := db.Raw(o.read(l, c.sql, 1)+" OFFSET "+strconv.Itoa(most), c.args...).Scan(&ends).Error
	if err != nil || len(ends) == 0 {
		return nil, err
	}
	return &ends[0], nil
}
