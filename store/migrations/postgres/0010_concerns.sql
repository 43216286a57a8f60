-- What people say about resources: quality reports and data demands. The entries are facts; the row of each says where it stands after its last one.

-- +goose Up
CREATE TABLE concerns (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    kind        text COLLATE "C" NOT NULL,
    resource_id text COLLATE "C" REFERENCES resources (id),
    supplier    text COLLATE "C" NOT NULL, -- the organisation that answers; empty when nobody knows which
    person      text COLLATE "C" NOT NULL REFERENCES people (id),
    state       text COLLATE "C" NOT NULL,
    waiting     boolean NOT NULL, -- another answer may come
    number      bigint NOT NULL, -- of the last entry
    supports    bigint NOT NULL,
    at          bigint NOT NULL,
    changed     bigint NOT NULL,
    data        text COLLATE "C" NOT NULL
);
CREATE INDEX concerns_at ON concerns (kind, at, id);
CREATE INDEX concerns_state ON concerns (kind, state, at, id);
CREATE INDEX concerns_person ON concerns (person, kind, at, id);
CREATE INDEX concerns_supplier ON concerns (supplier, kind, at, id) WHERE waiting;
CREATE INDEX concerns_resource ON concerns (resource_id, kind, state);

CREATE TABLE concern_entries (
    concern_id  text COLLATE "C" NOT NULL REFERENCES concerns (id),
    number      bigint NOT NULL, -- 1, 2, 3 … of the concern
    action      text COLLATE "C" NOT NULL,
    request     text COLLATE "C" NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint text COLLATE "C" NOT NULL,        -- of what the request sent
    person      text COLLATE "C" NOT NULL REFERENCES people (id),
    at          bigint NOT NULL,
    data        text COLLATE "C" NOT NULL,
    PRIMARY KEY (concern_id, number)
);
CREATE INDEX concern_entries_support ON concern_entries (concern_id, person) WHERE action = 'support';
CREATE TRIGGER concern_entries_kept BEFORE UPDATE OR DELETE ON concern_entries FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER concern_entries_kept_all BEFORE TRUNCATE ON concern_entries FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE concern_attachments (
    digest     text COLLATE "C" NOT NULL,
    concern_id text COLLATE "C" NOT NULL REFERENCES concerns (id),
    PRIMARY KEY (digest, concern_id)
);

-- +goose Down
DROP TABLE concern_attachments;
DROP TABLE concern_entries;
DROP TABLE concerns;
