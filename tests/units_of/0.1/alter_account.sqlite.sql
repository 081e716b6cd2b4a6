-- up
CREATE TABLE s.journal (
    at VARCHAR(20), 
    what VARCHAR(20), 
    who VARCHAR(20)
);
ALTER TABLE s.journal RENAME TO log;
ALTER TABLE account ADD COLUMN note TEXT DEFAULT 'it''s';
ALTER TABLE account DROP COLUMN note;
CREATE UNIQUE INDEX IF NOT EXISTS ix_account_note ON account (note, id DESC) WHERE id > 6;
DROP INDEX IF EXISTS ix_account_note;
-- down
