package store

import (
	"strconv"
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
	lanes = bounded(lanes)
	if len(lanes) == 1 {
		return of(lanes[0]).Order(order).Limit(limit)
	}
	sql, args := united(lanes, func(lane condition) *gorm.DB { return of(lane).Order(order).Limit(limit) })
	return db.Raw(sql+" ORDER BY "+order+atMost(limit), args...)
}

// counted is merged for rows of which only the number matters.
func counted(db *gorm.DB, lanes []condition, of func(lane condition) *gorm.DB, limit int) *gorm.DB {
	sql, args := united(bounded(lanes), func(lane condition) *gorm.DB { return of(lane).Limit(limit) })
	return db.Raw(sql+atMost(limit), args...)
}

// atMost is LIMIT with its number in the statement, as gorm writes it: SQLite would prepare a statement with a parameter there anew at every use.
func atMost(limit int) string { return " LIMIT " + strconv.Itoa(limit) }

func bounded(lanes []condition) []condition {
	if len(lanes) == 0 || len(lanes) > maxLanes {
		return []condition{either(lanes)}
	}
	return lanes
}

func united(lanes []condition, of func(lane condition) *gorm.DB) (sql string, args []any) {
	parts := make([]string, len(lanes))
	for i, lane := range lanes {
		parts[i] = "SELECT * FROM (?) AS lane"
		args = append(args, of(lane))
	}
	return strings.Join(parts, " UNION ALL "), args
}
