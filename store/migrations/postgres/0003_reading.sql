-- What pages read: follows, saved views, the search terms of organisations, who acted in which step, and the days that limits took;
-- and the indexes by which lists are read in their order, so that their time hardly grows with the number of cases.
--
-- The search terms of organisations that are there already, and the days that limits took before, are made by `datacharter rebuild`.

-- +goose Up
CREATE TABLE follows (
    person  text COLLATE "C" NOT NULL REFERENCES people (id),
    case_id text COLLATE "C" NOT NULL,
    since   bigint NOT NULL,
    PRIMARY KEY (person, case_id)
);

CREATE TABLE views (
    person   text COLLATE "C" NOT NULL REFERENCES people (id),
    place    text COLLATE "C" NOT NULL,
    name     text COLLATE "C" NOT NULL,
    query    text COLLATE "C" NOT NULL,
    saved_at bigint NOT NULL,
    PRIMARY KEY (person, place, name)
);

CREATE TABLE organization_terms (
    term            text COLLATE "C" NOT NULL,
    organization_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, organization_id)
);
CREATE INDEX organization_terms_organization ON organization_terms (organization_id, term);

CREATE TABLE case_acts (
    person  text COLLATE "C" NOT NULL,
    case_id text COLLATE "C" NOT NULL,
    step    text COLLATE "C" NOT NULL,
    PRIMARY KEY (person, case_id, step)
);
INSERT INTO case_acts (person, case_id, step)
SELECT DISTINCT a ->> 'person', c.id, a ->> 'step'
FROM cases c CROSS JOIN LATERAL jsonb_array_elements(c.data::jsonb -> 'acts') a WHERE jsonb_typeof(c.data::jsonb -> 'acts') = 'array';

ALTER TABLE deadlines ADD COLUMN kind text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE deadlines ADD COLUMN over_at bigint; -- when it was met, given up or missed
ALTER TABLE deadlines ADD COLUMN length_days integer NOT NULL DEFAULT 0; -- calendar days
ALTER TABLE deadlines ADD COLUMN used_days integer; -- calendar days; together with over_at
UPDATE deadlines SET kind = (SELECT kind FROM cases c WHERE c.id = deadlines.case_id), length_days = due_on::date - from_on::date;
CREATE INDEX deadlines_open ON deadlines (due_at, case_id, n) WHERE NOT passed AND NOT ended;
CREATE INDEX deadlines_open_case ON deadlines (case_id, due_at, n) WHERE NOT passed AND NOT ended;
CREATE INDEX deadlines_running ON deadlines (held, due_at, case_id, n) WHERE NOT passed AND NOT ended;
CREATE INDEX deadlines_missed ON deadlines (due_at, case_id, n) WHERE passed;
CREATE INDEX deadlines_name ON deadlines (kind, name, passed, ended, length_days, used_days, case_id);

DROP INDEX tasks_due;
DROP INDEX tasks_claimant;
DROP INDEX tasks_case;
CREATE INDEX tasks_case ON tasks (case_id, state, role, kind, organization);
CREATE INDEX tasks_held ON tasks (case_id, claimant, step) WHERE state = 'claimed'; -- separation of duty
CREATE INDEX tasks_due ON tasks (role, kind, organization, state, due_at, id);
CREATE INDEX tasks_opened ON tasks (role, kind, organization, state, opened_at, id);
CREATE INDEX tasks_all_due ON tasks (state, due_at, id);
CREATE INDEX tasks_all_opened ON tasks (state, opened_at, id);
CREATE INDEX tasks_claimant ON tasks (claimant, state, due_at, id) WHERE claimant <> '';
CREATE INDEX tasks_done ON tasks (claimant, state, done_at, id) WHERE claimant <> '';

CREATE INDEX cases_kind_changed ON cases (kind, changed_at, id);
CREATE INDEX cases_kind_opened ON cases (kind, opened_at, id);
CREATE INDEX cases_state_changed ON cases (state, changed_at, id);
CREATE INDEX cases_state_opened ON cases (state, opened_at, id);
CREATE INDEX cases_counted ON cases (kind, phase, state, closed, draft, id);
CREATE INDEX cases_drafts ON cases (id) WHERE draft;

CREATE INDEX case_parties_relation ON case_parties (relation, organization, case_id);

CREATE INDEX case_terms_case ON case_terms (case_id, term);
DROP INDEX resource_terms_resource;
CREATE INDEX resource_terms_resource ON resource_terms (resource_id, term);

-- +goose Down
DROP INDEX resource_terms_resource;
CREATE INDEX resource_terms_resource ON resource_terms (resource_id);
DROP INDEX case_terms_case;
DROP INDEX case_parties_relation;
DROP INDEX cases_drafts;
DROP INDEX cases_counted;
DROP INDEX cases_state_opened;
DROP INDEX cases_state_changed;
DROP INDEX cases_kind_opened;
DROP INDEX cases_kind_changed;
DROP INDEX tasks_done;
DROP INDEX tasks_claimant;
DROP INDEX tasks_all_opened;
DROP INDEX tasks_all_due;
DROP INDEX tasks_opened;
DROP INDEX tasks_due;
DROP INDEX tasks_held;
DROP INDEX tasks_case;
CREATE INDEX tasks_case ON tasks (case_id);
CREATE INDEX tasks_due ON tasks (role, kind, state, due_at, id);
CREATE INDEX tasks_claimant ON tasks (claimant, state) WHERE claimant <> '';
DROP INDEX deadlines_name;
DROP INDEX deadlines_missed;
DROP INDEX deadlines_running;
DROP INDEX deadlines_open_case;
DROP INDEX deadlines_open;
ALTER TABLE deadlines DROP COLUMN used_days;
ALTER TABLE deadlines DROP COLUMN length_days;
ALTER TABLE deadlines DROP COLUMN over_at;
ALTER TABLE deadlines DROP COLUMN kind;
DROP TABLE case_acts;
DROP TABLE organization_terms;
DROP TABLE views;
DROP TABLE follows;
