-- up
INSERT INTO account (id, name) VALUES (1, 'ed''s');
INSERT INTO account (id, name) VALUES (2, NULL);
INSERT INTO account (id, name) VALUES (3, 'jo');
UPDATE account SET name = 'a:b' WHERE id > 10 AND name = 'it''s';
DELETE FROM account WHERE name = ':none';
UPDATE account SET name = 'o''neil' WHERE id = 7;
-- down
DELETE FROM account;
