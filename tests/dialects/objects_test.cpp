/// Operations on what is no table, as PostgreSQL spells them.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::rendered;

void on_postgresql(void (*operation)(Operations& op), const std::string& sql) {
  CHECK(rendered(operation, "postgresql") == sql);
}

}  // namespace

TEST_SUITE("dialects/objects") {
  TEST_CASE("an enum is made, changed and dropped") {
    on_postgresql(
        [](Operations& op) {
          op.create_enum("mood", {"sad", "it's"}, {.schema = "s", .checkfirst = false});
          op.add_enum_value("mood", "ok", {.before = "it's"});
          op.add_enum_value("mood", "so", {.schema = "s", .after = "ok"});
          op.rename_enum_value("mood", "ok", "well");
          op.drop_enum("mood", {.schema = "s"});
          op.drop_enum("Mood", {.checkfirst = false});
        },
        "CREATE TYPE s.mood AS ENUM ('sad', 'it''s');\n"
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'it''s';\n"
        "ALTER TYPE s.mood ADD VALUE IF NOT EXISTS 'so' AFTER 'ok';\n"
        "ALTER TYPE mood RENAME VALUE 'ok' TO 'well';\n"
        "DROP TYPE IF EXISTS s.mood;\n"
        "DROP TYPE \"Mood\";");
  }

  TEST_CASE("types have what PostgreSQL has for them") {
    on_postgresql(
        [](Operations& op) {
          op.create_domain("code", Text,
                           {.collation = "C",
                            .constraint_name = "ck_code",
                            .check = "VALUE <> ''",
                            .schema = "s"});
          op.create_type("point3", {Column("x", Double), Column("Y", String(3))});
          op.create_range_type("span", Float,
                               {.schema = "s",
                                .subtype_diff = "float8mi",
                                .multirange_type_name = "spans"});
          op.rename_type("span", "Reach", {.schema = "s"});
          op.drop_type("point3", {.if_exists = true, .cascade = true});
          op.drop_domain("code", {.schema = "s"});
        },
        "CREATE DOMAIN s.code AS TEXT COLLATE \"C\" CONSTRAINT ck_code CHECK (VALUE <> "
        "'');\n"
        "CREATE TYPE point3 AS (x DOUBLE PRECISION, \"Y\" VARCHAR(3));\n"
        "CREATE TYPE s.span AS RANGE (SUBTYPE = FLOAT, SUBTYPE_DIFF = float8mi, "
        "MULTIRANGE_TYPE_NAME = spans);\n"
        "ALTER TYPE s.span RENAME TO \"Reach\";\n"
        "DROP TYPE IF EXISTS point3 CASCADE;\n"
        "DROP DOMAIN s.code;");
  }

  TEST_CASE("views have what PostgreSQL has for them") {
    on_postgresql(
        [](Operations& op) {
          op.create_view("v", "SELECT 1 ;",
                         {.schema = "s",
                          .temporary = true,
                          .columns = {"a"},
                          .with_ = {{"security_barrier", true}},
                          .check_option = "local"});
          op.replace_view("v", "SELECT 2 -- two");
          op.rename_view("v", "w");
          op.drop_view("w", {.schema = "s"});
          op.create_materialized_view("m", "SELECT 1 AS a",
                                      {.if_not_exists = true,
                                       .with_ = {{"fillfactor", 70}},
                                       .tablespace = "fast",
                                       .with_data = false});
          op.refresh_materialized_view("m", {.concurrently = true});
          op.rename_materialized_view("m", "n");
          op.drop_materialized_view("n", {.cascade = true});
        },
        "CREATE TEMPORARY VIEW s.v (a) WITH (security_barrier = true) AS SELECT 1 WITH "
        "LOCAL CHECK OPTION;\n"
        "CREATE OR REPLACE VIEW v AS SELECT 2 -- two\n;\n"
        "ALTER VIEW v RENAME TO w;\n"
        "DROP VIEW s.w;\n"
        "CREATE MATERIALIZED VIEW IF NOT EXISTS m WITH (fillfactor = 70) TABLESPACE "
        "fast AS SELECT 1 AS a WITH NO DATA;\n"
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m;\n"
        "ALTER MATERIALIZED VIEW m RENAME TO n;\n"
        "DROP MATERIALIZED VIEW n CASCADE;");
  }

  TEST_CASE("the body of a function is in dollar quotes that it does not hold") {
    on_postgresql(
        [](Operations& op) {
          op.create_function("f", "SELECT $revise$x$revise$, '$revise1",
                             {.schema = "s",
                              .or_replace = true,
                              .arguments = "a integer DEFAULT 1",
                              .returns = "text",
                              .language = "SQL",
                              .volatility = "stable",
                              .leakproof = true,
                              .strict = true,
                              .security = "definer",
                              .parallel = "safe",
                              .cost = 5,
                              .set_ = {{"search_path", "pg_catalog, pg_temp"}}});
          op.create_procedure("p", "BEGIN END", {.language = "plpgsql"});
          op.drop_function("f", {.schema = "s", .arguments = "integer"});
          op.drop_procedure("p", {.arguments = ""});
        },
        "CREATE OR REPLACE FUNCTION s.f(a integer DEFAULT 1) RETURNS text LANGUAGE sql "
        "STABLE LEAKPROOF STRICT SECURITY DEFINER PARALLEL SAFE COST 5 SET search_path "
        "= pg_catalog, pg_temp AS $revise2$SELECT $revise$x$revise$, "
        "'$revise1$revise2$;\n"
        "CREATE PROCEDURE p() LANGUAGE plpgsql AS $revise$BEGIN END$revise$;\n"
        "DROP FUNCTION s.f(integer);\n"
        "DROP PROCEDURE p();");
  }

  TEST_CASE("triggers have what PostgreSQL has for them") {
    on_postgresql(
        [](Operations& op) {
          op.create_trigger("t", "account",
                            {.schema = "s",
                             .or_replace = true,
                             .timing = "before",
                             .events = "insert OR update OF name",
                             .for_each = "row",
                             .when = "NEW.name <> ''",
                             .function = "note('a')"});
          op.create_trigger("u", "account",
                            {.constraint = true,
                             .timing = "after",
                             .events = "delete",
                             .from_table = "s.Other",
                             .deferrable = true,
                             .initially = "DEFERRED",
                             .for_each = "row",
                             .function = "note"});
          op.drop_trigger("t", "account", {.schema = "s", .if_exists = true});
        },
        "CREATE OR REPLACE TRIGGER t BEFORE insert OR update OF name ON s.account FOR "
        "EACH ROW WHEN (NEW.name <> '') EXECUTE FUNCTION note('a');\n"
        "CREATE CONSTRAINT TRIGGER u AFTER delete ON account FROM s.\"Other\" "
        "DEFERRABLE "
        "INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note();\n"
        "DROP TRIGGER IF EXISTS t ON s.account;");
  }

  TEST_CASE("sequences have what PostgreSQL has for them") {
    on_postgresql(
        [](Operations& op) {
          op.create_sequence("q", {.schema = "s",
                                   .if_not_exists = true,
                                   .data_type = Integer,
                                   .start = 5,
                                   .increment = 2,
                                   .maxvalue = 99,
                                   .nominvalue = true,
                                   .cycle = true,
                                   .cache = 3,
                                   .owned_by = "account.ID"});
          op.alter_sequence("q", {.restart = 7, .cycle = false, .owned_by = "none"});
          op.rename_sequence("q", "r");
          op.drop_sequence("r");
        },
        "CREATE SEQUENCE IF NOT EXISTS s.q AS INTEGER INCREMENT BY 2 START WITH 5 "
        "MAXVALUE 99 NO MINVALUE CACHE 3 CYCLE OWNED BY s.account.\"ID\";\n"
        "ALTER SEQUENCE q RESTART WITH 7 NO CYCLE OWNED BY NONE;\n"
        "ALTER SEQUENCE q RENAME TO r;\n"
        "DROP SEQUENCE r;");
  }

  TEST_CASE("what several may make at once does not fail on the other's") {
    on_postgresql(
        [](Operations& op) {
          op.create_schema("s", {.authorization = "ed"});
          op.create_schema("s", {.if_not_exists = true});
          op.rename_schema("s", "t");
          op.drop_schema("t");
          op.create_extension("citext", {.schema = "x", .version = "1.6"});
          op.create_extension("citext", {.if_not_exists = true});
          op.drop_extension("citext", {.if_exists = true});
        },
        "CREATE SCHEMA s AUTHORIZATION ed;\n"
        "DO $revise$ BEGIN\n    CREATE SCHEMA IF NOT EXISTS s;\n"
        "EXCEPTION WHEN unique_violation OR duplicate_schema THEN\n"
        "    IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 's') "
        "THEN RAISE; END IF;\nEND $revise$;\n"
        "ALTER SCHEMA s RENAME TO t;\n"
        "DROP SCHEMA t;\n"
        "CREATE EXTENSION citext SCHEMA x VERSION '1.6';\n"
        "DO $revise$ BEGIN\n    CREATE EXTENSION IF NOT EXISTS citext;\n"
        "EXCEPTION WHEN unique_violation OR duplicate_object THEN\n"
        "    IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = "
        "'citext') THEN RAISE; END IF;\nEND $revise$;\n"
        "DROP EXTENSION IF EXISTS citext;");
  }

  TEST_CASE("policies and row security have what PostgreSQL has for them") {
    on_postgresql(
        [](Operations& op) {
          op.create_policy("own", "account",
                           {
                               .schema = "s",
                               .as_ = "restrictive",
                               .for_ = "update",
                               .to = {"public", "Ed"},
                               .using_ = "owner = CURRENT_USER",
                               .with_check = "true"
          });
          op.enable_row_security("account", {.schema = "s"});
          op.force_row_security("account");
          op.no_force_row_security("account");
          op.disable_row_security("account");
          op.drop_policy("own", "account", {.schema = "s"});
        },
        "CREATE POLICY own ON s.account AS RESTRICTIVE FOR UPDATE TO PUBLIC, \"Ed\" "
        "USING (owner = CURRENT_USER) WITH CHECK (true);\n"
        "ALTER TABLE s.account ENABLE ROW LEVEL SECURITY;\n"
        "ALTER TABLE account FORCE ROW LEVEL SECURITY;\n"
        "ALTER TABLE account NO FORCE ROW LEVEL SECURITY;\n"
        "ALTER TABLE account DISABLE ROW LEVEL SECURITY;\n"
        "DROP POLICY own ON s.account;");
  }

  TEST_CASE("privileges are granted on whatever has them") {
    on_postgresql(
        [](Operations& op) {
          op.grant({"select", "insert"}, "account", {"ed", "public"},
                   {.schema = "s", .with_grant_option = true});
          op.grant(
              {
                  "select"
          },
              "account", {"ed"}, {.columns = {"id", "Name"}});
          op.grant({"usage"}, "s", {"ed"}, {.type_ = "schema"});
          op.grant({"execute"}, "f", {"ed"},
                   {.type_ = "function", .arguments = "integer"});
          op.grant({"all"}, none, {"ed"}, {.type_ = "sequence", .schema = "s"});
          op.revoke({"select"}, "account", {"ed"},
                    {.grant_option_for = true, .cascade = true});
          op.grant_default({"select"}, "tables", {"ed"},
                           {.for_role = {"jo"}, .in_schema = {"s"}});
          op.revoke_default({"execute"}, "functions", {"public"});
        },
        "GRANT SELECT, INSERT ON TABLE s.account TO ed, PUBLIC WITH GRANT OPTION;\n"
        "GRANT SELECT (id, \"Name\") ON TABLE account TO ed;\n"
        "GRANT USAGE ON SCHEMA s TO ed;\n"
        "GRANT EXECUTE ON FUNCTION f(integer) TO ed;\n"
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA s TO ed;\n"
        "REVOKE GRANT OPTION FOR SELECT ON TABLE account FROM ed CASCADE;\n"
        "ALTER DEFAULT PRIVILEGES FOR ROLE jo IN SCHEMA s GRANT SELECT ON TABLES TO "
        "ed;\n"
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;");
  }

  TEST_CASE("a comment finds what it is on") {
    on_postgresql(
        [](Operations& op) {
          op.comment_on("materialized view", "m", "it's", {.schema = "s"});
          op.comment_on("function", "f", none, {.arguments = "integer"});
          op.comment_on("trigger", "t", "x", {.table_name = "account"});
          op.comment_on("column", "id", "x", {.schema = "s", .table_name = "account"});
        },
        "COMMENT ON MATERIALIZED VIEW s.m IS 'it''s';\n"
        "COMMENT ON FUNCTION f(integer) IS NULL;\n"
        "COMMENT ON TRIGGER t ON account IS 'x';\n"
        "COMMENT ON COLUMN s.account.id IS 'x';");
  }
}
