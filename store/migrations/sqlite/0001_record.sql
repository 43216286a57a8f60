-- The record, the read models made from it, and the data around it.
-- Times are microseconds since 1970 in UTC. Empty text stands for "none" unless a column may be NULL.

-- +goose Up
CREATE TABLE case_events (
    case_id      TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    schema       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    person       TEXT    NOT NULL,
    organization TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    command_id   TEXT    NOT NULL,
    data         TEXT    NOT NULL,
    prev_hash    BLOB    NOT NULL,
    hash         BLOB    NOT NULL,
    PRIMARY KEY (case_id, seq)
) STRICT;

CREATE TABLE commands (
    id          TEXT    NOT NULL PRIMARY KEY,
    case_id     TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    person      TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    events      INTEGER NOT NULL,
    refusal     TEXT,
    at          INTEGER NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER case_events_kept_update BEFORE UPDATE ON case_events BEGIN
    SELECT RAISE(ABORT, 'case_events is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_events_kept_delete BEFORE DELETE ON case_events BEGIN
    SELECT RAISE(ABORT, 'case_events is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commands_kept_update BEFORE UPDATE ON commands BEGIN
    SELECT RAISE(ABORT, 'commands is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER commands_kept_delete BEFORE DELETE ON commands BEGIN
    SELECT RAISE(ABORT, 'commands is append-only');
END;
-- +goose StatementEnd

CREATE TABLE cases (
    id          TEXT    NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    state       TEXT    NOT NULL,
    phase       TEXT    NOT NULL,
    title       TEXT    NOT NULL,
    applicant   TEXT    NOT NULL,
    agency      TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    policy_hash TEXT    NOT NULL,
    closed      INTEGER NOT NULL,
    draft       INTEGER NOT NULL,
    wake_at     INTEGER,
    opened_at   INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    closed_at   INTEGER,
    head_hash   BLOB    NOT NULL,
    data        TEXT    NOT NULL
) STRICT;
CREATE INDEX cases_changed ON cases (changed_at, id);
CREATE INDEX cases_opened ON cases (opened_at, id);

CREATE TABLE tasks (
    id           TEXT    NOT NULL PRIMARY KEY,
    case_id      TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    title_zh     TEXT    NOT NULL,
    title_en     TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    organization TEXT    NOT NULL,
    role         TEXT    NOT NULL,
    step         TEXT    NOT NULL,
    stage        INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    claimant     TEXT    NOT NULL,
    deadline     TEXT    NOT NULL,
    due_at       INTEGER NOT NULL, -- the greatest integer when nothing is due
    provisional  INTEGER NOT NULL,
    opened_at    INTEGER NOT NULL,
    done_at      INTEGER,
    outcome      TEXT    NOT NULL
) STRICT;
CREATE INDEX tasks_case ON tasks (case_id);
CREATE INDEX tasks_due ON tasks (role, kind, state, due_at, id);
CREATE INDEX tasks_meant ON tasks (role, kind, organization, case_id, state) WHERE state <> 'cancelled'; -- who may see a case; with the state, or SQLite would rather take an index that has all columns
CREATE INDEX tasks_claimant ON tasks (claimant, state) WHERE claimant <> '';

CREATE TABLE deadlines (
    case_id       TEXT    NOT NULL,
    n             INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    rule_zh       TEXT    NOT NULL,
    rule_en       TEXT    NOT NULL,
    article       TEXT    NOT NULL,
    mark          TEXT    NOT NULL,
    span          TEXT    NOT NULL,
    from_on       TEXT    NOT NULL,
    due_on        TEXT    NOT NULL,
    due_at        INTEGER NOT NULL,
    provisional   INTEGER NOT NULL,
    calendar      TEXT    NOT NULL,
    held          TEXT    NOT NULL, -- the span left while its clock is stopped
    passed        INTEGER NOT NULL,
    ended         INTEGER NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT;
CREATE INDEX deadlines_due ON deadlines (due_at, case_id, n);

CREATE TABLE case_parties (
    case_id      TEXT NOT NULL,
    relation     TEXT NOT NULL,
    organization TEXT NOT NULL,
    PRIMARY KEY (case_id, relation)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_parties_organization ON case_parties (organization, case_id);

CREATE TABLE case_interests (
    case_id TEXT NOT NULL,
    person  TEXT NOT NULL,
    PRIMARY KEY (person, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_attachments (
    case_id TEXT NOT NULL,
    digest  TEXT NOT NULL,
    PRIMARY KEY (digest, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_terms (
    term      TEXT    NOT NULL,
    opened_at INTEGER NOT NULL, -- of the case
    case_id   TEXT    NOT NULL,
    PRIMARY KEY (term, opened_at, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
    id              TEXT    NOT NULL PRIMARY KEY,
    case_id         TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    seq             INTEGER NOT NULL,
    n               INTEGER NOT NULL,
    effect          TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    queued_at       INTEGER NOT NULL, -- real time, as the next two
    next_attempt_at INTEGER NOT NULL,
    delivered_at    INTEGER,
    attempts        INTEGER NOT NULL,
    last_error_code TEXT    NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (case_id, seq, n) WHERE delivered_at IS NULL;
CREATE INDEX outbox_queued ON outbox (queued_at, case_id, seq, n) WHERE delivered_at IS NULL;

CREATE TABLE notices (
    message_id TEXT    NOT NULL,
    person     TEXT    NOT NULL,
    case_id    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    params     TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    read_at    INTEGER,
    PRIMARY KEY (message_id, person)
) STRICT;
CREATE INDEX notices_person ON notices (person, at, message_id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;

CREATE TABLE publications (
    id      TEXT    NOT NULL PRIMARY KEY,
    case_id TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    content TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX publications_at ON publications (at, id);
CREATE INDEX publications_case ON publications (case_id);

CREATE TABLE organizations (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    credit_code TEXT    UNIQUE,
    created_at  INTEGER NOT NULL,
    closed_at   INTEGER
) STRICT;

CREATE TABLE people (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at  INTEGER
) STRICT;

CREATE TABLE grants (
    person       TEXT    NOT NULL REFERENCES people (id),
    organization TEXT    NOT NULL REFERENCES organizations (id),
    role         TEXT    NOT NULL,
    granted_at   INTEGER NOT NULL,
    PRIMARY KEY (person, organization, role)
) STRICT;
CREATE INDEX grants_organization ON grants (organization, role);

CREATE TABLE tokens (
    id         TEXT    NOT NULL PRIMARY KEY,
    hash       BLOB    NOT NULL UNIQUE,
    person     TEXT    NOT NULL REFERENCES people (id),
    label      TEXT    NOT NULL,
    created_at INTEGER NOT NULL, -- real time, as the next two
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX tokens_person ON tokens (person);

CREATE TABLE resources (
    id        TEXT    NOT NULL PRIMARY KEY,
    source    TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    provider  TEXT    NOT NULL,
    theme     TEXT    NOT NULL,
    access    TEXT    NOT NULL,
    frequency TEXT    NOT NULL,
    updated   TEXT    NOT NULL,
    digest    TEXT    NOT NULL,
    data      TEXT    NOT NULL,
    put_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX resources_updated ON resources (updated, id);
CREATE INDEX resources_provider ON resources (provider);

CREATE TABLE resource_terms (
    term        TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    PRIMARY KEY (term, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_terms_resource ON resource_terms (resource_id);

CREATE TABLE attachments (
    organization TEXT    NOT NULL REFERENCES organizations (id),
    digest       TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    media_type   TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    uploaded_by  TEXT    NOT NULL REFERENCES people (id),
    at           INTEGER NOT NULL,
    PRIMARY KEY (digest, organization)
) STRICT;

CREATE TABLE policies (
    hash     TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    content  TEXT    NOT NULL,
    added_at INTEGER NOT NULL,
    UNIQUE (name, version)
) STRICT;

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- +goose Down
DROP TABLE settings;
DROP TABLE policies;
DROP TABLE attachments;
DROP TABLE resource_terms;
DROP TABLE resources;
DROP TABLE tokens;
DROP TABLE grants;
DROP TABLE people;
DROP TABLE organizations;
DROP TABLE publications;
DROP TABLE notices;
DROP TABLE outbox;
DROP TABLE case_terms;
DROP TABLE case_attachments;
DROP TABLE case_interests;
DROP TABLE case_parties;
DROP TABLE deadlines;
DROP TABLE tasks;
DROP TABLE cases;
DROP TABLE commands;
DROP TABLE case_events;
