/// Each operation on what is no table, for real: what it makes is there, and what it
/// does is undone by its reverse, as pg_dump sees it; by a run and by a script.

#include <doctest/doctest.h>

#include "tests/migration/scripts.hpp"

namespace {

using namespace revise;
using namespace revise::testing;

// Roles are the server's, not a database's: one that several tests may make.
const char* const kStart =
    "DO $$ BEGIN CREATE ROLE revise_reader; EXCEPTION WHEN duplicate_object OR "
    "unique_violation THEN NULL; END $$; "
    "CREATE SCHEMA s; CREATE TABLE s.account (id integer PRIMARY KEY, name text, \"O\" "
    "text); CREATE FUNCTION s.note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
    "NEW; END'; CREATE VIEW s.old AS SELECT id FROM s.account; "
    "CREATE FUNCTION s.two() RETURNS integer LANGUAGE sql AS 'SELECT 2'; "
    "CREATE TYPE s.mood AS ENUM ('sad', 'ok'); CREATE SEQUENCE s.tick";

/// Up, then down by the reverse: online and as scripts; `up` has to leave a trace.
void check_round_trip(const std::string& name, const Unit& up) {
  if (!tests_dialect("postgresql")) return;
  CAPTURE(name);
  const Chain chain{
      {{"a", executes(kStart)}, {"b", up}, {"c", [up](Operations& op) {
                                              op.reverse(up);
                                            }}}
  };
  const auto until = [&chain](std::size_t count) {
    Chain part = chain;
    part.revisions.resize(count);
    return part;
  };
  std::string dumps[2][3];
  for (const bool is_script : {false, true}) {
    const TestDatabase database("postgresql");
    for (std::size_t i = 0; i < 3; ++i) {
      if (is_script) {
        run_script(database, until(i + 1), i == 0 ? "" : chain.revisions[i - 1].first);
      } else {
        REQUIRE(outcome_of(run_of(database, until(i + 1))) == "done");
      }
      dumps[is_script][i] = schema_dump(database);
    }
  }
  for (const auto& dump : dumps) {
    CHECK(dump[0] != dump[1]);
    CHECK(dump[0] == dump[2]);
  }
  CHECK(dumps[0][1] == dumps[1][1]);
}

}  // namespace

TEST_SUITE("migration/objects") {
  TEST_CASE("types come and go without a trace") {
    check_round_trip("an enum", [](Operations& op) {
      op.create_enum("size", {"small", "big"}, {.schema = "s"});
    });
    check_round_trip("a dropped enum", [](Operations& op) {
      op.drop_enum("mood", {
                               .schema = "s", .existing_values = {"sad", "ok"}
      });
    });
    check_round_trip("a renamed value", [](Operations& op) {
      op.rename_enum_value("mood", "sad", "blue", {.schema = "s"});
    });
    check_round_trip("a domain", [](Operations& op) {
      op.create_domain("code", Text,
                       {.default_ = "x",
                        .constraint_name = "ck_code",
                        .check = "VALUE <> ''",
                        .schema = "s"});
    });
    check_round_trip("a composite type", [](Operations& op) {
      op.create_type("point3", {Column("x", Double), Column("Y", String(3))},
                     {.schema = "s"});
    });
    check_round_trip("a range type", [](Operations& op) {
      op.create_range_type(
          "span", Double,
          {.schema = "s", .subtype_diff = "float8mi", .multirange_type_name = "spans"});
    });
    check_round_trip("another name", [](Operations& op) {
      op.rename_type("mood", "Temper", {.schema = "s"});
    });
  }

  TEST_CASE("views come and go without a trace") {
    check_round_trip("a view", [](Operations& op) {
      op.create_view("v", "SELECT id FROM s.account WHERE id > 0;",
                     {.schema = "s",
                      .columns = {"Number"},
                      .with_ = {{"security_barrier", true}},
                      .check_option = "cascaded"});
    });
    check_round_trip("a recursive view", [](Operations& op) {
      op.create_view("r", "VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 9",
                     {.recursive = true, .columns = {"n"}});
    });
    check_round_trip("a replacement with more columns", [](Operations& op) {
      op.replace_view(
          "old", "SELECT id, name FROM s.account",
          {.schema = "s", .existing_definition = "SELECT id FROM s.account"});
    });
    check_round_trip("a dropped view", [](Operations& op) {
      op.drop_view("old",
                   {.schema = "s", .existing_definition = "SELECT id FROM s.account"});
    });
    check_round_trip("a renamed view", [](Operations& op) {
      op.rename_view("old", "new", {.schema = "s"});
    });
    check_round_trip("a materialized view", [](Operations& op) {
      op.create_materialized_view(
          "m", "SELECT id FROM s.account",
          {.columns = {"n"}, .with_ = {{"fillfactor", 70}}, .with_data = false});
    });
  }

  TEST_CASE("functions come and go without a trace") {
    check_round_trip("a function", [](Operations& op) {
      op.create_function("sum", "SELECT a + b",
                         {.schema = "s",
                          .arguments = "a int, b int DEFAULT "
                                       "length('a,b')",
                          .returns = "int",
                          .language = "sql",
                          .volatility = "immutable",
                          .parallel = "safe",
                          .cost = 3});
    });
    check_round_trip("a replaced function", [](Operations& op) {
      op.create_function(
          "two", "SELECT 1 + 1",
          {.schema = "s",
           .or_replace = true,
           .returns = "integer",
           .language = "sql",
           .existing_definition = "CREATE OR REPLACE FUNCTION s.two() RETURNS integer "
                                  "LANGUAGE sql AS 'SELECT 2'"});
    });
    check_round_trip("a procedure", [](Operations& op) {
      op.create_procedure("p", "BEGIN NULL; END",
                          {.arguments = "INOUT a int", .language = "plpgsql"});
    });
  }

  TEST_CASE("triggers, and what is told of old, come and go without a trace") {
    check_round_trip("a trigger", [](Operations& op) {
      op.create_trigger("t", "account",
                        {.schema = "s",
                         .timing = "before",
                         .events = "insert OR update OF name",
                         .for_each = "row",
                         .when = "NEW.name <> ''",
                         .function = "s.note()"});
    });
    check_round_trip("a dropped function", [](Operations& op) {
      op.drop_function(
          "two", {.schema = "s",
                  .arguments = "",
                  .existing_definition = "CREATE FUNCTION s.two() RETURNS integer "
                                         "LANGUAGE sql AS 'SELECT 2'"});
    });
  }

  TEST_CASE("sequences, schemas and extensions come and go without a trace") {
    check_round_trip("a sequence", [](Operations& op) {
      op.create_sequence("q", {.schema = "s",
                               .data_type = SmallInteger,
                               .start = 5,
                               .increment = 5,
                               .cycle = true,
                               .owned_by = "account.id"});
    });
    check_round_trip("a renamed sequence", [](Operations& op) {
      op.rename_sequence("tick", "tock", {.schema = "s"});
    });
    check_round_trip("a schema", [](Operations& op) {
      op.create_schema("Mine", {.authorization = "current_user"});
    });
    check_round_trip("a renamed schema",
                     [](Operations& op) { op.rename_schema("s", "S"); });
    check_round_trip("an extension", [](Operations& op) {
      op.create_extension("citext", {.schema = "s"});
    });
  }

  TEST_CASE("policies, privileges and comments come and go without a trace") {
    check_round_trip("a policy", [](Operations& op) {
      op.create_policy("own", "account",
                       {.schema = "s",
                        .as_ = "restrictive",
                        .for_ = "all",
                        .to = {"revise_reader"},
                        .using_ = "name = CURRENT_USER",
                        .with_check = "true"});
      op.enable_row_security("account", {.schema = "s"});
      op.force_row_security("account", {.schema = "s"});
    });
    check_round_trip("privileges", [](Operations& op) {
      op.grant({"usage"}, "s", {"revise_reader"}, {.type_ = "schema"});
      op.grant({"select", "insert"}, "account", {"revise_reader"},
               {.schema = "s", .with_grant_option = true});
      op.grant(
          {
              "update"
      },
          "account", {"revise_reader"}, {.schema = "s", .columns = {"name", "O"}});
      op.grant({"all"}, "tick", {"revise_reader"},
               {.type_ = "sequence", .schema = "s"});
      op.revoke({"execute"}, "two", {"public"},
                {.type_ = "function", .schema = "s", .arguments = ""});
    });
    check_round_trip("privileges on all", [](Operations& op) {
      op.grant({"select"}, none, {"revise_reader"}, {.schema = "s"});
    });
    check_round_trip("default privileges", [](Operations& op) {
      op.grant_default({"select"}, "tables", {"revise_reader"}, {.in_schema = {"s"}});
      op.revoke_default({"execute"}, "functions", {"public"});
    });
    check_round_trip("comments", [](Operations& op) {
      op.comment_on("view", "old", "it's old", {.schema = "s"});
      op.comment_on("function", "two", "2", {.schema = "s", .arguments = ""});
      op.comment_on("type", "mood", "m", {.schema = "s", .existing_comment = none});
    });
  }

  TEST_CASE("on SQLite views and triggers come and go without a trace") {
    if (!tests_dialect("sqlite")) return;
    const TestDatabase database("sqlite");
    const Unit up = [](Operations& op) {
      op.create_view("v", "SELECT id FROM account;", {.columns = {"n"}});
      op.replace_view("old", "SELECT 2", {.existing_definition = "SELECT 1"});
      op.create_trigger("t", "account",
                        {.timing = "after",
                         .events = "INSERT",
                         .body = "DELETE FROM account WHERE id < 0;"});
      op.drop_trigger("gone", "account",
                      {.existing_definition = "CREATE TRIGGER gone AFTER DELETE ON "
                                              "account BEGIN SELECT 1; END"});
    };
    Chain chain{
        {{"a", executes("CREATE TABLE account (id INTEGER); CREATE VIEW old AS SELECT "
                        "1; CREATE TRIGGER gone AFTER DELETE ON account BEGIN SELECT "
                        "1; END")}}};
    const std::string schema = "SELECT sql FROM sqlite_schema ORDER BY name";
    REQUIRE(outcome_of(run_of(database, chain)) == "done");
    const auto before = database.select(schema);
    chain.revisions.emplace_back("b", up);
    REQUIRE(outcome_of(run_of(database, chain)) == "done");
    CHECK(database.select("SELECT name FROM sqlite_schema WHERE type <> 'table' AND "
                          "name NOT LIKE 'sqlite%' ORDER BY 1") == "old,t,v");
    chain.revisions.emplace_back("c", [up](Operations& op) { op.reverse(up); });
    REQUIRE(outcome_of(run_of(database, chain)) == "done");
    CHECK(database.select(schema) == before);
  }
}
