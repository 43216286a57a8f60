-- Who took how much of which product under an authorisation: what the indicators of fair competition look at. Whichever program opens the database next fills it.

-- +goose Up
CREATE TABLE use_takers (
    case_id       TEXT    NOT NULL,
    product       TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    taker         TEXT    NOT NULL, -- name; not for the public
    taker_code    TEXT    NOT NULL,
    events        INTEGER NOT NULL, -- within the scope
    volume        INTEGER NOT NULL,
    beyond        INTEGER NOT NULL, -- beyond it
    beyond_volume INTEGER NOT NULL,
    PRIMARY KEY (case_id, product, unit, taker, taker_code)
) STRICT, WITHOUT ROWID;
DELETE FROM settings WHERE key LIKE 'read-models-%';

-- +goose Down
DROP TABLE use_takers;
