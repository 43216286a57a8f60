-- Notices of a year's working days that were uploaded, and how far the recounts of open cases are.

-- +goose Up
CREATE TABLE calendars (
    version  INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3 … over all years; of one year the newest counts
    year     INTEGER NOT NULL,
    notice   TEXT    NOT NULL,
    issued   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    content  TEXT    NOT NULL,
    request  TEXT    NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    added_at INTEGER NOT NULL,
    added_by TEXT    NOT NULL REFERENCES people (id)
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER calendars_kept_update BEFORE UPDATE ON calendars BEGIN
    SELECT RAISE(ABORT, 'calendars is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER calendars_kept_delete BEFORE DELETE ON calendars BEGIN
    SELECT RAISE(ABORT, 'calendars is append-only');
END;
-- +goose StatementEnd

CREATE TABLE calendar_recounts (
    calendar    TEXT    NOT NULL PRIMARY KEY, -- the calendar by which was counted
    round       INTEGER NOT NULL,             -- 1, 2, 3 … each time it is begun after it had finished
    total       INTEGER NOT NULL,
    checked     INTEGER NOT NULL,
    recounted   INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    reached     TEXT    NOT NULL, -- the last case looked at
    started_at  INTEGER NOT NULL,
    started_by  TEXT    NOT NULL REFERENCES people (id),
    finished_at INTEGER
) STRICT;
CREATE INDEX calendar_recounts_started ON calendar_recounts (started_at);

-- +goose Down
DROP TABLE calendar_recounts;
DROP TABLE calendars;
