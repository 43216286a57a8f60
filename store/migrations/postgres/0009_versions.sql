-- What the catalogue said of a resource and when, what a source says of a registered one that waits for a person, and what he decided; what was derived from
-- what; and which cases keep resources registered. Versions and decisions are facts; the last two are found in the cases and gradings.
--
-- Of a resource that is there already the first version is what it says now, since it was put so. Which cases keep resources registered is made anew.

-- +goose Up
CREATE TABLE resource_versions (
    resource_id text COLLATE "C" NOT NULL REFERENCES resources (id),
    number      bigint NOT NULL, -- 1, 2, 3 … of the resource; the last one is what it says now
    digest      text COLLATE "C" NOT NULL,
    file        text COLLATE "C" NOT NULL, -- name of the file that brought it; empty when that is not known
    decision    bigint NOT NULL, -- number of the decision by which a person took it over; 0 when an import brought it
    at          bigint NOT NULL,
    data        text COLLATE "C" NOT NULL,
    PRIMARY KEY (resource_id, number)
);
INSERT INTO resource_versions (resource_id, number, digest, file, decision, at, data) SELECT id, 1, digest, '', 0, put_at, data FROM resources;
CREATE TRIGGER resource_versions_kept BEFORE UPDATE OR DELETE ON resource_versions FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER resource_versions_kept_all BEFORE TRUNCATE ON resource_versions FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE resource_held (
    resource_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES resources (id),
    digest      text COLLATE "C" NOT NULL, -- of what the source says
    file        text COLLATE "C" NOT NULL, -- name of the file that brought it first
    since       bigint NOT NULL,
    data        text COLLATE "C" NOT NULL
);

CREATE TABLE resource_decisions (
    resource_id text COLLATE "C" NOT NULL REFERENCES resources (id),
    number      bigint NOT NULL, -- 1, 2, 3 … of the resource
    outcome     text COLLATE "C" NOT NULL, -- adopted or dismissed
    base        text COLLATE "C" NOT NULL, -- digest of what the catalogue said
    digest      text COLLATE "C" NOT NULL, -- of what the source said
    request     text COLLATE "C" NOT NULL UNIQUE, -- the request that brought it: a repeat brings no other
    fingerprint text COLLATE "C" NOT NULL,        -- of what the request sent
    person      text COLLATE "C" NOT NULL REFERENCES people (id),
    at          bigint NOT NULL,
    data        text COLLATE "C" NOT NULL,
    PRIMARY KEY (resource_id, number)
);
CREATE TRIGGER resource_decisions_kept BEFORE UPDATE OR DELETE ON resource_decisions FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER resource_decisions_kept_all BEFORE TRUNCATE ON resource_decisions FOR EACH STATEMENT EXECUTE FUNCTION append_only();

CREATE TABLE grading_sources (
    source_id   text COLLATE "C" NOT NULL, -- resource from which another one was derived
    resource_id text COLLATE "C" NOT NULL,
    number      bigint NOT NULL, -- of the grading that says so
    PRIMARY KEY (source_id, resource_id, number)
);
INSERT INTO grading_sources (source_id, resource_id, number)
SELECT DISTINCT s ->> 'resource', g.resource_id, g.number FROM gradings g, jsonb_array_elements(coalesce(g.data::jsonb -> 'sources', '[]'::jsonb)) s;

ALTER TABLE case_resources ADD COLUMN registered boolean NOT NULL DEFAULT false; -- the case keeps the resource registered

-- +goose Down
DELETE FROM settings WHERE key LIKE 'read-models-%'; -- whichever program opens it next fills them
ALTER TABLE case_resources DROP COLUMN registered;
DROP TABLE grading_sources;
DROP TABLE resource_decisions;
DROP TABLE resource_held;
DROP TABLE resource_versions;
