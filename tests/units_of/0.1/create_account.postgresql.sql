-- up
CREATE TABLE "user" (
    id SERIAL NOT NULL, 
    email VARCHAR(255), 
    PRIMARY KEY (id), 
    UNIQUE (email)
);
CREATE TYPE state AS ENUM ('on', 'off');
CREATE TABLE IF NOT EXISTS account (
    id SERIAL NOT NULL, 
    name VARCHAR(50) NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP, 
    state state DEFAULT 'on', 
    owner_id INTEGER, 
    twice INTEGER GENERATED ALWAYS AS (owner_id * 2) STORED, 
    parent_id INTEGER CONSTRAINT ck_parent CHECK (parent_id > 0), 
    PRIMARY KEY (id), 
    CONSTRAINT fk_account_owner FOREIGN KEY(owner_id) REFERENCES "user" (id) ON DELETE CASCADE, 
    CONSTRAINT uq_account_name UNIQUE (name, owner_id), 
    CONSTRAINT ck_account_name CHECK (length(name) > 1), 
    FOREIGN KEY(parent_id) REFERENCES account (id) ON UPDATE CASCADE
)
 TABLESPACE fast;
CREATE UNIQUE INDEX ix_account_name ON account (name, lower(name));
CREATE INDEX ix_account_state ON account (state);
COMMENT ON TABLE account IS 'accounts';
COMMENT ON COLUMN account.name IS 'what it''s called';
-- down
DROP TABLE IF EXISTS account;
DROP TABLE "user";
