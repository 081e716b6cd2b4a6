/// Operations on what is no table: SQLite's part of them, and what no database has.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::rendered;

void check_sqlite(void (*operation)(Operations& op), const std::string& sql) {
  CHECK(rendered(operation, "sqlite") == sql);
}

void check_refused(void (*operation)(Operations& op), const std::string& message) {
  CHECK(rendered(operation, "postgresql") == "!" + message);
}

}  // namespace

TEST_SUITE("dialects/objects_refused") {
  TEST_CASE("SQLite has views") {
    check_sqlite(
        [](Operations& op) {
          op.create_view("v", "SELECT 1;",
                         {.temporary = true, .if_not_exists = true, .columns = {"a"}});
          op.replace_view("v", "SELECT 2");
          op.drop_view("v", {.if_exists = true});
        },
        "CREATE TEMPORARY VIEW IF NOT EXISTS v (a) AS SELECT 1;\n"
        "DROP VIEW IF EXISTS v;\n"
        "CREATE VIEW v AS SELECT 2;\n"
        "DROP VIEW IF EXISTS v;");
  }

  TEST_CASE("the body of a trigger may end in a comment") {
    check_sqlite(
        [](Operations& op) {
          op.create_trigger("g", "t", {.events = "insert", .body = "SELECT 1; -- one"});
        },
        "CREATE TRIGGER g insert ON t BEGIN SELECT 1; -- one\n END;");
    check_sqlite(
        [](Operations& op) {
          op.create_trigger("g", "t", {.events = "insert", .body = "SELECT 1 -- one"});
        },
        "CREATE TRIGGER g insert ON t BEGIN SELECT 1 -- one\n; END;");
  }

  TEST_CASE("SQLite has triggers, and one call may serve both databases") {
    const auto operation = [](Operations& op) {
      op.create_trigger("t", "account",
                        {.timing = "after",
                         .events = "UPDATE OF name",
                         .for_each = "row",
                         .when = "NEW.name <> OLD.name",
                         .function = "note()",
                         .body = "INSERT INTO log VALUES (NEW.name)"});
      op.drop_trigger("t", "account");
    };
    check_sqlite(operation,
                 "CREATE TRIGGER t AFTER UPDATE OF name ON account FOR EACH ROW WHEN "
                 "NEW.name <> OLD.name BEGIN INSERT INTO log VALUES (NEW.name); END;\n"
                 "DROP TRIGGER t;");
    CHECK(
        rendered(operation, "postgresql") ==
        "CREATE TRIGGER t AFTER UPDATE OF name ON account FOR EACH ROW WHEN (NEW.name "
        "<> OLD.name) EXECUTE FUNCTION note();\nDROP TRIGGER t ON account;");
  }

  TEST_CASE("what SQLite has not is named") {
    check_sqlite([](Operations& op) { op.create_schema("s"); },
                 "!SQLite cannot do create_schema 's'; ask op.dialect() before what is "
                 "for PostgreSQL alone");
    check_sqlite([](Operations& op) { op.drop_sequence("q"); },
                 "!SQLite cannot do drop_sequence 'q'; ask op.dialect() before what is "
                 "for PostgreSQL alone");
    check_sqlite([](Operations& op) { op.rename_view("v", "w"); },
                 "!SQLite cannot do rename_view 'v'; ask op.dialect() before what is "
                 "for PostgreSQL alone");
    check_sqlite([](Operations& op) { op.grant({"select"}, "t", {"ed"}); },
                 "!SQLite cannot do grant 't'; ask op.dialect() before what is for "
                 "PostgreSQL alone");
    check_sqlite(
        [](Operations& op) { op.create_trigger("t", "a", {.events = "DELETE"}); },
        "!on SQLite the trigger 't' needs a 'body'");
  }

  TEST_CASE("what makes no sense is refused before it is sent") {
    check_refused([](Operations& op) { op.create_enum("e", {}); },
                  "the enum 'e' needs at least one value");
    check_refused(
        [](Operations& op) {
          op.create_enum("e", {"a", "a"});
        },
        "the enum 'e' has the value 'a' twice");
    check_refused(
        [](Operations& op) {
          op.add_enum_value("e", "a", {.before = "b", .after = "c"});
        },
        "a value stands 'before' another or 'after' one, not both");
    check_refused(
        [](Operations& op) { op.create_view(std::string(64, 'v'), "SELECT 1"); },
        "the name '" + std::string(64, 'v') +
            "' has 64 bytes, and PostgreSQL takes 63; it would cut it off");
    check_refused([](Operations& op) { op.create_view("v", " "); },
                  "the definition of a view is missing");
    check_refused([](Operations& op) { op.create_function("f", "SELECT 1"); },
                  "the language of a function needs a name");
    check_refused(
        [](Operations& op) {
          op.create_function("f", "SELECT 1",
                             {.language = "sql", .volatility = "rarely"});
        },
        "'volatility' is immutable, stable or volatile, not 'rarely'");
  }

  TEST_CASE("privileges that make no sense are refused before they are sent") {
    check_refused([](Operations& op) { op.grant({"drop; x"}, "t", {"ed"}); },
                  "there is no privilege 'drop; x'");
    check_refused(
        [](Operations& op) { op.grant({"select"}, none, {"ed"}); },
        "an object needs a name; `none` stands for all of its kind, and needs "
        "'schema'");
    check_refused(
        [](Operations& op) {
          op.grant({"usage"}, none, {"ed"}, {.type_ = "domain", .schema = "s"});
        },
        "privileges on all of a schema's are to be had on tables, sequences, "
        "functions, "
        "procedures and routines; name the domain");
    check_refused(
        [](Operations& op) { op.grant({"usage"}, "t", {"ed"}, {.type_ = "trigger"}); },
        "there are no privileges on a trigger; those on columns are a table's, with "
        "'columns'");
    check_refused([](Operations& op) { op.drop_schema("s", {.schema = "x"}); },
                  "a schema is in no schema; leave 'schema' out");
    check_refused([](Operations& op) { op.comment_on("shoe", "x", "y"); },
                  "there is no kind of object 'shoe'; use one such as 'table' or "
                  "'materialized view'");
  }
}
