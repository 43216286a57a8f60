-- The public register: read models of what society may know of authorisations, made from the record like the others. Dates are texts such as 2026-03-01.

-- +goose Up
CREATE TABLE register_entries (
    case_id    TEXT    NOT NULL PRIMARY KEY,
    title      TEXT    NOT NULL,
    grantee    TEXT    NOT NULL,
    agency     TEXT    NOT NULL,
    mode       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    starts_on  TEXT    NOT NULL,
    ends_on    TEXT    NOT NULL,
    changed_at INTEGER NOT NULL,
    data       TEXT    NOT NULL
) STRICT;
CREATE INDEX register_entries_changed ON register_entries (changed_at, case_id);
CREATE INDEX register_entries_ends ON register_entries (ends_on, case_id);
CREATE INDEX register_entries_grantee ON register_entries (grantee, changed_at, case_id);
CREATE INDEX register_entries_agency ON register_entries (agency, changed_at, case_id);
CREATE INDEX register_entries_state ON register_entries (state, changed_at, case_id);
CREATE INDEX register_entries_mode ON register_entries (mode, changed_at, case_id);
CREATE INDEX register_entries_state_ends ON register_entries (state, ends_on, case_id);

CREATE TABLE register_products (
    case_id   TEXT    NOT NULL,
    n         INTEGER NOT NULL, -- 1, 2, 3 … of the authorisation
    name      TEXT    NOT NULL,
    class     TEXT    NOT NULL,
    form      TEXT    NOT NULL,
    charge    TEXT    NOT NULL, -- free or charged; empty before the first offer
    unit      TEXT    NOT NULL,
    price     TEXT    NOT NULL, -- yuan a unit; empty before the first offer
    ceiling   TEXT    NOT NULL, -- yuan a unit; empty when there is none
    listed    INTEGER NOT NULL,
    listed_on TEXT    NOT NULL, -- empty before the first offer
    grantee   TEXT    NOT NULL,
    PRIMARY KEY (case_id, n)
) STRICT;
CREATE INDEX register_products_listed ON register_products (listed_on, case_id, n);
CREATE INDEX register_products_class ON register_products (class, listed_on, case_id, n);
CREATE INDEX register_products_charge ON register_products (charge, listed_on, case_id, n);
CREATE INDEX register_products_grantee ON register_products (grantee, listed_on, case_id, n);
CREATE INDEX register_products_offered ON register_products (listed, listed_on, case_id, n);

CREATE TABLE register_terms (
    term    TEXT    NOT NULL,
    case_id TEXT    NOT NULL,
    n       INTEGER NOT NULL, -- of the product; 0 for the entry's own words, -1 for the names of its organisations
    PRIMARY KEY (term, case_id, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_terms_case ON register_terms (case_id, term, n);

CREATE INDEX publications_subject ON publications (subject, at, id);
DROP INDEX publications_case;
CREATE INDEX publications_case ON publications (case_id, subject, at, id);

-- +goose Down
DROP INDEX publications_case;
CREATE INDEX publications_case ON publications (case_id);
DROP INDEX publications_subject;
DROP TABLE register_terms;
DROP TABLE register_products;
DROP TABLE register_entries;
