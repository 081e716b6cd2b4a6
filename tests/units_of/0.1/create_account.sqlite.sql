-- up
CREATE TABLE user (
    id INTEGER NOT NULL, 
    email VARCHAR(255), 
    PRIMARY KEY (id), 
    UNIQUE (email)
);
CREATE TABLE IF NOT EXISTS account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    name VARCHAR(50) NOT NULL, 
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP, 
    state VARCHAR(3) DEFAULT 'on', 
    owner_id INTEGER, 
    twice INTEGER GENERATED ALWAYS AS (owner_id * 2) STORED, 
    parent_id INTEGER CONSTRAINT ck_parent CHECK (parent_id > 0), 
    CONSTRAINT fk_account_owner FOREIGN KEY(owner_id) REFERENCES user (id) ON DELETE CASCADE, 
    CONSTRAINT uq_account_name UNIQUE (name, owner_id), 
    CONSTRAINT ck_account_name CHECK (length(name) > 1), 
    FOREIGN KEY(parent_id) REFERENCES account (id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX ix_account_name ON account (name, lower(name));
CREATE INDEX ix_account_state ON account (state);
-- down
DROP TABLE IF EXISTS account;
DROP TABLE user;
