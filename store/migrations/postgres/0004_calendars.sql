-- Notices of a year's working days that were uploaded, and how far the recounts of open cases are.

-- +goose Up
CREATE TABLE calendars (
    version  bigint NOT NULL PRIMARY KEY, -- 1, 2, 3 … over all years; of one year the newest counts
    year     integer NOT NULL,
    notice   text COLLATE "C" NOT NULL,
    issued   text COLLATE "C" NOT NULL,
    digest   text COLLATE "C" NOT NULL,
    content  text COLLATE "C" NOT NULL,
    request  text COLLATE "C" NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    added_at bigint NOT NULL,
    added_by text COLLATE "C" NOT NULL REFERENCES people (id)
);
CREATE TRIGGER calendars_kept BEFORE UPDATE OR DELETE ON calendars FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER calendars_kept_all BEFORE TRUNCATE ON calendars FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE calendar_recounts (
    calendar    text COLLATE "C" NOT NULL PRIMARY KEY, -- the calendar by which was counted
    round       integer NOT NULL,                      -- 1, 2, 3 … each time it is begun after it had finished
    total       integer NOT NULL,
    checked     integer NOT NULL,
    recounted   integer NOT NULL,
    failed      integer NOT NULL,
    reached     text COLLATE "C" NOT NULL, -- the last case looked at
    started_at  bigint NOT NULL,
    started_by  text COLLATE "C" NOT NULL REFERENCES people (id),
    finished_at bigint
);
CREATE INDEX calendar_recounts_started ON calendar_recounts (started_at);

-- +goose Down
DROP TABLE calendar_recounts;
DROP TABLE calendars;
