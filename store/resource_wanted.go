package store

import (
	"cmp"
	"slices"

	"gorm.io/gorm"
)

// wanted is one condition of a list of resources: a word, or the value of a facet.
type wanted struct {
	term  string
	exact bool   // else every term that begins with it counts
	n     int64  // resources that meet it; of a word at most so many
	lanes []lane // the terms under which they lie; nil when these are too many to go along
}

// lane is what lies under one term, in the order of a list. Without a term it is the whole catalogue.
type lane struct {
	term string
	n    int64
}

// maxWordLanes is how many different words may begin alike for a list to go along all of them.
const maxWordLanes = 40

// wanted are the conditions of the filter; none means that nothing can fit.
func (f ResourceFilter) wanted(db *gorm.DB) (all []wanted, none bool, err error) {
	var exact []string
	for _, facet := range ResourceFacets {
		if value := f.value(facet); value != "" {
			exact = append(exact, facet.term(value))
		}
	}
	var words []string
	for _, term := range termsOf(f.Text) {
		if isPair(term) {
			exact = append(exact, term)
		} else {
			words = append(words, term)
		}
	}
	if len(exact) > 0 {
		var counts []resourceCountRow
		if err := db.Where("term IN ?", exact).Find(&counts).Error; err != nil || len(counts) < len(exact) {
			return nil, true, err
		}
		for _, c := range counts {
			all = append(all, wanted{term: c.Term, exact: true, n: c.N, lanes: []lane{{c.Term, c.N}}})
		}
	}
	for _, word := range words {
		var counts []resourceCountRow
		err := db.Where("term >= ? AND term < ?", word, word+"\U0010FFFF").Order("term").Limit(maxWordLanes + 1).Find(&counts).Error
		if err != nil || len(counts) == 0 {
			return nil, true, err
		}
		w := wanted{term: word}
		for _, c := range counts {
			w.n += c.N
			w.lanes = append(w.lanes, lane{c.Term, c.N})
		}
		if len(counts) > maxWordLanes {
			w.lanes = nil
		}
		all = append(all, w)
	}
	return all, false, nil
}

// shortest are the lanes of the condition that the fewest meet, the fullest first, and the other conditions, those of the fewest first.
func shortest(all []wanted) (lanes []lane, rest []wanted) {
	slices.SortStableFunc(all, func(a, b wanted) int { return cmp.Compare(a.n, b.n) })
	i := slices.IndexFunc(all, func(w wanted) bool { return w.lanes != nil })
	if i < 0 {
		return []lane{{n: wholeCatalogue}}, all
	}
	lanes = slices.SortedFunc(slices.Values(all[i].lanes), func(a, b lane) int { return cmp.Compare(b.n, a.n) })
	return lanes, slices.Delete(all, i, i+1)
}

// wholeCatalogue is more than any condition has.
const wholeCatalogue = 1 << 62

// holds is the condition that a resource of a lane meets another condition.
func (o resourceOrder) holds(l lane, w wanted) condition {
	id := "o.resource_id"
	if l.term == "" {
		id = "o.id"
	}
	if w.exact {
		return condition{"(SELECT 1 FROM " + o.terms + " x WHERE x.term = ? AND x." + o.key + " = o." + o.key + " AND x.resource_id = " + id + ") = 1", []any{w.term}}
	}
	return condition{"(SELECT 1 FROM resource_terms x WHERE x.resource_id = " + id + " AND x.term >= ? AND x.term < ? LIMIT 1) = 1", []any{w.term, w.term + "\U0010FFFF"}}
}
