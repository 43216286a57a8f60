-- What the catalogue said of a resource and when, what a source says of a registered one that waits for a person, and what he decided; what was derived from
-- what; and which cases keep resources registered. Versions and decisions are facts; the last two are found in the cases and gradings.
--
-- Of a resource that is there already the first version is what it says now, since it was put so. Which cases keep resources registered is made anew.

-- +goose Up
CREATE TABLE resource_versions (
    resource_id TEXT    NOT NULL REFERENCES resources (id),
    number      INTEGER NOT NULL, -- 1, 2, 3 … of the resource; the last one is what it says now
    digest      TEXT    NOT NULL,
    file        TEXT    NOT NULL, -- name of the file that brought it; empty when that is not known
    decision    INTEGER NOT NULL, -- number of the decision by which a person took it over; 0 when an import brought it
    at          INTEGER NOT NULL,
    data        TEXT    NOT NULL,
    PRIMARY KEY (resource_id, number)
) STRICT;
INSERT INTO resource_versions (resource_id, number, digest, file, decision, at, data) SELECT id, 1, digest, '', 0, put_at, data FROM resources;
-- +goose StatementBegin
CREATE TRIGGER resource_versions_kept_update BEFORE UPDATE ON resource_versions BEGIN
    SELECT RAISE(ABORT, 'resource_versions is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER resource_versions_kept_delete BEFORE DELETE ON resource_versions BEGIN
    SELECT RAISE(ABORT, 'resource_versions is append-only');
END;
-- +goose StatementEnd

CREATE TABLE resource_held (
    resource_id TEXT    NOT NULL PRIMARY KEY REFERENCES resources (id),
    digest      TEXT    NOT NULL, -- of what the source says
    file        TEXT    NOT NULL, -- name of the file that brought it first
    since       INTEGER NOT NULL,
    data        TEXT    NOT NULL
) STRICT;

CREATE TABLE resource_decisions (
    resource_id TEXT    NOT NULL REFERENCES resources (id),
    number      INTEGER NOT NULL, -- 1, 2, 3 … of the resource
    outcome     TEXT    NOT NULL, -- adopted or dismissed
    base        TEXT    NOT NULL, -- digest of what the catalogue said
    digest      TEXT    NOT NULL, -- of what the source said
    request     TEXT    NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint TEXT    NOT NULL,        -- of what the request sent
    person      TEXT    NOT NULL REFERENCES people (id),
    at          INTEGER NOT NULL,
    data        TEXT    NOT NULL,
    PRIMARY KEY (resource_id, number)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER resource_decisions_kept_update BEFORE UPDATE ON resource_decisions BEGIN
    SELECT RAISE(ABORT, 'resource_decisions is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER resource_decisions_kept_delete BEFORE DELETE ON resource_decisions BEGIN
    SELECT RAISE(ABORT, 'resource_decisions is append-only');
END;
-- +goose StatementEnd

CREATE TABLE grading_sources (
    source_id   TEXT    NOT NULL, -- resource from which another one was derived
    resource_id TEXT    NOT NULL,
    number      INTEGER NOT NULL, -- of the grading that says so
    PRIMARY KEY (source_id, resource_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO grading_sources (source_id, resource_id, number)
SELECT DISTINCT s.value ->> 'resource', g.resource_id, g.number FROM gradings g, json_each(g.data, '$.sources') s;

ALTER TABLE case_resources ADD COLUMN registered INTEGER NOT NULL DEFAULT 0; -- the case keeps the resource registered

-- +goose Down
DELETE FROM settings WHERE key LIKE 'read-models-%'; -- whichever program opens it next fills them
ALTER TABLE case_resources DROP COLUMN registered;
DROP TABLE grading_sources;
DROP TABLE resource_decisions;
DROP TABLE resource_held;
DROP TABLE resource_versions;
