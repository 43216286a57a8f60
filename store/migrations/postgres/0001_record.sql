-- The record, the read models made from it, and the data around it.
-- Times are microseconds since 1970 in UTC. Empty text stands for "none" unless a column may be NULL.

-- +goose Up
CREATE TABLE case_events (
    case_id      text COLLATE "C" NOT NULL,
    seq          bigint NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    type         text COLLATE "C" NOT NULL,
    schema       integer NOT NULL,
    at           bigint NOT NULL,
    person       text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    role         text COLLATE "C" NOT NULL,
    command_id   text COLLATE "C" NOT NULL,
    data         text COLLATE "C" NOT NULL,
    prev_hash    bytea NOT NULL,
    hash         bytea NOT NULL,
    PRIMARY KEY (case_id, seq)
);

CREATE TABLE commands (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    case_id     text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    name        text COLLATE "C" NOT NULL,
    person      text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    events      integer NOT NULL,
    refusal     text COLLATE "C",
    at          bigint NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER case_events_kept BEFORE UPDATE OR DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER case_events_kept_all BEFORE TRUNCATE ON case_events FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER commands_kept BEFORE UPDATE OR DELETE ON commands FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER commands_kept_all BEFORE TRUNCATE ON commands FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE cases (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    kind        text COLLATE "C" NOT NULL,
    version     bigint NOT NULL,
    state       text COLLATE "C" NOT NULL,
    phase       text COLLATE "C" NOT NULL,
    title       text COLLATE "C" NOT NULL,
    applicant   text COLLATE "C" NOT NULL,
    agency      text COLLATE "C" NOT NULL,
    body        text COLLATE "C" NOT NULL,
    policy_hash text COLLATE "C" NOT NULL,
    closed      boolean NOT NULL,
    draft       boolean NOT NULL,
    wake_at     bigint,
    opened_at   bigint NOT NULL,
    changed_at  bigint NOT NULL,
    closed_at   bigint,
    head_hash   bytea NOT NULL,
    data        text COLLATE "C" NOT NULL
);
CREATE INDEX cases_changed ON cases (changed_at, id);
CREATE INDEX cases_opened ON cases (opened_at, id);

CREATE TABLE tasks (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    case_id      text COLLATE "C" NOT NULL,
    name         text COLLATE "C" NOT NULL,
    title_zh     text COLLATE "C" NOT NULL,
    title_en     text COLLATE "C" NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    role         text COLLATE "C" NOT NULL,
    step         text COLLATE "C" NOT NULL,
    stage        integer NOT NULL,
    state        text COLLATE "C" NOT NULL,
    claimant     text COLLATE "C" NOT NULL,
    deadline     text COLLATE "C" NOT NULL,
    due_at       bigint NOT NULL, -- the greatest integer when nothing is due
    provisional  boolean NOT NULL,
    opened_at    bigint NOT NULL,
    done_at      bigint,
    outcome      text COLLATE "C" NOT NULL
);
CREATE INDEX tasks_case ON tasks (case_id);
CREATE INDEX tasks_due ON tasks (role, kind, state, due_at, id);
CREATE INDEX tasks_meant ON tasks (role, kind, organization, case_id) WHERE state <> 'cancelled'; -- who may see a case
CREATE INDEX tasks_claimant ON tasks (claimant, state) WHERE claimant <> '';

CREATE TABLE deadlines (
    case_id       text COLLATE "C" NOT NULL,
    n             integer NOT NULL,
    name          text COLLATE "C" NOT NULL,
    rule_zh       text COLLATE "C" NOT NULL,
    rule_en       text COLLATE "C" NOT NULL,
    article       text COLLATE "C" NOT NULL,
    mark          text COLLATE "C" NOT NULL,
    span          text COLLATE "C" NOT NULL,
    from_on       text COLLATE "C" NOT NULL,
    due_on        text COLLATE "C" NOT NULL,
    due_at        bigint NOT NULL,
    provisional   boolean NOT NULL,
    calendar      text COLLATE "C" NOT NULL,
    held          text COLLATE "C" NOT NULL, -- the span left while its clock is stopped
    passed        boolean NOT NULL,
    ended         boolean NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX deadlines_due ON deadlines (due_at, case_id, n);

CREATE TABLE case_parties (
    case_id      text COLLATE "C" NOT NULL,
    relation     text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, relation)
);
CREATE INDEX case_parties_organization ON case_parties (organization, case_id);

CREATE TABLE case_interests (
    case_id text COLLATE "C" NOT NULL,
    person  text COLLATE "C" NOT NULL,
    PRIMARY KEY (person, case_id)
);

CREATE TABLE case_attachments (
    case_id text COLLATE "C" NOT NULL,
    digest  text COLLATE "C" NOT NULL,
    PRIMARY KEY (digest, case_id)
);

CREATE TABLE case_terms (
    term      text COLLATE "C" NOT NULL,
    opened_at bigint           NOT NULL, -- of the case
    case_id   text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, opened_at, case_id)
);

CREATE TABLE outbox (
    id              text COLLATE "C" NOT NULL PRIMARY KEY,
    case_id         text COLLATE "C" NOT NULL,
    kind            text COLLATE "C" NOT NULL,
    seq             bigint NOT NULL,
    n               integer NOT NULL,
    effect          text COLLATE "C" NOT NULL,
    at              bigint NOT NULL,
    queued_at       bigint NOT NULL, -- real time, as the next two
    next_attempt_at bigint NOT NULL,
    delivered_at    bigint,
    attempts        integer NOT NULL,
    last_error_code text COLLATE "C" NOT NULL
);
CREATE INDEX outbox_waiting ON outbox (case_id, seq, n) WHERE delivered_at IS NULL;
CREATE INDEX outbox_queued ON outbox (queued_at, case_id, seq, n) WHERE delivered_at IS NULL;

CREATE TABLE notices (
    message_id text COLLATE "C" NOT NULL,
    person     text COLLATE "C" NOT NULL,
    case_id    text COLLATE "C" NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    params     text COLLATE "C" NOT NULL,
    at         bigint NOT NULL,
    read_at    bigint,
    PRIMARY KEY (message_id, person)
);
CREATE INDEX notices_person ON notices (person, at, message_id);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;

CREATE TABLE publications (
    id      text COLLATE "C" NOT NULL PRIMARY KEY,
    case_id text COLLATE "C" NOT NULL,
    kind    text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    content text COLLATE "C" NOT NULL,
    at      bigint NOT NULL
);
CREATE INDEX publications_at ON publications (at, id);
CREATE INDEX publications_case ON publications (case_id);

CREATE TABLE organizations (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    name        text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    credit_code text COLLATE "C" UNIQUE,
    created_at  bigint NOT NULL,
    closed_at   bigint
);

CREATE TABLE people (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    name       text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    closed_at  bigint
);

CREATE TABLE grants (
    person       text COLLATE "C" NOT NULL REFERENCES people (id),
    organization text COLLATE "C" NOT NULL REFERENCES organizations (id),
    role         text COLLATE "C" NOT NULL,
    granted_at   bigint NOT NULL,
    PRIMARY KEY (person, organization, role)
);
CREATE INDEX grants_organization ON grants (organization, role);

CREATE TABLE tokens (
    id         text COLLATE "C" NOT NULL PRIMARY KEY,
    hash       bytea NOT NULL UNIQUE,
    person     text COLLATE "C" NOT NULL REFERENCES people (id),
    label      text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL, -- real time, as the next two
    expires_at bigint NOT NULL,
    revoked_at bigint
);
CREATE INDEX tokens_person ON tokens (person);

CREATE TABLE resources (
    id        text COLLATE "C" NOT NULL PRIMARY KEY,
    source    text COLLATE "C" NOT NULL,
    title     text COLLATE "C" NOT NULL,
    provider  text COLLATE "C" NOT NULL,
    theme     text COLLATE "C" NOT NULL,
    access    text COLLATE "C" NOT NULL,
    frequency text COLLATE "C" NOT NULL,
    updated   text COLLATE "C" NOT NULL,
    digest    text COLLATE "C" NOT NULL,
    data      text COLLATE "C" NOT NULL,
    put_at    bigint NOT NULL
);
CREATE INDEX resources_updated ON resources (updated, id);
CREATE INDEX resources_provider ON resources (provider);

CREATE TABLE resource_terms (
    term        text COLLATE "C" NOT NULL,
    resource_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, resource_id)
);
CREATE INDEX resource_terms_resource ON resource_terms (resource_id);

CREATE TABLE attachments (
    organization text COLLATE "C" NOT NULL REFERENCES organizations (id),
    digest       text COLLATE "C" NOT NULL,
    name         text COLLATE "C" NOT NULL,
    media_type   text COLLATE "C" NOT NULL,
    size         bigint NOT NULL,
    uploaded_by  text COLLATE "C" NOT NULL REFERENCES people (id),
    at           bigint NOT NULL,
    PRIMARY KEY (digest, organization)
);

CREATE TABLE policies (
    hash     text COLLATE "C" NOT NULL PRIMARY KEY,
    name     text COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    content  text COLLATE "C" NOT NULL,
    added_at bigint NOT NULL,
    UNIQUE (name, version)
);

CREATE TABLE settings (
    key   text COLLATE "C" NOT NULL PRIMARY KEY,
    value text COLLATE "C" NOT NULL
);

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
DROP FUNCTION append_only();
