-- Under a word or a facet, the resources of the catalogue lie in the order of their last update, and in that of their titles; how many there are is counted.
-- These are read models, made anew. Mappings are data of their own.

-- +goose Up
DROP TABLE resource_terms;
CREATE TABLE resource_terms (
    term        text COLLATE "C" NOT NULL,
    updated     text COLLATE "C" NOT NULL, -- of the resource
    resource_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, updated, resource_id)
);
CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term);

CREATE TABLE resource_title_terms (
    term        text COLLATE "C" NOT NULL,
    title       text COLLATE "C" NOT NULL, -- of the resource
    resource_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, title, resource_id)
);

CREATE TABLE resource_counts (
    term  text COLLATE "C" NOT NULL PRIMARY KEY,
    facet text COLLATE "C" NOT NULL, -- empty when the term is a word
    n     bigint NOT NULL -- resources found under the term
);
CREATE INDEX resource_counts_facet ON resource_counts (facet, n, term) WHERE facet <> '';

CREATE INDEX resources_title ON resources (title, id);
DROP INDEX resources_provider; -- the facets take its place

CREATE TABLE resource_mappings (
    source  text COLLATE "C" NOT NULL PRIMARY KEY,
    content text COLLATE "C" NOT NULL, -- how the source writes its resources
    put_at  bigint NOT NULL
);

-- +goose Down
DELETE FROM settings WHERE key LIKE 'read-models-%'; -- whichever program opens it next fills them
DROP TABLE resource_mappings;
CREATE INDEX resources_provider ON resources (provider);
DROP INDEX resources_title;
DROP TABLE resource_counts;
DROP TABLE resource_title_terms;
DROP TABLE resource_terms;
CREATE TABLE resource_terms (
    term        text COLLATE "C" NOT NULL,
    resource_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, resource_id)
);
CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term);
