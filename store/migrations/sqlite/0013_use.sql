-- The use ledger: what operators' platforms report. Batches are kept as they were sent, chained by platform; events are what they hold, row by row; totals are
-- kept as events come, and can be counted anew from them. What a platform asked before a use and was refused is kept, too.

-- +goose Up
CREATE TABLE use_platforms (
    id            TEXT    NOT NULL PRIMARY KEY,
    case_id       TEXT    NOT NULL, -- the authorisation
    operator      TEXT    NOT NULL REFERENCES organizations (id),
    name          TEXT    NOT NULL,
    algorithm     TEXT    NOT NULL,
    public_key    TEXT    NOT NULL, -- PEM
    request       TEXT    NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint   TEXT    NOT NULL,
    person        TEXT    NOT NULL REFERENCES people (id),
    role          TEXT    NOT NULL,
    at            INTEGER NOT NULL,
    revoked_at    INTEGER,
    revocation    TEXT    NOT NULL, -- JSON; empty while it is in use
    batches       INTEGER NOT NULL,
    last_number   INTEGER NOT NULL, -- the greatest so far
    head          TEXT    NOT NULL, -- hash of the last batch
    reported_at   INTEGER
) STRICT;
CREATE INDEX use_platforms_case ON use_platforms (case_id, at, id);

CREATE TABLE use_batches (
    platform  TEXT    NOT NULL REFERENCES use_platforms (id),
    position  INTEGER NOT NULL, -- 1, 2, 3 … as they came
    batch     TEXT    NOT NULL, -- the platform's own name of it
    number    INTEGER NOT NULL, -- the platform's running number
    case_id   TEXT    NOT NULL,
    at        INTEGER NOT NULL, -- when it came
    person    TEXT    NOT NULL REFERENCES people (id),
    body      BLOB    NOT NULL, -- as sent
    signature TEXT    NOT NULL,
    outcome   TEXT    NOT NULL, -- JSON: what of it lies beyond the scope, and why
    events    INTEGER NOT NULL,
    beyond    INTEGER NOT NULL,
    prev      TEXT    NOT NULL,
    hash      TEXT    NOT NULL,
    PRIMARY KEY (platform, position),
    UNIQUE (platform, batch),
    UNIQUE (platform, number)
) STRICT;
CREATE INDEX use_batches_case ON use_batches (case_id, at, platform, position);

CREATE TABLE use_events (
    platform  TEXT    NOT NULL,
    event     TEXT    NOT NULL, -- the platform's own name of it
    position  INTEGER NOT NULL, -- of its batch
    n         INTEGER NOT NULL, -- in its batch
    case_id   TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    stage     TEXT    NOT NULL,
    resources TEXT    NOT NULL, -- JSON
    product   TEXT    NOT NULL, -- empty for none
    purpose   TEXT    NOT NULL,
    scenario  TEXT    NOT NULL,
    taker     TEXT    NOT NULL, -- name; not for the public
    taker_code TEXT   NOT NULL,
    volume    INTEGER NOT NULL,
    unit      TEXT    NOT NULL,
    beyond    INTEGER NOT NULL, -- it lies beyond the scope
    reasons   TEXT    NOT NULL, -- JSON; empty for none
    PRIMARY KEY (platform, event),
    FOREIGN KEY (platform, position) REFERENCES use_batches (platform, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX use_events_batch ON use_events (platform, position, n);
CREATE INDEX use_events_case ON use_events (case_id, at, platform, event);
CREATE INDEX use_events_beyond ON use_events (case_id, at, platform, event) WHERE beyond;

CREATE TABLE use_totals (
    case_id       TEXT    NOT NULL,
    per           TEXT    NOT NULL, -- day, month, year, term
    period        TEXT    NOT NULL,
    stage         TEXT    NOT NULL,
    product       TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    events        INTEGER NOT NULL, -- within the scope
    volume        INTEGER NOT NULL,
    beyond        INTEGER NOT NULL, -- beyond it
    beyond_volume INTEGER NOT NULL,
    PRIMARY KEY (case_id, per, period, stage, product, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE use_refusals (
    request     TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL,
    platform    TEXT    NOT NULL REFERENCES use_platforms (id),
    case_id     TEXT    NOT NULL,
    person      TEXT    NOT NULL REFERENCES people (id),
    at          INTEGER NOT NULL,
    data        TEXT    NOT NULL,
    reasons     TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX use_refusals_case ON use_refusals (case_id, at, request);

-- +goose StatementBegin
CREATE TRIGGER use_batches_kept_update BEFORE UPDATE ON use_batches BEGIN
    SELECT RAISE(ABORT, 'use_batches is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER use_batches_kept_delete BEFORE DELETE ON use_batches BEGIN
    SELECT RAISE(ABORT, 'use_batches is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER use_events_kept_update BEFORE UPDATE ON use_events BEGIN
    SELECT RAISE(ABORT, 'use_events is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER use_events_kept_delete BEFORE DELETE ON use_events BEGIN
    SELECT RAISE(ABORT, 'use_events is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER use_refusals_kept_update BEFORE UPDATE ON use_refusals BEGIN
    SELECT RAISE(ABORT, 'use_refusals is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER use_refusals_kept_delete BEFORE DELETE ON use_refusals BEGIN
    SELECT RAISE(ABORT, 'use_refusals is append-only');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE use_refusals;
DROP TABLE use_totals;
DROP TABLE use_events;
DROP TABLE use_batches;
DROP TABLE use_platforms;
