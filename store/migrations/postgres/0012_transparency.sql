-- The transparency log: every publication as a line, in the order in which they were taken in, the hashes of its Merkle tree, and its signed checkpoints.
-- All of it is kept as it was written. What was published before there was a log is taken in by the next delivery.

-- +goose Up
CREATE TABLE log_entries (
    position    bigint NOT NULL PRIMARY KEY, -- 0, 1, 2 …
    publication text COLLATE "C" NOT NULL UNIQUE REFERENCES publications (id),
    line        text COLLATE "C" NOT NULL
);
CREATE TABLE log_hashes (
    position bigint NOT NULL PRIMARY KEY, -- as golang.org/x/mod/sumdb/tlog counts them
    hash     bytea NOT NULL
);
CREATE TABLE log_checkpoints (
    size   bigint NOT NULL PRIMARY KEY, -- entries that it states
    at     bigint NOT NULL,
    signed text COLLATE "C" NOT NULL -- note
);
CREATE TRIGGER log_entries_kept BEFORE UPDATE OR DELETE ON log_entries FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER log_entries_kept_all BEFORE TRUNCATE ON log_entries FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER log_hashes_kept BEFORE UPDATE OR DELETE ON log_hashes FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER log_hashes_kept_all BEFORE TRUNCATE ON log_hashes FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER log_checkpoints_kept BEFORE UPDATE OR DELETE ON log_checkpoints FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER log_checkpoints_kept_all BEFORE TRUNCATE ON log_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION append_only();

ALTER TABLE publications ADD COLUMN logged boolean NOT NULL DEFAULT false; -- it is in the log
CREATE INDEX publications_unlogged ON publications (at, id) WHERE NOT logged;

-- +goose Down
DROP INDEX publications_unlogged;
ALTER TABLE publications DROP COLUMN logged;
DROP TABLE log_checkpoints;
DROP TABLE log_hashes;
DROP TABLE log_entries;
