-- Who took how much of which product under an authorisation: what the indicators of fair competition look at. Whichever program opens the database next fills it.

-- +goose Up
CREATE TABLE use_takers (
    case_id       text COLLATE "C" NOT NULL,
    product       text COLLATE "C" NOT NULL,
    unit          text COLLATE "C" NOT NULL,
    taker         text COLLATE "C" NOT NULL, -- name; not for the public
    taker_code    text COLLATE "C" NOT NULL,
    events        bigint NOT NULL, -- within the scope
    volume        bigint NOT NULL,
    beyond        bigint NOT NULL, -- beyond it
    beyond_volume bigint NOT NULL,
    PRIMARY KEY (case_id, product, unit, taker, taker_code)
);
DELETE FROM settings WHERE key LIKE 'read-models-%';

-- +goose Down
DROP TABLE use_takers;
