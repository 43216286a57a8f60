-- Under a word or a facet, the resources of the catalogue lie in the order of their last update, and in that of their titles; how many there are is counted.
-- These are read models, made anew. Mappings are data of their own.

-- +goose Up
DROP TABLE resource_terms;
CREATE TABLE resource_terms (
    term        TEXT NOT NULL,
    updated     TEXT NOT NULL, -- of the resource
    resource_id TEXT NOT NULL,
    PRIMARY KEY (term, updated, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term);

CREATE TABLE resource_title_terms (
    term        TEXT NOT NULL,
    title       TEXT NOT NULL, -- of the resource
    resource_id TEXT NOT NULL,
    PRIMARY KEY (term, title, resource_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_counts (
    term  TEXT    NOT NULL PRIMARY KEY,
    facet TEXT    NOT NULL, -- empty when the term is a word
    n     INTEGER NOT NULL  -- resources found under the term
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_counts_facet ON resource_counts (facet, n, term) WHERE facet <> '';

CREATE INDEX resources_title ON resources (title, id);
DROP INDEX resources_provider; -- the facets take its place

CREATE TABLE resource_mappings (
    source  TEXT    NOT NULL PRIMARY KEY,
    content TEXT    NOT NULL, -- how the source writes its resources
    put_at  INTEGER NOT NULL
) STRICT;

-- +goose Down
DELETE FROM settings WHERE key LIKE 'read-models-%'; -- whichever program opens it next fills them
DROP TABLE resource_mappings;
CREATE INDEX resources_provider ON resources (provider);
DROP INDEX resources_title;
DROP TABLE resource_counts;
DROP TABLE resource_title_terms;
DROP TABLE resource_terms;
CREATE TABLE resource_terms (
    term        TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    PRIMARY KEY (term, resource_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term);
