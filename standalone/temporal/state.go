package temporal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/headers"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
)

// The state is a directory, so that setting it aside is one atomic rename.
const (
	stateDir   = "temporal"
	stateFile  = "state.db"
	markerFile = "server.json"
	lockFile   = "temporal.lock"
)

// serverVersion is the version of the linked server.
const serverVersion = headers.ServerVersion

// marker lies beside the file and is written once the file is complete. A file
// without it was left half made by a process that died, or is not ours.
type marker struct {
	// Server is the version that made the file. The file's tables are made
	// once and never migrated, so no other version may use it.
	Server string `json:"server"`
	// Settled is set when every open case runs on the file.
	Settled bool `json:"settled"`
}

// state is the directory that holds the server's database.
type state struct {
	dir     string
	opening int64
	settled bool
}

// openings counts the states opened by this process, see state.sql.
var openings atomic.Int64

// openState returns the state in dir, a usable one or a new one.
func openState(ctx context.Context, dir string, logger *slog.Logger) (*state, error) {
	s := &state{dir: filepath.Join(dir, stateDir), opening: openings.Add(1)}
	m, reason, err := inspect(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		s.settled = m.Settled
		return s, nil
	}
	aside, err := setAside(s.dir)
	if err != nil {
		return nil, err
	}
	if aside != "" {
		logger.Warn("embedded Temporal state set aside; open cases are restarted from the database",
			"reason", reason, "kept", aside)
	}
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("create Temporal state: %w", err)
	}
	if err := createDatabase(s.sql()); err != nil {
		return nil, err
	}
	if err := s.writeMarker(marker{Server: serverVersion}); err != nil {
		return nil, err
	}
	return s, nil
}

// inspect tells why the state in dir cannot be used; an empty reason means
// that it can.
func inspect(ctx context.Context, dir string) (m marker, reason string, err error) {
	data, err := os.ReadFile(filepath.Join(dir, markerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return m, "no marker", nil
	}
	if err != nil {
		return m, "", fmt.Errorf("read Temporal state: %w", err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, "unreadable marker", nil //nolint:nilerr // the reason says it
	}
	if m.Server != serverVersion {
		return m, fmt.Sprintf("made by server %q, this is %s", m.Server, serverVersion), nil
	}
	reason, err = damage(ctx, filepath.Join(dir, stateFile))
	return m, reason, err
}

// setAside renames dir and returns its new name, empty if there was no dir.
func setAside(dir string) (string, error) {
	aside := dir + time.Now().UTC().Format("-aside-20060102T150405.000Z")
	err := os.Rename(dir, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("set Temporal state aside: %w", err)
	}
	return aside, nil
}

// sql describes the database to the server's SQLite plugin.
func (s *state) sql() *config.SQL {
	return &config.SQL{
		PluginName:   sqlite.PluginName,
		DatabaseName: uriPath(filepath.Join(s.dir, stateFile)),
		// More connections are slower: SQLite has one writer.
		MaxConns: 1,
		ConnectAttributes: map[string]string{
			"mode":         "rwc",
			"journal_mode": "wal",
			"synchronous":  "full", // an acknowledged command survives a power cut
			"busy_timeout": "10000",
			// The plugin never closes a connection and finds it again by its
			// DSN. A value of its own keeps a second Start in one process from
			// writing into a file that was set aside meanwhile. The setting
			// itself bears on ANALYZE only, which nobody runs.
			"analysis_limit": strconv.FormatInt(s.opening, 10),
		},
	}
}

// uriPath escapes path for SQLite's file: URI.
func uriPath(path string) string {
	return (&url.URL{Path: path}).EscapedPath()
}

func (s *state) settle() error {
	if err := s.writeMarker(marker{Server: serverVersion, Settled: true}); err != nil {
		return err
	}
	s.settled = true
	return nil
}

// writeMarker replaces the marker in one step that survives a power cut.
func (s *state) writeMarker(m marker) (err error) {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write Temporal state marker: %w", err)
		}
	}()
	name := filepath.Join(s.dir, markerFile)
	if err := writeSynced(name+".new", data); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	return syncDir(s.dir)
}

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

func syncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
