-- The public register: read models of what society may know of authorisations, made from the record like the others. Dates are texts such as 2026-03-01.

-- +goose Up
CREATE TABLE register_entries (
    case_id    text COLLATE "C" NOT NULL PRIMARY KEY,
    title      text COLLATE "C" NOT NULL,
    grantee    text COLLATE "C" NOT NULL,
    agency     text COLLATE "C" NOT NULL,
    mode       text COLLATE "C" NOT NULL,
    state      text COLLATE "C" NOT NULL,
    starts_on  text COLLATE "C" NOT NULL,
    ends_on    text COLLATE "C" NOT NULL,
    changed_at bigint NOT NULL,
    data       text COLLATE "C" NOT NULL
);
CREATE INDEX register_entries_changed ON register_entries (changed_at, case_id);
CREATE INDEX register_entries_ends ON register_entries (ends_on, case_id);
CREATE INDEX register_entries_grantee ON register_entries (grantee, changed_at, case_id);
CREATE INDEX register_entries_agency ON register_entries (agency, changed_at, case_id);
CREATE INDEX register_entries_state ON register_entries (state, changed_at, case_id);
CREATE INDEX register_entries_mode ON register_entries (mode, changed_at, case_id);
CREATE INDEX register_entries_state_ends ON register_entries (state, ends_on, case_id);

CREATE TABLE register_products (
    case_id   text COLLATE "C" NOT NULL,
    n         integer NOT NULL, -- 1, 2, 3 … of the authorisation
    name      text COLLATE "C" NOT NULL,
    class     text COLLATE "C" NOT NULL,
    form      text COLLATE "C" NOT NULL,
    charge    text COLLATE "C" NOT NULL, -- free or charged; empty before the first offer
    unit      text COLLATE "C" NOT NULL,
    price     text COLLATE "C" NOT NULL, -- yuan a unit; empty before the first offer
    ceiling   text COLLATE "C" NOT NULL, -- yuan a unit; empty when there is none
    listed    boolean NOT NULL,
    listed_on text COLLATE "C" NOT NULL, -- empty before the first offer
    grantee   text COLLATE "C" NOT NULL,
    PRIMARY KEY (case_id, n)
);
CREATE INDEX register_products_listed ON register_products (listed_on, case_id, n);
CREATE INDEX register_products_class ON register_products (class, listed_on, case_id, n);
CREATE INDEX register_products_charge ON register_products (charge, listed_on, case_id, n);
CREATE INDEX register_products_grantee ON register_products (grantee, listed_on, case_id, n);
CREATE INDEX register_products_offered ON register_products (listed, listed_on, case_id, n);

CREATE TABLE register_terms (
    term    text COLLATE "C" NOT NULL,
    case_id text COLLATE "C" NOT NULL,
    n       integer NOT NULL, -- of the product; 0 for the entry's own words, -1 for the names of its organisations
    PRIMARY KEY (term, case_id, n)
);
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
