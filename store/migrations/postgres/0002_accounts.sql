-- Signing in: local accounts, logins of an identity provider, sessions; and what people prefer.
-- All times here are real times. The password of an account is kept as an argon2id hash, a session under the hash of its token.

-- +goose Up
CREATE TABLE accounts (
    person              text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES people (id),
    username            text COLLATE "C" NOT NULL UNIQUE, -- case-folded
    hash                text COLLATE "C" NOT NULL, -- in PHC form, with its parameters
    must_change         boolean NOT NULL,
    failures            integer NOT NULL,
    locked_until        bigint,
    code_secret         text COLLATE "C" NOT NULL, -- of the second factor, base32
    code_confirmed      boolean NOT NULL,
    code_step           bigint NOT NULL, -- of the code that was used last
    password_changed_at bigint NOT NULL
);

CREATE TABLE logins (
    issuer     text COLLATE "C" NOT NULL,
    subject    text COLLATE "C" NOT NULL,
    person     text COLLATE "C" NOT NULL REFERENCES people (id),
    created_at bigint NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX logins_person ON logins (person);

CREATE TABLE sessions (
    hash       text COLLATE "C" NOT NULL PRIMARY KEY,
    id         text COLLATE "C" NOT NULL UNIQUE,
    person     text COLLATE "C" REFERENCES people (id), -- nobody has signed in when NULL
    agent      text COLLATE "C" NOT NULL,
    data       bytea NOT NULL,
    created_at bigint NOT NULL,
    last_seen  bigint NOT NULL,
    expires_at bigint NOT NULL,
    ended_at   bigint -- what has ended stays until it would expire, so that a request under way does not begin it again
);
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE preferences (
    person   text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES people (id),
    language text COLLATE "C" NOT NULL
);

CREATE TABLE unwanted_notices (
    person       text COLLATE "C" NOT NULL REFERENCES people (id),
    notice_group text COLLATE "C" NOT NULL,
    PRIMARY KEY (person, notice_group)
);

ALTER TABLE grants ADD COLUMN source text COLLATE "C" NOT NULL DEFAULT ''; -- the identity provider from whose claims it follows

-- +goose Down
ALTER TABLE grants DROP COLUMN source;
DROP TABLE unwanted_notices;
DROP TABLE preferences;
DROP TABLE sessions;
DROP TABLE logins;
DROP TABLE accounts;
