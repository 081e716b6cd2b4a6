/// The types that PostgreSQL alone has. How each is spelt when all goes well is pinned
/// by tests/units_of.

#include <doctest/doctest.h>

#include "tests/support/rendering.hpp"

namespace {

using namespace revise;
using testing::check;
using testing::rendered;

void refused(const char* dialect, void (*operation)(Operations& op),
             const std::string& message) {
  CHECK(rendered(operation, dialect) == "!" + message);
}

}  // namespace

TEST_SUITE("dialects/postgresql_types") {
  TEST_CASE("on SQLite a type of PostgreSQL's is refused, and a way out named") {
    refused(
        "sqlite",
        [](Operations& op) { op.add_column("t", Column("a", postgresql::JSONB)); },
        "SQLite has no type 'JSONB', which is PostgreSQL's; use JSON");
    refused(
        "sqlite",
        [](Operations& op) { op.create_table("t", {Column("a", postgresql::SERIAL)}); },
        "SQLite has no type 'SERIAL', which is PostgreSQL's; use Integer as the "
        "primary key, which counts up by itself");
    refused(
        "sqlite",
        [](Operations& op) { op.create_table("t", {Column("a", postgresql::BIT(3))}); },
        "SQLite has no type 'BIT', which is PostgreSQL's; use Integer or LargeBinary");
    refused(
        "sqlite",
        [](Operations& op) {
          op.create_table("t", {Column("a", postgresql::INTERVAL)});
        },
        "SQLite has no type 'INTERVAL', which is PostgreSQL's; use Interval");
    refused(
        "sqlite",
        [](Operations& op) {
          op.create_table("t", {Column("a", postgresql::ENUM({"x"}, {.name = "e"}))});
        },
        "SQLite has no type 'ENUM', which is PostgreSQL's; use Enum, which is text "
        "here");
    refused(
        "sqlite",
        [](Operations& op) {
          op.create_table("t", {Column("a", postgresql::DOMAIN("d", Text))});
        },
        "SQLite has no type 'DOMAIN d', which is PostgreSQL's; use the type that it "
        "is based on, and a CheckConstraint");
  }

  TEST_CASE("what both databases have is the same word in either namespace") {
    check(
        "the dialect's own name for it",
        [](Operations& op) {
          op.create_table("t", {Column("a", postgresql::TIMESTAMP({.precision = 3})),
                                Column("b", postgresql::VARCHAR(9)),
                                Column("c", RawType("MEDIUMINT"))});
        },
        "CREATE TABLE t (\n    a TIMESTAMP, \n    b VARCHAR(9), \n    c MEDIUMINT\n);",
        "CREATE TABLE t (\n    a TIMESTAMP(3) WITHOUT TIME ZONE, \n    b VARCHAR(9), \n"
        "    c MEDIUMINT\n);");
  }

  TEST_CASE("an Enum may take the schema of its table") {
    const auto operation = [](Operations& op) {
      const Enum on({"on"}, {.name = "state", .inherit_schema = true});
      op.create_table("t", {Column("a", on), Column("b", ARRAY(on))}, {.schema = "s"});
    };
    CHECK(rendered(operation, "postgresql") ==
          "CREATE TYPE s.state AS ENUM ('on');\n"
          "CREATE TABLE s.t (\n    a s.state, \n    b s.state[]\n);");
  }

  TEST_CASE("a type that makes no sense is refused") {
    refused(
        "postgresql",
        [](Operations& op) {
          op.create_table("t",
                          {Column("a", Enum({std::string(64, 'v')}, {.name = "e"}))});
        },
        "the enum value '" + std::string(64, 'v') +
            "' has 64 bytes, and PostgreSQL takes 63");
    refused(
        "postgresql", [](Operations&) { postgresql::ENUM({"x"}, {}); },
        "an ENUM needs a name");
    refused(
        "postgresql", [](Operations&) { postgresql::ENUM({}, {.name = "e"}); },
        "the ENUM 'e' needs at least one value, or {.create_type = false}");
    refused(
        "postgresql", [](Operations&) { ARRAY(Integer, {.dimensions = 7}); },
        "an ARRAY has 1 to 6 dimensions, not 7");
    refused(
        "postgresql",
        [](Operations&) { postgresql::INTERVAL({.fields = "DAY; DROP"}); },
        "an INTERVAL has no fields 'DAY; DROP'");
    refused(
        "postgresql", [](Operations&) { RawType(""); }, "a RawType needs a name");
  }
}
