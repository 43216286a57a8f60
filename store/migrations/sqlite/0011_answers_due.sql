-- Until when quality reports and data demands are to be answered first. Those raised before have no limit.

-- +goose Up
ALTER TABLE concerns ADD COLUMN due_at INTEGER; -- while it waits for its first answer
CREATE INDEX concerns_due ON concerns (kind, due_at, id) WHERE due_at IS NOT NULL;

-- +goose Down
DROP INDEX concerns_due;
ALTER TABLE concerns DROP COLUMN due_at;
