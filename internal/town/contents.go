package town

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
)

// ofVisits are the tables that may change when somebody only looks: who is signed in where, since when, and how often somebody asked.
var ofVisits = []string{"sessions"}

// Contents is a sum over the rows of each table of the database, those of visits apart: what is the same has not changed.
func (w *Town) Contents() map[string]string {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.database+"?mode=ro")
	w.Must(err)
	defer func() { w.Must(db.Close()) }()
	sums := map[string]string{}
	for _, table := range w.strings(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
		if !slices.Contains(ofVisits, table) {
			sums[table] = w.sum(db, table)
		}
	}
	return sums
}

// sum goes over a table's rows in any order.
func (w *Town) sum(db *sql.DB, table string) string {
	w.t.Helper()
	rows, err := db.QueryContext(w.t.Context(), `SELECT * FROM "`+table+`"`)
	w.Must(err)
	defer func() { w.Must(rows.Close()) }()
	columns, err := rows.Columns()
	w.Must(err)
	var all []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		w.Must(rows.Scan(into...))
		all = append(all, fmt.Sprintf("%v", values))
	}
	w.Must(rows.Err())
	slices.Sort(all)
	sum := sha256.New()
	for _, row := range all {
		fmt.Fprintln(sum, row)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func (w *Town) strings(db *sql.DB, query string) []string {
	w.t.Helper()
	rows, err := db.QueryContext(w.t.Context(), query)
	w.Must(err)
	defer func() { w.Must(rows.Close()) }()
	var all []string
	for rows.Next() {
		var one string
		w.Must(rows.Scan(&one))
		all = append(all, one)
	}
	w.Must(rows.Err())
	return all
}
