package store

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gorm.io/gorm"

	"datacharter/domain/search"
)

// few is the number of rows up to which it is cheaper to read and sort all of them than to walk through a list of cases and leave out the others.
const few = 1000

// fewUnderTerm is few for a list that goes along what is found under a term: that leaves out most of the others already.
const fewUnderTerm = 100

// listOrder is the order of a list in SQL.
type listOrder struct {
	tables string // with the rows of the list
	id     string // the column with their ID that is reached first
	key    string // the column that orders
	order  string
	after  string // how the key and ID compare with those of the row before
	only   condition
}

// set is a set of cases, or of resources or organisations, kept in another table: the IDs in a column of the rows that meet the condition.
type set struct {
	from  string // the table and the name that the condition has for it
	id    string
	near  string // what is true besides of the row looked for, and leads to it sooner
	where condition
}

// restriction is a union of sets that a list is kept to.
type restriction []set

// alone is a list of restrictions with this one, or with none.
func (r restriction) alone() []restriction {
	if r == nil {
		return nil
	}
	return []restriction{r}
}

// holds is the condition that a column of a list is in the restriction, to be asked of one row after the other. SQLite would make EXISTS a part of
// the join and begin with it, and then sort all that it finds.
func (r restriction) holds(column string) condition {
	each := make([]condition, len(r))
	for i, s := range r {
		each[i] = condition{"(SELECT 1 FROM " + s.from + " WHERE " + s.id + " = " + column + s.near + " AND (" + s.where.sql + ") LIMIT 1) = 1", s.where.args}
	}
	return either(each)
}

// ids selects what is in the restriction, each ID once.
func (r restriction) ids() condition {
	var all condition
	each := make([]string, len(r))
	for i, s := range r {
		each[i] = "SELECT DISTINCT " + s.id + " AS found FROM " + s.from + " WHERE " + s.where.sql
		all.args = append(all.args, s.where.args...)
	}
	all.sql = strings.Join(each, " UNION ")
	return all
}

// sizes counts the rows of each set of the restriction, no more than one beyond most.
func (r restriction) sizes(db *gorm.DB, most int) ([]int64, error) {
	each := make([]string, len(r))
	var args []any
	for i, s := range r {
		each[i] = "SELECT " + strconv.Itoa(i) + " AS n, count(*) AS size FROM (SELECT 1 FROM " + s.from + " WHERE " + s.where.sql + atMost(most+1) + ") AS counted"
		args = append(args, s.where.args...)
	}
	var sizes []int64
	err := db.Table("(?) AS sized", db.Raw(strings.Join(each, " UNION ALL "), args...)).Order("n").Pluck("size", &sizes).Error
	return sizes, err
}

// kept leaves out the sets that are empty, unless all are, and returns the size of the rest.
func (r restriction) kept(db *gorm.DB, most int) (rest restriction, size int64, err error) {
	sizes, err := r.sizes(db, most)
	if err != nil {
		return nil, 0, err
	}
	for i, n := range sizes {
		size += n
		if n > 0 {
			rest = append(rest, r[i])
		}
	}
	if size == 0 {
		return r, 0, nil
	}
	return rest, size, nil
}

// approach is how a list finds what is in several restrictions at once.
type approach struct {
	first restriction   // the database begins with it; nil when it walks through the list in its order
	rest  []restriction // in the order in which they are asked, the cheapest first
}

// approachTo chooses: the smallest restriction, when it has no more rows than most, is where the database begins; the others are asked of each row.
// Without a small one it walks through the list until the part is full: many rows fit then. Either way the time hardly grows with the number
// of cases, whoever asks – which no database sees by itself, as it plans before it knows the values.
func approachTo(db *gorm.DB, restrictions []restriction, most int) (approach, error) {
	rest := make([]restriction, len(restrictions))
	smallest, least := -1, int64(most)
	for i, r := range restrictions {
		var n int64
		var err error
		if rest[i], n, err = r.kept(db, most); err != nil {
			return approach{}, err
		}
		if n <= least {
			smallest, least = i, n
		}
	}
	if smallest < 0 {
		return approach{rest: rest}, nil
	}
	first := rest[smallest]
	return approach{first, slices.Delete(rest, smallest, smallest+1)}, nil
}

// over selects from tables, of which one has the IDs in the column. SQLite takes tables with CROSS JOIN in the order in which they are written.
func (a approach) over(db *gorm.DB, tables, column string) *gorm.DB {
	q := db.Table(tables)
	if a.first != nil {
		ids := a.first.ids()
		q = db.Table("("+ids.sql+") AS first CROSS JOIN "+tables, ids.args...).Where(column + " = first.found")
	}
	for _, r := range a.rest {
		c := r.holds(column)
		q = q.Where(c.sql, c.args...)
	}
	return q
}

// termsOf are the terms of a text that a search looks for.
func termsOf(text string) []string {
	terms := search.QueryTerms(text)
	return terms[:min(len(terms), maxTerms)]
}

// maxTerms bounds the terms of one search; of a longer text only the first are looked for.
const maxTerms = 20

// under are the restrictions to what is found under every term, in a table of terms with the IDs in the column.
func under(terms []string, table, column string) []restriction {
	all := make([]restriction, len(terms))
	for i, term := range terms {
		of := condition{"x.term >= ? AND x.term < ?", []any{term, term + "\U0010FFFF"}}
		if isPair(term) {
			of = condition{"x.term = ?", []any{term}}
		}
		all[i] = restriction{{from: table + " x", id: "x." + column, where: of}}
	}
	return all
}

// isPair reports whether a term is two Chinese characters: no other term begins with it, so that it is found by the key of the table.
func isPair(term string) bool {
	runes := []rune(term)
	return len(runes) == 2 && unicode.Is(unicode.Han, runes[0])
}

// termTable is a table of terms with the IDs of what is found under them, those of a term in the order of a key.
type termTable struct{ name, id, key string }

// along is a list that goes along what is found under a pair of Chinese characters, in the order of the table's key, the last first.
type along struct {
	table termTable
	pair  string
	rest  []string // the other terms, in the order in which they are asked
}

// alongRarest goes along the rarest pair among the terms; nil when there is none. The other terms are asked rare ones first. Which is the rarest is seen
// by the last of what is found under each: as many of a rare one reach further back.
func alongRarest(db *gorm.DB, terms []string, table termTable) (*along, error) {
	pairs := slices.DeleteFunc(slices.Clone(terms), func(term string) bool { return !isPair(term) })
	if len(pairs) == 0 {
		return nil, nil
	}
	each := make([]string, len(pairs))
	args := make([]any, len(pairs))
	for i, pair := range pairs {
		each[i] = "SELECT " + strconv.Itoa(i) + " AS n, count(*) AS found, min(" + table.key + ") AS reach FROM (SELECT " + table.key + " FROM " + table.name +
			" WHERE term = ? ORDER BY " + table.key + " DESC" + atMost(fewUnderTerm) + ") AS lately"
		args[i] = pair
	}
	var order []int
	if err := db.Table("(?) AS pairs", db.Raw(strings.Join(each, " UNION ALL "), args...)).Order("found, reach, n").Pluck("n", &order).Error; err != nil {
		return nil, err
	}
	rare := make([]string, len(order))
	for i, n := range order {
		rare[i] = pairs[n]
	}
	others := slices.DeleteFunc(slices.Clone(terms), isPair)
	return &along{table, rare[0], slices.Concat(rare[1:], others)}, nil
}

// others are the restrictions to the other terms, asked where the list is in the table already.
func (a along) others() []restriction {
	all := under(a.rest, a.table.name, a.table.id)
	for _, r := range all {
		r[0].near = " AND x." + a.table.key + " = o." + a.table.key
	}
	return all
}
