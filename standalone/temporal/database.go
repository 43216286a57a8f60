package temporal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/common/metrics"
	persistencesql "go.temporal.io/server/common/persistence/sql"
	"go.temporal.io/server/common/persistence/sql/sqlplugin"
	"go.temporal.io/server/common/resolver"
	sqliteschema "go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
)

// retention is how long the history of a closed workflow is kept. It helps to
// explain a case while its end can still be contested; the record is the
// application's database, so the file need not grow for ever.
const retention = 90 * 24 * time.Hour

// createDatabase makes the tables and the namespace.
func createDatabase(cfg *config.SQL) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("create Temporal database: %w", err)
		}
	}()
	db, err := persistencesql.NewSQLAdminDB(sqlplugin.DbKindUnknown, cfg,
		resolver.NewNoopResolver(), log.NewNoopLogger(), metrics.NoopMetricsHandler)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	// One transaction instead of one for each of some hundred statements; the
	// plugin's pool holds a single connection, so all of them run in it.
	if err := db.Exec("BEGIN"); err != nil {
		return err
	}
	if err := sqliteschema.SetupSchemaOnDB(db); err != nil {
		return err
	}
	if err := db.Exec("COMMIT"); err != nil {
		return err
	}

	ns, err := sqliteschema.NewNamespaceConfig(clusterName, Namespace, false, nil)
	if err != nil {
		return err
	}
	ns.Detail.Config.Retention = durationpb.New(retention)
	return sqliteschema.CreateNamespaces(cfg, ns)
}

// damage tells why the database in file cannot be used; empty means that it
// can. It reads a few pages only, so it finds a file that is missing, cut off
// or not a database, not every flipped bit.
func damage(ctx context.Context, file string) (reason string, err error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return "no database", nil
	}
	db, err := sql.Open("sqlite", "file:"+uriPath(file)+"?mode=rw")
	if err != nil {
		return "", fmt.Errorf("open Temporal database: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	var namespaces int
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM namespaces WHERE name = ?", Namespace).Scan(&namespaces)
	if unusable := (*sqlite.Error)(nil); errors.As(err, &unusable) {
		switch unusable.Code() & 0xff {
		case sqlitelib.SQLITE_NOTADB, sqlitelib.SQLITE_CORRUPT, sqlitelib.SQLITE_ERROR:
			return "damaged database: " + unusable.Error(), nil
		}
	}
	if err != nil {
		return "", fmt.Errorf("read Temporal database: %w", err)
	}
	if namespaces == 0 {
		return "no namespace " + Namespace, nil
	}
	return "", nil
}
