-- What people say about resources: quality reports and data demands. The entries are facts; the row of each says where it stands after its last one.

-- +goose Up
CREATE TABLE concerns (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    resource_id TEXT    REFERENCES resources (id),
    supplier    TEXT    NOT NULL, -- the organisation that answers; empty when nobody knows which
    person      TEXT    NOT NULL REFERENCES people (id),
    state       TEXT    NOT NULL,
    waiting     INTEGER NOT NULL, -- another answer may come
    number      INTEGER NOT NULL, -- of the last entry
    supports    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    data        TEXT    NOT NULL
) STRICT;
CREATE INDEX concerns_at ON concerns (kind, at, id);
CREATE INDEX concerns_state ON concerns (kind, state, at, id);
CREATE INDEX concerns_person ON concerns (person, kind, at, id);
CREATE INDEX concerns_supplier ON concerns (supplier, kind, at, id) WHERE waiting;
CREATE INDEX concerns_resource ON concerns (resource_id, kind, state);

CREATE TABLE concern_entries (
    concern_id  TEXT    NOT NULL REFERENCES concerns (id),
    number      INTEGER NOT NULL, -- 1, 2, 3 … of the concern
    action      TEXT    NOT NULL,
    request     TEXT    NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint TEXT    NOT NULL,        -- of what the request sent
    person      TEXT    NOT NULL REFERENCES people (id),
    at          INTEGER NOT NULL,
    data        TEXT    NOT NULL,
    PRIMARY KEY (concern_id, number)
) STRICT;
CREATE INDEX concern_entries_support ON concern_entries (concern_id, person) WHERE action = 'support';
-- +goose StatementBegin
CREATE TRIGGER concern_entries_kept_update BEFORE UPDATE ON concern_entries BEGIN
    SELECT RAISE(ABORT, 'concern_entries is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER concern_entries_kept_delete BEFORE DELETE ON concern_entries BEGIN
    SELECT RAISE(ABORT, 'concern_entries is append-only');
END;
-- +goose StatementEnd

CREATE TABLE concern_attachments (
    digest     TEXT NOT NULL,
    concern_id TEXT NOT NULL REFERENCES concerns (id),
    PRIMARY KEY (digest, concern_id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE concern_attachments;
DROP TABLE concern_entries;
DROP TABLE concerns;
