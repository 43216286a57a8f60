-- The transparency log: every publication as a line, in the order in which they were taken in, the hashes of its Merkle tree, and its signed checkpoints.
-- All of it is kept as it was written. What was published before there was a log is taken in by the next delivery.

-- +goose Up
CREATE TABLE log_entries (
    position    INTEGER NOT NULL PRIMARY KEY, -- 0, 1, 2 …
    publication TEXT    NOT NULL UNIQUE REFERENCES publications (id),
    line        TEXT    NOT NULL
) STRICT;
CREATE TABLE log_hashes (
    position INTEGER NOT NULL PRIMARY KEY, -- as golang.org/x/mod/sumdb/tlog counts them
    hash     BLOB    NOT NULL
) STRICT;
CREATE TABLE log_checkpoints (
    size   INTEGER NOT NULL PRIMARY KEY, -- entries that it states
    at     INTEGER NOT NULL,
    signed TEXT    NOT NULL -- note
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER log_entries_kept_update BEFORE UPDATE ON log_entries BEGIN
    SELECT RAISE(ABORT, 'log_entries is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_entries_kept_delete BEFORE DELETE ON log_entries BEGIN
    SELECT RAISE(ABORT, 'log_entries is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_hashes_kept_update BEFORE UPDATE ON log_hashes BEGIN
    SELECT RAISE(ABORT, 'log_hashes is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_hashes_kept_delete BEFORE DELETE ON log_hashes BEGIN
    SELECT RAISE(ABORT, 'log_hashes is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_checkpoints_kept_update BEFORE UPDATE ON log_checkpoints BEGIN
    SELECT RAISE(ABORT, 'log_checkpoints is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_checkpoints_kept_delete BEFORE DELETE ON log_checkpoints BEGIN
    SELECT RAISE(ABORT, 'log_checkpoints is append-only');
END;
-- +goose StatementEnd

ALTER TABLE publications ADD COLUMN logged INTEGER NOT NULL DEFAULT 0; -- it is in the log
CREATE INDEX publications_unlogged ON publications (at, id) WHERE NOT logged;

-- +goose Down
DROP INDEX publications_unlogged;
ALTER TABLE publications DROP COLUMN logged;
DROP TABLE log_checkpoints;
DROP TABLE log_hashes;
DROP TABLE log_entries;
