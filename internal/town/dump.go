package town

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	_ "modernc.org/sqlite" // the town's database is one
)

// Dump is everything that the town's database holds, table by table and row by row, for a test that nothing was changed.
func (w *Town) Dump() string {
	w.t.Helper()
	ctx := context.Background()
	db, err := sql.Open("sqlite", "file:"+w.database+"?mode=ro")
	w.Must(err)
	defer func() { w.Must(db.Close()) }()
	var out strings.Builder
	for _, table := range column(w, ctx, db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		fmt.Fprintf(&out, "%s\n", table)
		rows, err := db.QueryContext(ctx, fmt.Sprintf("SELECT * FROM %q", table))
		w.Must(err)
		names, err := rows.Columns()
		w.Must(err)
		for rows.Next() {
			values := make([]any, len(names))
			for i := range values {
				values[i] = new(any)
			}
			w.Must(rows.Scan(values...))
			for i, v := range values {
				fmt.Fprintf(&out, "\t%s=%v", names[i], *v.(*any)) //nolint:forcetypeassert // made above
			}
			out.WriteByte('\n')
		}
		w.Must(rows.Err())
		w.Must(rows.Close())
	}
	return out.String()
}

func column(w *Town, ctx context.Context, db *sql.DB, query string) []string { //nolint:revive // the context of a test comes second to its town
	rows, err := db.QueryContext(ctx, query)
	w.Must(err)
	defer func() { w.Must(rows.Close()) }()
	var out []string
	for rows.Next() {
		var s string
		w.Must(rows.Scan(&s))
		out = append(out, s)
	}
	w.Must(rows.Err())
	return out
}
