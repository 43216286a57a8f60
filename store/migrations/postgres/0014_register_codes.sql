-- The short codes under which entries of the public register are found. Whichever program opens the database next fills them.

-- +goose Up
ALTER TABLE register_entries ADD COLUMN code TEXT NOT NULL DEFAULT '';
CREATE INDEX register_entries_code ON register_entries (code);
DELETE FROM settings WHERE key LIKE 'read-models-%';

-- +goose Down
DROP INDEX register_entries_code;
ALTER TABLE register_entries DROP COLUMN code;
DELETE FROM settings WHERE key LIKE 'read-models-%';
