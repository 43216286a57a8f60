-- Signing in: local accounts, logins of an identity provider, sessions; and what people prefer.
-- All times here are real times. The password of an account is kept as an argon2id hash, a session under the hash of its token.

-- +goose Up
CREATE TABLE accounts (
    person              TEXT    NOT NULL PRIMARY KEY REFERENCES people (id),
    username            TEXT    NOT NULL UNIQUE, -- case-folded
    hash                TEXT    NOT NULL, -- in PHC form, with its parameters
    must_change         INTEGER NOT NULL,
    failures            INTEGER NOT NULL,
    locked_until        INTEGER,
    code_secret         TEXT    NOT NULL, -- of the second factor, base32
    code_confirmed      INTEGER NOT NULL,
    code_step           INTEGER NOT NULL, -- of the code that was used last
    password_changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE logins (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    person     TEXT    NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX logins_person ON logins (person);

CREATE TABLE sessions (
    hash       TEXT    NOT NULL PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    person     TEXT    REFERENCES people (id), -- nobody has signed in when NULL
    agent      TEXT    NOT NULL,
    data       BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER -- what has ended stays until it would expire, so that a request under way does not begin it again
) STRICT;
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE preferences (
    person   TEXT NOT NULL PRIMARY KEY REFERENCES people (id),
    language TEXT NOT NULL
) STRICT;

CREATE TABLE unwanted_notices (
    person       TEXT NOT NULL REFERENCES people (id),
    notice_group TEXT NOT NULL,
    PRIMARY KEY (person, notice_group)
) STRICT, WITHOUT ROWID;

ALTER TABLE grants ADD COLUMN source TEXT NOT NULL DEFAULT ''; -- the identity provider from whose claims it follows

-- +goose Down
ALTER TABLE grants DROP COLUMN source;
DROP TABLE unwanted_notices;
DROP TABLE preferences;
DROP TABLE sessions;
DROP TABLE logins;
DROP TABLE accounts;
