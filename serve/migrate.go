package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"datacharter/domain/kinds"
	"datacharter/store"
)

// Migrate brings the database at the URL to this program's schema and returns what it applied. Once for every version of the schema it makes the
// read models anew, for a migration may bring some that only the events can fill. progress is called with the number of cases done and in all.
func Migrate(ctx context.Context, url string, logger *slog.Logger, progress func(done, all int64)) (applied []store.Migration, err error) {
	if applied, err = store.MigrateUp(ctx, url); err != nil {
		return nil, err
	}
	all, err := store.MigrationStatus(ctx, url)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, url, store.Options{Logger: logger})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	key := fmt.Sprintf("read-models-%d", all[len(all)-1].Version)
	var made bool
	if _, err := db.GetSetting(ctx, key, &made); err != nil || made {
		return applied, err
	}
	if err := db.Rebuild(ctx, kinds.Definition, progress); err != nil {
		return nil, fmt.Errorf("make the read models anew: %w", err)
	}
	_, err = db.PutSettingIfAbsent(ctx, key, true)
	return applied, err
}
