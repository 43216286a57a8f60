-- The use ledger: what operators' platforms report. Batches are kept as they were sent, chained by platform; events are what they hold, row by row; totals are
-- kept as events come, and can be counted anew from them. What a platform asked before a use and was refused is kept, too.

-- +goose Up
CREATE TABLE use_platforms (
    id            text COLLATE "C" NOT NULL PRIMARY KEY,
    case_id       text COLLATE "C" NOT NULL, -- the authorisation
    operator      text COLLATE "C" NOT NULL REFERENCES organizations (id),
    name          text COLLATE "C" NOT NULL,
    algorithm     text COLLATE "C" NOT NULL,
    public_key    text COLLATE "C" NOT NULL, -- PEM
    request       text COLLATE "C" NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint   text COLLATE "C" NOT NULL,
    person        text COLLATE "C" NOT NULL REFERENCES people (id),
    role          text COLLATE "C" NOT NULL,
    at            bigint NOT NULL,
    revoked_at    bigint,
    revocation    text COLLATE "C" NOT NULL, -- JSON; empty while it is in use
    batches       bigint NOT NULL,
    last_number   bigint NOT NULL, -- the greatest so far
    head          text COLLATE "C" NOT NULL, -- hash of the last batch
    reported_at   bigint
);
CREATE INDEX use_platforms_case ON use_platforms (case_id, at, id);

CREATE TABLE use_batches (
    platform  text COLLATE "C" NOT NULL REFERENCES use_platforms (id),
    position  bigint NOT NULL, -- 1, 2, 3 … as they came
    batch     text COLLATE "C" NOT NULL, -- the platform's own name of it
    number    bigint NOT NULL, -- the platform's running number
    case_id   text COLLATE "C" NOT NULL,
    at        bigint NOT NULL, -- when it came
    person    text COLLATE "C" NOT NULL REFERENCES people (id),
    body      bytea   NOT NULL, -- as sent
    signature text COLLATE "C" NOT NULL,
    outcome   text COLLATE "C" NOT NULL, -- JSON: what of it lies beyond the scope, and why
    events    bigint NOT NULL,
    beyond    bigint NOT NULL,
    prev      text COLLATE "C" NOT NULL,
    hash      text COLLATE "C" NOT NULL,
    PRIMARY KEY (platform, position),
    UNIQUE (platform, batch),
    UNIQUE (platform, number)
);
CREATE INDEX use_batches_case ON use_batches (case_id, at, platform, position);

CREATE TABLE use_events (
    platform  text COLLATE "C" NOT NULL,
    event     text COLLATE "C" NOT NULL, -- the platform's own name of it
    position  bigint NOT NULL, -- of its batch
    n         bigint NOT NULL, -- in its batch
    case_id   text COLLATE "C" NOT NULL,
    at        bigint NOT NULL,
    stage     text COLLATE "C" NOT NULL,
    resources text COLLATE "C" NOT NULL, -- JSON
    product   text COLLATE "C" NOT NULL, -- empty for none
    purpose   text COLLATE "C" NOT NULL,
    scenario  text COLLATE "C" NOT NULL,
    taker     text COLLATE "C" NOT NULL, -- name; not for the public
    taker_code text COLLATE "C" NOT NULL,
    volume    bigint NOT NULL,
    unit      text COLLATE "C" NOT NULL,
    beyond    boolean NOT NULL, -- it lies beyond the scope
    reasons   text COLLATE "C" NOT NULL, -- JSON; empty for none
    PRIMARY KEY (platform, event),
    FOREIGN KEY (platform, position) REFERENCES use_batches (platform, position)
);
CREATE INDEX use_events_batch ON use_events (platform, position, n);
CREATE INDEX use_events_case ON use_events (case_id, at, platform, event);
CREATE INDEX use_events_beyond ON use_events (case_id, at, platform, event) WHERE beyond;

CREATE TABLE use_totals (
    case_id       text COLLATE "C" NOT NULL,
    per           text COLLATE "C" NOT NULL, -- day, month, year, term
    period        text COLLATE "C" NOT NULL,
    stage         text COLLATE "C" NOT NULL,
    product       text COLLATE "C" NOT NULL,
    unit          text COLLATE "C" NOT NULL,
    events        bigint NOT NULL, -- within the scope
    volume        bigint NOT NULL,
    beyond        bigint NOT NULL, -- beyond it
    beyond_volume bigint NOT NULL,
    PRIMARY KEY (case_id, per, period, stage, product, unit)
);

CREATE TABLE use_refusals (
    request     text COLLATE "C" NOT NULL PRIMARY KEY,
    fingerprint text COLLATE "C" NOT NULL,
    platform    text COLLATE "C" NOT NULL REFERENCES use_platforms (id),
    case_id     text COLLATE "C" NOT NULL,
    person      text COLLATE "C" NOT NULL REFERENCES people (id),
    at          bigint NOT NULL,
    data        text COLLATE "C" NOT NULL,
    reasons     text COLLATE "C" NOT NULL
);
CREATE INDEX use_refusals_case ON use_refusals (case_id, at, request);

CREATE TRIGGER use_batches_kept BEFORE UPDATE OR DELETE ON use_batches FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER use_batches_kept_all BEFORE TRUNCATE ON use_batches FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER use_events_kept BEFORE UPDATE OR DELETE ON use_events FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER use_events_kept_all BEFORE TRUNCATE ON use_events FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER use_refusals_kept BEFORE UPDATE OR DELETE ON use_refusals FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER use_refusals_kept_all BEFORE TRUNCATE ON use_refusals FOR EACH STATEMENT EXECUTE FUNCTION append_only();

-- +goose Down
DROP TABLE use_refusals;
DROP TABLE use_totals;
DROP TABLE use_events;
DROP TABLE use_batches;
DROP TABLE use_platforms;
