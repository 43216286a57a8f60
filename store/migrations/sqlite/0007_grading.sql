-- Gradings of resources, which are facts, and which cases name which resources, a read model.

-- +goose Up
CREATE TABLE gradings (
    resource_id TEXT    NOT NULL REFERENCES resources (id),
    number      INTEGER NOT NULL, -- 1, 2, 3 … of the resource; the last one counts
    grade       TEXT    NOT NULL,
    request     TEXT    NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint TEXT    NOT NULL,        -- of what the request sent
    person      TEXT    NOT NULL REFERENCES people (id),
    at          INTEGER NOT NULL,
    data        TEXT    NOT NULL,
    PRIMARY KEY (resource_id, number)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER gradings_kept_update BEFORE UPDATE ON gradings BEGIN
    SELECT RAISE(ABORT, 'gradings is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER gradings_kept_delete BEFORE DELETE ON gradings BEGIN
    SELECT RAISE(ABORT, 'gradings is append-only');
END;
-- +goose StatementEnd

CREATE TABLE case_resources (
    resource_id TEXT NOT NULL,
    case_id     TEXT NOT NULL,
    PRIMARY KEY (resource_id, case_id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE case_resources;
DROP TABLE gradings;
