package store

import (
	"strings"

	"gorm.io/gorm"
)

// maxLanes bounds the parts of one statement; SQLite takes no more than 500.
const maxLanes = 100

// merged reads the first rows of a list that is made of several lanes, each of which an index holds in the order of the list: it takes so many
// rows from each and merges them. One statement with OR would read and sort them all.
//
// of keeps the list to a lane; order are columns of its rows by their names in the result.
func merged(db *gorm.DB, lanes []condition, of func(lane condition) *gorm.DB, order string, limit int) *gorm.DB {
	if len(lanes) == 0 || len(lanes) > maxLanes {
		lanes = []condition{either(lanes)}
	}
	if len(lanes) == 1 {
		return of(lanes[0]).Order(order).Limit(limit)
	}
	parts := make([]string, len(lanes))
	args := make([]any, len(lanes), len(lanes)+1)
	for i, lane := range lanes {
		parts[i] = "SELECT * FROM (?) AS lane"
		args[i] = of(lane).Order(order).Limit(limit)
	}
	return db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY "+order+" LIMIT ?", append(args, limit)...)
}
