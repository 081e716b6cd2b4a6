/// Tables that have all there is, for the tests of how they are made anew.

#pragma once

#include <algorithm>
#include <iterator>
#include <string>

#include "tests/migration/postgresql_runs.hpp"
#include "tests/migration/scripts.hpp"

namespace revise::testing {

inline const char* const kRichRoles =
    "DO $$ BEGIN CREATE ROLE revise_reader; EXCEPTION WHEN duplicate_object OR "
    "unique_violation THEN NULL; END $$;"
    "DO $$ BEGIN CREATE ROLE revise_writer; EXCEPTION WHEN duplicate_object OR "
    "unique_violation THEN NULL; END $$;";

/// The table s.t, with a row of each kind of thing that a table can have.
inline const char* const kRichTable = R"(
CREATE SCHEMA s;
CREATE COLLATION s."De" (provider = icu, locale = 'de');
CREATE TYPE s.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN s.code AS text CHECK (VALUE <> '');
CREATE FUNCTION s.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION s.twice(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE TABLE s.log (a integer, "B" text);
CREATE TABLE s.other (id integer PRIMARY KEY, at integer);
CREATE TABLE s.t (
  gone text,
  a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.counter START 5 INCREMENT 3 CYCLE),
  b serial NOT NULL,
  "C c" varchar(20) COLLATE s."De" DEFAULT 'it''s',
  d s.mood[] DEFAULT ARRAY['ok'::s.mood],
  e s.code,
  f numeric(10, 2) DEFAULT 1.5 NOT NULL,
  g integer GENERATED ALWAYS AS (s.twice(h)) STORED,
  h integer,
  i int4range,
  j integer,
  k text COMPRESSION lz4,
  CONSTRAINT pk PRIMARY KEY (a) WITH (fillfactor = 71),
  CONSTRAINT "Uq" UNIQUE NULLS NOT DISTINCT (h, f) INCLUDE (j) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT ck CHECK (f > 0) NO INHERIT,
  CONSTRAINT ex EXCLUDE USING gist (i WITH &&) WHERE (j > 0),
  CONSTRAINT self FOREIGN KEY (j) REFERENCES s.t (a) ON DELETE SET NULL
) WITH (fillfactor = 72, toast.autovacuum_enabled = false, autovacuum_enabled = false);
ALTER TABLE s.t DROP COLUMN gone;
ALTER TABLE s.t ADD CONSTRAINT later CHECK (h < 1000) NOT VALID;
ALTER TABLE s.t ADD CONSTRAINT out FOREIGN KEY (b) REFERENCES s.other DEFERRABLE NOT VALID;
ALTER TABLE s.t ALTER COLUMN k SET STATISTICS 77, ALTER COLUMN e SET STORAGE EXTERNAL, ALTER COLUMN h SET (n_distinct = -0.5);
CREATE TABLE s.child (t integer CONSTRAINT up REFERENCES s.t ON UPDATE CASCADE, b integer);
CREATE UNIQUE INDEX by_b ON s.t (b);
ALTER TABLE s.child ADD CONSTRAINT by_index FOREIGN KEY (b) REFERENCES s.t (b) NOT VALID;
CREATE INDEX "Low" ON s.t USING btree (lower("C c") COLLATE "C" DESC NULLS LAST, h) INCLUDE (j) WITH (fillfactor = 73) WHERE f > 1;
ALTER INDEX s."Low" ALTER COLUMN 1 SET STATISTICS 55;
CREATE UNIQUE INDEX ident ON s.t (f);
ALTER TABLE s.t REPLICA IDENTITY USING INDEX ident;
ALTER TABLE s.t CLUSTER ON by_b;
CREATE STATISTICS s.both (dependencies) ON h, (lower(k)) FROM s.t;
ALTER STATISTICS s.both SET STATISTICS 99;
CREATE TRIGGER "Touch" BEFORE UPDATE OF h, "C c" ON s.t FOR EACH ROW WHEN (NEW.h IS DISTINCT FROM OLD.h) EXECUTE FUNCTION s.note('x');
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON s.t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION s.note();
CREATE TRIGGER many AFTER INSERT ON s.t REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION s.note();
ALTER TABLE s.t DISABLE TRIGGER late;
ALTER TABLE s.t ENABLE ALWAYS TRIGGER many;
CREATE RULE keep AS ON DELETE TO s.t WHERE old.h > 3 DO ALSO (INSERT INTO s.log VALUES (old.h, 'a;b'); DELETE FROM s.log WHERE a < 0);
CREATE RULE off AS ON INSERT TO s.t DO INSTEAD NOTHING;
ALTER TABLE s.t DISABLE RULE off;
CREATE POLICY mine ON s.t AS RESTRICTIVE FOR UPDATE TO revise_reader, revise_writer USING (h > 0) WITH CHECK (h > (SELECT count(*) FROM s.log));
CREATE POLICY all_of ON s.t USING (true);
ALTER TABLE s.t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE PUBLICATION pub FOR TABLE s.other, s.t (f) WHERE (f > 2);
COMMENT ON TABLE s.t IS 'the ''table''';
COMMENT ON COLUMN s.t."C c" IS 'a column';
COMMENT ON CONSTRAINT ck ON s.t IS 'a check';
COMMENT ON CONSTRAINT up ON s.child IS 'a key';
COMMENT ON INDEX s."Low" IS 'an index';
COMMENT ON INDEX s.pk IS 'the index of a key';
COMMENT ON TRIGGER late ON s.t IS 'a trigger';
COMMENT ON RULE keep ON s.t IS 'a rule';
COMMENT ON POLICY mine ON s.t IS 'a policy';
COMMENT ON STATISTICS s.both IS 'statistics';
COMMENT ON SEQUENCE s.counter IS 'a sequence';
GRANT SELECT, INSERT ON s.t TO revise_reader WITH GRANT OPTION;
GRANT UPDATE ("C c", h) ON s.t TO revise_writer;
GRANT TRIGGER ON s.t TO PUBLIC;
GRANT USAGE ON SEQUENCE s.counter TO revise_writer;
GRANT USAGE ON SCHEMA s TO revise_reader;
SET ROLE revise_reader;
GRANT SELECT ON s.t TO revise_writer;
RESET ROLE;
)";

/// Rows for s.t, and for s.child that refers to them.
inline const char* const kRichRows = R"(
INSERT INTO s.other VALUES (1), (2), (3);
ALTER TABLE s.t NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
INSERT INTO s.t (d, e, f, h, i, j, k)
SELECT ARRAY['sad', 'ok']::s.mood[], 'x' || n, n + 0.25, n * 7,
    int4range(n * 10, n * 10 + 5), CASE n WHEN 1 THEN NULL ELSE 5 END, repeat('k', n * 5000)
FROM generate_series(1, 3) n;
INSERT INTO s.child VALUES (5, 1), (8, 2);
SELECT nextval('s.counter');
DELETE FROM s.t WHERE b = 3;
)";

/// The lines that only one of two dumps has, but for what the order of columns makes
/// differ.
inline std::string difference(const std::string& one, const std::string& other) {
  std::vector<std::string> lines[2] = {split(one, '\n'), split(other, '\n')};
  for (auto& side : lines) {
    for (auto& line : side) {
      if (line.ends_with(',')) line.pop_back();
    }
    std::sort(side.begin(), side.end());
  }
  std::vector<std::string> differing;
  std::set_symmetric_difference(lines[0].begin(), lines[0].end(), lines[1].begin(),
                                lines[1].end(), std::back_inserter(differing));
  return join(differing, "\n");
}

}  // namespace revise::testing
