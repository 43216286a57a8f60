-- Under a word, the entries of the public register lie in the order of their last change; products and services have words of their own. Read models, made anew.

-- +goose Up
DROP TABLE register_terms;
DROP TABLE register_products;
CREATE TABLE register_products (
    id        TEXT    NOT NULL PRIMARY KEY, -- case_id/n
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
    grantee   TEXT    NOT NULL
) STRICT;
CREATE INDEX register_products_listed ON register_products (listed_on, case_id, n);
CREATE INDEX register_products_class ON register_products (class, listed_on, case_id, n);
CREATE INDEX register_products_charge ON register_products (charge, listed_on, case_id, n);
CREATE INDEX register_products_grantee ON register_products (grantee, listed_on, case_id, n);
CREATE INDEX register_products_offered ON register_products (listed, listed_on, case_id, n);

CREATE TABLE register_terms (
    term       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL, -- of the entry
    case_id    TEXT    NOT NULL,
    PRIMARY KEY (term, changed_at, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_terms_case ON register_terms (case_id, term);

CREATE TABLE register_product_terms (
    term       TEXT NOT NULL,
    product_id TEXT NOT NULL,
    PRIMARY KEY (term, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_product_terms_product ON register_product_terms (product_id, term);

CREATE INDEX organizations_kind ON organizations (kind, id);

-- +goose Down
DELETE FROM settings WHERE key LIKE 'read-models-%'; -- whichever program opens it next fills them
DROP INDEX organizations_kind;
DROP TABLE register_product_terms;
DROP TABLE register_terms;
DROP TABLE register_products;
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
