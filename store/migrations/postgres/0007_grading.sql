-- Gradings of resources, which are facts, and which cases name which resources, a read model.

-- +goose Up
CREATE TABLE gradings (
    resource_id text COLLATE "C" NOT NULL REFERENCES resources (id),
    number      bigint NOT NULL, -- 1, 2, 3 … of the resource; the last one counts
    grade       text COLLATE "C" NOT NULL,
    request     text COLLATE "C" NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint text COLLATE "C" NOT NULL,        -- of what the request sent
    person      text COLLATE "C" NOT NULL REFERENCES people (id),
    at          bigint NOT NULL,
    data        text COLLATE "C" NOT NULL,
    PRIMARY KEY (resource_id, number)
);
CREATE TRIGGER gradings_kept BEFORE UPDATE OR DELETE ON gradings FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER gradings_kept_all BEFORE TRUNCATE ON gradings FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE case_resources (
    resource_id text COLLATE "C" NOT NULL,
    case_id     text COLLATE "C" NOT NULL,
    PRIMARY KEY (resource_id, case_id)
);

-- +goose Down
DROP TABLE case_resources;
DROP TABLE gradings;
